"""Every Mermaid fence draws, has a title and a description, and fits a page.

Why: the title and the description are what a reader who cannot see the drawing gets of it.
Right: `accTitle: …` and `accDescr: …` in the page's language, at most 900 px wide, classes of the theme.
Wrong: `style A fill:#f00`, which does not follow light and dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook import diagrams
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.writer import WriteError, Writer

ID = "diagrams"
_MEANT = re.compile(r"\{?\s*\.?mermaid\b", re.IGNORECASE)


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check each fence as it will be drawn, with its values filled in."""
    writer = Writer(book, page)
    for fence in page.fences:
        if not fence.closed:
            yield Problem(page.path, fence.line, ID, "the fence is never closed", "add ```")
        if fence.info != "mermaid" and _MEANT.match(fence.info):
            message = f"a fence `{fence.info}` is not drawn as a diagram"
            yield Problem(page.path, fence.line, ID, message, "write `mermaid` and nothing else")
    for fence in page.diagrams:
        try:
            source = writer.values(fence.source)
        except WriteError:
            continue  # rule `values` reports it
        for offset, message, hint in diagrams.problems(source, writer.speech):
            yield Problem(page.path, fence.line + 1 + offset, ID, message, hint)


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True)
