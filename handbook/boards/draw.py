"""A board at one of its minutes as a drawing: static SVG for the style sheet of all diagrams.

What is new since the minute before has thick lines, and a box a folded corner; everything else is where
it was, the labels of arrows too, since all of them are placed on the finished board.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from handbook.boards import routes
from handbook.boards.board import LIST, RULE, Arrow, Board, Box
from handbook.diagrams import Drawing, code_version, element, geometry, text
from handbook.diagrams.svg import DIAGRAM_ID
from handbook.languages import Language
from handbook.problems import Problem

SIZE = 14  # px, of all texts
LINE = 18  # px from one line of text to the next
PADDING = 6  # px between a text and the side of its box
MARGIN = 8
TIP = 9  # px of the head of an arrow
FOLD = 12  # px of a corner that is folded
ARROW = "→"
_NS = element.NAMESPACE
_WRAPS = (8 * SIZE, 6 * SIZE, 4 * SIZE)  # px, of the label of an arrow: as wide as there is room

Fill = Callable[[str], str]


@dataclass(frozen=True)
class _Label:
    """The label of an arrow where it stands, or what is wrong with it."""

    text: str
    lines: list[str]
    place: geometry.Box | None


def draw(board: Board, language: Language, minute: int, fill: Fill = str) -> Drawing:
    """Draw a board as it is at a minute.

    Args:
        board: The board.
        language: Language of its texts.
        minute: One of its minutes.
        fill: Fills in the `{{ values }}` of a text.
    """
    since = board.before(minute)
    code = language.code
    title = language.word("board.title", title=fill(board.titles[code]), minute=minute)
    listed = language.typography.list.join(changes(board, language, minute, fill))
    new = language.word("board.new", since=since, list=listed) if since else ""
    description = language.typography.stop.join(filter(None, [fill(board.descriptions[code]).rstrip(".。"), new]))
    root = etree.Element(f"{{{_NS}}}svg", nsmap={None: _NS})
    root.set("class", "dg dg-board")
    arrows = etree.SubElement(root, f"{{{_NS}}}g")
    faults = []
    labels = _labels(board, code, fill)
    shown = [_pixels(box) for box in board.boxes if box.minute <= minute]
    for arrow, way, label in zip(board.arrows, routes.routes(board), labels, strict=True):
        if arrow.minute > minute or way is None:
            continue
        _arrow(arrows, arrow, way, bool(since) and arrow.minute > since)
        shown += [geometry.Box(*point, *point) for point in _points(way)]
        if label and label.place is None:
            faults.append((label.text, f"there is no room for the label “{label.text}” on its arrow"))
    for box in board.boxes:
        if box.minute <= minute:
            _box(root, box, fill(box.texts[code]), bool(since) and box.minute > since)
    for arrow, label in zip(board.arrows, labels, strict=True):
        if arrow.minute <= minute and label and label.place:
            _write_label(root, label.lines, label.place)
            shown.append(label.place)
    # Everything keeps its place, and what is still empty at the foot is left out.
    whole = _frame(board)
    frame = geometry.Box(whole.left, whole.top, whole.right, min(whole.bottom, geometry.around(shown).bottom + MARGIN))
    rows = geometry.rows(root)
    faults += geometry.faults(rows, frame)
    _finish(root, frame, title, description)
    parts = (code_version(), code, str(minute), title, etree.tostring(root, encoding="unicode"))
    return Drawing(
        key=hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32],
        kind="board",
        title=title,
        description=description,
        left=round(frame.left),
        top=round(frame.top),
        width=round(frame.right - frame.left),
        height=round(frame.bottom - frame.top),
        label_size=SIZE,
        spans=tuple(sorted({(place.top, place.bottom) for place in map(_pixels, board.boxes)})),
        texts=tuple({row.number: row.label for row in rows}.values()),
        faults=tuple(faults),
        svg=etree.tostring(root, encoding="unicode"),
    )


def changes(board: Board, language: Language, minute: int, fill: Fill = str) -> list[str]:
    """What is new on a board at a minute, in words: its boxes, then its arrows."""
    code, since = language.code, board.before(minute)
    names = {box.id: text.plain(fill(box.texts[code])) for box in board.boxes}
    found = [names[box.id] for box in board.boxes if since < box.minute <= minute]
    for arrow in board.arrows:
        if since < arrow.minute <= minute:
            label = language.typography.colon + text.plain(fill(arrow.texts[code])) if arrow.texts else ""
            found.append(f"{names[arrow.start]} {ARROW} {names[arrow.end]}{label}")
    return found


def problems(board: Board, language: Language, fill: Fill = str) -> list[Problem]:
    """What does not fit on a board in a language, at the line where it is declared."""
    found = [
        Problem(
            board.path,
            arrow.line,
            RULE,
            f"there is no way from `{arrow.start}` to `{arrow.end}`",
            "leave a free row or column between boxes",
        )
        for arrow, way in zip(board.arrows, routes.routes(board), strict=True)
        if way is None
    ]
    frame = _frame(board)
    if frame.right - frame.left < frame.bottom - frame.top:
        found.append(Problem(board.path, 1, RULE, "the board is taller than it is wide", "use its whole width"))
    lines = [
        (fill(item.texts[language.code]), item.line) for item in (*board.boxes, *board.arrows) if item.texts
    ]
    for label, message in draw(board, language, board.minutes[-1], fill).faults:
        line = next((line for written, line in lines if _same(written, label)), 1)
        found.append(
            Problem(board.path, line, RULE, f"{message} in `{language.code}`", "shorten it, or make room")
        )
    return found


def _same(written: str, label: str) -> bool:
    return "".join(text.plain(written).split()) == "".join(label.split())


# --- places -----------------------------------------------------------------------


def _frame(board: Board) -> geometry.Box:
    """The whole board, as it is at the end."""
    boxes = [_pixels(box) for box in board.boxes]
    ways = [geometry.Box(*point, *point) for way in routes.routes(board) if way for point in _points(way)]
    whole = geometry.around([*boxes, *ways])
    return geometry.Box(whole.left - MARGIN, whole.top - MARGIN, whole.right + MARGIN, whole.bottom + MARGIN)


def _pixels(box: Box) -> geometry.Box:
    return geometry.Box(*(float(edge * routes.STEP) for edge in routes.outline(box)))


def _points(way: routes.Way) -> list[tuple[float, float]]:
    return [(float(x * routes.STEP), float(y * routes.STEP)) for x, y in way]


def _labels(board: Board, code: str, fill: Fill) -> list[_Label | None]:
    """Place the labels of all arrows, those with the least room first."""
    ways = routes.routes(board)
    taken = [*map(_pixels, board.boxes), *(_tip(way) for way in ways if way)]
    found: list[_Label | None] = [None] * len(ways)
    order = [number for number, arrow in enumerate(board.arrows) if arrow.texts and ways[number]]
    for number in sorted(order, key=lambda number: _length(ways[number] or ())):
        label = fill(board.arrows[number].texts[code])
        others = [way for other, way in enumerate(ways) if way and other != number]
        for limit in _WRAPS:
            lines = text.wrap(label, SIZE, limit)
            place = _room(lines, ways[number] or (), taken, others)
            found[number] = _Label(text.plain(label), lines, place)
            if place:
                taken.append(place)
                break
    return found


def _tip(way: routes.Way) -> geometry.Box:
    """The head of an arrow."""
    (from_x, from_y), (x, y) = _points(way)[-2:]
    back_x = x + TIP * ((from_x > x) - (from_x < x))
    back_y = y + TIP * ((from_y > y) - (from_y < y))
    return geometry.Box(min(x, back_x) - 3, min(y, back_y) - 3, max(x, back_x) + 3, max(y, back_y) + 3)


def _length(way: routes.Way) -> int:
    return sum(abs(x1 - x2) + abs(y1 - y2) for (x1, y1), (x2, y2) in pairwise(way))


def _room(
    lines: list[str], way: routes.Way, taken: list[geometry.Box], others: list[routes.Way]
) -> geometry.Box | None:
    """Find a place on an arrow, near the middle of its longest stretch, where nothing else is."""
    wide = max(text.width(line, SIZE) for line in lines) / 2 + 3
    high = len(lines) * LINE / 2
    segments = sorted(pairwise(way), key=lambda ends: -_length(ends))
    for (x1, y1), (x2, y2) in segments:
        steps = _length(((x1, y1), (x2, y2)))
        for step in sorted(range(1, 2 * steps), key=lambda step: abs(step - steps)):
            x = (x1 + (x2 - x1) * step / 2 / steps) * routes.STEP
            y = (y1 + (y2 - y1) * step / 2 / steps) * routes.STEP
            place = geometry.Box(x - wide, y - high, x + wide, y + high)
            if all(min(place.overlap(other)) <= 0 for other in taken) and not any(
                _crosses(other, place) for other in others
            ):
                return place
    return None


def _crosses(way: routes.Way, place: geometry.Box) -> bool:
    # A stretch is as wide as its line.
    stretches = [
        geometry.Box(min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1)
        for (x1, y1), (x2, y2) in pairwise(_points(way))
    ]
    return any(min(stretch.overlap(place)) > 0 for stretch in stretches)


# --- parts ------------------------------------------------------------------------


def _box(root: etree._Element, box: Box, label: str, new: bool) -> None:
    place = _pixels(box)
    group = etree.SubElement(root, f"{{{_NS}}}g")
    names = [box.css_class, "new" if new else ""]
    if any(names):
        group.set("class", " ".join(filter(None, names)))
    _rect(group, "label-container", place, 6)
    if new:
        corner = etree.SubElement(group, f"{{{_NS}}}path")
        corner.set("class", "fold")
        corner.set("d", f"M{place.right - FOLD:g},{place.top:g}h{FOLD}v{FOLD}z")
    lines = text.wrap(label, SIZE, place.right - place.left - 2 * PADDING)
    if box.css_class == LIST:
        at = (place.left + PADDING + 2, place.top + PADDING + SIZE)
        element.text(group, lines, *at, size=SIZE, leading=LINE, anchor="start")
    else:
        middle = (place.top + place.bottom) / 2 - (len(lines) - 1) * LINE / 2 + 0.36 * SIZE
        element.text(group, lines, (place.left + place.right) / 2, middle, size=SIZE, leading=LINE)


def _arrow(parent: etree._Element, arrow: Arrow, way: routes.Way, new: bool) -> None:
    line = etree.SubElement(parent, f"{{{_NS}}}path")
    pattern = {"dotted": "edge-pattern-dotted", "thick": "edge-thickness-thick"}.get(arrow.style, "")
    names = [pattern, "new" if new else ""]
    if any(names):
        line.set("class", " ".join(filter(None, names)))
    line.set("d", "M" + "L".join(f"{x:g},{y:g}" for x, y in _points(way)))
    line.set("marker-end", f"url(#{DIAGRAM_ID}-0)")


def _write_label(root: etree._Element, lines: list[str], place: geometry.Box) -> None:
    group = etree.SubElement(root, f"{{{_NS}}}g")
    group.set("class", "edgeLabel")
    _rect(group, "edge-box", place, 3)
    middle = (place.top + place.bottom) / 2 - (len(lines) - 1) * LINE / 2 + 0.36 * SIZE
    element.text(group, lines, (place.left + place.right) / 2, middle, size=SIZE, leading=LINE)


def _rect(parent: etree._Element, name: str, place: geometry.Box, radius: int) -> None:
    rect = etree.SubElement(parent, f"{{{_NS}}}rect")
    rect.set("class", name)
    size = {"width": place.right - place.left, "height": place.bottom - place.top}
    for key, value in ({"x": place.left, "y": place.top} | size | {"rx": float(radius)}).items():
        rect.set(key, f"{value:.1f}".removesuffix(".0"))


def _finish(root: etree._Element, frame: geometry.Box, title: str, description: str) -> None:
    width, height = round(frame.right - frame.left), round(frame.bottom - frame.top)
    marker = etree.Element(f"{{{_NS}}}marker", id=f"{DIAGRAM_ID}-0")
    for name, value in (("viewBox", "0 0 10 10"), ("refX", "9"), ("refY", "5"), ("markerWidth", "9")):
        marker.set(name, value)
    marker.set("markerHeight", "9")
    marker.set("markerUnits", "userSpaceOnUse")
    marker.set("orient", "auto")
    etree.SubElement(marker, f"{{{_NS}}}path", d="M0,0L10,5L0,10z")
    root.insert(0, marker)
    element.finish(
        root, round(frame.left), round(frame.top), width, height, title=title, description=description
    )
