"""What rules had nothing to say about, so that they look again only at what changed.

A call of a rule is known by a hash of what it may look at: the pages that it is called with, all data files,
the code, and of every other page its outline (headings, ids, values, blocks, citations), to which links and
numbers lead. A rule of the whole book may look at everything. Only what passed is kept, see `passed`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from handbook import passed
from handbook.problems import Problem
from handbook.rules.rule import Scope
from handbook.source import Book, Page

NAME = "rules"
#: Lines to which other pages may lead, and what they list.
_OUTLINE = re.compile(r"^[^\S\n]*#.*$|^.*(?:\{\{|\[@|\bid=|\]\().*$", re.M)


class Memory:
    """What passed before, and what passes now."""

    def __init__(self, book: Book) -> None:
        """Read what passed when this handbook was checked last."""
        self._root = book.root
        self._before = passed.read(book.root, NAME)
        self._now: set[str] = set()
        self._data = _digest(book)
        self._outlines = hashlib.sha256(self._data.encode())
        everything = hashlib.sha256(self._data.encode())
        for page in book.all_pages():
            named = f"\n{page.path}\n"
            self._outlines.update((named + "\n".join(_OUTLINE.findall(page.text))).encode("utf-8", "replace"))
            everything.update((named + page.text).encode("utf-8", "replace"))
        self._everything = everything.hexdigest()

    def ask(
        self, rule: str, scope: Scope, pages: tuple[Page, ...], check: Callable[[], Iterable[Problem]]
    ) -> list[Problem]:
        """Return what a call of a rule finds; nothing if it found nothing in the same before.

        Args:
            rule: Name of the rule.
            scope: What the call may look at.
            pages: The pages that it is called with.
            check: The call.
        """
        match scope:
            case Scope.DATA:
                seen = self._data
            case Scope.BOOK:
                seen = self._everything
            case _:
                seen = self._outlines.hexdigest() + "".join(f"\n{page.path}\n{page.text}" for page in pages)
        key = passed.key(rule, seen)
        found = [] if key in self._before else list(check())
        if not found:
            self._now.add(key)
        return found

    def keep(self, *, others: bool) -> None:
        """Keep what passed now.

        Args:
            others: Whether not every rule was asked, so that what passed before is kept as well.
        """
        passes = self._now | self._before if others else self._now
        if passes != self._before:
            passed.write(self._root, NAME, passes)


def _digest(book: Book) -> str:
    """Return a hash of the code, of all that is no page, and of what lies beside the pages."""
    digest = hashlib.sha256()
    code = Path(__file__).parents[1]
    for folder, pattern in ((code, "**/*.py"), (code, "**/*.css"), (book.root, "data/**/*"), (book.root, "mkdocs*")):
        for file in sorted(folder.glob(pattern)):
            if file.is_file():
                content = file.read_bytes()
                digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    for folder in ("docs", "references"):
        # Pages have hashes of their own; of pictures and strays it is enough that they are there.
        for file in sorted((book.root / folder).rglob("*")):
            digest.update(f"{file.relative_to(book.root).as_posix()} {file.is_symlink()}\n".encode())
    return digest.hexdigest()
