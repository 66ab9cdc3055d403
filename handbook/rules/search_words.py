"""What readers type leads to a page or a section that exists.

Why: data/search.yml is read by nobody but the search; a section that was renamed would silently lose
    its readers' words.
Right: `framework/data#numbers-labels: {en: [labelling cost], zh: [标注成本]}`
Wrong: an anchor that is on no page.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules import anchors
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.search_words import PATH

ID = "search-words"


def check(book: Book) -> Iterator[Problem]:
    """Report targets that are not there."""
    offered = sorted(anchors.current(book))
    for place, asked in book.asked.items():
        if place not in offered:
            yield Problem(PATH, asked.line, ID, f"`{place}` does not exist", guess(place, offered))


RULE = Rule(ID, Scope.BOOK, __doc__, check)
