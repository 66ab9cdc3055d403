"""From a compiled page to a chapter on paper: drawings that fit a page, formulas with words, addresses to be typed."""

from __future__ import annotations

from lxml import etree

from handbook.compiled import Figure
from handbook.outputs.book.chapters import Chapter
from handbook.outputs.book.convert import Converter, Diagram, Element, select
from handbook.outputs.pdf import figures

#: Begins the alternative text of a formula on its way through Chromium; `finish` knows it by this.
FORMULA = "Formula: "

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


class OnPaper(Converter):
    """Converts the chapters of one book for print."""

    def _formulas(self, root: Element) -> None:
        """Give formulas their LaTeX as alternative text: Chromium writes tags for images only."""
        for formula in list(root.iter("math")):
            label = FORMULA + formula.get("alttext", "")
            image = etree.Element("span", {"class": "math", "role": "img", "aria-label": label})
            image.tail, formula.tail = formula.tail, None
            formula.getparent().replace(formula, image)
            image.append(formula)

    def _figures(self, root: Element, chapter: Chapter) -> list[Diagram]:
        found = super()._figures(root, chapter)
        _head_boards(root)
        return found

    def _draw(self, box: Element, figure: Figure) -> Element:
        drawing = figures.fit(figure, self.language)
        # Chromium would tag a figure around the drawing, one without words of its own.
        box.tag = "div"
        around = box.getparent()
        is_step = "boards-step" in (around.get("class") or "").split()
        shown = around if is_step else box
        if drawing.sideways:
            shown.set("class", f"{shown.get('class')} sideways")
        for number, part in enumerate(drawing.parts, 1):
            place = etree.SubElement(box, "div")
            place.set("class", "drawing")
            place.append(part)
            if number < len(drawing.parts):
                place.set("class", "drawing goes-on")
        if len(drawing.parts) > 1:
            box.set("class", "diagram cut")
        if not is_step:  # which says what it shows
            caption = etree.SubElement(box, "p")
            caption.set("class", "caption")
            caption.text = drawing.title
        return shown

    def _external(self, link: Element, href: str, listed: bool, notes: list[str]) -> None:
        """Number a link whose address stands nowhere in the chapter."""
        super()._external(link, href, listed, notes)
        parent = link.getparent()
        if self.language.typography.joined and "citation" in link.get("class", "").split():
            _loosen(link)
        if any("sources" in (node.get("class") or "") for node in link.iterancestors()):
            # The list of sources is where a reader of the paper looks for the address.
            shown = etree.Element("span")
            shown.set("class", "address")
            shown.text = href
            next(node for node in link.iterancestors() if node.tag == "li").append(shown)
        elif not listed and not _is_address(link.text_content(), href):
            if href not in notes:
                notes.append(href)
            mark = etree.Element("sup")
            mark.set("class", "note")
            mark.text = str(notes.index(href) + 1)
            mark.tail, link.tail = link.tail, None
            parent.insert(parent.index(link) + 1, mark)


def _head_boards(root: Element) -> None:
    """Put the heading of boards on the page of the first, which is on its side: alone it would take one."""
    for boards in select(root, "div.boards"):
        heading, steps = boards.getprevious(), select(boards, "div.boards-step")
        if heading is not None and heading.tag in _HEADINGS and steps and "sideways" in steps[0].get("class", ""):
            heading.tail = None
            steps[0].insert(0, heading)


def _loosen(citation: Element) -> None:
    """Let a line end in names of Latin letters: whole, they would leave the Chinese line before them wide open."""
    if citation.text and citation.text.split()[0].isascii():
        citation.text = citation.text.replace("\u00a0", " ")


def _is_address(words: str, href: str) -> bool:
    """Whether the words of a link are its address already."""
    bare = href.partition("://")[2].strip("/")
    return words.strip().rpartition("://")[2].strip("/") == bare
