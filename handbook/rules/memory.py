"""What rules had nothing to say about, so that they look again only at what changed.

A call of a rule is known by a hash of what it may look at: the pages that it is called with, all data files,
the code, and of every other page its outline (headings, ids, values, blocks, citations), to which links and
blocks lead, unless it is shown no other page. A rule of the whole book may look at everything. Only what
passed is kept, see `passed`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from handbook import passed
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
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
        outlines = hashlib.sha256(self._data.encode())
        everything = hashlib.sha256(self._data.encode())
        for page in book.all_pages():
            named = f"\n{page.path}\n"
            outlines.update((named + "\n".join(_OUTLINE.findall(page.text))).encode("utf-8", "replace"))
            everything.update((named + page.text).encode("utf-8", "replace"))
        self._outlines, self._everything = outlines.hexdigest(), everything.hexdigest()

    def ask(self, rule: Rule, pages: tuple[Page, ...], check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return what a call of a rule finds; nothing if it found nothing in the same before.

        Args:
            rule: The rule.
            pages: The pages that it is called with.
            check: The call.
        """
        match rule.scope:
            case Scope.DATA:
                return self.ask_data(rule, check)
            case Scope.BOOK:
                seen = self._everything
            case _:
                others = self._data if rule.alone else self._outlines
                seen = others + "".join(f"\n{page.path}\n{page.text}" for page in pages)
        return self._ask(rule.id, seen, check)

    def ask_data(self, rule: Rule, check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return what a rule finds in the data files alone, likewise."""
        return self._ask(f"{rule.id} data", self._data, check)

    def _ask(self, name: str, seen: str, check: Callable[[], Iterable[Problem]]) -> list[Problem]:
        key = passed.key(name, seen)
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
