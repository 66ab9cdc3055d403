"""The first use of a term in a section, marked so that a reader can ask what it means.

A section is what stands below a heading of the first two levels; a folded box is one of its own, since
nobody sees what is in it while it is closed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

#: What `web/origins.js` and `handbook.origins` know a term by, before its id.
PREFIX = "term:"
CLASS = "gloss"

#: Where no term is marked: what leads elsewhere or says the word for its own sake.
_SKIPPED = frozenset(("a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "dt", "svg", "math"))
_SKIPPED_CLASSES = frozenset(("admonition-title", "arithmatex"))
_OPENING = re.compile(r"<(?:a|data)\b")
_CLOSING = re.compile(r"</(?:a|data)>")


@dataclass(frozen=True)
class Gloss:
    """A term that has a meaning.

    Attributes:
        id: Where it stands on the glossary's page.
        pattern: Finds it.
        words: One of these stands in lower case in every text that has it.
    """

    id: str
    pattern: re.Pattern[str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Slot:
    """A piece of running text: that of an element, or what follows one of its children."""

    parent: Element
    child: Element | None

    @property
    def text(self) -> str:
        return (self.parent.text if self.child is None else self.child.tail) or ""

    def put(self, before: str, marks: list[Element]) -> None:
        """Put marks, each with the text behind it, after the text before the first."""
        if self.child is None:
            self.parent.text, at = before, 0
        else:
            self.child.tail, at = before, list(self.parent).index(self.child) + 1
        for offset, mark in enumerate(marks):
            self.parent.insert(at + offset, mark)


def mark(root: Element, glosses: Sequence[Gloss], raw: Sequence[str] = ()) -> tuple[str, ...]:
    """Mark the terms of a page in place.

    Args:
        root: The page's tree.
        glosses: The terms.
        raw: The pieces of raw HTML that Markdown has put aside, by the number that stands for each.

    Returns:
        The ids of the terms that the page has, sorted.
    """
    found: set[str] = set()
    # All slots are known before the first changes.
    for _, group in itertools.groupby(sorted(_slots(root), key=lambda slot: slot[0]), key=lambda slot: slot[0]):
        found |= _mark_section([slot for _, slot in group], glosses, raw)
    return tuple(sorted(found))


def _slots(root: Element) -> Iterator[tuple[int, _Slot]]:
    """Yield the running text of a page with the number of its section."""
    numbers = itertools.count(1)
    section = next(numbers)

    def walk(node: Element, own: int | None) -> Iterator[tuple[int, _Slot]]:
        nonlocal section
        if node.tag in ("h1", "h2"):
            section = next(numbers)
        if node.tag == "details":
            own = next(numbers)
        if node.tag in _SKIPPED or node.get("class") in _SKIPPED_CLASSES:
            return
        if node.text and not isinstance(node.text, AtomicString):
            yield own or section, _Slot(node, None)
        for child in list(node):
            yield from walk(child, own)
            if child.tail:
                yield own or section, _Slot(node, child)

    return walk(root, None)


def _mark_section(slots: list[_Slot], glosses: Sequence[Gloss], raw: Sequence[str]) -> set[str]:
    lowered = "\n".join(slot.text for slot in slots).lower()
    # Searching for a plain word is many times quicker than matching.
    present = [gloss for gloss in glosses if any(word in lowered for word in gloss.words)]
    marked: set[str] = set()
    for slot in slots:
        text, end, spans = slot.text, 0, []
        shown = _blank(text, raw)
        matches = [(*match.span(), gloss.id) for gloss in present for match in gloss.pattern.finditer(shown)]
        # Of two terms in one place the longer counts: PR-AUC has no AUC in it.
        for start, stop, id_ in sorted(matches, key=lambda match: (match[0], -match[1])):
            if start >= end:
                end = stop
                if id_ not in marked:
                    marked.add(id_)
                    spans.append((start, stop, id_))
        if spans:
            ends = [*(start for start, _, _ in spans[1:]), len(text)]
            marks = [
                _marked(text[start:stop], id_, text[stop:following])
                for (start, stop, id_), following in zip(spans, ends, strict=True)
            ]
            slot.put(text[: spans[0][0]], marks)
    return marked


def _blank(text: str, raw: Sequence[str]) -> str:
    """Return a text with blanks in the place of values and links that were written as HTML."""
    begin = None
    for place in HTML_PLACEHOLDER_RE.finditer(text):
        number = place[1]
        tag = str(raw[int(number)]) if number.isdigit() and int(number) < len(raw) else ""
        if _OPENING.match(tag):
            begin = place.end()
        elif _CLOSING.match(tag) and begin is not None:
            text = text[:begin] + " " * (place.start() - begin) + text[place.start() :]
            begin = None
    return text


def _marked(text: str, id_: str, tail: str) -> Element:
    element = Element("span", {"class": CLASS, "data-q": PREFIX + id_})
    element.text, element.tail = text, tail
    return element
