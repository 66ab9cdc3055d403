r"""Every row of a table has as many cells as its head.

Why: Markdown silently pads or cuts a row, so a value moves under another head.
Right: `| a | b |` below a head of two cells; `\|` for a bar inside a cell.
Wrong: `| a |` below a head of two cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "tables"


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report rows that Markdown would silently pad or cut."""
    for table in page.tables:
        wanted = len(table.rows[0])
        for index, row in enumerate(table.rows[1:]):
            if len(row) != wanted:
                # The head and the line of dashes stand before the first row.
                yield Problem(
                    page.path,
                    table.line + 2 + index,
                    ID,
                    f"the row has {len(row)} cells, the head has {wanted}",
                    "write `\\|` for a bar inside a cell",
                )


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, needs_all=False)
