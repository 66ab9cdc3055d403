"""Rule `diagrams`: every Mermaid fence draws, has a title and a description, and fits a page."""

from __future__ import annotations

from collections.abc import Iterator

from handbook import diagrams
from handbook.source.book import Book
from handbook.problems import Problem
from handbook.writer import WriteError, Writer

RULE = "diagrams"


def check(book: Book) -> Iterator[Problem]:
    """Check each fence as it will be drawn, with its values filled in."""
    for page in book.all_pages():
        writer = Writer(book, page)
        for fence in page.fences:
            if not fence.closed:
                yield Problem(page.path, fence.line, RULE, "the fence is never closed", "add ```")
        for fence in page.diagrams:
            try:
                source = writer.values(fence.source)
            except WriteError:
                continue  # rule `values` reports it
            for offset, message, hint in diagrams.problems(source):
                yield Problem(page.path, fence.line + 1 + offset, RULE, message, hint)
