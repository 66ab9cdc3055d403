"""Every link inside the handbook leads to a page and to an anchor that exist.

Why: a dead link is the first thing that a reader reports, and the last that an author sees.
Right: `[Data](../framework/data.md#labels)`, relative to the page, to its source file.
Wrong: `/framework/data/`, `http://…`, an anchor that is on no page.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.writer import cited

ID = "links"


def published(book: Book, page: Page) -> set[str]:
    """Return the anchors of a page as published: headings, explicit ids, sources, minutes of a board,
    old anchors."""
    anchors = page.anchors | {f"source-{key}" for key in cited(book, page)}
    board = book.boards.get(page.slug)
    if board and any(block.text == "board" for block in page.blocks):
        anchors |= {f"board-{minute}" for minute in board.minutes}
    return anchors | {
        moved.old.anchor
        for moved in book.redirects.values()
        if moved.old.slug == moved.new.slug == page.slug and moved.old.anchor
    }


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Resolve each link as the published site does."""
    for link in page.links:
        message, hint = _wrong(book, page, link.target)
        if message:
            yield Problem(page.path, link.line, ID, message, hint)


def _wrong(book: Book, page: Page, target: str) -> tuple[str, str]:
    if target.startswith(("https://", "mailto:")):
        return "", ""
    if target.startswith("http://"):
        return f"`{target}` is not encrypted", "use https"
    if target.startswith("/"):
        return f"`{target}` is an absolute link", "link relative to the page, to its .md file"
    place, _, anchor = target.partition("#")
    siblings = book.pages[page.language]
    slug = page.slug
    if place:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.slug), place))
        slug = path.removesuffix(".md")
        if not place.endswith(".md"):
            if os.path.isfile(book.root / "docs" / page.language / path):  # no file has a name of 5,000 letters
                return "", ""
            return f"`{target}` leads nowhere", guess(f"{slug}.md", [f"{s}.md" for s in siblings])
        if slug not in siblings:
            return f"no page `{slug}`", guess(slug, siblings)
    if "#" in target:
        known = published(book, siblings[slug])
        if anchor not in known:
            where = "this page" if slug == page.slug else f"`{slug}`"
            return f"no anchor `#{anchor}` on {where}", guess(anchor, known)
    return "", ""


RULE = Rule(ID, Scope.PAGE, __doc__, check)
