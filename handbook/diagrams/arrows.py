"""Where the arrows of a finished drawing run: behind a box, or under a label, that is not their own.

The engine keeps boxes and labels apart from each other, but not from arrows. An arrow that passes
behind a box looks as if it began or ended there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from handbook.diagrams import geometry, text
from handbook.diagrams.geometry import Box

_NS = "{http://www.w3.org/2000/svg}"
_ARROW = re.compile(r"(?:[MLCQ][-\d., e]+)+")
_COMMAND = re.compile(r"([MLCQ])([^MLCQ]*)")
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
#: Coordinates that each command of an arrow takes.
_ARITY = {"M": 2, "L": 2, "C": 6, "Q": 4}
_KINDS = {"flowchart", "state"}
_STEP = 2  # px from one point that is looked at to the next
_SLACK = 1  # px by which an arrow may graze a box: its corners are round

Point = tuple[float, float]


@dataclass(frozen=True)
class _Node:
    label: str
    box: Box
    diamond: bool

    def depth(self, point: Point) -> float:
        """How far inside a point is, in px; negative if it is outside."""
        if not self.diamond:
            return _depth(self.box, point)
        width, height = self.box.right - self.box.left, self.box.bottom - self.box.top
        across = abs(2 * point[0] - self.box.left - self.box.right) / width
        down = abs(2 * point[1] - self.box.top - self.box.bottom) / height
        return (1 - across - down) * min(width, height) / 2


def crossings(svg: str, kind: str) -> list[tuple[str, str]]:
    """Boxes and labels that an arrow of another runs behind.

    Args:
        svg: A finished drawing.
        kind: `flowchart`, `state`, …; others have no arrows whose way the engine chooses.

    Returns:
        The label of each, and what is wrong with it.
    """
    if kind not in _KINDS:
        return []
    root = etree.fromstring(svg.encode())
    nodes = [*_nodes(root)]
    courses = [*_courses(root)]
    found: dict[tuple[str, str], None] = {}
    for course in courses if nodes else ():
        start, end = (min(nodes, key=lambda node: _distance(node.box, tip)) for tip in (course[0], course[-1]))
        for node in nodes:
            if node not in (start, end) and max(map(node.depth, course)) > _SLACK:
                message = f"the arrow from “{start.label}” to “{end.label}” runs behind the box “{node.label}”"
                found[node.label, message] = None
    for label, patch in _labels(root) if courses else ():
        # Its own arrow runs through its middle.
        middle = (patch.left + patch.right) / 2, (patch.top + patch.bottom) / 2
        own = min(courses, key=lambda course: min(math.dist(middle, point) for point in course))
        if any(_depth(patch, point) > 0 for course in courses if course is not own for point in course):
            found[label, f"the label “{label}” lies on an arrow that is not its own"] = None
    return [*found]


def _nodes(root: etree._Element) -> Iterator[_Node]:
    for shape in root.iter(*(f"{_NS}{name}" for name in ("rect", "path", "circle", "ellipse", "polygon", "g"))):
        box = geometry.placed(shape) if {"label-container", "basic"} & geometry.classes(shape) else None
        if box:
            label = " ".join(_words(part) for part in shape.getparent().iter(f"{_NS}text"))
            corners = len((shape.get("points") or "").replace(",", " ").split()) / 2
            yield _Node(label, box, shape.tag == f"{_NS}polygon" and corners == 4)


def _labels(root: etree._Element) -> Iterator[tuple[str, Box]]:
    for patch in root.iter(f"{_NS}rect"):
        label = patch.getnext()
        if "edge-box" in geometry.classes(patch) and label is not None:
            yield _words(label), geometry.placed(patch)


def _words(label: etree._Element) -> str:
    return text.joined([line.text for line in geometry.lines(label)])


def _courses(root: etree._Element) -> Iterator[list[Point]]:
    """Points along each arrow: they are drawn outside of all groups."""
    for path in root.findall(f"{_NS}path"):
        if _ARROW.fullmatch(path.get("d", "")):
            yield [*_points(path.get("d", ""))]


def _points(path: str) -> Iterator[Point]:
    at = (0.0, 0.0)
    for name, given in _COMMAND.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(given)]
        pairs = [*zip(numbers[::2], numbers[1::2], strict=True)]
        each = _ARITY[name] // 2
        for first in range(0, len(pairs), each):
            corners = [at, *pairs[first : first + each]]
            length = math.fsum(math.dist(*side) for side in zip(corners, corners[1:], strict=False))
            steps = 1 if name == "M" else max(1, math.ceil(length / _STEP))
            yield from (_between(corners, step / steps) for step in range(1, steps + 1))
            at = corners[-1]


def _between(corners: list[Point], share: float) -> Point:
    """A point of a Bézier curve, by De Casteljau's algorithm; of a straight line if it has two corners."""
    while len(corners) > 1:
        corners = [
            (x + share * (to_x - x), y + share * (to_y - y))
            for (x, y), (to_x, to_y) in zip(corners, corners[1:], strict=False)
        ]
    return corners[0]


def _distance(box: Box, point: Point) -> float:
    return math.hypot(
        max(box.left - point[0], 0, point[0] - box.right), max(box.top - point[1], 0, point[1] - box.bottom)
    )


def _depth(box: Box, point: Point) -> float:
    """How far inside a box a point is, in px; negative if it is outside."""
    return min(point[0] - box.left, box.right - point[0], point[1] - box.top, box.bottom - point[1])
