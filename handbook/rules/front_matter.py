"""Every page says its title and, in one sentence, what it is about.

Why: navigation, search results and previews of a link show these two, and nothing else.
Right: `title: Serving` and `description: The serving stage in eight minutes.`
Wrong: no description; a key that nothing reads; a straight quotation mark, which ends what browsers read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "front-matter"

_KNOWN = {"title", "description", "translates", "hide", "search", "sheet", "book", "template"}


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report a missing title or description and unknown keys."""
    if page.problems:
        return
    for key in ("title", "description"):
        value = page.meta.get(key)
        if not isinstance(value, str) or not value.strip():
            yield Problem(page.path, 1, ID, f"no `{key}`", "add it to the front matter")
        elif mark := re.search(r'["<>`]|\{\{|\n', value):
            shown = {"\n": "a line break"}.get(mark[0], f"`{mark[0]}`")
            line = next((n for n, text in enumerate(page.lines, 1) if text.startswith(f"{key}:")), 1)
            yield Problem(page.path, line, ID, f"{shown} in `{key}`, which is plain text", "leave it out")
    for key in sorted(set(page.meta) - _KNOWN, key=str):
        line = next((n for n, text in enumerate(page.lines, 1) if text.startswith(f"{key}:")), 1)
        yield Problem(page.path, line, ID, f"unknown key `{key}`", "remove it")


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, needs_all=False)
