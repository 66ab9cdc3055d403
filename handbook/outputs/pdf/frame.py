"""The document that is printed: cover, imprint, contents, parts, chapters, sheets, terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import jinja2
import lxml.html
from markupsafe import Markup

from handbook.languages import Language
from handbook.outputs.book.chapters import Chapter
from handbook.outputs.book.convert import Converted, Element, plain, written
from handbook.outputs.book.edition import Edition, licence
from handbook.outputs.book.errors import BookError
from handbook.outputs.pdf import characters, numbering, terms
from handbook.outputs.pdf.convert import OnPaper
from handbook.source.book import Book

_HERE = Path(__file__).parent
#: Sheets in the order in which they count.
STYLES = ("page.css", "text.css", "blocks.css")
#: How deep the contents go, and the outline.
DEPTH = 3
#: Characters of text that may go before a diagram: more would part it from what speaks of it.
FLOAT = 1800
#: Characters of what a link is said to lead to.
NAME = 100
#: What may go before a diagram, and what may follow it then.
_RUNNING = {"p", "ul", "ol"}
_OWN = {"p", "div", "h2", "h3", "h4", "h5", "h6"}

#: The margins of a page on its side are low: head and number keep off the edge that printers cut.
_WITHIN = (
    "@top-left { padding-bottom: 3mm } @top-right { padding-bottom: 3mm }"
    "@bottom-right { padding-top: .5mm }"
)


@dataclass(frozen=True)
class Entry:
    """A line of the contents and of the outline.

    Attributes:
        level: 1 for a part or a chapter outside of any, 2 below it, and so on.
        text: Its words.
        anchor: Where it leads.
        kind: `part`, `chapter`, `section` or `extra` for what is not a page of the site.
    """

    level: int
    text: str
    anchor: str
    kind: str


@dataclass(frozen=True)
class Part:
    """Chapters under one heading of the navigation; without a name, a chapter on its own."""

    name: str
    number: int
    anchor: str
    chapters: list[Converted]


class Frame:
    """One book, ready to be written as HTML as often as its page numbers get better known."""

    def __init__(
        self, handbook: Book, language: Language,
        address: str, edition: Edition, chapters: list[Chapter], faces: str = "",
    ) -> None:  # fmt: skip
        """Convert all chapters and gather what leads to them.

        Args:
            handbook: The sources, for the data.
            language: Its language.
            address: Where this language is online, with a slash at its end.
            edition: The edition to be printed on the cover.
            chapters: The pages of the site, in order.
            faces: `@font-face` rules, once the characters in use are known.
        """
        self.handbook, self.language = handbook, language
        self.address, self.edition, self.faces = address, edition, faces
        converter = OnPaper(chapters, language, address)
        self.chapters = [converter.convert(chapter) for chapter in chapters]
        self.terms = terms.collect(handbook.glossary, self.chapters, language, handbook.languages)
        self.diagrams = [diagram for chapter in self.chapters for diagram in chapter.diagrams]
        self._floated: set[str] = set()
        #: Chapters that are set a little tighter.
        self.tight: set[str] = set()
        self.parts = _parts(self.chapters)
        self.entries = self._entries()
        self.starts = self._begins()
        self._check_links()

    def html(self, numbers: Mapping[str, int] | None = None, alone: Collection[str] = ()) -> str:
        """Write the document.

        Args:
            numbers: Page of each anchor. Without them, all numbers are zero and as wide.
            alone: Chapters to be written without all else, to learn how they are laid out; see `numbering`.
        """
        known, language = numbers or {}, self.language
        loader = jinja2.FileSystemLoader(_HERE)
        templates = jinja2.Environment(
            loader=loader, autoescape=True, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        templates.globals |= {
            "word": language.word,
            "page": lambda anchor: known.get(anchor, 0),
            "written": lambda node: Markup(written(node)),
            "outer": lambda node: Markup(lxml.html.tostring(node, encoding="unicode", with_tail=False)),
        }
        return templates.get_template("book.html").render(
            book=self,
            alone=alone,
            anchors=[anchor for anchor in known if self.starts.get(anchor) in alone],
            end=numbering.END,
            language=language.code,
            groups=self._groups(known),
            styles=Markup("\n".join([self.faces, *self._styles()])),
            listed=[entry for entry in self.entries if entry.level <= DEPTH],
            cards=[chapter for chapter in self.chapters if chapter.card is not None],
            licence=licence(self.handbook.root),
        )

    def float(self, tops: Collection[str]) -> set[str]:
        """Let text go before diagrams that did not fit on the page where they belong.

        A diagram at the top of a page has left the end of the page before it empty. The paragraphs
        and lists that follow it can stand there.

        Args:
            tops: Anchors that a print has put at the top of a page.

        Returns:
            The chapters in which anything was moved.
        """
        moved = set()
        for diagram in self.diagrams:
            if diagram.anchor in tops and diagram.anchor not in self._floated:
                self._floated.add(diagram.anchor)
                if _float(diagram.box):
                    moved.add(self.starts[diagram.anchor])
        return moved

    def extents(self, numbers: Mapping[str, int]) -> dict[str, tuple[int, int]]:
        """Return first and last page of each chapter."""
        own = {chapter.chapter.id for chapter in self.chapters if not chapter.chapter.sheet}
        order = list(dict.fromkeys(self.starts.values()))
        return {start: (numbers[start], numbers[after] - 1) for start, after in pairwise(order) if start in own}

    def loosen(self, before: Mapping[str, tuple[int, int]], now: Mapping[str, tuple[int, int]]) -> set[str]:
        """Set chapters as all others that have as many pages as before when they are set tighter; return them."""
        vain = {id_ for id_ in self.tight if now[id_][1] - now[id_][0] >= before[id_][1] - before[id_][0]}
        self.tight -= vain
        return vain

    def characters(self) -> set[str]:
        """Return the characters that the fonts must have."""
        return characters.used(self.html()) | set("0123456789")

    def names(self) -> dict[str, str]:
        """Return what stands at each anchor, to be said of a link that leads there."""
        found = {
            node.get("id"): _name(node) or chapter.title
            for chapter in self.chapters
            for node in chapter.body.iterfind(".//*[@id]")
        }
        found |= {diagram.anchor: diagram.title for diagram in self.diagrams}
        return found | {entry.anchor: entry.text for entry in self.entries}

    def _styles(self) -> list[str]:
        from handbook import diagrams

        sheets = [(_HERE / name).read_text(encoding="utf-8") for name in STYLES]
        return [diagrams.stylesheet(), *sheets, *self._running_heads()]

    def _running_heads(self) -> list[str]:
        """One named page for each chapter: Chromium knows no other way to running heads."""
        rules = []
        for part in self.parts:
            for chapter in part.chapters:
                name = f"chapter-{chapter.chapter.id}"
                left = part.name or self.language.site_name
                heads = (
                    f"@top-left {{ content: {_quoted(left)} }}"
                    f"@top-right {{ content: {_quoted(chapter.title if chapter.title != left else '')} }}"
                )
                rules.append(
                    f"@page {name} {{ {heads} }}"
                    f"@page {name}-wide {{ size: A4 landscape; margin: 18mm 16mm 15mm; {heads} {_WITHIN} }}"
                    f"#{chapter.chapter.id} {{ page: {name} }}"
                    f"#{chapter.chapter.id} .sideways {{ page: {name}-wide }}"
                )
        for anchor, title in (("front", ""),
                              ("whiteboard-timeline", self.language.word("book.timeline")),
                              ("terms", self.language.word("book.terms"))):  # fmt: skip
            heads = (
                f"@top-left {{ content: {_quoted(self.language.site_name)} }}"
                f"@top-right {{ content: {_quoted(title)} }}"
            )
            rules.append(f"@page {anchor} {{ {heads} }} #{anchor}, .{anchor} {{ page: {anchor} }}")
        return rules

    def _entries(self) -> list[Entry]:
        found = []
        if any(chapter.card is not None for chapter in self.chapters):
            found.append(Entry(1, self.language.word("book.designs"), "designs-at-a-glance", "extra"))
        if self.diagrams:
            found.append(Entry(1, self.language.word("book.diagrams"), "diagrams", "extra"))
        for part in self.parts:
            if part.name:
                found.append(Entry(1, part.name, part.anchor, "part"))
            for chapter in part.chapters:
                shift = 1 if part.name else 0
                for heading in chapter.headings:
                    kind = "chapter" if heading.level == 1 else "section"
                    found.append(Entry(heading.level + shift, heading.text, heading.id, kind))
        found.append(Entry(1, self.language.word("book.timeline"), "whiteboard-timeline", "extra"))
        found.append(Entry(1, self.language.word("book.terms"), "terms", "extra"))
        return found

    def _begins(self) -> dict[str, str]:
        """Return for each anchor behind the front what it belongs to, of all that begins on a page of its own."""
        found = {}
        for part in self.parts:
            if part.name:
                found[part.anchor] = part.anchor
            for chapter in part.chapters:
                own = chapter.chapter.id
                anchors = [own, *(heading.id for heading in chapter.headings)]
                anchors += [diagram.anchor for diagram in chapter.diagrams]
                found |= dict.fromkeys([*anchors, *chapter.body.xpath(".//@id")], own)
        return found | {sheet: sheet for sheet in ("whiteboard-timeline", "terms")}

    def _groups(self, numbers: Mapping[str, int]) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the terms under their letters, each page named once."""
        groups = []
        for letter, members in groupby(self.terms, key=lambda term: term.letter):
            rows = []
            for term in members:
                pages: dict[int, terms.Place] = {}
                for place in term.places:
                    number = numbers.get(place.anchor, 0)
                    if number not in pages or (place.main and not pages[number].main):
                        pages[number] = place
                # Without numbers the first print needs every anchor, or it learns of none.
                places = sorted(pages.items()) if numbers else [(0, place) for place in term.places]
                rows.append({"term": term, "places": places})
            groups.append((letter, rows))
        return groups

    def _check_links(self) -> None:
        """Make sure that every link within the book has a target.

        Raises:
            BookError: If one has none; the message names the first.
        """
        targets = {entry.anchor for entry in self.entries}
        bodies = [(chapter, chapter.body) for chapter in self.chapters]
        targets |= {node.get("id") for _, body in bodies for node in body.iter() if node.get("id")}
        for chapter, body in bodies:
            for link in body.iter("a"):
                href = link.get("href") or ""
                if href.startswith("#") and href[1:] not in targets:
                    raise BookError(f"a link of `{chapter.chapter.slug}` leads nowhere: {href}")


