"""From a compiled page to a chapter of the book.

Everything that waits for a click is opened, what only works on a screen is dropped, and links lead
to where the reader of the book finds their target. What is known of a page is taken from its record
(headings, drawings); its HTML is only shaped. What a kind of book has of its own is a subclass in its folder.
"""

from __future__ import annotations

import copy
import html
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
from lxml import etree

from handbook import render
from handbook.compiled import Figure
from handbook.languages import Language
from handbook.outputs.book.chapters import Chapter
from handbook.outputs.book.errors import BookError
from handbook.render import glosses

Element = lxml.html.HtmlElement

#: Of the site, not of the text.
_DROPPED = (
    "a.headerlink", "a.page-edit", ".page-updated", ".footnote-backref", "button", "script", "style",
    "form", "[data-book-exclude]",
)  # fmt: skip
#: An address that is in no site: relative links are resolved against it.
_NOWHERE = "http://book.invalid/"
_SVG = {"svg": "http://www.w3.org/2000/svg"}


@dataclass
class Heading:
    """A heading of the book, for contents, outline and index.

    Attributes:
        id: Its anchor.
        text: Its words.
        level: 1 for a chapter, 2 for a section of it, and so on.
    """

    id: str
    text: str
    level: int


@dataclass
class Diagram:
    """A diagram of the book.

    Attributes:
        anchor: Its anchor.
        title: What it shows.
        box: The element that is shown.
    """

    anchor: str
    title: str
    box: Element


@dataclass
class Converted:
    """A chapter of the book.

    Attributes:
        chapter: The page that it comes from.
        title: Its heading.
        body: Its content without the heading.
        headings: Its headings in order, the chapter's own first.
        notes: Addresses that it links to and that no list of sources shows.
        card: The key numbers of a design, if it has them.
        diagrams: Its diagrams in order.
    """

    chapter: Chapter
    title: str
    body: Element
    headings: list[Heading]
    notes: list[str] = field(default_factory=list)
    card: Element | None = None
    diagrams: list[Diagram] = field(default_factory=list)


class Converter:
    """Converts the chapters of one book: drawings, formulas and links as a screen shows them."""

    def __init__(self, chapters: list[Chapter], language: Language, address: str) -> None:
        """Prepare for the chapters of a language whose site is at `address`."""
        self.language = language
        self.address = address
        self.places = {chapter.place: chapter for chapter in chapters}

    def convert(self, chapter: Chapter) -> Converted:
        """Convert one chapter.

        Raises:
            BookError: If the page has no heading, or shows an image that is not there.
        """
        root = lxml.html.fragment_fromstring(chapter.content, create_parent="div")
        for selector in _DROPPED:
            for node in select(root, selector):
                node.drop_tree()
        for node in select(root, f".{glosses.CLASS}"):
            node.drop_tag()  # the book ends in a glossary
        heading = root.find(".//h1")
        if heading is None or not chapter.headings:
            raise BookError(f"the page `{chapter.slug}` has no heading")
        heading.drop_tree()
        own, *below = chapter.headings
        # Some may have been dropped with what only works on a screen.
        present = set(root.xpath(".//@id"))
        _unfold(root)
        _unroll(root)
        _tick(root)
        self._tables(root)
        self._formulas(root)
        _code(root)
        self._images(root, chapter)
        _lower(root, 1 if chapter.part else 0)
        for node in root.iterfind(".//*[@id]"):
            node.set("id", f"{chapter.id}--{node.get('id')}")
        diagrams = self._figures(root, chapter)
        anchor = etree.Element("span", id=f"{chapter.id}--{own.id}")
        anchor.tail, root.text = root.text, None
        root.insert(0, anchor)
        headings = [Heading(chapter.id, _words(own), 1)]
        headings += [
            Heading(f"{chapter.id}--{heading.id}", _words(heading), heading.level)
            for heading in below
            if heading.id in present
        ]
        notes = self._links(root, chapter)
        cards = select(root, "dl.card")
        # A copy: the chapter's own gets anchors for the index.
        card = copy.deepcopy(cards[0]) if cards else None
        return Converted(chapter, headings[0].text, root, headings, notes, card, diagrams)

    def _formulas(self, root: Element) -> None:
        """Change formulas, which are MathML, where a book needs something else."""

    def _tables(self, root: Element) -> None:
        for box in select(root, "div.table-scroll"):
            box.drop_tag()
        for table in root.iter("table"):
            for cell in table.iterfind(".//thead//th"):
                cell.set("scope", "col")
            columns = max((len(row) for row in table.iter("tr")), default=0)
            table.set("class", f"data columns-{columns}" + (" wide" if columns > 5 else ""))

    def _figures(self, root: Element, chapter: Chapter) -> list[Diagram]:
        found = []
        known = {figure.id: figure for figure in chapter.figures}
        for box in select(root, "figure.diagram"):
            id_ = box.attrib.pop("data-figure", "")
            if id_ not in known:
                raise BookError(f"the page `{chapter.slug}` shows a diagram that nobody drew")
            for child in list(box):
                box.remove(child)
            box.text, box.attrib["class"] = None, "diagram"
            box.attrib.pop("data-width", None)
            box.set("id", f"{chapter.id}--diagram-{len(found) + 1}")
            shown = self._draw(box, known[id_])
            found.append(Diagram(box.get("id"), known[id_].drawing.title, shown))
        return found

    def _draw(self, box: Element, figure: Figure) -> Element:
        """Put a drawing into its empty box; return the element that is shown, with what belongs to it."""
        drawing = figure.drawing.named(box.get("id"))
        box.append(etree.fromstring(drawing.svg))
        caption = etree.SubElement(box, "figcaption")
        caption.text = drawing.title
        return box

    def _images(self, root: Element, chapter: Chapter) -> None:
        for image in root.iter("img"):
            source = image.get("src") or ""
            path = (chapter.folder / unquote(urlsplit(source).path)).resolve()
            if urlsplit(source).scheme == "data":
                continue
            if not path.is_file():
                raise BookError(f"the page `{chapter.slug}` shows an image that is missing: {source}")
            image.set("src", path.as_uri())

    def _links(self, root: Element, chapter: Chapter) -> list[str]:
        """Turn links to other pages into links within the book; return addresses to be printed."""
        listed = {link.get("href") for source in select(root, ".sources") for link in source.iter("a")}
        notes: list[str] = []
        for link in list(root.iter("a")):
            href = link.get("href")
            if href is None:
                continue
            for name in ("title", "target", "rel"):
                link.attrib.pop(name, None)
            if urlsplit(href).scheme:
                self._external(link, href, href in listed, notes)
                continue
            target = urlsplit(urljoin(f"{_NOWHERE}{chapter.place}", href))
            place = target.path.lstrip("/").removesuffix("index.html")
            if place in self.places:
                goal = self.places[place].id
                link.set("href", f"#{goal}--{unquote(target.fragment)}" if target.fragment else f"#{goal}")
            else:
                full = urljoin(self.address, target.path.lstrip("/"))
                link.set("href", full)
                self._external(link, full, False, notes)
        return notes

    def _external(self, link: Element, href: str, listed: bool, notes: list[str]) -> None:
        """Say that a link leaves the book.

        Args:
            link: The link.
            href: Its address.
            listed: Whether the chapter's list of sources has the address.
            notes: Addresses that the chapter has to list at its end, to be added to.
        """
        link.set("class", f"{link.get('class') or ''} external".strip())


