"""Changes stand with the latest first, on days that have been, and lead to what there is.

Why: whoever follows the feed comes from there, and asks what is new since last time.
Right: `date: 2026-11-29`, `place: designs/recommendation`, a sentence in each language.
Wrong: a day to come; an older change above a later one; a page that does not exist.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.changes import PATH

ID = "changes"


def check(book: Book) -> Iterator[Problem]:
    """Check the order, the days and the places of data/changes.yml."""
    today = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)  # anywhere on earth
    for change in book.changes:
        if change.date > today:
            yield Problem(PATH, change.line, ID, f"{change.date} is to come")
        page = book.originals.get(change.slug)
        if page is None or (change.anchor and change.anchor not in page.anchors):
            hint = guess(change.place, page.anchors if page else book.originals)
            yield Problem(PATH, change.line, ID, f"`{change.place}` does not exist", hint)
    for above, below in pairwise(book.changes):
        if below.date > above.date:
            yield Problem(PATH, below.line, ID, f"{below.date} stands below {above.date}", "the latest comes first")


RULE = Rule(ID, Scope.BOOK, __doc__, check)