def _parts(chapters: list[Converted]) -> list[Part]:
    parts: list[Part] = []
    for name, members in groupby(chapters, key=lambda chapter: chapter.chapter.part):
        listed = list(members)
        if not name:
            parts += [Part("", 0, chapter.chapter.id, [chapter]) for chapter in listed]
            continue
        number = sum(1 for part in parts if part.name) + 1
        parts.append(Part(name, number, f"part-{number}", listed))
    return parts


def _float(box: Element) -> bool:
    """Move a diagram behind the running text that follows it, at most `FLOAT` characters of it."""
    passed, length = [], 0
    for block in box.itersiblings():
        length += len(block.text_content())
        if block.tag not in _RUNNING or length > FLOAT:
            break
        passed.append(block)
    # What leads in to a list or a table stays before it.
    while passed and passed[-1].getnext() is not None and passed[-1].getnext().tag not in _OWN:
        passed.pop()
    if not passed:
        return False
    parent = box.getparent()
    parent.remove(box)
    parent.insert(parent.index(passed[-1]) + 1, box)
    return True


def _name(node: Element) -> str:
    """Return the words at an anchor: of a value in a table, those that its row begins with."""
    row = next(node.iterancestors("tr"), None) if node.tag == "data" else None
    return plain(node if row is None else row[0])[:NAME]


def _quoted(text: str) -> str:
    """Return a text as a CSS string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
