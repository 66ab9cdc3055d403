"""From the engine's SVG to the one that is published.

What comes in is about 30 to 100 kB: a style sheet, a dozen arrowheads, HTML
labels in `foreignObject`, coordinates with fifteen digits. What goes out is a
small drawing of shapes and text whose look lives in the shared style sheet:

1. HTML labels become SVG text. Safari misplaces `foreignObject`, other
   renderers drop it, and text has no box that could clip it.
2. Outlines drawn as hundreds of curve segments become rectangles again.
3. Titles of groups move to the left, out of the way of arrows.
4. Colours go: what the style sheet knows by class loses its inline colour, and
   sentinels become custom properties.
5. Everything unused goes: ids, data attributes, classes, empty groups, digits.

Ids contain `DIAGRAM_ID`, which the caller replaces, so that the same drawing
can be cached once and published under several ids.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from handbook.diagrams import breaks, fit, geometry, text, theme
from handbook.diagrams.errors import DiagramError
from handbook.languages import Language

DIAGRAM_ID = "\u2402"  # a character that no label contains

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_NS = f"{{{_SVG}}}"
_HTML = f"{{{_XHTML}}}"

# The engine's `aria-roledescription` -> the name used here and in class names.
KINDS = {
    "flowchart-v2": "flowchart",
    "flowchart-elk": "flowchart",
    "sequence": "sequence",
    "stateDiagram": "state",
    "gantt": "gantt",
    "timeline": "timeline",
    "quadrantChart": "quadrant",
    "xychart": "xychart",
    "pie": "pie",
    "mindmap": "mindmap",
    "er": "er",
    "classDiagram": "class",
}

_GEOMETRY = frozenset(
    "d points x y x1 x2 y1 y2 dx dy cx cy r rx ry width height transform viewBox "
    "refX refY markerWidth markerHeight font-size stroke-width".split()
)
_KEPT_ATTRIBUTES = _GEOMETRY | frozenset(
    "id class role style text-anchor font-weight font-style fill stroke stroke-dasharray orient "
    "marker-start marker-end markerUnits aria-labelledby aria-describedby".split()
)
_KEPT_STYLES = {"text-anchor", "font-size", "font-weight", "font-style"}
_STYLED_ELSEWHERE = {"flowchart", "sequence", "state", "gantt", "timeline", "mindmap", "er", "class"}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COORDINATES = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_TRANSLATE = re.compile(r"translate\(\s*(-?[\d.e-]+)(?:[\s,]+(-?[\d.e-]+))?\s*\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|rgb\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)\s*\)")
_SPACES = re.compile(r"[^\S\u00a0]+")  # but for the one between a number and its unit
_MAX_WIDTH = re.compile(r"max-width:\s*([\d.]+)px")
_CORNER = "6"  # px, of boxes

# Distance from where the engine's `dominant-baseline` hangs the text to the
# baseline, in em. Spelled out because browsers disagree for Chinese fonts.
_BASELINES = {
    "central": 0.35,
    "middle": 0.3,
    "hanging": 0.9,
    "text-before-edge": 0.9,
    "auto": 0,
}


@dataclass(frozen=True)
class Finished:
    """A finished SVG, with `DIAGRAM_ID` where an id belongs; see `drawing.Drawing` for its parts."""

    svg: str
    kind: str
    left: int
    top: int
    width: int
    height: int
    label_size: float
    spans: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Run:
    text: str
    bold: bool
    italic: bool


def finish(source: str, language: Language, title: str, description: str) -> Finished:
    """Turn the engine's SVG into the published one.

    Args:
        source: What the engine returned.
        language: For the words that the engine adds to a drawing.
        title: Accessible name of the drawing.
        description: Longer accessible description, may be empty.

    Raises:
        DiagramError: There is no style for this kind of diagram.
    """
    source = source.replace(breaks.PADDING, "")
    root = etree.fromstring(_as_xml(source).encode(), etree.XMLParser(huge_tree=True))
    kind = KINDS.get(root.get("aria-roledescription", ""), "")
    if not kind:
        known = ", ".join(sorted(set(KINDS.values())))
        raise DiagramError(0, f"no style for this kind of diagram; there is one for {known}")
    unused = ("style", "title", "desc", "filter", "linearGradient")
    for element in list(root.iter(*(_NS + name for name in unused))):
        _remove(element)
    _labels_as_text(root)
    _boxes_as_rectangles(root, kind)
    _group_titles_to_the_left(root)
    _stick_men_as_busts(root)
    _widen_notes(root)
    _split_text_baselines(root)
    _join_words(root)
    _collapse_markers(root)
    for element in _elements(root):
        _clean_attributes(element, kind)
    _prune(root)
    root.set("class", f"dg dg-{kind}")
    frame = fit.fit(root, kind, language)
    left, top, width, height = _set_root(root, frame, title, description)
    rows = geometry.rows(root)
    return Finished(
        svg=etree.tostring(root, encoding="unicode"),
        kind=kind,
        left=left,
        top=top,
        width=width,
        height=height,
        label_size=min((row.size for row in rows if not row.text.isdecimal()), default=theme.FONT_SIZE),
        spans=_spans([*geometry.boxes(root), *(row.ink for row in rows)]),
        texts=tuple({row.number: row.label for row in rows}.values()),
        faults=tuple(geometry.faults(rows, frame)),
    )


def _spans(boxes: list[geometry.Box]) -> tuple[tuple[float, float], ...]:
    return tuple(sorted({(round(box.top, 1), round(box.bottom, 1)) for box in boxes}))


# --- 1. labels ----------------------------------------------------------------


def _labels_as_text(root: etree._Element) -> None:
    for box in list(root.iter(f"{_NS}foreignObject")):
        lines = list(_lines(box))
        if not any(run.text.strip() for line in lines for run in line):
            _remove(box)
            continue
        box_width, box_height = float(box.get("width")), float(box.get("height"))
        left, top = float(box.get("x", 0)), float(box.get("y", 0))
        size = _font_size(box)
        start = "text-align: start" in etree.tostring(box, encoding="unicode") or _is_member(box)
        replacement = []
        if _has_class(box, "labelBkg", below=True):
            replacement.append(
                _element("rect", "edge-box", x=left, y=top, width=box_width, height=box_height, rx=3)
            )
        x = left if start else left + box_width / 2
        label = etree.Element(f"{_NS}text")
        if not start:
            label.set("text-anchor", "middle")
        if size != theme.FONT_SIZE:
            label.set("font-size", str(size))
        if _is_bold_label(box):
            label.set("font-weight", "bold")
        line_height = theme.LINE_HEIGHT * size / theme.FONT_SIZE
        first = top + box_height / 2 - (len(lines) - 1) * line_height / 2 + 0.36 * size
        for number, line in enumerate(lines):
            row = etree.SubElement(label, f"{_NS}tspan")
            row.set("x", str(x))
            row.set("y", str(first + number * line_height))
            _fill_row(row, line)
        replacement.append(label)
        parent = box.getparent()
        position = parent.index(box)
        parent[position : position + 1] = replacement


def _lines(box: etree._Element) -> Iterator[list[_Run]]:
    """Lines of a label as runs of equal style, wrapped to the label's width."""
    paragraphs: list[list[_Run]] = [[]]

    def walk(element: etree._Element, bold: bool, italic: bool) -> None:
        name = etree.QName(element).localname
        bold, italic = bold or name in ("strong", "b"), italic or name in ("em", "i")
        if name == "br" or (name == "p" and any(paragraphs[-1])):
            paragraphs.append([])
        for part in (element.text, *element):
            if isinstance(part, str):
                paragraphs[-1].append(_Run(_SPACES.sub(" ", part), bold, italic))
            elif part is not None:
                walk(part, bold, italic)
                if part.tail:
                    paragraphs[-1].append(_Run(_SPACES.sub(" ", part.tail), bold, italic))

    walk(box[0], False, False)
    limits = _MAX_WIDTH.findall(etree.tostring(box, encoding="unicode"))
    # The engine makes some boxes as wide as their text, whatever the limit is.
    limit = max(float(limits[0]), float(box.get("width"))) if limits else None
    for runs in paragraphs:
        yield from _wrap_runs(runs, limit, _font_size(box))


