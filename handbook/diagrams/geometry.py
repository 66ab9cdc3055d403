"""Where the labels and boxes of a finished drawing are, without a browser.

The widths are those of `text.py`, so what is found here is what a reader's browser shows, give or
take a percent or two. A test compares both on every kind of diagram.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lxml import etree

from handbook.diagrams import text, theme

_NS = "{http://www.w3.org/2000/svg}"
_MOVE = re.compile(r"(translate|rotate|scale)\(([^)]*)\)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_COMMAND = re.compile(r"([MLHVCSQTAZ])([^MLHVCSQTAZ]*)", re.I)
#: Coordinates that each path command takes.
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
#: What holds a label that stands in the same group, or in one around it.
_HOLDERS = {"label-container", "actor", "note", "node-bkg", "edge-box", "basic"}
_AREAS = {f"{_NS}{name}" for name in ("rect", "circle", "ellipse", "polygon")}
_SHAPES = _AREAS | {f"{_NS}{name}" for name in ("path", "line", "polyline")}
_ARC_STEPS = 24
#: What the style sheet does not paint.
_UNPAINTED = {"section", "domain", "inner", "edge-thickness-invisible"}
#: Sizes that the style sheet gives, in px: by the class of a text, or of something around it.
_SIZES = {
    "grid": 14,
    "titleText": 17,
    "pieTitleText": 17,
    "sequenceNumber": 11,
}
_TIMELINE_TITLE = 20
_BOLD = {
    "titleText",
    "pieTitleText",
    "labelText",
    "loopText",
    "sectionTitle",
    "cluster-label",
    "sequenceNumber",
}
_ANCHORS = {
    "taskText": "middle",
    "taskTextOutsideLeft": "end",
    "titleText": "middle",
    "pieTitleText": "middle",
}
#: Ink of a line of text: above and below its baseline, in em.
_ASCENT, _DESCENT = 0.82, 0.2
#: Labels may touch each other, or miss their box, by this much: what is measured here is a little wide.
_SLACK = 1.5

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Box:
    """A rectangle in px of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box, slack: float) -> bool:
        """Whether another box is inside this one, give or take `slack` px."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.top >= self.top - slack
            and other.bottom <= self.bottom + slack
        )

    @property
    def area(self) -> float:
        """Its area in square px."""
        return (self.right - self.left) * (self.bottom - self.top)

    def overlap(self, other: Box) -> tuple[float, float]:
        """Width and height of what both cover, negative if they are apart."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


@dataclass(frozen=True)
class Row:
    """A line of text.

    Attributes:
        label: The whole label that it is a line of.
        text: The line.
        ink: What its letters cover.
        size: Height of its letters in px.
        holder: The shape that it stands in, if it stands in one.
        number: Which label of the drawing it belongs to.
    """

    label: str
    text: str
    ink: Box
    size: float
    holder: Box | None
    number: int


@dataclass(frozen=True)
class Line:
    """A line of a label: its text, and what its letters cover in the label's own coordinates."""

    text: str
    ink: Box


def lines(label: etree._Element) -> list[Line]:
    """The lines of a `text` element."""
    parts = [part for part in label if part.get("x") or part.get("dy")] or [label]
    size, bold = _size(label), _is_bold(label)
    anchor = label.get("text-anchor") or _anchor(label)
    y = float(label.get("y") or 0)
    found = []
    for part in parts:
        y = float(part.get("y") or y) + _shift(part.get("dy"), size)
        line = "".join(part.itertext()).strip()
        if not line:
            continue
        x = float(part.get("x") or label.get("x") or 0)
        width = text.width(line, size, bold=bold)
        left = x - {"middle": width / 2, "end": width}.get(anchor, 0)
        found.append(Line(line, Box(left, y - _ASCENT * size, left + width, y + _DESCENT * size)))
    return found


def rows(root: etree._Element) -> list[Row]:
    """Every line of text of a finished drawing, in its order."""
    found: list[Row] = []
    for number, (label, matrix) in enumerate(_texts(root)):
        own = lines(label)
        whole = text.joined([line.text for line in own])
        size, holder = _size(label), _holder(label)
        found += [Row(whole, line.text, _moved(line.ink, matrix), size, holder, number) for line in own]
    return found


def shapes(root: etree._Element) -> list[tuple[Box, etree._Element]]:
    """Every shape that is painted, and where it is."""
    found = []
    for element, matrix in _walk(root):
        if element.tag in _SHAPES and not _UNPAINTED & classes(element):
            box = _extent(element)
            if box:
                found.append((_moved(box, matrix), element))
    return found


