"""One term, one word for it in each language.

Why: a reader who meets two words looks for two things.
Right: the word of data/glossary.yml, on pages, in diagrams and in data files.
Wrong: a word of its `avoid_en` or `avoid_zh`, but for the phrases of its `unless_en` or `unless_zh`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import CITATION, CODE_SPAN, LINK, VALUE, Page

ID = "glossary"


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report words that the glossary replaces in prose and in diagrams."""
    hidden = {line for fence in page.fences if fence not in page.diagrams for line in fence.covered}
    avoided = list(_avoided(book, page.language))
    for number, line in enumerate(page.lines, 1):
        if number not in hidden:
            yield from _wrong(page.path, number, line, avoided)


def check_data(book: Book) -> Iterator[Problem]:
    """Report words that the glossary replaces in the data files."""
    avoided = {language: list(_avoided(book, language)) for language in book.languages.codes}
    for said in book.texts:
        yield from _wrong(said.path, said.line, said.text, avoided[said.language])




def _avoided(book: Book, language: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield each word in lower case, the pattern that finds it, and what replaces it."""
    for term in book.glossary:
        for word in term.avoid[language]:
            pattern = re.escape(word)
            if re.match(r"\w", word, re.A):
                pattern = rf"(?<![A-Za-z]){pattern}"
            if re.search(r"\w$", word, re.A):
                pattern += r"(?:s|es)?(?![A-Za-z])"
            # A phrase is matched as a whole, before the word in it, and leaves the group empty.
            allowed = "".join(f"{re.escape(phrase)}|" for phrase in term.unless[language] if word in phrase)
            yield word.lower(), re.compile(f"{allowed}({pattern})", re.I), term.labels[language]


def _wrong(
    path: str,
    number: int,
    line: str,
    avoided: list[tuple[str, re.Pattern[str], str]],
) -> Iterator[Problem]:
    # Nearly every line has none of the words, and looking for a plain text is many times quicker.
    lowered = line.lower()
    present = [(pattern, wanted) for word, pattern, wanted in avoided if word in lowered]
    if not present:
        return
    text = CITATION.sub("", VALUE.sub("", CODE_SPAN.sub("", LINK.sub(r"\g<text>", line))))
    text = re.sub(r"\{#[\w-]+\}|https?://\S+", "", text)
    for pattern, wanted in present:
        word = next((match[1] for match in pattern.finditer(text) if match[1]), None)
        if word:
            yield Problem(path, number, ID, f"“{word}” is not the handbook's term", f"write “{wanted}”")


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, data=check_data)
