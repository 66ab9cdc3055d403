"""Diagrams on paper: as large as they read well, on one page where they fit, upright or on their side.

A drawing's labels are 14 to 16 px high at its natural size. They must not get smaller than 7 pt in
print, so a wide drawing goes on a landscape page, and one that is taller than a page is cut between
its boxes and goes on.
"""

from __future__ import annotations

import copy
import itertools
import math
from dataclasses import dataclass

from lxml import etree

from handbook.compiled import Figure
from handbook.diagrams import Drawing
from handbook.languages import Language

#: The type area, in CSS px of 1/96 inch: upright, and on its side.
UPRIGHT = (642, 880)
SIDEWAYS = (940, 560)
#: What a board may take of a page on its side, which says what it shows and what one says then.
BOARD = (1000, 540)
#: Labels are 9.4 pt at this scale, a little smaller than the text around them.
PREFERRED = 0.78
#: A tall drawing may shrink to 8 pt labels to leave room for text on its page.
MODEST = (0.66, 520)
#: 7.2 pt in CSS px.
SMALLEST_LABEL = 9.6


@dataclass(frozen=True)
class Print:
    """A diagram as it is printed.

    Attributes:
        parts: One SVG element, or several for a drawing that goes on over pages.
        title: What it shows.
        sideways: Whether it needs a landscape page.
    """

    parts: list[etree._Element]
    title: str
    sideways: bool


def fit(figure: Figure, language: Language) -> Print:
    """Scale a drawing for the page and give it its description as alternative text."""
    drawing = figure.drawing
    root = etree.fromstring(drawing.named(figure.id).svg)
    for node in root.xpath("./*[local-name() = 'title' or local-name() = 'desc']"):
        root.remove(node)  # the alternative text says both
    x, y, width, height = drawing.left, drawing.top, drawing.width, drawing.height
    least = SMALLEST_LABEL / drawing.label_size
    about = language.typography.stop.join(filter(None, [drawing.title.rstrip(".。"), drawing.description]))

    if drawing.kind == "board":
        scale = min(PREFERRED, BOARD[0] / width, BOARD[1] / height)
        return Print([_part(root, (x, y, width, height), scale, about)], drawing.title, True)
    wanted = min(PREFERRED, max(MODEST[0], least, MODEST[1] / height))
    scale = min(wanted, UPRIGHT[0] / width, UPRIGHT[1] / height)
    if scale >= least:
        return Print([_part(root, (x, y, width, height), scale, about)], drawing.title, False)
    if UPRIGHT[0] / width < least:
        scale = min(PREFERRED, SIDEWAYS[0] / width, SIDEWAYS[1] / height)
        return Print([_part(root, (x, y, width, height), scale, about)], drawing.title, True)
    scale = max(least, min(PREFERRED, UPRIGHT[0] / width))
    parts = [
        _part(root, (x, top, width, bottom - top), scale, about)
        for top, bottom in _cuts(drawing, UPRIGHT[1] / scale)
    ]
    return Print(parts, drawing.title, False)


def _part(
    root: etree._Element, box: tuple[float, float, float, float], scale: float, about: str
) -> etree._Element:
    """Return the part of a drawing inside `box`, in print size."""
    part = copy.deepcopy(root)
    part.attrib.clear()
    part.set("class", root.get("class", "dg"))
    part.set("role", "img")
    part.set("aria-label", about)
    part.set("viewBox", " ".join(f"{number:g}" for number in box))
    part.set("width", f"{box[2] * scale:.1f}")
    part.set("height", f"{box[3] * scale:.1f}")
    return part


def _cuts(drawing: Drawing, page: float) -> list[tuple[float, float]]:
    """Cut a tall drawing where a cut crosses as little as possible."""
    top, height = drawing.top, drawing.height
    count = math.ceil(height / (page * 0.95))
    edges: list[float] = [top]
    for number in range(1, count):
        ideal = top + height * number / count
        reach = min(height / count * 0.3, edges[-1] + page - ideal)
        places = [ideal + reach * step / 40 for step in range(-40, 41)]
        edges.append(
            min(places, key=lambda y: (sum(a < y < b for a, b in drawing.spans), abs(y - ideal)))
        )
    edges.append(top + height)
    return list(itertools.pairwise(edges))