def written(node: Element) -> str:
    """Return an element's content as HTML."""
    inside = (lxml.html.tostring(child, encoding="unicode") for child in node)
    return html.escape(node.text or "", quote=False) + "".join(inside)


def plain(node: Element) -> str:
    """Return an element's words; drawings and formulas have none."""
    texts = node.xpath(".//text()[not(ancestor::svg:svg or ancestor::math)]", namespaces=_SVG)
    return " ".join("".join(texts).split())


def _words(heading: render.Heading) -> str:
    """Return a heading's words; `title` is HTML without elements."""
    return " ".join(html.unescape(heading.title).split())


def select(root: Element, selector: str) -> list[Element]:
    """Find elements by `tag`, `.class`, `tag.class` or `[attribute]`."""
    if selector.startswith("["):
        return root.xpath(f".//*[@{selector[1:-1]}]")
    tag, _, name = selector.partition(".")
    path = f".//{tag or '*'}"
    if name:
        path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    return root.xpath(path)


def _lower(root: Element, shift: int) -> None:
    """Lower the headings where the chapter stands under a part; their looks stay."""
    for node in list(root.iter("h2", "h3", "h4", "h5", "h6")):
        level = int(node.tag[1])
        node.set("class", f"{node.get('class') or ''} h{level}".strip())
        node.tag = f"h{min(level + shift, 6)}"


def _unfold(root: Element) -> None:
    """Open what is folded."""
    for summary in list(root.iter("summary")):
        summary.tag = "p"
        summary.set("class", "admonition-title")
    for details in list(root.iter("details")):
        details.tag = "div"
        details.attrib.pop("open", None)
        details.set("class", f"{details.get('class') or ''} unfolded".strip())


def _unroll(root: Element) -> None:
    """Put the tabs of a set one below the other, each under its label."""
    for tabs in select(root, "div.tabbed-set"):
        labels = [
            label.text_content().strip() for label in tabs.xpath("./div[@class='tabbed-labels']//label")
        ]
        blocks = tabs.xpath(".//div[contains(@class, 'tabbed-block')]")
        for node in tabs.xpath("./input | ./div[@class='tabbed-labels']"):
            node.drop_tree()
        for label, block in zip(labels, blocks, strict=False):
            head = etree.Element("p")
            head.set("class", "tab-label")
            head.text = label
            block.insert(0, head)


def _tick(root: Element) -> None:
    """Print check boxes."""
    for box in root.xpath(".//input[@type='checkbox']"):
        mark = etree.Element("span")
        mark.set("class", "checked box" if box.get("checked") is not None else "box")
        mark.tail = box.tail
        box.getparent().replace(box, mark)
    for node in select(root, "span.task-list-indicator"):
        node.drop_tree()


def _code(root: Element) -> None:
    """Drop the marks that only scripts need."""
    for node in root.xpath(
        ".//a[starts-with(@id, '__codelineno')] | .//a[starts-with(@href, '#__codelineno')]"
    ):
        node.drop_tag()
    for node in root.xpath(".//span[starts-with(@id, '__span')]"):
        node.drop_tag()