def _wrap_runs(runs: list[_Run], limit: float | None, size: float) -> Iterator[list[_Run]]:
    whole = "".join(run.text for run in runs)
    styles = [(run.bold, run.italic) for run in runs for _ in run.text]
    position = 0
    for line in text.wrap(whole, size, limit):
        line = line.strip()
        position = whole.index(line, position)
        pieces: list[_Run] = []
        for offset, character in enumerate(line):
            bold, italic = styles[position + offset]
            if pieces and (pieces[-1].bold, pieces[-1].italic) == (bold, italic):
                character = pieces.pop().text + character
            pieces.append(_Run(character, bold, italic))
        position += len(line)
        yield pieces


def _fill_row(row: etree._Element, line: list[_Run]) -> None:
    if len(line) == 1 and not (line[0].bold or line[0].italic):
        row.text = line[0].text
        return
    for run in line:
        span = etree.SubElement(row, f"{_NS}tspan")
        span.text = run.text
        if run.bold:
            span.set("font-weight", "bold")
        if run.italic:
            span.set("font-style", "italic")


def _font_size(box: etree._Element) -> float:
    """Size of a label's text: cardinalities and entity relations are smaller."""
    if any("edgeTerminals" in _classes(ancestor) for ancestor in box.iterancestors()):
        return 11
    root = box.getroottree().getroot()
    is_entity_relation = root.get("aria-roledescription") == "er" and _has_class(box, "labelBkg", below=True)
    return 14 if is_entity_relation else theme.FONT_SIZE


