"""Rule `placeholders`: a page that is not finished is not in the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.source.book import Book
from handbook.problems import Problem

_PLACEHOLDER = re.compile(
    r"coming soon|lorem ipsum|\b(?:TODO|TBD|FIXME|XXX)\b|to be (?:written|done|added)|"
    r"待补充|待完善|待续|敬请期待|施工中|稍后补充",
    re.I,
)


def check(book: Book) -> Iterator[Problem]:
    """Report words that promise what is not there."""
    for page in book.all_pages():
        for number, line in enumerate(page.lines, 1):
            match = _PLACEHOLDER.search(line)
            if match:
                yield Problem(
                    page.path,
                    number,
                    "placeholders",
                    f"“{match[0]}” promises what is not there",
                    "finish it or leave it out",
                )
