"""What lies in the sources is read by something, stays in the handbook, and is finished.

No file has the marks that a merge leaves. What is not a page lies beside the pages only if a page shows or
links to it. A page's path is its address: lower-case letters, digits and hyphens. No link of the file
system leads out of the handbook. Numbers and sources belong to a page, or something uses them.

Why: a backup is published as it is, a link publishes what it leads to, and marks of a merge are read by all.
Right: docs/en/framework/metrics.md, docs/en/assets/board.svg that a page shows
Wrong: docs/en/framework/metrics.md.orig; `<<<<<<< HEAD`; docs/en/notes.md → /etc/passwd; docs/en/My Page.md
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book

ID = "files"

#: Where text lies that is published or read, relative to the repository.
_TREES = ("docs", "references", "data", "theme", "readme")
_TEXT = {".md", ".yml", ".yaml", ".txt", ".html", ".css", ".js", ".svg", ".json", ".csv"}
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)")
_MERGE, _OUTSIDE = "is left of a merge", "leads out of the handbook"
_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")


def check(book: Book) -> Iterator[Problem]:
    """Look at every file below the folders of the sources."""
    linked = _linked(book)
    for path in _paths(book.root):
        relative = path.relative_to(book.root).as_posix()
        if path.is_symlink() and not path.resolve().is_relative_to(book.root.resolve()):
            yield Problem(relative, 1, ID, f"a link that {_OUTSIDE}", "copy the file")
        elif path.is_file():
            yield from _conflicts(path, relative)
            if _beside_pages(relative) and path.suffix != ".md" and relative not in linked:
                yield Problem(relative, 1, ID, "no page, and no page shows it", "remove it")
    for page in book.all_pages():
        if not _ADDRESS.fullmatch(page.slug):
            hint = "lower-case letters, digits and hyphens"
            yield Problem(page.path, 1, ID, f"`{page.slug}` is not an address", hint)
    yield from _orphans(book)


def is_cause(problem: Problem) -> bool:
    """Whether nothing in a file can be relied on: it is half merged, or not of this handbook."""
    return problem.rule == ID and problem.message.endswith((_MERGE, _OUTSIDE))


def _paths(root: Path) -> list[Path]:
    """Return all files of the sources, in order; folders that are links are files here."""
    found = [path for path in root.glob("*") if path.suffix in (".md", ".yml") and path.is_file()]
    folders = [root / tree for tree in _TREES if (root / tree).is_dir()]
    while folders:
        for path in folders.pop().iterdir():
            (folders if path.is_dir() and not path.is_symlink() else found).append(path)
    return sorted(found)


def _beside_pages(relative: str) -> bool:
    return relative.startswith(("docs/", "references/"))


def _conflicts(path: Path, relative: str) -> Iterator[Problem]:
    if path.suffix not in _TEXT:
        return
    try:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return  # whoever reads it reports it
    for number, line in enumerate(lines, 1):
        if _CONFLICT.match(line):
            yield Problem(relative, number, ID, f"`{line[:7]}` {_MERGE}", "resolve it")
            return  # one conflict is a reason to look at the whole file


def _linked(book: Book) -> set[str]:
    """Return the files that pages show or link to, relative to the repository."""
    found = set()
    for page in book.all_pages():
        folder = posixpath.dirname(page.path)
        found |= {posixpath.normpath(posixpath.join(folder, link.target)) for link in page.links}
    return found


def _orphans(book: Book) -> Iterator[Problem]:
    """Report numbers without a page that nothing uses, and sources without a page."""
    slugs = {slug for pages in book.pages.values() for slug in pages}
    texts = [page.text for page in book.all_pages()]
    texts += [(book.root / numbers.path).read_text("utf-8", "replace") for numbers in book.numbers.values()]
    for slug, numbers in book.numbers.items():
        inside = not (book.root / numbers.path).is_symlink()
        if inside and slug not in slugs and not any(f"{slug}:" in text for text in texts):
            yield Problem(numbers.path, 1, ID, f"no page `{slug}`, and nothing uses its numbers", "remove it")
    for path in sorted((book.root / "data" / "sources").rglob("*.yml")):
        relative = path.relative_to(book.root).as_posix()
        slug = relative.removeprefix("data/sources/").removesuffix(".yml")
        if slug not in slugs:
            yield Problem(relative, 1, ID, f"no page `{slug}`", "name the file as its page")


RULE = Rule(ID, Scope.BOOK, __doc__, check, needs_all=False)