def _is_member(box: etree._Element) -> bool:
    groups = {"members-group", "methods-group"}
    return any(groups & set(_classes(ancestor)) for ancestor in box.iterancestors())


def _is_bold_label(box: etree._Element) -> bool:
    return any("label-group" in _classes(ancestor) for ancestor in box.iterancestors())


# --- 2. and 3. shapes and group titles ------------------------------------------


def _boxes_as_rectangles(root: etree._Element, kind: str) -> None:
    for group in list(root.iter(f"{_NS}g")):
        if "outer-path" not in _classes(group):
            continue
        paths = [path for path in group if path.tag == f"{_NS}path"]
        if len(paths) != 2:
            continue
        points = _points(paths[0].get("d"))
        if kind == "state" and not "".join(group.getparent().itertext()).strip():
            _end_state(group.getparent())
            continue
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        radius = (bottom - top) / 2
        # A stadium's outline starts where its upper left arc ends.
        stadium = math.isclose(points[0][0], left + radius, abs_tol=0.6)
        rectangle = "C" not in paths[0].get("d") and len({x for x, _ in points}) == 2
        if stadium or rectangle:
            name = " ".join(name for name in _classes(group) if name != "outer-path")
            box = _element("rect", name or "label-container", x=left, y=top, width=right - left)
            box.set("height", str(bottom - top))
            box.set("rx", str(radius) if stadium else _CORNER)
            if group.get("transform"):
                box.set("transform", group.get("transform"))
            group.getparent().replace(group, box)
            continue
        # One closed outline for fill and line instead of one path for each.
        paths[0].set("class", "label-container")
        _remove(paths[1])
    _dividers_as_lines(root)
    for box in root.iter(f"{_NS}rect"):
        if {"label-container", "basic"} & set(_classes(box)) or _is_cluster_box(box):
            box.set("rx", box.get("rx") if box.get("rx", "5") not in ("3", "5") else _CORNER)
            box.attrib.pop("ry", None)


