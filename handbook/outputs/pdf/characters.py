"""Every character of the book is drawn, or the book fails and says which one is not, and where it stands.

What no font has comes out as a box, and nobody would notice: so what the document uses is compared with
what its fonts have before it is printed.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from handbook.outputs.book import edition
from handbook.outputs.book.convert import Converted, written
from handbook.problems import Problem

RULE = "pdf"


def used(document: str) -> set[str]:
    """Return the characters of an HTML text that need a glyph: no spaces, marks of direction and the like."""
    found = set(html.unescape(document))
    return {character for character in found if character.isprintable() and not _selects(character)}


def problems(undrawn: set[str], chapters: Sequence[Converted], root: Path) -> list[Problem]:
    """Say of each character that cannot be drawn where it stands.

    Args:
        undrawn: The characters.
        chapters: The chapters of the book.
        root: The repository.

    Returns:
        One problem for each character on each page; what comes from a data file is reported there.
    """
    found, left, data = set(), set(undrawn), _data(root)
    for chapter in chapters:
        for character in undrawn & used(f"{chapter.title} {written(chapter.body)}"):
            left.discard(character)
            source = root / chapter.chapter.source
            found.add(_problem(character, root, [source, *data], source))
    return sorted(found | {_problem(character, root, data, root / "data") for character in left})


def _problem(character: str, root: Path, files: Iterable[Path], otherwise: Path) -> Problem:
    lines = ((file, number, text) for file in files for number, text in enumerate(_lines(file), 1))
    path, line = next(((file, number) for file, number, text in lines if character in text), (otherwise, 1))
    name = unicodedata.name(character, "").lower()
    message = f"no font of the book has “{character}” (U+{ord(character):04X}{name and ', '}{name})"
    hint = "write a word, or a character that Noto CJK, Liberation or DejaVu has"
    return Problem(path.relative_to(root).as_posix(), line, RULE, message, hint)


def _data(root: Path) -> list[Path]:
    """Return the files that pages take texts from."""
    return [path for path in edition.files(root) if path.suffix == ".yml"]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _selects(character: str) -> bool:
    """Whether a character only chooses among the forms of the one before it."""
    return "\ufe00" <= character <= "\ufe0f"
