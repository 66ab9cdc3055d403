"""A page that is not finished is not in the handbook.

Why: a reader who meets a promise instead of a text has wasted a click.
Right: the section is left out until it is written.
Wrong: `TODO`, `coming soon`, 待补充.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "placeholders"

_PLACEHOLDER = re.compile(
    r"coming soon|lorem ipsum|\b(?:TODO|TBD|FIXME|XXX)\b|to be (?:written|done|added)|"
    r"待补充|待完善|待续|敬请期待|施工中|稍后补充",
    re.I,
)


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report words that promise what is not there."""
    for number, line in enumerate(page.lines, 1):
        match = _PLACEHOLDER.search(line)
        if match:
            yield Problem(
                page.path,
                number,
                ID,
                f"“{match[0]}” promises what is not there",
                "finish it or leave it out",
            )


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, needs_all=False)
