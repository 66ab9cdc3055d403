"""A section of what ages says when it was last verified, and means itself.

The block stands in the section that it names; data/verified.yml names sections that there are, with a day that
has been.

Why: products, prices and laws change under a page that stays; a reader weighs a statement by its day.
Right: `## Serving frameworks {#frameworks}` with `{{ verified: frameworks }}` below it.
Wrong: the block in another section; a day to come; an entry whose page has no such block.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.source.verified import PATH

ID = "verified"

_BLOCK = re.compile(r"^\{\{ verified: (?P<id>\S+) \}\}$")


def check(book: Book) -> Iterator[Problem]:
    """Compare data/verified.yml with the pages."""
    today = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)  # anywhere on earth
    for place, each in book.verified.items():
        if each.page not in book.originals:
            hint = guess(each.page, book.originals)
            yield Problem(PATH, each.line, ID, f"`{each.page}` is not a page", hint)
        if each.date > today:
            yield Problem(PATH, each.line, ID, f"`{place}` was verified on {each.date}, which is to come")
    for page in book.all_pages():
        yield from _page(book, page)


def _page(book: Book, page: Page) -> Iterator[Problem]:
    wanted = {each.id for each in book.verified.values() if each.page == page.slug}
    for line, text in enumerate(page.text.splitlines(), 1):
        if not (match := _BLOCK.match(text)):
            continue
        wanted.discard(match["id"])
        heading = page.heading(match["id"])
        start, end = page.section(heading) if heading else (0, 0)
        if not start <= line <= end:
            yield Problem(page.path, line, ID, f"not in the section `#{match['id']}`", "put it below its heading")
    for id_ in sorted(wanted):
        message = f"no `{{{{ verified: {id_} }}}}`, which {PATH} has"
        yield Problem(page.path, 1, ID, message, "put it below the heading, or remove the entry")


RULE = Rule(ID, Scope.BOOK, __doc__, check)
