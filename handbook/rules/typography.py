"""Chinese is set as Chinese, English as English.

Chinese sentences take full-width punctuation and a space between Han and Latin letters or digits. A percent sign stands
at its number in both, as values are printed, and so does a sign that joins no two numbers.

Why: half-width punctuation in a Chinese line is what a reader notices before the first argument.
Right: 用 p99 算（不是均值），理由如下。
Wrong: 用p99算(不是均值),理由如下.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import texts
from handbook.source.book import Book
from handbook.source.page import CITATION, CODE_SPAN, LINK, VALUE, Page

ID = "typography"

_PERCENT = (r"\d %", "a space before the percent sign", "5%")
_HAN = r"[\u3400-\u9fff]"
#: Behind a word a minus may join a name and a number, unless that is a share.
_SIGN = (
    rf"^[+−±] (?=\d)|(?:[A-Za-z]{{2}} |[:;,，：；] ?|{_HAN} ?)(?:± (?=\d)|[+−] (?=\d[\d.,]*%))",
    "a space behind the sign of a number",
    "+5%",
)
#: Patterns that a Chinese text must not have: pattern, message, hint.
_CHINESE = (
    (
        rf"{_HAN}\s?[,;:?!](?!\d|//)|(?<!\d)[,;?!]\s?{_HAN}",
        "half-width punctuation beside Chinese",
        "，；：？！",
    ),
    (rf"{_HAN}\.(?:\s|$)", "a half-width full stop after Chinese", "。"),
    (rf"{_HAN}\s?\(|\)\s?{_HAN}|\([^()]*{_HAN}[^()]*\)", "half-width brackets beside Chinese", "（ ）"),
    (rf"{_HAN}\"|\"{_HAN}", "straight quotes beside Chinese", "“ ”"),
    (rf"{_HAN}\.\.\.|\.\.\.{_HAN}", "three dots beside Chinese", "……"),
    (rf"{_HAN}(?:--|(?<!—)—(?!—))|(?:--|(?<!—)—(?!—)){_HAN}", "a short dash beside Chinese", "——"),
    (
        rf"{_HAN}[A-Za-z0-9$]|[A-Za-z0-9%$]{_HAN}",
        "no space between Chinese and Latin letters or digits",
        "中文 abc 中文",
    ),
    (
        rf"[A-Za-z0-9] [，。；：？！、）]|[，。；：？！、（] [A-Za-z0-9]|[，。；：？！、）”] {_HAN}",
        "a space beside full-width punctuation",
        "remove it",
    ),
    _PERCENT,
    _SIGN,
)
_ENGLISH = (_PERCENT, _SIGN, (r"[\u3000-\u303f\uff00-\uffef]", "full-width punctuation in an English text", "use ASCII"),)
#: By script, as data/languages calls it.
_PATTERNS = {"han": _CHINESE, "latin": _ENGLISH}


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check prose, diagram labels and front matter of a page."""
    script = book.languages[page.language].typography.script
    for number, text in _texts(page):
        yield from _wrong(page.path, number, text, script)


def check_data(book: Book) -> Iterator[Problem]:
    """Check the texts of the data files."""
    for said in book.texts:
        script = book.languages[said.language].typography.script
        yield from _wrong(said.path, said.line, VALUE.sub("0", said.text), script)


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the reader's text of each line, code, links' targets, ids and markup taken out."""
    for key in ("title", "description"):
        if isinstance(page.meta.get(key), str):
            yield (
                next((n for n, line in enumerate(page.lines, 1) if line.startswith(f"{key}:")), 1),
                page.meta[key],
            )
    for number, line in enumerate(page.prose, 1):
        line = re.sub(r"\\\(.*?\\\)", "x", VALUE.sub("0", line))
        line = re.sub(r"\{[#:][^{}]*\}|<[^<>]+>", "", line)
        line = CITATION.sub("Smith 2015", LINK.sub(r"\g<text>", CODE_SPAN.sub("code", line)))
        line = re.sub(r'^\s*(?:!!!|\?\?\?\+?)\s+[\w-]+\s*"?|"\s*$|\*+|^\s*(?:[-*+]|\d+\.)\s', "", line)
        for cell in re.split(r"(?<!\\)\|", line) if line.lstrip().startswith("|") else [line]:
            yield number, cell.strip()
    for fence in page.diagrams:
        yield from texts.labels(fence)


def _wrong(path: str, number: int, text: str, script: str) -> Iterator[Problem]:
    for pattern, message, hint in _PATTERNS[script]:
        match = re.search(pattern, text)
        if match:
            shown = text[max(0, match.start() - 6) : match.end() + 6]
            yield Problem(path, number, ID, f"{message}: “{shown}”", hint)


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, data=check_data)