def _end_state(node: etree._Element) -> None:
    """The bull's eye where a state diagram ends, without its hundred segments."""
    for child in list(node):
        _remove(child)
    node.append(_element("circle", "state-end", r=7))
    node.append(_element("circle", "state-start", r=3.5))


def _dividers_as_lines(root: etree._Element) -> None:
    for divider in root.iter(f"{_NS}g"):
        if "divider" not in _classes(divider):
            continue
        points = [point for path in divider for point in _points(path.get("d", ""))]
        if points:
            for path in list(divider):
                _remove(path)
            (x1, y1), (x2, y2) = min(points), max(points)
            divider.append(_element("line", "divider", x1=x1, y1=y1, x2=x2, y2=y2))


def _is_cluster_box(box: etree._Element) -> bool:
    return "cluster" in _classes(box.getparent())


def _group_titles_to_the_left(root: etree._Element) -> None:
    for cluster in root.iter(f"{_NS}g"):
        if "cluster" not in _classes(cluster):
            continue
        box = cluster.find(f"{_NS}rect")
        for label in cluster.findall(f"{_NS}g"):
            if box is None or "cluster-label" not in _classes(label):
                continue
            _, y = _translation(label)
            label.set("transform", f"translate({float(box.get('x', 0)) + 12},{y + 5})")
            for row in label.iter(f"{_NS}tspan"):
                if row.get("x"):
                    row.set("x", "0")
            for caption in label.iter(f"{_NS}text"):
                caption.attrib.pop("text-anchor", None)


def _stick_men_as_busts(root: etree._Element) -> None:
    """Replace the stick man of an `actor`, who stands on his own name."""
    for person in root.iter(f"{_NS}g"):
        head = person.find(f"{_NS}circle")
        if "actor-man" not in _classes(person) or head is None:
            continue
        x, y = float(head.get("cx")), float(head.get("cy"))
        for part in [*person.findall(f"{_NS}line"), head]:
            _remove(part)
        shoulders = etree.Element(f"{_NS}path", d=f"M{x - 14},{y + 24}a14,14 0 0 1 28,0z")
        person[:0] = [shoulders, _element("circle", "actor", cx=x, cy=y, r=8)]


def _widen_notes(root: etree._Element) -> None:
    """A note over two participants is as wide as they are apart, whatever it says."""
    for box in root.iter(f"{_NS}rect"):
        if "note" not in _classes(box):
            continue
        captions = box.getparent().findall(f"{_NS}text")
        needed = max((text.width("".join(c.itertext()), theme.FONT_SIZE) for c in captions), default=0)
        missing = needed + 16 - float(box.get("width"))
        if missing > 0:
            box.set("x", str(float(box.get("x")) - missing / 2))
            box.set("width", str(float(box.get("width")) + missing))


# --- text -------------------------------------------------------------------------


def _split_text_baselines(root: etree._Element) -> None:
    """Replace `dominant-baseline` by coordinates of the baseline itself."""
    for label in root.iter(f"{_NS}text", f"{_NS}tspan"):
        styles = _styles(label)
        for name in ("text-anchor", "font-weight"):
            if name in styles:
                label.set(name, styles[name])
        if "font-size" in styles:
            label.set("font-size", styles["font-size"].removesuffix("px"))
        if (label.get("font-size") or "").endswith("ex"):  # the title of a timeline: the style sheet has it
            del label.attrib["font-size"]
        if label.get("font-size") == str(theme.FONT_SIZE):
            del label.attrib["font-size"]
        if label.get("font-weight") in ("400", "normal"):
            del label.attrib["font-weight"]
        baseline = label.get("dominant-baseline") or label.get("alignment-baseline")
        if _BASELINES.get(baseline):
            size = float(label.get("font-size", theme.FONT_SIZE))
            if label.tag == f"{_NS}text":
                label.set("y", str(float(label.get("y", 0)) + _BASELINES[baseline] * size))
        if "labelText" in _classes(label):  # sits 3 px low in its 20 px tab
            label.set("y", str(float(label.get("y")) - 3))


