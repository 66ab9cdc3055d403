"""What ages was verified within a year.

A reminder: every `make check` lists it, and nothing fails, for a page is not wrong because a day has passed.

Why: nobody goes through the prices and products of a page unless something says that it is time.
Right: a section of data/verified.yml with a day of the last twelve months.
Wrong: `frameworks: 2025-01-31`, read in 2026. Go through the section and its sources, and change the day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.verified import PATH

ID = "aged"
DAYS = 365


def check(book: Book) -> Iterator[Problem]:
    """List the sections that nobody has verified for a year."""
    today = datetime.datetime.now(datetime.UTC).date()
    for place, each in book.verified.items():
        if (today - each.date).days > DAYS:
            hint = "go through it and change the day"
            yield Problem(PATH, each.line, ID, f"`{place}` was last verified on {each.date}", hint)


RULE = Rule(ID, Scope.BOOK, __doc__, check, advice=True, reminds=True)
