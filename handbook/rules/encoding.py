"""Pages and data files are clean UTF-8 text with Unix line ends, and every character can be seen.

Why: what nobody can see breaks search, copies of commands and the comparison of two languages.
Right: text as an editor saves it in UTF-8; the build itself keeps a number and its unit on one line.
Wrong: a zero-width or no-break space pasted from a chat, a mark that turns the direction of writing, a
    carriage return, a byte-order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book

ID = "encoding"

#: Controls, spaces of special widths, soft hyphens, marks of direction, joiners, selectors of variants,
#: tags, places for private use, and what stands for a byte that could not be read.
_STRAY = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def check(book: Book) -> Iterator[Problem]:
    """Report byte-order marks, carriage returns, control and invisible characters."""
    for page in book.all_pages():
        yield from _stray(page.path, page.lines)
    for path in sorted((book.root / "data").rglob("*.yml")):
        text = path.read_bytes().decode("utf-8", "ignore")  # what is not UTF-8 was reported when it was read
        yield from _stray(path.relative_to(book.root).as_posix(), text.split("\n"))


def _stray(path: str, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        match = _STRAY.search(line)
        if match:
            name = "a carriage return" if match[0] == "\r" else f"U+{ord(match[0]):04X}"
            hint = "use Unix line ends" if match[0] == "\r" else "remove it"
            if match[0] in "\u00a0\u202f":
                hint = "write a space"
            yield Problem(path, number, ID, f"{name} in the text", hint)
            if match[0] == "\r":
                break  # the whole file has them; one line says it


RULE = Rule(ID, Scope.BOOK, __doc__, check, needs_all=False)
