"""Rule `tables`: every row of a table has as many cells as its head."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.source.book import Book
from handbook.problems import Problem

RULE = "tables"


def check(book: Book) -> Iterator[Problem]:
    """Report rows that Markdown would silently pad or cut."""
    for page in book.all_pages():
        for table in page.tables:
            wanted = len(table.rows[0])
            for index, row in enumerate(table.rows[1:]):
                if len(row) != wanted:
                    # The head and the line of dashes stand before the first row.
                    yield Problem(
                        page.path,
                        table.line + 2 + index,
                        RULE,
                        f"the row has {len(row)} cells, the head has {wanted}",
                        "write `\\|` for a bar inside a cell",
                    )