def _join_words(root: etree._Element) -> None:
    for label in root.iter(f"{_NS}text"):
        rows = list(label)
        for row in rows:
            row.text = re.sub(r"\s+", " ", row.text) if row.text else row.text
        label.text = re.sub(r"\s+", " ", label.text).strip() if label.text else label.text
        if len(rows) == 1 and not len(rows[0]) and not (label.text or "").strip():
            row = rows[0]
            if row.get("dy", "0").strip("em") not in ("0", "0.0"):
                continue
            for name in ("x", "y", "text-anchor", "font-weight"):
                if row.get(name):
                    label.set(name, row.get(name))
            label.text = (row.text or "").strip()
            label.remove(row)


# --- 4. and 5. colours and clutter --------------------------------------------------


def _collapse_markers(root: etree._Element) -> None:
    """Keep the arrowheads in use, under short ids."""
    references = re.findall(r"url\(#([^)]+)\)", etree.tostring(root, encoding="unicode"))
    used = {name: f"{DIAGRAM_ID}-{number}" for number, name in enumerate(dict.fromkeys(references))}
    for marker in list(root.iter(f"{_NS}marker")):
        if marker.get("id") not in used:
            _remove(marker)
            continue
        # The name of the arrowhead is the last part of its id: `d-crosshead`.
        marker.set("class", f"{marker.get('class', '')} {marker.get('id').rpartition('-')[2]}")
        marker.set("id", used[marker.get("id")])
    for element in _elements(root):
        for name in ("marker-start", "marker-end"):
            if element.get(name):
                key = re.sub(r"^url\(#|\)$", "", element.get(name))
                element.set(name, f"url(#{used[key]})")
        if element.get("id") and not element.get("id").startswith(DIAGRAM_ID):
            del element.attrib["id"]


def _clean_attributes(element: etree._Element, kind: str) -> None:
    colours = {}
    declarations = _styles(element)
    for name in ("fill", "stroke"):
        colour = declarations.get(name) or element.get(name)
        element.attrib.pop(name, None)
        if not colour:
            continue
        role = _role(colour)
        if role and kind not in _STYLED_ELSEWHERE:
            colours[name] = theme.variable(role)
        elif colour == "none" and kind not in _STYLED_ELSEWHERE:
            element.set(name, "none")
    for name in list(element.attrib):
        value = element.get(name)
        if name == "viewBox" and element.tag == f"{_NS}marker":
            continue
        if name not in _KEPT_ATTRIBUTES or name == "style":
            del element.attrib[name]
        elif name in _GEOMETRY:
            element.set(name, _rounded(value))
        elif name == "class":
            _set_classes(element, kind)
    if kind in _STYLED_ELSEWHERE:
        for name in ("stroke-width", "stroke-dasharray"):
            element.attrib.pop(name, None)
    if colours:
        element.set("style", ";".join(f"{name}:{value}" for name, value in colours.items()))


def _role(colour: str) -> str | None:
    match = _COLOUR.search(colour)
    if not match:
        return None
    red, green, blue = match.groups()
    key = theme.rgb(match[0]) if red is None else (int(red), int(green), int(blue))
    return theme.roles_by_colour().get(key)


def _set_classes(element: etree._Element, kind: str) -> None:
    """Keep the class names that the style sheet has rules for."""
    names = _classes(element)
    # task0, crit2, activation1 are numbered by section or depth; messageLine1 means dotted.
    if kind in ("gantt", "sequence"):
        keep = ("messageLine0", "messageLine1")
        names = [name if name in keep else re.sub(r"\d+$", "", name) for name in names]
    if kind in ("timeline", "mindmap"):  # section-3, section--1: eight colours are enough
        names = [_section(name) for name in names]
    kept = sorted(theme.styled_classes() & set(names))
    if kept:
        element.set("class", " ".join(kept))
    else:
        del element.attrib["class"]


