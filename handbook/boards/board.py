"""A whiteboard as data: boxes on a grid, arrows between them, and the minute at which each is drawn.

`data/boards/<slug of the page>.yml`, once for all languages:

    title: {en: …, zh: …}
    description: {en: …, zh: …}
    minutes:
      - {at: 8, en: "Say: “…”", zh: …}
    boxes:
      - {id: api, at: [4, 0], size: [3, 2], minute: 8, class: client, en: "Payments, {{ tps_peak }}", zh: …}
    arrows:
      - {from: api, to: store, minute: 20, style: dotted, en: "{{ budget.fetch }}", zh: …}

A box stays where it was first drawn, since its place is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from handbook.diagrams import NODE_CLASSES
from handbook.entry import Entry
from handbook.problems import Problem, guess

RULE = "boards"
FOLDER = "data/boards"
#: The grid: columns and rows of 48 × 32 px. A full board and its margins are 1,168 × 720 px: beside the
#: navigation of a window of 1,440 × 900 its text of 14 px is 12 px or more, and on a sheet of A4 9 pt.
COLUMNS, ROWS = 24, 22
#: A box may also be a list: its lines begin at the left, as one writes in a corner of a board.
LIST = "list"
STYLES = ("solid", "dotted", "thick")


@dataclass(frozen=True)
class Box:
    """A box of a board.

    Attributes:
        id: Its name within the board.
        column: Its leftmost column, from 0.
        row: Its topmost row, from 0.
        columns: How many columns it covers.
        rows: How many rows it covers.
        minute: When it is drawn.
        css_class: One of the node classes of diagrams, `LIST`, or nothing.
        texts: What it says by language, with `{{ values }}`.
        line: Where it is declared.
    """

    id: str
    column: int
    row: int
    columns: int
    rows: int
    minute: int
    css_class: str
    texts: Mapping[str, str]
    line: int

    def is_within(self, cells: int, other: Box) -> bool:
        """Whether fewer than so many free cells part two boxes; 0 for boxes that lie on each other."""
        return (
            self.column < other.column + other.columns + cells
            and other.column < self.column + self.columns + cells
            and self.row < other.row + other.rows + cells
            and other.row < self.row + self.rows + cells
        )


@dataclass(frozen=True)
class Arrow:
    """An arrow of a board.

    Attributes:
        start: Id of the box that it leaves.
        end: Id of the box that it leads to.
        minute: When it is drawn.
        style: One of `STYLES`.
        texts: What it says by language; empty for nothing.
        line: Where it is declared.
    """

    start: str
    end: str
    minute: int
    style: str
    texts: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class Moment:
    """A minute at which a board is shown.

    Attributes:
        minute: The minute.
        texts: What one says then, by language, as Markdown with `{{ values }}`; empty for nothing.
        line: Where it is declared.
    """

    minute: int
    texts: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class Board:
    """A whiteboard and how it grows.

    Attributes:
        slug: Slug of its page, `designs/fraud-detection`.
        path: Its file, relative to the repository.
        titles: What it shows, by language.
        descriptions: The same in a sentence or two, for readers who cannot see it.
        moments: The minutes at which it is shown, in order.
        boxes: In the order of the file.
        arrows: Likewise.
    """

    slug: str
    path: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    moments: tuple[Moment, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def minutes(self) -> tuple[int, ...]:
        """The minutes alone."""
        return tuple(moment.minute for moment in self.moments)

    def before(self, minute: int) -> int:
        """The minute at which it was shown last before another one; 0 for none."""
        return max((earlier for earlier in self.minutes if earlier < minute), default=0)

    def written(self) -> Iterator[tuple[int, str, str]]:
        """Line, language and text of everything that it says."""
        for texts in (self.titles, self.descriptions):
            yield from ((1, language, text) for language, text in texts.items())
        for part in (*self.moments, *self.boxes, *self.arrows):
            yield from ((part.line, language, text) for language, text in part.texts.items())

    def box(self, id_: str) -> Box:
        """The box of a name."""
        return next(box for box in self.boxes if box.id == id_)


def read(entry: Entry, slug: str) -> Board:
    """Read `data/boards/<slug>.yml` and check it.

    Args:
        entry: The whole file.
        slug: Slug of its page.

    Returns:
        The board, to be used only if nothing was reported.
    """
    keys = entry.mapping("title", "description", "minutes", "boxes", "arrows")
    for name in ("title", "description"):
        keys[name].mapping(spoken=("",))
    moments = tuple(_moment(item) for item in keys["minutes"].items())
    minutes = tuple(moment.minute for moment in moments)
    if list(minutes) != sorted(set(minutes)):
        keys["minutes"].report("the minutes are not in order")
    board = Board(
        slug,
        entry.file.path,
        keys["title"].texts_of(),
        keys["description"].texts_of(),
        moments,
        tuple(_box(item, minutes) for item in keys["boxes"].items()),
        tuple(_arrow(item, minutes) for item in keys["arrows"].items()),
    )
    if not entry.problems:
        entry.problems.extend([*_clashes(board), *_loose_ends(board)])
    return board


def _moment(entry: Entry) -> Moment:
    keys = entry.mapping("at", spoken=("",))
    return Moment(keys["at"].whole(), _said(entry), entry.line)


def _said(entry: Entry) -> Mapping[str, str]:
    texts = entry.optional_texts_of()
    return texts if any(texts.values()) else {}


def _box(entry: Entry, minutes: tuple[int, ...]) -> Box:
    keys = entry.mapping("id", "at", "size", "minute", optional=("class",), spoken=("",))
    column, row = _pair(keys["at"], 0)
    columns, rows = _pair(keys["size"], 1)
    if column + columns > COLUMNS or row + rows > ROWS:
        entry.report("the box leaves the board", f"a board has {COLUMNS} columns and {ROWS} rows")
    return Box(
        keys["id"].text(),
        column,
        row,
        columns,
        rows,
        _minute(keys["minute"], minutes),
        keys["class"].choice(*NODE_CLASSES, LIST) if "class" in keys else "",
        entry.texts_of(),
        entry.line,
    )


def _arrow(entry: Entry, minutes: tuple[int, ...]) -> Arrow:
    keys = entry.mapping("from", "to", "minute", optional=("style",), spoken=("",))
    return Arrow(
        keys["from"].text(),
        keys["to"].text(),
        _minute(keys["minute"], minutes),
        keys["style"].choice(*STYLES) if "style" in keys else STYLES[0],
        _said(entry),
        entry.line,
    )


def _pair(entry: Entry, least: int) -> tuple[int, int]:
    numbers = [item.whole(least) for item in entry.items()]
    if len(numbers) != 2:
        entry.report(f"{entry.name} is not two numbers", "across, down")
        return least, least
    return numbers[0], numbers[1]


def _minute(entry: Entry, minutes: tuple[int, ...]) -> int:
    minute = entry.whole()
    if minutes and minute not in minutes:
        entry.report(f"the board is not shown at minute {minute}", f"it is at {', '.join(map(str, minutes))}")
    return minute


def _clashes(board: Board) -> list[Problem]:
    found = []
    for one, other in combinations(board.boxes, 2):
        if one.id == other.id:
            found.append(Problem(board.path, other.line, RULE, f"the box `{other.id}` is declared twice"))
        elif one.is_within(0, other):
            message = f"the boxes `{one.id}` and `{other.id}` lie on each other"
            found.append(Problem(board.path, other.line, RULE, message))
        elif one.is_within(1, other):
            message = f"the boxes `{one.id}` and `{other.id}` touch each other"
            found.append(
                Problem(board.path, other.line, RULE, message, "leave a free row or column between them")
            )
    return found


def _loose_ends(board: Board) -> list[Problem]:
    boxes = {box.id: box for box in board.boxes}
    found = []
    for arrow in board.arrows:
        ends = (arrow.start, arrow.end)
        for end in dict.fromkeys(ends):
            if end not in boxes:
                message = f"the arrow ends at an unknown box `{end}`"
                found.append(Problem(board.path, arrow.line, RULE, message, guess(end, boxes)))
            elif boxes[end].minute > arrow.minute:
                message = f"the arrow is drawn at minute {arrow.minute}, before its box `{end}`"
                found.append(Problem(board.path, arrow.line, RULE, message, f"at minute {boxes[end].minute}"))
        if arrow.start == arrow.end:
            found.append(
                Problem(board.path, arrow.line, RULE, f"the arrow leads from `{arrow.start}` to itself")
            )
    return found
