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
#: Sizes that the style sheet gives, in px: by the class of a text, or of something around it.
_SIZES = {
    "grid": 13,
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


def rows(root: etree._Element) -> list[Row]:
    """Every line of text of a finished drawing, in its order."""
    found: list[Row] = []
    for number, (element, matrix) in enumerate(_texts(root)):
        lines = [part for part in element if part.get("x") or part.get("dy")] or [element]
        label = " ".join(line for part in lines if (line := "".join(part.itertext()).strip()))
        size, bold = _size(element), _is_bold(element)
        anchor = element.get("text-anchor") or _anchor(element)
        holder = _holder(element)
        y = float(element.get("y") or 0)
        for part in lines:
            line = "".join(part.itertext()).strip()
            y = float(part.get("y")) if part.get("y") else y
            y += _shift(part.get("dy"), size) if part is not element else 0
            if not line:
                continue
            x = float(part.get("x") or element.get("x") or 0)
            width = text.width(line, size, bold=bold)
            left = x - {"middle": width / 2, "end": width}.get(anchor, 0)
            ink = _moved(Box(left, y - _ASCENT * size, left + width, y + _DESCENT * size), matrix)
            found.append(Row(label, line, ink, size, holder, number))
    return found


def boxes(root: etree._Element) -> list[Box]:
    """The shapes of a finished drawing, without lines and without those that other shapes stand in."""
    found: list[Box] = []
    for element, matrix in _walk(root):
        if element.tag in (f"{_NS}rect", f"{_NS}circle", f"{_NS}ellipse", f"{_NS}polygon"):
            box = _extent(element)
            if box:
                found.append(_moved(box, matrix))
    return [box for box in found if not any(box != other and box.holds(other, 0) for other in found)]


def faults(found: list[Row], frame: Box) -> list[str]:
    """What is wrong with how labels lie: a sentence for each label."""
    messages: dict[str, None] = {}
    for row in found:
        if not frame.holds(row.ink, _SLACK):
            messages[f"the label “{row.label}” leaves the drawing"] = None
        elif row.holder and not row.holder.holds(row.ink, _SLACK):
            messages[f"the label “{row.label}” leaves its box"] = None
    for one, other in combinations(found, 2):
        width, height = one.ink.overlap(other.ink)
        if one.number != other.number and width > _SLACK * 2 and height > _SLACK * 2:
            messages[f"the labels “{one.label}” and “{other.label}” lie on each other"] = None
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
    if any("cluster-label" in _classes(element) for element in lineage):
        groups = [element for element in lineage if "cluster" in _classes(element)]
        shapes = [shape for group in groups[:1] for shape in group.findall(f"{_NS}rect")]
        return _placed(shapes[0]) if shapes else None
    for group in lineage[1:]:
        if group.tag != f"{_NS}g":
            return None
        for shape in group:
            if isinstance(shape.tag, str) and _HOLDERS & set(_classes(shape)):
                return _placed(shape)
        if "edgeLabel" in _classes(group):
            return None
    return None


def _placed(shape: etree._Element) -> Box | None:
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
    if name in ("circle", "ellipse"):
        x, y = number.get("cx", 0), number.get("cy", 0)
        rx, ry = number.get("rx", number.get("r", 0)), number.get("ry", number.get("r", 0))
        return Box(x - rx, y - ry, x + rx, y + ry)
    if name == "polygon":
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


_PLACES = {"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"}


def _path_points(path: str) -> Iterator[tuple[float, float]]:
    """Ends and control points of a path; of an arc its ends alone."""
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
                pairs = part[5:] if name == "A" else part
                for offset in range(0, len(pairs) - 2, 2):
                    yield from_x + pairs[offset], from_y + pairs[offset + 1]
                x, y = from_x + pairs[-2], from_y + pairs[-1]
            if name == "M" and start == 0:
                start_x, start_y = x, y
            yield x, y


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
    if "dg-timeline" in _classes(element.getparent()):
        named = _TIMELINE_TITLE
    own = next((part.get("font-size") for part in (element, *element) if part.get("font-size")), None)
    return named or float((own or str(theme.FONT_SIZE)).removesuffix("px"))


def _is_bold(element: etree._Element) -> bool:
    bold = {element.get("font-weight"), *(part.get("font-weight") for part in element)} & {
        "bold",
        "bolder",
        "600",
    }
    return bool(bold) or bool(_BOLD & set(_lineage_classes(element)))


def _anchor(element: etree._Element) -> str:
    parts = [part.get("text-anchor") for part in element if part.get("text-anchor")]
    names = _classes(element)
    if "grid" in _lineage_classes(element):
        return "middle"
    return (parts or [_ANCHORS[name] for name in names if name in _ANCHORS] or ["start"])[0]


def _lineage_classes(element: etree._Element) -> list[str]:
    return [name for part in (element, *element.iterancestors()) for name in _classes(part)]


def _classes(element: etree._Element | None) -> list[str]:
    return (element.get("class") or "").split() if element is not None else []
