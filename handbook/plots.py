"""A plot as a drawing: static SVG for the style sheet of all diagrams, with the names beside the curves.

Colours and dashes come from the style sheet, so that one drawing serves both colour schemes and paper.
Names stand at the right end of their curves, moved apart where they would meet.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from itertools import pairwise

from lxml import etree

from handbook.diagrams import Drawing, code_version, element, text
from handbook.numbers import Axis, Curve, Plot, Quantity
from handbook.writer import Writer

SIZE = 15  # px, of all texts: 12 on a phone, where the whole drawing is to be seen
LINE = 19  # px from one line of text to the next
WIDTH, HEIGHT = 290, 230  # px between the axes
PADDING = 8
NAME = 118  # px that a name may take beside the curves
_TICKS = 5
_NS = element.NAMESPACE


def draw(plot: Plot, writer: Writer) -> Drawing:
    """Draw a plot in the language of a page.

    Args:
        plot: The plot.
        writer: Writes the page, and with it numbers and values.
    """
    code = writer.language
    title, description = (writer.values(words[code]) for words in (plot.labels, plot.descriptions))
    root = etree.Element(f"{{{_NS}}}svg", nsmap={None: _NS})
    root.set("class", "dg dg-plot")
    spoken = [written(writer, plot.y, tick) for tick in ticks(plot.y)]
    left = PADDING + max(text.width(label, SIZE) for label in spoken) + 8
    top = LINE + PADDING * 2
    names = [text.wrap(writer.values(curve.labels[code]), SIZE, NAME) for curve in plot.curves]
    beside = max(text.width(line, SIZE) for lines in names for line in lines)
    size = (left + WIDTH + 10 + beside + PADDING, top + HEIGHT + 2 * LINE + 2 * PADDING)
    grid = etree.SubElement(root, f"{{{_NS}}}g")
    grid.set("class", "grid")
    for tick, label in zip(ticks(plot.y), spoken, strict=True):
        y = top + HEIGHT * (1 - share(plot.y, tick))
        _line(grid, left, y, left + WIDTH, y)
        _text(root, [label], left - 8, y + 5, "end")
    for tick in ticks(plot.x):
        x = left + WIDTH * share(plot.x, tick)
        _line(grid, x, top, x, top + HEIGHT)
        _text(root, [written(writer, plot.x, tick)], x, top + HEIGHT + LINE, "middle")
    _text(root, [writer.values(plot.y.labels[code])], PADDING, PADDING + SIZE, "start")
    _text(root, [writer.values(plot.x.labels[code])], left + WIDTH, top + HEIGHT + 2 * LINE + 4, "end")
    ends = [_curve(root, plot, curve, number, (left, top)) for number, curve in enumerate(plot.curves, 1)]
    heights = apart(ends, [len(lines) * LINE for lines in names], (top, top + HEIGHT))
    for number, (lines, height) in enumerate(zip(names, heights, strict=True), 1):
        middle = height - (len(lines) - 1) * LINE / 2 + 0.36 * SIZE
        _text(root, lines, left + WIDTH + 10, middle, "start", f"name-{number}")
    width, tall = (math.ceil(length) for length in size)
    element.finish(root, 0, 0, width, tall, title=title, description=description)
    svg = etree.tostring(root, encoding="unicode")
    key = hashlib.sha256("\n".join((code_version(), code, title, svg)).encode()).hexdigest()[:32]
    texts = tuple(" ".join(lines) for lines in names)
    span = ((top, top + HEIGHT),)
    return Drawing(key, "plot", title, description, 0, 0, width, tall, SIZE, span, texts, (), svg)


def written(writer: Writer, axis: Axis, value: float, digits: int | None = None) -> str:
    """Write a value of an axis with its unit; without digits as it is, but for the noise of floats."""
    return writer.written(Quantity(":", value, axis.unit, axis.power, digits=digits))


def ticks(axis: Axis) -> list[float]:
    """Return round values of an axis: powers of ten, or about five steps of 1, 2 or 5."""
    if axis.log:
        first, last = math.ceil(math.log10(axis.start) - 1e-9), math.floor(math.log10(axis.end) + 1e-9)
        return [10.0**power for power in range(first, last + 1)]
    rough = (axis.end - axis.start) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step for step in (1 * power, 2 * power, 5 * power, 10 * power) if step >= rough * 0.999)
    first = math.ceil(axis.start / step - 1e-9)
    return [number * step for number in range(first, math.floor(axis.end / step + 1e-9) + 1)]


def share(axis: Axis, value: float) -> float:
    """Return where a value lies between the ends of an axis, from 0 to 1."""
    if axis.log:
        return math.log(value / axis.start) / math.log(axis.end / axis.start)
    return (value - axis.start) / (axis.end - axis.start)


def apart(wanted: list[float], tall: list[float], between: tuple[float, float]) -> list[float]:
    """Move the middles of names so that none lies on another."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    found = list(wanted)
    low = between[0]
    for index in order:
        found[index] = max(found[index], low + tall[index] / 2)
        low = found[index] + tall[index] / 2
    high = between[1]
    for index in reversed(order):
        found[index] = min(found[index], high - tall[index] / 2)
        high = found[index] - tall[index] / 2
    return found


def _curve(root: etree._Element, plot: Plot, curve: Curve, number: int, corner: tuple[float, float]) -> float:
    """Draw a curve where it lies between the axes, and return the height at which it ends."""
    left, top = corner
    points = [
        (left + WIDTH * share(plot.x, x), top + HEIGHT * (1 - share(plot.y, max(y, plot.y.start))))
        for x, y in zip(plot.places, curve.values, strict=True)
        if not plot.y.log or y > 0
    ]
    path = etree.SubElement(root, f"{{{_NS}}}path")
    path.set("class", f"curve series-{number}")
    path.set("d", "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in _inside(points, top)))
    return min(max(points[-1][1], top), top + HEIGHT)


def _inside(points: Iterable[tuple[float, float]], top: float) -> list[tuple[float, float]]:
    """Return the points of a curve that are not above the axes, with the one where it comes in."""
    points = list(points)
    found = [points[0]] if points[0][1] >= top else []
    for (x1, y1), (x2, y2) in pairwise(points):
        if (y1 < top) != (y2 < top):
            found.append((x1 + (x2 - x1) * (top - y1) / (y2 - y1), top))
        if y2 >= top:
            found.append((x2, y2))
    return found


def _line(parent: etree._Element, x1: float, y1: float, x2: float, y2: float) -> None:
    line = etree.SubElement(parent, f"{{{_NS}}}line")
    for name, value in (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)):
        line.set(name, f"{value:.1f}")


def _text(parent: etree._Element, lines: list[str], x: float, y: float, anchor: str, name: str = "") -> None:
    label = element.text(parent, lines, x, y, size=SIZE, leading=LINE, anchor=anchor)
    if name:
        label.set("class", name)
