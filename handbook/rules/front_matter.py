"""Rule `front-matter`: every page says its title and, in one sentence, what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.source.book import Book
from handbook.problems import Problem

_KNOWN = {"title", "description", "translates", "hide", "search", "sheet", "template"}


def check(book: Book) -> Iterator[Problem]:
    """Report a missing title or description and unknown keys."""
    for page in book.all_pages():
        if page.problems:
            continue
        for key in ("title", "description"):
            value = page.meta.get(key)
            if not isinstance(value, str) or not value.strip():
                yield Problem(page.path, 1, "front-matter", f"no `{key}`", "add it to the front matter")
        for key in sorted(set(page.meta) - _KNOWN, key=str):
            line = next((n for n, text in enumerate(page.lines, 1) if text.startswith(f"{key}:")), 1)
            yield Problem(page.path, line, "front-matter", f"unknown key `{key}`", "remove it")
