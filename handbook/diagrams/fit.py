"""Makes room for labels that the engine has drawn where they do not fit.

The engine lays out most kinds of diagrams around their labels. What is left is mended here, on the
finished drawing: long names on axes and in quadrants are wrapped, labels over lines get a patch of
the ground that they stand on, and in the end the drawing is made as large as what is in it.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

from lxml import etree

from handbook.diagrams import geometry, text, theme
from handbook.diagrams.geometry import Box
from handbook.languages import Language

_NS = "{http://www.w3.org/2000/svg}"
_MARGIN = 8  # px around a drawing: lines and arrowheads are wider than their coordinates
_PATCH = 3  # px of ground around a label
_TAB_PADDING = 14  # px beside the word in the tab of a block
_POINT_WIDTH = 180  # px that the name of a point may take before it is wrapped
_SMALL_SLICE = 0.05  # share of a pie below which a percentage stands outside
_HYPHEN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])-$")
#: Mermaid's names for the blocks of a sequence diagram.
_BLOCKS = ("loop", "alt", "opt", "par", "critical", "break")
_PLACE = re.compile(r"translate\(\s*(-?[\d.]+)[ ,]+(-?[\d.]+)\)")


def fit(root: etree._Element, kind: str, language: Language) -> Box:
    """Make the labels of a finished drawing fit.

    Args:
        root: The drawing, with its final classes; changed in place.
        kind: `flowchart`, `sequence`, …
        language: For the names of the blocks of a sequence diagram.

    Returns:
        What the drawing covers, with a margin.
    """
    match kind:
        case "sequence":
            _sequence(root, language)
        case "gantt":
            _gantt(root)
        case "quadrant":
            _quadrant(root)
        case "xychart":
            _chart(root)
        case "pie":
            _pie(root)
        case "timeline":
            _timeline(root)
        case _:
            _patches_of_edges(root)
    covered = geometry.covered(root)
    return Box(
        math.floor(covered.left) - _MARGIN,
        math.floor(covered.top) - _MARGIN,
        math.ceil(covered.right) + _MARGIN,
        math.ceil(covered.bottom) + _MARGIN,
    )


def added_words(language: Language) -> tuple[str, ...]:
    """What a drawing takes from its language: with the same words it is the same."""
    return tuple(language.word(f"block.{name}") for name in _BLOCKS)


# --- kinds ------------------------------------------------------------------------


def _sequence(root: etree._Element, language: Language) -> None:
    for label in _texts(root, "labelText"):
        word = (label.text or "").strip()
        label.text = language.word(f"block.{word}") if word in _BLOCKS else word
        tab = label.getprevious()
        if tab is not None and "labelBox" in geometry.classes(tab):
            _widen_tab(tab, label)
    for label in _texts(root, "loopText"):
        for part in label.iter():
            # The engine hyphenates what has no spaces.
            part.text = _HYPHEN.sub("", part.text) if part.text else part.text
    _, top, _, height = (float(number) for number in root.get("viewBox").split())
    for lifeline in root.iter(f"{_NS}line"):
        if "actor-line" in geometry.classes(lifeline):
            lifeline.set("y2", f"{min(float(lifeline.get('y2')), top + height):g}")
    for person in root.iter(f"{_NS}g"):
        if "actor-man" in geometry.classes(person):
            # His name stands below him, close to the first message.
            person.set("transform", "translate(0,-10)")
    for label in _texts(root, "messageText", "loopText", "sectionTitle"):
        _patch(label, "")


def _widen_tab(tab: etree._Element, label: etree._Element) -> None:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", tab.get("points", ""))]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    missing = text.width(label.text or "", theme.FONT_SIZE, bold=True) + _TAB_PADDING - (right - left)
    if missing > 0:
        moved = [(x + missing if x > left else x, y) for x, y in points]
        tab.set("points", " ".join(f"{x:g},{y:g}" for x, y in moved))
        label.set("x", f"{(left + right + missing) / 2:g}")


def _gantt(root: etree._Element) -> None:
    bars = [
        box
        for box, shape in geometry.shapes(root)
        if {"task", "done", "active", "crit"} & geometry.classes(shape)
    ]
    start = min((box.left for box in bars), default=0.0)
    for label in _texts(root, "sectionTitle"):
        label.set("text-anchor", "end")
        for part in (label, *label):
            if part.get("x"):
                part.set("x", f"{start - 12:g}")
    for label in _texts(root, "taskTextOutsideRight", "taskTextOutsideLeft"):
        _patch(label, "")


def _quadrant(root: etree._Element) -> None:
    squares = [box for box, shape in geometry.shapes(root) if shape.tag == f"{_NS}rect"]
    frame = geometry.around(squares)
    half = (frame.right - frame.left) / 2
    for label in root.iter(f"{_NS}text"):
        size = float(label.get("font-size", theme.FONT_SIZE))
        upright = "rotate(0)" in (label.get("transform") or "")
        if size == theme.FONT_SIZE:  # a quadrant, or the end of an axis
            lines = _wrapped(label, half - 16 if upright else (frame.bottom - frame.top) / 2 - 16, size)
            if not upright:
                _rise(label, lines, size)
        elif size < theme.FONT_SIZE:
            _wrapped(label, _POINT_WIDTH, size)
            _keep_within(label, frame)


def _chart(root: etree._Element) -> None:
    """Wrap the categories below the bars, and move the name of the axis out of their way."""
    ends = [
        label
        for label in root.iter(f"{_NS}text")
        if label.get("text-anchor") == "middle" and label.get("font-size") == "14"
    ]
    places = sorted(
        {float(match[1]) for label in ends if (match := _PLACE.search(label.get("transform") or ""))}
    )
    if len(places) < 2:
        return
    room = min(right - left for left, right in pairwise(places)) - 10
    lines = max(_wrapped(label, room, 14) for label in ends)
    below = max(float(_PLACE.search(label.get("transform"))[2]) for label in ends)
    for label in root.iter(f"{_NS}text"):
        place = _PLACE.search(label.get("transform") or "")
        if place and label not in ends and float(place[2]) > below and "rotate(0)" in label.get("transform"):
            y = float(place[2]) + (lines - 1) * _line_height(14)
            label.set("transform", f"translate({place[1]}, {y:g}) rotate(0)")


def _timeline(root: etree._Element) -> None:
    """Let boxes cover the lines, and the axis end behind the last box."""
    boxes = [box for box, shape in geometry.shapes(root) if "node-bkg" in geometry.classes(shape)]
    for wrapper in [group for group in root.iter(f"{_NS}g") if "lineWrapper" in geometry.classes(group)]:
        root.insert(0, wrapper)
        for line in wrapper.iter(f"{_NS}line"):
            if line.get("y1") == line.get("y2"):
                line.set("x2", f"{geometry.around(boxes).right + 60:g}")


def _pie(root: etree._Element) -> None:
    """Put the percentages of thin slices outside, one farther out than the other."""
    slices = [box for box, shape in geometry.shapes(root) if "pieCircle" in geometry.classes(shape)]
    if not slices:
        return
    outside, top = 0, 0.0
    for label in root.iter(f"{_NS}text"):
        share = re.fullmatch(r"(\d+)%", (label.text or "").strip())
        place = _PLACE.search(label.get("transform") or "")
        if not share or not place or int(share[1]) >= _SMALL_SLICE * 100:
            outside = 0
            continue
        x, y = float(place[1]), float(place[2])
        # The engine's place is at three quarters of the radius.
        scale = (1.1 + 0.14 * (outside % 2)) / 0.75
        label.set("transform", f"translate({x * scale:.1f},{y * scale:.1f})")
        outside += 1
        top = min(top, y * scale)
    for title in _texts(root, "pieTitleText"):
        title.set("y", f"{min(float(title.get('y', 0)), top - 2 * theme.FONT_SIZE):g}")


# --- patches ----------------------------------------------------------------------


def _patches_of_edges(root: etree._Element) -> None:
    """Let the patch behind the label of an arrow be as large as its text, in the colour of its ground."""
    grounds = [
        (box, sorted(geometry.classes(shape.getparent()) & {*theme.NODE_CLASSES}))
        for box, shape in geometry.shapes(root)
        if shape.tag == f"{_NS}rect" and "cluster" in geometry.classes(shape.getparent())
    ]
    for patch in list(root.iter(f"{_NS}rect")):
        if "edge-box" not in geometry.classes(patch):
            continue
        label = patch.getnext()
        if label is None or label.tag != f"{_NS}text":
            continue
        at = geometry.placed(patch)
        inside = [ground for ground in grounds if ground[0].holds(at, 0)]
        names = ""
        if inside:
            # The innermost group is the smallest.
            names = " ".join(["in-group", *min(inside, key=lambda ground: ground[0].area)[1]])
        patch.getparent().remove(patch)
        _patch(label, names)


def _patch(label: etree._Element, names: str) -> None:
    """Put ground behind a label."""
    ink = geometry.around([line.ink for line in geometry.lines(label)])
    patch = etree.Element(f"{_NS}rect")
    patch.set("class", f"edge-box {names}".strip())
    for name, value in (
        ("x", ink.left - _PATCH),
        ("y", ink.top - 1),
        ("width", ink.right - ink.left + 2 * _PATCH),
        ("height", ink.bottom - ink.top + 2),
    ):
        patch.set(name, f"{value:.1f}".removesuffix(".0"))
    patch.set("rx", "3")
    if label.get("transform"):
        patch.set("transform", label.get("transform"))
    label.addprevious(patch)


# --- lines ------------------------------------------------------------------------


def _wrapped(label: etree._Element, limit: float, size: float) -> int:
    """Wrap a label of one line, and return how many it has now."""
    found = text.wrap((label.text or "").strip(), size, limit)
    if len(found) < 2:
        return 1
    x, y = float(label.get("x", 0)), float(label.get("y", 0))
    label.text = None
    for number, line in enumerate(found):
        row = etree.SubElement(label, f"{_NS}tspan")
        row.set("x", f"{x:g}")
        row.set("y", f"{y + number * _line_height(size):g}")
        row.text = line
    return len(found)


def _rise(label: etree._Element, lines: int, size: float) -> None:
    """Move the lines of a label on a vertical axis away from the axis."""
    for row in label:
        row.set("y", f"{float(row.get('y')) - (lines - 1) * _line_height(size):g}")


def _keep_within(label: etree._Element, frame: Box) -> None:
    """Move a label sideways into a frame."""
    place = _PLACE.search(label.get("transform") or "")
    if not place:
        return
    x = float(place[1])
    ink = geometry.around([line.ink for line in geometry.lines(label)])
    moved = max(x, frame.left + 4 - ink.left)
    moved = min(moved, frame.right - 4 - ink.right)
    label.set("transform", f"translate({moved:.1f}, {place[2]}) rotate(0)")


def _line_height(size: float) -> float:
    return theme.LINE_HEIGHT * size / theme.FONT_SIZE


def _texts(root: etree._Element, *names: str) -> list[etree._Element]:
    return [label for label in root.iter(f"{_NS}text") if geometry.classes(label) & {*names}]
