"""How wide the columns of a table have to be: whether it fits a phone, and what is done where it does not.

A browser shares the width of a table by how long its cells are, and knows nothing of words: in Chinese it makes a
column of names one character wide so that a column of sentences gets a little more. So a table says of itself which
of its columns are short, `narrow-2`: numbers, signs, words of a few letters. They are as wide as their cells and no
wider, and the others share the rest. A table of sentences that has no room for them becomes `cards`, a row each, in
which each cell says its head; one of numbers scrolls, since its rows are read across.

Lengths are in em of a table's text, estimated from what stands in its cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE

from handbook import mathml
from handbook.render.allowed import plain

#: What a phone 390 px wide has, and what is left inside of a box; and the margins of a cell.
ROOM, ROOM_IN_BOX, MARGINS = 26.2, 21.8, 0.6
#: As wide as a column can be and still be short: three Chinese characters, or a number with its unit.
SHORT, NUMBER = 3.5, 6.6
#: A column of sentences is not read where it is narrower; one of names, and how long a name is.
SENTENCES, NAMES, NAME = 5.6, 4.0, 8.0
#: Nor where it stands beside a number: the name of a quantity, and how it is derived.
DERIVATION = 7.5
#: A head that is shorter has one line.
SHORT_HEAD = 3.1
#: A head that is longer makes its short column wider, to four characters: it has no more than three lines.
LONG_HEAD, LONG_HEADED = 6.0, 4.3
#: A derivation of several lines, for which the other two columns make room; on paper it has their width, too.
DERIVED = 80.0
#: Columns that a rule of the style sheet speaks of.
MOST = 8

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_THIN = frozenset(" \u00a0.,:;'|il!()[]·/")
_NUMBER = re.compile(
    r"(?:每(?:[秒天周月年]|小时|分钟)[ \u00a0]?)?"  # how often
    rf"[−+±≈<>≤≥~$]*[ \u00a0]?\d[\d.,]*[^\s{_WIDE}]?\S{{0,3}}(?:[ \u00a0][^\s]{{1,4}})?"
)
_PIECES = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?|[{_WIDE}]|[^\s{_WIDE}/–-]+(?:\u00a0(?:[^\s{_WIDE}]+|[{_WIDE}]{{1,4}}))*[/–-]?"
)


@dataclass(frozen=True)
class Column:
    """A column: the width of its longest cell and of what cannot be broken in it, in its head and its cells."""

    head: float
    head_piece: float
    cell: float
    piece: float
    numbers: bool

    @property
    def short(self) -> bool:
        """Whether it is set as wide as its cells."""
        return self.cell <= (NUMBER if self.numbers else SHORT)

    @property
    def sentences(self) -> bool:
        """Whether its cells have more to say than a name."""
        return self.cell > NAME

    @property
    def long_head(self) -> bool:
        """Whether it is short and its head is not."""
        return self.short and self.head > LONG_HEAD

    @property
    def short_head(self) -> bool:
        """Whether its head could be broken and is not worth two lines."""
        return self.head_piece < self.head <= SHORT_HEAD

    @property
    def least(self) -> float:
        """The width below which it cannot be read."""
        if self.short:
            return max(self.cell, self.head_piece, LONG_HEADED if self.long_head else min(self.head, SHORT_HEAD))
        return max(SENTENCES if self.sentences else min(self.cell, NAMES), self.piece, self.head_piece)


def width(text: str) -> float:
    """Estimate how wide a text is set in one line."""
    return sum(1.0 if re.match(f"[{_WIDE}]", char) else 0.3 if char in _THIN else 0.57 for char in text)


def columns(table: Element) -> list[Column]:
    """Measure the columns of a table."""
    rows = [list(row) for row in table.iter("tr")]
    body = [row for row in rows if any(cell.tag == "td" for cell in row)] or rows[1:]
    return [
        _column(_text(head), [_text(row[index]) for row in body if index < len(row)])
        for index, head in enumerate(rows[0] if rows else ())
    ]


def mark(table: Element, *, boxed: bool) -> list[str]:
    """Name the cells of a table where that is needed, and return its classes; `boxed` if it stands in a box."""
    found = columns(table)
    for head, column in zip(next(table.iter("tr"), ()), found, strict=False):
        kind = "long" if column.long_head else "whole" if column.short_head else ""
        if kind:
            head.set("class", f"{head.get('class', '')} {kind}".strip())
    long = len(found) == 3 and found[-1].cell > DERIVED
    # Numbers stand to the right in a calculation.
    derived = ["derived"] if long and "right" in next(iter(table.iter("tr")))[1].get("class", "").split() else []
    for row in table.iter("tr") if derived else ():
        if width(_text(row[-1])) > DERIVED:
            row[-1].set("class", f"{row[-1].get('class', '')} told".strip())
    if (long or not _fits(found, boxed=boxed)) and _told(found):
        _name_cells(table)
        return [*derived, "cards"]
    return [*derived, *(f"narrow-{index}" for index, column in enumerate(found[:MOST], 1) if column.short)]


def _fits(found: list[Column], *, boxed: bool) -> bool:
    beside = DERIVATION if len(found) == 3 and found[1].numbers else 0
    needed = [max(column.least, beside if column.sentences else 0) + MARGINS for column in found]
    return sum(needed) <= (ROOM_IN_BOX if boxed else ROOM)


def _told(found: list[Column]) -> bool:
    """Whether a table tells more than it counts: it is read row by row, not down its columns."""
    told = sum(not column.short for column in found)
    return len(found) > 2 and told * 2 > len(found) and any(column.sentences for column in found)


def _name_cells(table: Element) -> None:
    """Give each cell but a row's first the name of its column."""
    rows = [list(row) for row in table.iter("tr")]
    heads = [_text(cell) for cell in rows[0]]
    for row in rows[1:]:
        for head, cell in list(zip(heads, row, strict=False))[1:]:
            cell.set("data-head", head)


def _column(head: str, cells: list[str]) -> Column:
    return Column(
        width(head),
        _piece(head),
        max(map(width, cells), default=0),
        max(map(_piece, cells), default=0),
        any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells if cell),
    )


def _piece(text: str) -> float:
    return max(map(width, _PIECES.findall(text)), default=0)


def _text(cell: Element) -> str:
    text = HTML_PLACEHOLDER_RE.sub("", "".join(_parts(cell)))
    return " ".join(text.replace("\u00a0", "\0").split()).replace("\0", "\u00a0")


def _parts(node: Element) -> list[str]:
    text = node.text or ""
    if node.get("class") == "arithmatex":
        text = mathml.text(plain(text)[2:-2])
    return [text, *(part for child in node for part in [*_parts(child), child.tail or ""])]