def covered(root: etree._Element) -> Box:
    """What all shapes and letters of a drawing cover."""
    return around([*(box for box, _ in shapes(root)), *(row.ink for row in rows(root))])


def around(boxes: list[Box]) -> Box:
    """The smallest box around others."""
    if not boxes:
        return Box(0, 0, 0, 0)
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def boxes(root: etree._Element) -> list[Box]:
    """The shapes of a finished drawing, without lines and without those that other shapes stand in."""
    found = [box for box, shape in shapes(root) if shape.tag in _AREAS]
    return [box for box in found if not any(box != other and box.holds(other, 0) for other in found)]


def faults(found: list[Row], frame: Box) -> list[tuple[str, str]]:
    """Labels that do not lie well, and what is wrong with each."""
    messages: dict[tuple[str, str], None] = {}
    for row in found:
        if row.holder and not row.holder.holds(row.ink, _SLACK):
            messages[row.label, f"the label “{row.label}” leaves its box"] = None
        elif not frame.holds(row.ink, _SLACK):
            messages[row.label, f"the label “{row.label}” leaves the drawing"] = None
    for one, other in combinations(found, 2):
        width, height = one.ink.overlap(other.ink)
        if one.number != other.number and min(width, height) > 2 * _SLACK:
            messages[one.label, f"the labels “{one.label}” and “{other.label}” lie on each other"] = None
    return list(messages)


def _walk(element: etree._Element, matrix: Matrix = _IDENTITY) -> Iterator[tuple[etree._Element, Matrix]]:
    matrix = _times(matrix, _matrix(element.get("transform") or ""))
    yield element, matrix
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (f"{_NS}marker", f"{_NS}defs"):
            yield from _walk(child, matrix)


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, Matrix]]:
    return ((element, matrix) for element, matrix in _walk(root) if element.tag == f"{_NS}text")


def _holder(label: etree._Element) -> Box | None:
    lineage = [label, *label.iterancestors()]
    if any("cluster-label" in classes(element) for element in lineage):
        groups = [element for element in lineage if "cluster" in classes(element)]
        shapes = [shape for group in groups[:1] for shape in group.findall(f"{_NS}rect")]
        return placed(shapes[0]) if shapes else None
    for group in lineage[1:]:
        if group.tag != f"{_NS}g":
            return None
        for shape in group:
            if isinstance(shape.tag, str) and _holds(shape):
                return placed(shape)
        if "edgeLabel" in classes(group):
            return None
    return None


def _holds(shape: etree._Element) -> bool:
    person = shape.tag == f"{_NS}circle" and "actor" in classes(shape)  # his name stands below him
    return shape.tag != f"{_NS}text" and bool(_HOLDERS & classes(shape)) and not person


def placed(shape: etree._Element) -> Box | None:
    """Where a shape is in the drawing."""
    box = _extent(shape)
    if box is None:
        return None
    matrix = _IDENTITY
    for element in [*reversed([*shape.iterancestors()]), shape]:
        matrix = _times(matrix, _matrix(element.get("transform") or ""))
    return _moved(box, matrix)


def _extent(shape: etree._Element) -> Box | None:
    """The box around a shape, in its own coordinates."""
    name = etree.QName(shape).localname
    number = {key: float(value) for key, value in shape.attrib.items() if key in _PLACES}
    if name == "rect":
        left, top = number.get("x", 0), number.get("y", 0)
        return Box(left, top, left + number.get("width", 0), top + number.get("height", 0))
    if name == "line":
        x1, y1, x2, y2 = (number.get(key, 0) for key in ("x1", "y1", "x2", "y2"))
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    if name in ("circle", "ellipse"):
        x, y = number.get("cx", 0), number.get("cy", 0)
        rx, ry = number.get("rx", number.get("r", 0)), number.get("ry", number.get("r", 0))
        return Box(x - rx, y - ry, x + rx, y + ry)
    if name in ("polygon", "polyline"):
        values = [float(value) for value in _NUMBER.findall(shape.get("points", ""))]
        points = list(zip(values[::2], values[1::2], strict=True))
    elif name == "path":
        points = list(_path_points(shape.get("d", "")))
    else:
        points = [point for child in shape if (box := _extent(child)) for point in _corners(box)]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


_PLACES = {"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2"}


