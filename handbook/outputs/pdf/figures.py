"""Diagrams on paper: as large as they read well, on one page where they fit, upright or on their side.

A drawing's labels are 14 to 16 px high at its natural size. They must not get smaller than 7 pt in
print, so a wide drawing goes on a landscape page, and one that is taller than a page is cut between
its boxes and goes on.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from html import escape, unescape

from lxml import etree

from handbook.languages import Language

#: The type area, in CSS px of 1/96 inch: upright, and on its side.
UPRIGHT = (642, 880)
SIDEWAYS = (940, 560)
#: Labels are 9.4 pt at this scale, a little smaller than the text around them.
PREFERRED = 0.78
#: A tall drawing may shrink to 8 pt labels to leave room for text on its page.
MODEST = (0.66, 520)
#: 7.2 pt in CSS px.
SMALLEST_LABEL = 9.6
#: Height of the labels of kinds that are drawn with smaller ones.
_LABELS = {"gantt": 14, "quadrant": 14, "xychart": 14, "pie": 14}
_LABEL = 16

_OPEN = re.compile(r"<svg\b[^>]*>")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.S)
_DESC = re.compile(r"<desc[^>]*>(.*?)</desc>", re.S)
_BOX = re.compile(r'viewBox="([^"]+)"')
_MOVE = re.compile(r"translate\(\s*([-\d.]+)(?:[ ,]+([-\d.]+))?\s*\)")


@dataclass(frozen=True)
class Print:
    """A diagram as it is printed.

    Attributes:
        parts: One SVG, or several for a drawing that goes on over pages.
        title: What it shows.
        sideways: Whether it needs a landscape page.
    """

    parts: list[str]
    title: str
    sideways: bool


def fit(svg: str, language: Language) -> Print:
    """Scale a diagram for the page and give it its description as alternative text."""
    x, y, width, height = (float(number) for number in _BOX.search(svg)[1].split())  # type: ignore[index]
    kind = re.search(r'class="dg dg-([\w]+)', svg)
    name = kind[1].lower() if kind else ""
    label = next((size for part, size in _LABELS.items() if part in name), _LABEL)
    least = SMALLEST_LABEL / label
    title, description = (_text(pattern, svg) for pattern in (_TITLE, _DESC))
    about = language.typography.stop.join(filter(None, [title.rstrip(".。"), description]))

    wanted = min(PREFERRED, max(MODEST[0], least, MODEST[1] / height))
    scale = min(wanted, UPRIGHT[0] / width, UPRIGHT[1] / height)
    if scale >= least:
        return Print([_part(svg, (x, y, width, height), scale, about)], title, False)
    if UPRIGHT[0] / width < least:
        scale = min(PREFERRED, SIDEWAYS[0] / width, SIDEWAYS[1] / height)
        return Print([_part(svg, (x, y, width, height), scale, about)], title, True)
    scale = max(least, min(PREFERRED, UPRIGHT[0] / width))
    parts = [
        _part(svg, (x, top, width, bottom - top), scale, about)
        for top, bottom in _cuts(svg, y, height, UPRIGHT[1] / scale)
    ]
    return Print(parts, title, False)


def _text(pattern: re.Pattern[str], svg: str) -> str:
    found = pattern.search(svg)
    return " ".join(unescape(found[1]).split()) if found else ""


def _part(svg: str, box: tuple[float, float, float, float], scale: float, about: str) -> str:
    """Return the part of a drawing inside `box`, in print size."""
    kinds = re.search(r'class="([^"]*)"', svg)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kinds[1] if kinds else "dg"}" role="img" '
        f'aria-label="{escape(about)}" viewBox="{" ".join(f"{number:g}" for number in box)}" '
        f'width="{box[2] * scale:.1f}" height="{box[3] * scale:.1f}">'
    )
    return _DESC.sub("", _TITLE.sub("", _OPEN.sub(opening, svg, count=1)))


def _cuts(svg: str, top: float, height: float, page: float) -> list[tuple[float, float]]:
    """Cut a tall drawing where a cut crosses as little as possible."""
    boxes = _spans(svg, height)
    count = math.ceil(height / (page * 0.95))
    edges = [top]
    for number in range(1, count):
        ideal = top + height * number / count
        reach = min(height / count * 0.3, edges[-1] + page - ideal)
        places = [ideal + reach * step / 40 for step in range(-40, 41)]
        edges.append(min(places, key=lambda y: (sum(a < y < b for a, b in boxes), abs(y - ideal))))
    edges.append(top + height)
    return list(itertools.pairwise(edges))


def _spans(svg: str, height: float) -> list[tuple[float, float]]:
    """Return from where to where each box and label of a drawing reaches, vertically."""
    spans: list[tuple[float, float]] = []

    def walk(node: etree._Element, shift: float) -> None:
        moved = _MOVE.search(node.get("transform") or "")
        shift += float(moved[2] or 0) if moved else 0
        name = etree.QName(node).localname
        if name == "text":
            middle = shift + float((node.get("y") or "0").removesuffix("px").removesuffix("em") or 0)
            spans.append((middle - 16, middle + 10))
        elif name == "rect" and float(node.get("height") or 0) < height / 4:
            start = shift + float(node.get("y") or 0)
            spans.append((start - 6, start + float(node.get("height") or 0) + 6))
        for child in node:
            if isinstance(child.tag, str):
                walk(child, shift)

    walk(etree.fromstring(svg), 0.0)
    return spans
