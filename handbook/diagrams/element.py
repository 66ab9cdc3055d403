"""What drawings of our own, boards and plots, have in common: lines of text, and a name for who cannot see them."""

from __future__ import annotations

from lxml import etree

from handbook.diagrams.svg import DIAGRAM_ID

NAMESPACE = "http://www.w3.org/2000/svg"


def number(value: float) -> str:
    """Write a coordinate."""
    return f"{value:.1f}".removesuffix(".0")


def text(
    parent: etree._Element, lines: list[str], x: float, y: float, *, size: float, leading: float,
    anchor: str = "middle",
) -> etree._Element:  # fmt: skip
    """Add lines of text.

    Args:
        parent: What they are put into.
        lines: The lines.
        x: Where they begin, end or have their middle.
        y: Baseline of the first one.
        size: Height of the letters, px.
        leading: From one line to the next, px.
        anchor: `start`, `middle` or `end`.

    Returns:
        The element, for a class.
    """
    label = etree.SubElement(parent, f"{{{NAMESPACE}}}text")
    label.set("font-size", str(size))
    label.set("text-anchor", anchor)
    for index, line in enumerate(lines):
        row = etree.SubElement(label, f"{{{NAMESPACE}}}tspan")
        row.set("x", number(x))
        row.set("y", number(y + index * leading))
        row.text = line
    return label


def finish(
    root: etree._Element, left: int, top: int, width: int, height: int, *, title: str, description: str
) -> None:
    """Give a drawing its size and its name, at its beginning."""
    root.set("viewBox", f"{left} {top} {width} {height}")
    root.set("width", str(width))
    root.set("height", str(height))
    root.set("role", "img")
    root.set("aria-labelledby", f"{DIAGRAM_ID}-title")
    root.set("aria-describedby", f"{DIAGRAM_ID}-desc")
    described = etree.Element(f"{{{NAMESPACE}}}desc", id=f"{DIAGRAM_ID}-desc")
    described.text = description
    named = etree.Element(f"{{{NAMESPACE}}}title", id=f"{DIAGRAM_ID}-title")
    named.text = title
    root[:0] = [named, described]