def _path_points(path: str) -> Iterator[tuple[float, float]]:
    """Points that a path runs through, and its control points: no part of it is outside of them."""
    x = y = start_x = start_y = 0.0
    for letter, given in _COMMAND.findall(path):
        name, relative = letter.upper(), letter.islower()
        values = [float(value) for value in _NUMBER.findall(given)]
        if name == "Z":
            x, y = start_x, start_y
            continue
        for start in range(0, len(values) - _ARITY[name] + 1, _ARITY[name]):
            part = values[start : start + _ARITY[name]]
            from_x, from_y = (x, y) if relative else (0.0, 0.0)
            if name == "H":
                x = from_x + part[0]
            elif name == "V":
                y = from_y + part[0]
            else:
                end = from_x + part[-2], from_y + part[-1]
                if name == "A":
                    yield from _arc_points((x, y), end, (part[0], part[1]), part[3] == 1, part[4] == 1)
                else:
                    for offset in range(0, len(part) - 2, 2):
                        yield from_x + part[offset], from_y + part[offset + 1]
                x, y = end
            if name == "M" and start == 0:
                start_x, start_y = x, y
            yield x, y


def _arc_points(
    start: tuple[float, float], end: tuple[float, float], radii: tuple[float, float], large: bool, sweep: bool
) -> Iterator[tuple[float, float]]:
    """Points on an elliptical arc that is not turned, by the formulas of SVG 2, appendix B.2.4.

    Args:
        start: Where it begins.
        end: Where it ends.
        radii: Its horizontal and its vertical radius.
        large: Whether it is the longer way round.
        sweep: Whether it runs clockwise.
    """
    rx, ry = radii
    if not rx or not ry or start == end:
        return
    half_x, half_y = (start[0] - end[0]) / 2 / rx, (start[1] - end[1]) / 2 / ry
    square = half_x**2 + half_y**2
    radius = max(1.0, math.sqrt(square))
    offset = math.sqrt(max(0.0, radius**2 / square - 1)) * (1 if large != sweep else -1)
    x = (start[0] + end[0]) / 2 / rx + offset * half_y
    y = (start[1] + end[1]) / 2 / ry - offset * half_x
    first = math.atan2(start[1] / ry - y, start[0] / rx - x)
    turn = math.atan2(end[1] / ry - y, end[0] / rx - x) - first
    if sweep and turn < 0:
        turn += math.tau
    elif not sweep and turn > 0:
        turn -= math.tau
    for step in range(1, _ARC_STEPS):
        angle = first + turn * step / _ARC_STEPS
        yield rx * (x + radius * math.cos(angle)), ry * (y + radius * math.sin(angle))


def _matrix(transform: str) -> Matrix:
    matrix = _IDENTITY
    for name, given in _MOVE.findall(transform):
        values = [float(value) for value in _NUMBER.findall(given)]
        if name == "translate":
            step: Matrix = (1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0)
        elif name == "scale":
            step = (values[0], 0, 0, values[-1], 0, 0)
        else:
            sine, cosine = math.sin(math.radians(values[0])), math.cos(math.radians(values[0]))
            x, y = values[1:3] if len(values) == 3 else (0.0, 0.0)
            step = (cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)
        matrix = _times(matrix, step)
    return matrix


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in _corners(box)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _corners(box: Box) -> list[tuple[float, float]]:
    return [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]


def _shift(value: str | None, size: float) -> float:
    if not value:
        return 0
    return float(value.removesuffix("em")) * (size if value.endswith("em") else 1)


def _size(element: etree._Element) -> float:
    """Font size in px: what the style sheet says goes before what the drawing says."""
    named = next((_SIZES[name] for name in _lineage_classes(element) if name in _SIZES), None)
    if "dg-timeline" in classes(element.getparent()):
        named = _TIMELINE_TITLE
    own = next((part.get("font-size") for part in (element, *element) if part.get("font-size")), None)
    return named or float((own or str(theme.FONT_SIZE)).removesuffix("px"))


def _is_bold(element: etree._Element) -> bool:
    bold = {element.get("font-weight"), *(part.get("font-weight") for part in element)} & {
        "bold",
        "bolder",
        "600",
    }
    return bool(bold) or bool(_BOLD & {*_lineage_classes(element)})


def _anchor(element: etree._Element) -> str:
    parts = [part.get("text-anchor") for part in element if part.get("text-anchor")]
    names = sorted(classes(element))
    if "grid" in _lineage_classes(element):
        return "middle"
    return (parts or [_ANCHORS[name] for name in names if name in _ANCHORS] or ["start"])[0]


def _lineage_classes(element: etree._Element) -> list[str]:
    return [name for part in (element, *element.iterancestors()) for name in classes(part)]


def classes(element: etree._Element | None) -> set[str]:
    """Names of an element's classes."""
    return set((element.get("class") or "").split()) if element is not None else set()
