"""No word, phrase or mark stands twice in a row.

It looks at pages, diagrams and data files. English words may not be doubled at all; in Chinese, two
characters and more may not, but for 一步一步 and 是不是不 and their like, nor may the small words (的, 在, 和, …).

Why: a doubled word survives every reading, because readers read what they expect.
Right: 新奇效应; `the model`
Wrong: 新奇效应效应; `the the model`; 。。
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

ID = "doubled"

_HAN = r"[\u3400-\u9fff]"
_PATTERNS = {
    # Letters only: 0 0 may be two numbers, and a phrase of one word is found as that word.
    "latin": re.compile(r"(?<![\w'-])(?P<twice>[a-z]+(?: [a-z]+)?)\s+(?P=twice)(?![\w'-])", re.I),
    "han": re.compile(
        rf"(?P<twice>(?![一逐]|{_HAN}[不没]){_HAN}{{2,8}})(?P=twice)"
        r"|(?<!目)(?P<small>[的在和与把被对从及或])(?P=small)(?!确)"
        r"|(?P<mark>[，。；：、])[，。；：、]"
        r"|(?<![A-Za-z])(?P<word>[A-Za-z]+) (?P=word)(?![A-Za-z])"
    ),
}


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report the first doubling of each text of a page."""
    return _doubled(book, texts.of_page(page))


def check_data(book: Book) -> Iterator[Problem]:
    """Do the same with the texts of the data files."""
    return _doubled(book, texts.of_data(book))


def _doubled(book: Book, found: Iterable[Text]) -> Iterator[Problem]:
    for text in found:
        match = _PATTERNS[book.languages[text.language].typography.script].search(text.plain)
        if match:
            shown = " ".join(match[0].split())
            yield Problem(text.path, text.line, ID, f"“{shown}” says it twice", "keep one")


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, data=check_data)
