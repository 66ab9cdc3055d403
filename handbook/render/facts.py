"""What finished HTML has: headings, tables, boxes, lists, code, links, and the text that a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

#: Stands in a block's text for what is not text: code, formulas, drawings.
OBJECT = "\ufffc"
_OBJECTS = ("code", "pre", "math", "svg", "figure", "script", "style", "img")
_BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


@dataclass(frozen=True)
class Heading:
    """A heading as rendered."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table as rendered: the text of its first row, and its size with the head."""

    head: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Box:
    """An admonition or a folded block as rendered; `empty` where it has a title only."""

    kind: str
    title: str
    empty: bool


@dataclass(frozen=True)
class Item:
    """A list item as rendered: how many lists it stands in, its kind, its text without lists inside it."""

    depth: int
    numbered: bool
    text: str


@dataclass(frozen=True)
class Block:
    """The text of an element without blocks inside it; code and the like is one character."""

    tag: str
    text: str


@dataclass(frozen=True)
class Facts:
    """All that is compared with the source of a page."""

    root: HtmlElement
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    boxes: tuple[Box, ...]
    items: tuple[Item, ...]
    code: tuple[str, ...]
    drawings: int
    targets: tuple[str, ...]
    blocks: tuple[Block, ...]


def read(fragment: str) -> Facts:
    """Read a rendered fragment."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    for link in root.xpath("//a[@class='headerlink' or @class='footnote-backref']"):
        link.drop_tree()
    return Facts(
        root,
        tuple(
            Heading(int(node.tag[1]), node.get("id", ""), _words(node))
            for node in root.iter("h1", "h2", "h3", "h4", "h5", "h6")
        ),
        tuple(_table(node) for node in root.iter("table") if node.get("class") != "highlighttable"),
        tuple(_box(node) for node in root.iter("div", "details") if _is_box(node)),
        tuple(
            Item(
                sum(1 for _ in node.iterancestors("li")) + 1,
                node.getparent().tag == "ol",
                _words(node, frozenset(("ul", "ol"))),
            )
            for node in root.iter("li")
            if not any(div.get("class") == "footnote" for div in node.iterancestors("div"))
        ),
        tuple(node.text_content() for node in root.iter("pre")),
        sum(1 for _ in root.iter("figure")),
        tuple(_targets(root)),
        tuple(Block(str(node.tag), _text(node)) for node in root.iter(*_BLOCKS) if not _inside_object(node)),
    )


def _words(node: HtmlElement, without: frozenset[str] = frozenset()) -> str:
    """Return the words of an element, code among them, without formulas and drawings."""
    return " ".join(_text(node, without, code=True).replace(OBJECT, "").split())


def _table(node: HtmlElement) -> Table:
    rows = node.xpath(".//tr")
    head = _words(rows[0]) if rows else ""
    return Table(head, len(rows), max((len(row) for row in rows), default=0))


def _is_box(node: HtmlElement) -> bool:
    return node.tag == "details" or "admonition" in (node.get("class") or "").split()


def _box(node: HtmlElement) -> Box:
    kinds = [name for name in (node.get("class") or "").split() if name != "admonition"]
    title = next((child for child in node if child.tag == "summary" or _is_title(child)), None)
    rest = [child for child in node if child is not title]
    return Box(" ".join(kinds), _words(title) if title is not None else "", not rest)


def _is_title(node: HtmlElement) -> bool:
    return "admonition-title" in (node.get("class") or "").split()


def _targets(root: HtmlElement) -> Iterator[str]:
    for node in root.iter("a", "img"):
        target = node.get("href") or node.get("src")
        if target and node.get("class") != "footnote-ref":
            yield target


def _inside_object(node: HtmlElement) -> bool:
    return node.tag in _OBJECTS or any(True for _ in node.iterancestors(*_OBJECTS))


def _text(block: HtmlElement, without: frozenset[str] = _BLOCKS, *, code: bool = False) -> str:
    """Return the text that stands in a block, without certain blocks inside it, with code or without."""
    parts: list[str] = []

    def collect(node: HtmlElement) -> None:
        parts.append(node.text or "")
        for child in node:
            if child.tag == "br":
                parts.append("\n")
            elif child.tag in _OBJECTS:
                parts.append(child.text_content() if code and child.tag == "code" else OBJECT)
            elif child.tag in without:
                parts.append("\n")
            elif isinstance(child.tag, str):
                collect(child)
                if child.tag in _BLOCKS:
                    parts.append("\n")
            parts.append(child.tail or "")

    collect(block)
    return "\n".join(line.strip() for line in "".join(parts).split("\n") if line.strip())
