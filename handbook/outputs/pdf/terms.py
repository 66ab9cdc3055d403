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
from handbook.outputs.pdf.convert import Converted, Element
from handbook.source import glossary as source

#: Places of a term at most, and mentions that make a section worth a place.
PLACES = 6
OFTEN = 3
_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "figcaption"}
_DRAWN = ("svg", "math")
_HEADING = re.compile(r"\bh[2-5]\b")
#: First character of each initial among the characters that GB 2312 sorts by their sound.
_INITIALS = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2),
    ("G", 0xB8C1), ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8),
    ("N", 0xC4C3), ("O", 0xC5B6), ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6),
    ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4), ("Y", 0xD1B9), ("Z", 0xD4D1),
)  # fmt: skip
#: Where that order ends, and the initials of characters behind it that begin a term.
_RARER = 0xD7FA
_RARE = {"阈": "Y", "熵": "S"}


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
        places: Where it is treated, in the order of the book.
    """

    name: str
    others: list[Elsewhere]
    meaning: str
    places: list[Place] = field(default_factory=list)


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
    texts = [[[_text(block) for block in part.blocks] for part in parts] for parts in sections]
    terms, original = [], languages.original
    elsewhere = languages.translations if language == original else (original,)
    for number, entry in enumerate(glossary):
        name, code = entry.labels[language.code], language.code
        others = [Elsewhere(other.tag, entry.labels[other.code]) for other in elsewhere]
        term = Term(name, [other for other in others if other.name != name], entry.meanings[code])
        pattern = _pattern(name, *entry.forms[code])
        for chapter, parts, words in zip(chapters, sections, texts, strict=True):
            term.places += _places(pattern, f"term-{number}", chapter, parts, words)
        chosen = sorted(term.places, key=lambda place: (not place.main, -place.mentions))[:PLACES]
        term.places = [place for place in term.places if place in chosen]
        terms.append(term)
    return sorted(terms, key=lambda term: sort_key(term.name))


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
    mark = etree.Element("span", id=name)
    mark.set("class", "mark")
    for node in block.iter():
        if not isinstance(node.tag, str) or node.tag in _DRAWN or list(node.iterancestors(*_DRAWN)):
            continue
        if found := pattern.search(node.text or ""):
            mark.text, mark.tail = found[0], node.text[found.end() :]
            node.text = node.text[: found.start()]
            node.insert(0, mark)
            return name
        if node is not block and (found := pattern.search(node.tail or "")):
            mark.text, mark.tail = found[0], node.tail[found.end() :]
            node.tail = node.tail[: found.start()]
            parent = node.getparent()
            parent.insert(parent.index(node) + 1, mark)
            return name
    # The term goes over several elements: an empty mark in the first line.
    mark.tail, block.text = block.text, None
    block.insert(0, mark)
    return name


def _sections(chapter: Converted) -> Iterator[_Section]:
    """Split a chapter at its headings into the innermost blocks of text of each section."""
    current = _Section(chapter.title, [])
    for node in chapter.body.iter():
        if not isinstance(node.tag, str) or node.tag not in _BLOCKS:
            continue
        if any("sources" in (above.get("class") or "") for above in node.iterancestors()):
            continue
        if _HEADING.search(node.get("class") or "") and node.tag.startswith("h"):
            if current.blocks:
                yield current
            current = _Section(_text(node), [node])
        elif not any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in node.iterdescendants()):
            current.blocks.append(node)
    if current.blocks:
        yield current


def _text(node: Element) -> str:
    return " ".join(node.text_content().replace("\u00a0", " ").split())


def _pattern(*forms: str) -> re.Pattern[str]:
    """Match the forms of a term as words, plurals included; Chinese has no word boundaries."""
    patterns = []
    for form in forms:
        body = re.escape(form).replace(r"\ ", r"[\s-]")
        if not re.search(r"[\u3400-\u9fff]", form):
            body = rf"(?<![A-Za-z]){body}(?:s|es)?(?![A-Za-z])"
        patterns.append(body)
    return re.compile("|".join(patterns), re.I)


def sort_key(name: str) -> tuple[int, str, bytes]:
    """Sort Latin first, then Chinese by sound: GB 2312 orders its common characters so."""
    latin = name[:1].isascii()
    return (0 if latin else 1, initial(name), name.casefold().encode("gb18030"))


def initial(name: str) -> str:
    """Return the letter that a term stands under in the index."""
    if name[:1].isascii():
        return name[:1].upper() if name[:1].isalpha() else "#"
    if name[0] in _RARE:
        return _RARE[name[0]]
    code = int.from_bytes(name[0].encode("gb18030")[:2], "big")
    if code >= _RARER:
        return "#"
    return next((letter for letter, first in reversed(_INITIALS) if code >= first), "#")
