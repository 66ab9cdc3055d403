"""The last steps on a page's tree: tables, formulas, questions, anchors that moved, links, contents.

They run once Markdown has put line breaks between blocks, so what they add looks as they write it.
Finished HTML is kept aside as Markdown keeps raw HTML, and comes back when the tree becomes text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from handbook import mathml
from handbook.render import columns, glosses
from handbook.render.allowed import plain
from handbook.render.lines import NBSP

#: Headings that the contents of a printed page go down to.
CONTENTS_DEPTH = 3

#: A table whose cells say what they are, since a phone shows each of its columns as a card.
COMPARED = "compare"

#: Signs that stay with what they stand behind.
_CLOSING = re.compile(r"[,.;:!?)，。；：！？、）]+")
#: What stays with the formula behind it: an opening bracket, or a sign between two terms.
_OPENING = re.compile(r"[(（“「]+$|(?<=[ \u00a0])[−+×=≈<>≤≥·][ \u00a0]$")
#: The sign before a result, which stays between the formula and its value.
_EQUALS = re.compile(rf"[ \u00a0]?[=≈<>≤≥][ \u00a0](?=[−+$]?\d|{HTML_PLACEHOLDER_RE.pattern})")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TARGETS = {"a": "href", "img": "src"}


@dataclass(frozen=True)
class Page:
    """What the steps are told about a page, see `Renderer.render`."""

    link: Callable[[str], str] | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    contents: str = ""
    sheet: bool = False
    values: str = ""
    glosses: Sequence[glosses.Gloss] = ()


class Processor(Treeprocessor):
    """Runs after every extension."""

    page = Page()
    #: The terms that the page was found to have.
    terms: tuple[str, ...] = ()

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        self.terms = glosses.mark(root, self.page.glosses, self.md.htmlStash.rawHtmlBlocks)
        tokens = getattr(self.md, "toc_tokens", [])
        titles = dict(_titles(tokens))
        parents = {child: parent for parent in root.iter() for child in parent}
        tables, title, first = 0, "", None
        section, questions = "", 0
        for node in list(root.iter()):
            if node.tag in _HEADINGS:
                title = titles.get(node.get("id", ""), title)
                section, questions = node.get("id", section), 0
                if self.page.sheet and node.tag == "h1":
                    node.set("class", "one-sheet")
                for old in (old for old, new in self.page.moved.items() if new == node.get("id")):
                    _insert(parents[node], node, Element("a", {"id": old}))
            elif node.tag == "details" and not node.get("id"):
                questions += 1
                node.set("id", f"{section}-{questions}")
            elif node.tag == "table" and not node.attrib:
                tables += 1
                _align(node)
                # The corner of a comparison heads nothing; a screen reader would stop at it.
                for corner in (cell for cell in node.iter("th") if not cell.text and not len(cell)):
                    corner.tag = "td"
                if parents[node].get("class") == COMPARED:
                    _name_cells(node)
                    marks = []
                else:
                    marks = columns.mark(node, boxed=_boxed(node, parents))
                label = self.page.table.format(number=tables, heading=title)
                _scroll(parents[node], node, label.rstrip(" :："), marks)
            elif node.get("class") == "arithmatex":
                self._formula(parents[node], node)
            elif self.page.link and (target := node.get(_TARGETS.get(node.tag, ""))):
                # Markdown hides the characters of a mail address behind a mark.
                if AMP_SUBSTITUTE not in target:
                    node.set(_TARGETS[node.tag], self.page.link(target))
            elif node.tag == "p" and first is None:
                first = node
        if first is not None:
            first = _with_list(parents[first], first)
        if self.page.values and first is not None:
            legend = Element("p")
            legend.text = self.md.htmlStash.store(f'<p class="values" data-search-exclude>{self.page.values}</p>')
            first.tail, legend.tail = "\n", first.tail
            _insert(parents[first], first, legend, after=True)
        if self.page.contents and first is not None:
            listed = _listed(tokens[0]["children"]) if tokens else ""
            contents = Element("p")
            contents.text = self.md.htmlStash.store(
                '<nav class="print-contents" data-search-exclude data-book-exclude>'
                f"<p>{html.escape(self.page.contents)}</p>{listed}</nav>"
            )
            first.tail, contents.tail = "\n", first.tail
            _insert(parents[first], first, contents, after=True)

    def _formula(self, parent: Element, node: Element) -> None:
        """Put MathML in the place of a formula's LaTeX."""
        block = node.tag == "div"
        # The extension leaves `\(…\)` or `\[…\]`.
        drawn = mathml.render(plain(node.text or "")[2:-2], block=block)
        if block:
            drawn = f'<div class="formula" tabindex="0" role="group">{drawn}</div>'
        kept = self.md.htmlStash.store(drawn)
        if block:
            tail = node.tail
            node.clear()
            node.tag, node.text, node.tail = "p", kept, tail
            return
        index = list(parent).index(node)
        before, tail = (parent[index - 1].tail if index else parent.text) or "", node.tail or ""
        # A browser would let a sign begin or end a line.
        opened, signs = _OPENING.search(before), _EQUALS.match(tail) or _CLOSING.match(tail)
        if opened or signs:
            first, last = (found[0].replace(" ", NBSP) if found else "" for found in (opened, signs))
            kept = self.md.htmlStash.store(f'<span class="unbroken">{first}{drawn}{last}</span>')
            before = before[: opened.start()] if opened else before
            tail = tail[signs.end() :] if signs else tail
        text = before + kept + tail
        if index:
            parent[index - 1].tail = text
        else:
            parent.text = text
        parent.remove(node)


