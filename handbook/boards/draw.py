"""A board at one of its minutes as a drawing: static SVG for the style sheet of all diagrams.

What is new since the minute before has thick lines; everything else is where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import pairwise

from lxml import etree

from handbook.boards import routes
from handbook.boards.board import RULE, Arrow, Board, Box
from handbook.diagrams import Drawing, code_version, geometry, text
from handbook.diagrams.svg import DIAGRAM_ID
from handbook.languages import Language
from handbook.problems import Problem

SIZE = 14  # px, of all texts
LINE = 18  # px from one line of text to the next
PADDING = 6  # px between a text and the side of its box
MARGIN = 8
_NS = "http://www.w3.org/2000/svg"

Fill = Callable[[str], str]


def draw(board: Board, language: Language, minute: int, fill: Fill = str) -> Drawing:
    """Draw a board as it is at a minute.

    Args:
        board: The board.
        language: Language of its texts.
        minute: One of its minutes.
        fill: Fills in the `{{ values }}` of a text.
    """
    minutes = [earlier for earlier in board.minutes if earlier < minute]
    since = minutes[-1] if minutes else 0
    code = language.code
    title, description = fill(board.titles[code]), fill(board.descriptions[code])
    ways = routes.routes(board)
    root = etree.Element(f"{{{_NS}}}svg", nsmap={None: _NS})
    root.set("class", "dg dg-board")
    arrows = etree.SubElement(root, f"{{{_NS}}}g")
    shown = [
        (arrow, way) for arrow, way in zip(board.arrows, ways, strict=True) if arrow.minute <= minute and way
    ]
    boxes = [box for box in board.boxes if box.minute <= minute]
    for arrow, way in shown:
        _arrow(arrows, arrow, way, arrow.minute > since)
    for box in boxes:
        _box(root, box, fill(box.texts[code]), box.minute > since)
    taken = [_pixels(box) for box in boxes]
    faults = []
    for arrow, way in shown:
        if arrow.texts:
            label = fill(arrow.texts[code])
            if not _label(root, label, way, taken):
                faults.append((label, f"there is no room for the label “{label}” on its arrow"))
    frame = _frame(board)
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
        spans=tuple(sorted({(box.top, box.bottom) for box in taken})),
        texts=tuple({row.number: row.label for row in rows}.values()),
        faults=tuple(faults),
        svg=etree.tostring(root, encoding="unicode"),
    )


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


# --- parts ------------------------------------------------------------------------


def _frame(board: Board) -> geometry.Box:
    """The whole board, at every minute the same."""
    boxes = [_pixels(box) for box in board.boxes]
    ways = [
        geometry.Box(x * routes.STEP, y * routes.STEP, x * routes.STEP, y * routes.STEP)
        for way in routes.routes(board)
        for x, y in way or ()
    ]
    whole = geometry.around([*boxes, *ways])
    return geometry.Box(whole.left - MARGIN, whole.top - MARGIN, whole.right + MARGIN, whole.bottom + MARGIN)


def _pixels(box: Box) -> geometry.Box:
    return geometry.Box(*(float(edge * routes.STEP) for edge in routes.outline(box)))


def _box(root: etree._Element, box: Box, label: str, new: bool) -> None:
    place = _pixels(box)
    group = etree.SubElement(root, f"{{{_NS}}}g")
    if box.css_class or new:
        group.set("class", " ".join(filter(None, [box.css_class, "new" if new else ""])))
    _rect(group, "label-container", place, 6)
    lines = text.wrap(label, SIZE, place.right - place.left - 2 * PADDING)
    middle = (place.top + place.bottom) / 2 - (len(lines) - 1) * LINE / 2 + 0.36 * SIZE
    _text(group, lines, (place.left + place.right) / 2, middle)


def _arrow(parent: etree._Element, arrow: Arrow, way: routes.Way, new: bool) -> None:
    points = [(x * routes.STEP, y * routes.STEP) for x, y in way]
    line = etree.SubElement(parent, f"{{{_NS}}}path")
    pattern = {"dotted": "edge-pattern-dotted", "thick": "edge-thickness-thick"}.get(arrow.style, "")
    names = [pattern, "new" if new else ""]
    if any(names):
        line.set("class", " ".join(filter(None, names)))
    line.set("d", "M" + "L".join(f"{x},{y}" for x, y in points))
    line.set("marker-end", f"url(#{DIAGRAM_ID}-0)")


def _label(root: etree._Element, label: str, way: routes.Way, taken: list[geometry.Box]) -> bool:
    """Write the label of an arrow where nothing else is, and say whether there was room."""
    lines = text.wrap(label, SIZE, 8 * SIZE)
    wide = max(text.width(line, SIZE) for line in lines) / 2 + 3
    high = len(lines) * LINE / 2
    segments = sorted(
        pairwise(way), key=lambda ends: -abs(ends[0][0] - ends[1][0]) - abs(ends[0][1] - ends[1][1])
    )
    for (x1, y1), (x2, y2) in segments:
        steps = max(abs(x1 - x2), abs(y1 - y2))
        middle = sorted(range(1, 2 * steps), key=lambda step: abs(step - steps))
        for step in middle:
            x = (x1 + (x2 - x1) * step / 2 / steps) * routes.STEP
            y = (y1 + (y2 - y1) * step / 2 / steps) * routes.STEP
            place = geometry.Box(x - wide, y - high, x + wide, y + high)
            if all(min(place.overlap(other)) <= 0 for other in taken):
                taken.append(place)
                group = etree.SubElement(root, f"{{{_NS}}}g")
                group.set("class", "edgeLabel")
                _rect(group, "edge-box", place, 3)
                _text(group, lines, x, y - (len(lines) - 1) * LINE / 2 + 0.36 * SIZE)
                return True
    return False


def _rect(parent: etree._Element, name: str, place: geometry.Box, radius: int) -> None:
    rect = etree.SubElement(parent, f"{{{_NS}}}rect")
    rect.set("class", name)
    size = {"width": place.right - place.left, "height": place.bottom - place.top}
    for key, value in ({"x": place.left, "y": place.top} | size | {"rx": float(radius)}).items():
        rect.set(key, f"{value:.1f}".removesuffix(".0"))


def _text(parent: etree._Element, lines: list[str], x: float, y: float) -> None:
    label = etree.SubElement(parent, f"{{{_NS}}}text")
    label.set("font-size", str(SIZE))
    label.set("text-anchor", "middle")
    for number, line in enumerate(lines):
        row = etree.SubElement(label, f"{{{_NS}}}tspan")
        row.set("x", f"{x:.1f}".removesuffix(".0"))
        row.set("y", f"{y + number * LINE:.1f}".removesuffix(".0"))
        row.text = line


def _finish(root: etree._Element, frame: geometry.Box, title: str, description: str) -> None:
    width, height = round(frame.right - frame.left), round(frame.bottom - frame.top)
    root.set("viewBox", f"{round(frame.left)} {round(frame.top)} {width} {height}")
    root.set("width", str(width))
    root.set("height", str(height))
    root.set("role", "img")
    root.set("aria-labelledby", f"{DIAGRAM_ID}-title")
    root.set("aria-describedby", f"{DIAGRAM_ID}-desc")
    marker = etree.Element(f"{{{_NS}}}marker", id=f"{DIAGRAM_ID}-0")
    for name, value in (("viewBox", "0 0 10 10"), ("refX", "9"), ("refY", "5"), ("markerWidth", "9")):
        marker.set(name, value)
    marker.set("markerHeight", "9")
    marker.set("markerUnits", "userSpaceOnUse")
    marker.set("orient", "auto")
    etree.SubElement(marker, f"{{{_NS}}}path", d="M0,0L10,5L0,10z")
    described = etree.Element(f"{{{_NS}}}desc", id=f"{DIAGRAM_ID}-desc")
    described.text = description
    named = etree.Element(f"{{{_NS}}}title", id=f"{DIAGRAM_ID}-title")
    named.text = title
    root[:0] = [named, described, marker]