def _section(name: str) -> str:
    match = re.fullmatch(r"section-(?:edge-)?(-?\d+)", name)
    if not match:
        return name
    prefix = "branch" if "edge" in name else "section"
    return f"{prefix}-{(int(match[1]) + 1) % 8 + 1}"


def _prune(root: etree._Element) -> None:
    for element in list(root.iter(f"{_NS}text")):
        if not "".join(element.itertext()).strip():
            _remove(element)
    for element in list(root.iter(f"{_NS}rect")):
        empty = not float(element.get("width") or 0) or not float(element.get("height") or 0)
        if empty or "background" in _classes(element):
            _remove(element)
    for element in list(root.iter(f"{_NS}defs", f"{_NS}symbol")):
        if element.find(f".//{_NS}marker") is None:
            _remove(element)
    # Backwards, so that a group whose last child just went is seen after it.
    for group in reversed(list(root.iter(f"{_NS}g", f"{_NS}defs"))):
        parent = group.getparent()
        if not len(group):
            _remove(group)
        elif not group.attrib:
            position = parent.index(group)
            parent[position : position + 1] = list(group)
    for element in _elements(root):
        if element.tag not in (f"{_NS}text", f"{_NS}tspan"):
            element.text = None
        if element.tag != f"{_NS}tspan":
            element.tail = None


def _set_root(
    root: etree._Element, frame: geometry.Box, title: str, description: str
) -> tuple[int, int, int, int]:
    left, top = round(frame.left), round(frame.top)
    box = (left, top, round(frame.right) - left, round(frame.bottom) - top)
    name = root.get("class")
    root.attrib.clear()
    root.set("class", name)
    root.set("viewBox", " ".join(str(part) for part in box))
    root.set("width", str(box[2]))
    root.set("height", str(box[3]))
    root.set("role", "img")
    for number, (name, content) in enumerate((("title", title), ("desc", description))):
        if not content:
            continue
        element = etree.Element(f"{_NS}{name}", id=f"{DIAGRAM_ID}-{name}")
        element.text = content
        root.insert(number, element)
        root.set("aria-labelledby" if name == "title" else "aria-describedby", element.get("id"))
    etree.cleanup_namespaces(root)
    return box


# --- small tools ----------------------------------------------------------------------


def _as_xml(source: str) -> str:
    source = source.replace("&nbsp;", "\u00a0")
    return re.sub(r"<br\s*>", "<br/>", source)


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _element(name: str, css_class: str, **attributes: float) -> etree._Element:
    element = etree.Element(f"{_NS}{name}")
    element.set("class", css_class)
    for attribute, value in attributes.items():
        element.set(attribute, str(value))
    return element


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _classes(element: etree._Element | None) -> list[str]:
    return (element.get("class") or "").split() if element is not None else []


def _has_class(element: etree._Element, name: str, *, below: bool) -> bool:
    family = element.iter() if below else element.iterancestors()
    return any(name in _classes(other) for other in family)


def _styles(element: etree._Element) -> dict[str, str]:
    """Inline declarations, without `!important`."""
    pairs = (part.partition(":") for part in (element.get("style") or "").split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, separator, value in pairs
        if separator and value.strip()
    }


def _translation(element: etree._Element) -> tuple[float, float]:
    match = _TRANSLATE.search(element.get("transform") or "")
    return (float(match[1]), float(match[2] or 0)) if match else (0.0, 0.0)


def _points(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in _COORDINATES.findall(path)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _rounded(value: str) -> str:
    """One decimal is a tenth of a pixel, and finer than any screen shows."""

    def shorten(match: re.Match[str]) -> str:
        number = f"{round(float(match[0]), 1):.1f}".rstrip("0").rstrip(".")
        return "0" if number == "-0" else number

    return _NUMBER.sub(shorten, value)
