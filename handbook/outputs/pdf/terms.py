"""Glossary and index: each term of data/glossary.yml with the places that treat it.

A term is indexed where a reader would want to be led: sections that have it in their heading, the
section of a chapter that speaks of it most, and others that speak of it repeatedly. A word that is
everywhere is no help in an index, so places are limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from handbook.languages import Language, Languages
from handbook.outputs.book.convert import Converted, Element, plain
from handbook.source import glossary as source
from handbook.terms import OFTEN, letter_of, pattern_of, sounds_of

#: Places of a term at most.
PLACES = 6
_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "figcaption"}
_DRAWN = ("{http://www.w3.org/2000/svg}svg", "math")
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}

@dataclass
class Place:
    """A place that treats a term."""

    anchor: str
    main: bool
    mentions: int = 0


@dataclass(frozen=True)
class Elsewhere:
    """A term in another language, by that language's tag."""

    tag: str
    name: str


@dataclass
class Term:
    """A term of the glossary.

    Attributes:
        name: The term in the book's language.
        others: The term in other languages, where it is not the same.
        meaning: What it means, if the data says so.
        sounds: What it is sorted by, see `sounds_of`.
        places: Where it is treated, in the order of the book.
    """

    name: str
    others: list[Elsewhere]
    meaning: str
    sounds: tuple[str, ...]
    places: list[Place] = field(default_factory=list)

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        return letter_of(self.sounds)


@dataclass
class _Section:
    heading: str
    blocks: list[Element]


def collect(
    glossary: Sequence[source.Term], chapters: list[Converted], language: Language, languages: Languages
) -> list[Term]:
    """Find the places of each term; each gets an anchor.

    Args:
        glossary: The terms of the handbook.
        chapters: The converted chapters; they get anchors.
        language: Language of the book.
        languages: All languages; a translation names the term of the original, the original all others.
    """
    sections = [list(_sections(chapter)) for chapter in chapters]
    texts = [[[plain(block) for block in part.blocks] for part in parts] for parts in sections]
    terms, original = [], languages.original
    elsewhere = languages.translations if language == original else (original,)
    for number, entry in enumerate(glossary):
        name, code = entry.labels[language.code], language.code
        others = [Elsewhere(other.tag, entry.labels[other.code]) for other in elsewhere]
        others = [other for other in others if other.name != name]
        term = Term(name, others, entry.meanings[code], sounds_of(entry, language))
        pattern = pattern_of(name, *entry.forms[code])
        for chapter, parts, words in zip(chapters, sections, texts, strict=True):
            term.places += _places(pattern, f"term-{number}", chapter, parts, words)
        chosen = sorted(term.places, key=lambda place: (not place.main, -place.mentions))[:PLACES]
        term.places = [place for place in term.places if place in chosen]
        terms.append(term)
    return sorted(terms, key=lambda term: (term.sounds, term.name))


def _places(
    pattern: re.Pattern[str], prefix: str, chapter: Converted, parts: list[_Section], words: list[list[str]]
) -> Iterator[Place]:
    found = []
    for part, texts in zip(parts, words, strict=True):
        counts = [len(pattern.findall(text)) for text in texts]
        if not sum(counts):
            continue
        main = bool(pattern.search(part.heading))
        found.append((part.blocks[0] if main else _block(part, counts), main, sum(counts)))
    best = max((count for _, _, count in found), default=0)
    for number, (block, main, count) in enumerate(found):
        if main or count >= OFTEN or count == best:
            best = best if main or count >= OFTEN else -1  # one place for a term said in passing
            name = f"{chapter.chapter.id}--{prefix}-{number}"
            yield Place(_anchor(block, pattern, name), main, count)


def _block(part: _Section, counts: list[int]) -> Element:
    """Return the block of a section that a reader is led to: running text before a cell of a table."""
    found = [block for block, count in zip(part.blocks, counts, strict=True) if count]
    in_text = [block for block in found if not list(block.iterancestors("table"))]
    # Table heads are printed on every page of a table, so the first cell below them counts.
    below = [block for block in found if not list(block.iterancestors("thead"))]
    return (in_text or below or found)[0]


def _anchor(block: Element, pattern: re.Pattern[str], name: str) -> str:
    """Return the anchor of a block, or make the term in it one: a block may go on on the next page."""
    if block.get("id"):
        return str(block.get("id"))
    texts = list(_texts(block))
    for node, place in texts:
        if found := pattern.search(getattr(node, place) or ""):
            _mark(name, node, place, found.start(), found.end())
            return name
    # The term goes over several elements: its words in the first of them, else an empty mark in the first line.
    # An empty one is the last resort: Chromium may not say on which page it is.
    found = pattern.search("".join(getattr(node, place) or "" for node, place in texts))
    start = found.start() if found else 0
    for node, place in texts:
        text = getattr(node, place) or ""
        if start < len(text) or not found:
            _mark(name, node, place, start, max(start, len(text.rstrip())) if found else start)
            break
        start -= len(text)
    return name


def _texts(node: Element) -> Iterator[tuple[Element, str]]:
    """Name the texts of an element in their order: `text` before its first child, `tail` behind each one."""
    if not isinstance(node.tag, str) or node.tag in _DRAWN:
        return
    yield node, "text"
    for child in node:
        yield from _texts(child)
        yield child, "tail"


def _mark(name: str, node: Element, place: str, start: int, end: int) -> None:
    """Put a stretch of a text into an element of its own with an id."""
    text = getattr(node, place) or ""
    mark = etree.Element("span", {"id": name, "class": "mark"})
    mark.text, mark.tail = text[start:end], text[end:]
    setattr(node, place, text[:start])
    if place == "text":
        node.insert(0, mark)
    else:
        node.getparent().insert(node.getparent().index(node) + 1, mark)


def _sections(chapter: Converted) -> Iterator[_Section]:
    """Split a chapter at its headings into the innermost blocks of text of each section."""
    current = _Section(chapter.title, [])
    for node in chapter.body.iter():
        if not isinstance(node.tag, str) or node.tag not in _BLOCKS:
            continue
        if any("sources" in (above.get("class") or "") for above in node.iterancestors()):
            continue
        if node.tag in _HEADINGS:
            if current.blocks:
                yield current
            current = _Section(plain(node), [node])
        elif not any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in node.iterdescendants()):
            current.blocks.append(node)
    if current.blocks:
        yield current