def _titles(tokens: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield id and plain title of every heading."""
    for token in tokens:
        yield token["id"], html.unescape(token["name"])
        yield from _titles(token["children"])


def _listed(sections: list[dict[str, Any]]) -> str:
    items = (
        f'<li><a href="#{section["id"]}">{section["name"]}</a>{_listed(section["children"])}</li>'
        for section in sections
        if section["level"] <= CONTENTS_DEPTH
    )
    inner = "".join(items)
    return f"<ol>{inner}</ol>" if inner else ""


def _with_list(parent: Element, paragraph: Element) -> Element:
    """Return a paragraph, or the list that it leads in: nothing comes between them."""
    following = list(parent)[list(parent).index(paragraph) + 1 :]
    leads = "".join(paragraph.itertext()).rstrip().endswith((":", "："))
    return following[0] if leads and following and following[0].tag in ("ul", "ol") else paragraph


def _insert(parent: Element, beside: Element, node: Element, *, after: bool = False) -> None:
    parent.insert(list(parent).index(beside) + after, node)


def _name_cells(table: Element) -> None:
    """Give each cell of a table the name of its row."""
    for row in table.iter("tr"):
        for cell in list(row)[1:]:
            if cell.tag == "td":
                cell.set("data-row", "".join(row[0].itertext()))


def _align(table: Element) -> None:
    """Say with classes how cells are aligned: the site's policy allows no styles of a page's own."""
    for cell in table.iter():
        if alignment := cell.attrib.pop("style", "").removeprefix("text-align: ").removesuffix(";"):
            cell.set("class", alignment)


def _boxed(node: Element, parents: Mapping[Element, Element]) -> bool:
    """Return whether an element stands in a box or a list, which has less room than the page."""
    while (node := parents.get(node, node)) in parents:
        if node.tag in ("details", "li") or "admonition" in (node.get("class") or "").split():
            return True
    return False


def _scroll(parent: Element, table: Element, label: str, marks: Sequence[str]) -> None:
    """Let a table scroll inside a region that the keyboard reaches and a screen reader names."""
    region = Element("div", {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": label})
    region.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = region
    table.set("class", " ".join(("data", *marks)))
    region.append(table)
