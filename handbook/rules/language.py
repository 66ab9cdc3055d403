"""A text is written in the language of its page, and a Chinese one in simplified characters.

English pages have no Chinese characters outside code and a span that says its language. Chinese pages have no
kana, no full-width letters and digits, no character that GB 2312, the standard of simplified Chinese, does not
have (nor 後, 於 and the few like them that it has for names), and no English sentence: at most a name, a title
or a term of the glossary that stays English.

Why: what was left untranslated is read by nobody who needed the translation.
Right: 用 continuous batching 凑批，GPU 才吃得满。
Wrong: We batch requests on the GPU.（在中文页上）; 後 for 后; ０ for 0
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import texts
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.source.texts import Text

ID = "language"

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7af]")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
#: Traditional characters that GB 2312 has none the less: of the 19 that it shares with OpenCC's list
#: (TSCharacters.txt), those that no simplified word is written with, as 乾坤, 慰藉 and 覆盖 are.
_TRADITIONAL = "後於徵夥麽摺菸捱甯"
#: Latin words in a row, with the spaces, commas and full stops of a sentence between them.
_RUN = re.compile(r"[A-Za-z][\w'’-]*(?:[ ,.]+[A-Za-z][\w'’-]*)*")
_LOWER = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])")
#: Small words in a row from which on Latin text is a sentence and no name: “The Tail at Scale” has one.
_SENTENCE, _WHOLE = 3, 2


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report what is in another language or another script on a page."""
    return _foreign(book, texts.of_page(page))


def check_data(book: Book) -> Iterator[Problem]:
    """Do the same with the texts of the data files; what stands in the glossary may stay English."""
    return _foreign(book, (text for text in texts.of_data(book) if "glossary" not in text.path))


def _foreign(book: Book, found: Iterable[Text]) -> Iterator[Problem]:
    terms = {code: _terms(book, code) for code in book.languages.codes}
    for text in found:
        if book.languages[text.language].typography.script == "latin":
            yield from _latin(text)
        else:
            yield from _chinese(text, terms[text.language])


def _terms(book: Book, language: str) -> re.Pattern[str]:
    """Return a pattern for the terms that stay English in a language."""
    words = {
        word
        for term in book.glossary
        for word in (term.labels[language], *term.forms[language])
        if word.isascii()
    }
    ordered = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(ordered) or '(?!)'})(?:s|es)?(?![A-Za-z])", re.I)


def _latin(text: Text) -> Iterator[Problem]:
    match = _HAN.search(text.plain) or _KANA.search(text.plain)
    if match:
        yield _problem(text, match, "is not English", "translate it, or mark it with `<span lang=…>`")


def _chinese(text: Text, terms: re.Pattern[str]) -> Iterator[Problem]:
    plain = text.plain
    if match := _KANA.search(plain):
        yield _problem(text, match, "is not Chinese", "translate it")
    if match := _WIDE.search(plain):
        yield _problem(text, match, "is full-width", "write ASCII letters and digits")
    for match in _HAN.finditer(plain):
        if not _simplified(match[0]):
            yield _problem(text, match, f"has “{match[0]}”, which is not simplified", "write the simplified one")
            break
    without = terms.sub("·", plain)
    needed = _SENTENCE if _HAN.search(plain) else _WHOLE
    for match in _RUN.finditer(without):
        if len(_LOWER.findall(match[0])) >= needed:
            yield _problem(text, match, "is left in English", "translate it, or add the term to the glossary")
            break


def _simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return character not in _TRADITIONAL


def _problem(text: Text, match: re.Match[str], message: str, hint: str) -> Problem:
    whole = match.string
    shown = match[0] if len(match[0]) > 6 else whole[max(0, match.start() - 6) : match.end() + 6]
    shown = " ".join(shown.split())
    return Problem(text.path, text.line, ID, f"“{shown[:60]}{'…' if len(shown) > 60 else ''}” {message}", hint)


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, data=check_data)
