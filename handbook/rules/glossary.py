"""One term, one word for it in each language.

Why: a reader who meets two words looks for two things.
Right: the word of data/glossary.yml, on pages, in diagrams and in data files.
Wrong: a word of its `avoid_en` or `avoid_zh`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.source.book import Book
from handbook.source.page import CITATION, CODE_SPAN, LINK, VALUE
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "glossary"


def check(book: Book) -> Iterator[Problem]:
    """Report words that the glossary replaces: in prose, in diagrams and in the data files."""
    avoided = {}
    for language in book.languages.codes:
        words = list(_avoided(book, language))
        any_of = re.compile("|".join(pattern.pattern for pattern, _ in words) or "(?!)", re.I)
        avoided[language] = (any_of, words)
    for page in book.all_pages():
        hidden = {line for fence in page.fences if fence not in page.diagrams for line in fence.covered}
        for number, line in enumerate(page.lines, 1):
            if number not in hidden:
                yield from _wrong(page.path, number, line, *avoided[page.language])
    for said in book.texts:
        yield from _wrong(said.path, said.line, said.text, *avoided[said.language])


def _avoided(book: Book, language: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for term in book.glossary:
        for word in term.avoid[language]:
            pattern = re.escape(word)
            if re.match(r"\w", word, re.A):
                pattern = rf"(?<![A-Za-z]){pattern}"
            if re.search(r"\w$", word, re.A):
                pattern += r"(?:s|es)?(?![A-Za-z])"
            yield re.compile(pattern, re.I), term.labels[language]


def _wrong(
    path: str,
    number: int,
    line: str,
    any_of: re.Pattern[str],
    avoided: list[tuple[re.Pattern[str], str]],
) -> Iterator[Problem]:
    # Nearly every line has none of the words; one search tells.
    if not any_of.search(line):
        return
    text = CITATION.sub("", VALUE.sub("", CODE_SPAN.sub("", LINK.sub(r"\g<text>", line))))
    text = re.sub(r"\{#[\w-]+\}|https?://\S+", "", text)
    for pattern, wanted in avoided:
        match = pattern.search(text)
        if match:
            yield Problem(path, number, ID, f"“{match[0]}” is not the handbook's term", f"write “{wanted}”")


RULE = Rule(ID, Scope.BOOK, __doc__, check)
