"""Where pages are published: the address of a page below its language, and the way from one to another."""

from __future__ import annotations

import posixpath


def place(slug: str) -> str:
    """Return a page's address below its language: `framework/data/`, and nothing for the first page."""
    folder = "" if slug == "index" else slug.removesuffix("/index")
    return f"{folder}/" if folder else ""


def up(address: str) -> str:
    """Return the way from an address to what it is below: `../../` for `framework/data/`."""
    return "../" * address.count("/")


def resolved(slug: str, target: str) -> str:
    """Return the slug or the file that a link of a page leads to, without its anchor.

    Args:
        slug: The page.
        target: A path as written there: relative to the page's source, `.md` for a page.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(slug), target.partition("#")[0]))
    return path.removesuffix(".md")


def link(slug: str, target: str, file: str = "") -> str:
    """Return the address that a page links to with `target`.

    Args:
        slug: The page.
        target: A link as written: `../framework/data.md#labels`, `#labels`, `picture.png`, `https://…`.
        file: Name of the file to link to where the target is a page; by default its folder.
    """
    path, mark, anchor = target.partition("#")
    if not path or ":" in path.split("/")[0] or path.startswith("/"):
        return target
    goal = resolved(slug, path)
    goal = place(goal) + file if path.endswith(".md") else goal
    way = posixpath.relpath(goal or ".", place(slug) or ".")
    slash = "/" if goal.endswith("/") or not goal else ""
    return f"{way}{slash}{mark}{anchor}"
