"""The terms of data/glossary.yml in texts: what counts as one, how they are sorted, where they are discussed.

The glossary's page and the index of the book ask here, each for its own kind of places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.languages import Language
from handbook.render.glosses import Gloss
from handbook.source import Page
from handbook.source.glossary import Term
from handbook.source.page import CITATION, LINK, VALUE

#: The page of all terms.
GLOSSARY = "glossary"
#: Mentions that make a section worth a place.
OFTEN = 3
#: Sections that lead elsewhere.
_LEADING = frozenset(("see-also", "sources"))

_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKUP = re.compile(rf"{VALUE.pattern}|{CITATION.pattern}")


def pattern_of(*forms: str) -> re.Pattern[str]:
    """Match the forms of a term as words, plurals included; Chinese has no word boundaries."""
    patterns = []
    for form in forms:
        body = re.escape(form).replace(r"\ ", r"[\s-]")
        if not _HAN.search(form):
            body = rf"(?<![A-Za-z]){body}(?:s|es)?(?![A-Za-z])"
        patterns.append(body)
    return re.compile("|".join(patterns), re.I)


def _parts(form: str) -> list[str]:
    """Split a form where a pattern of it lets texts differ."""
    return re.split(r"[\s-]", form)


def glosses(glossary: Sequence[Term], language: Language, original: str) -> tuple[Gloss, ...]:
    """Return the terms that have a meaning, for the renderer to mark."""
    found = []
    for term in glossary:
        if term.meanings[language.code]:
            forms = (term.labels[language.code], *term.forms[language.code])
            words = tuple(_parts(form.lower())[0] for form in forms)
            found.append(Gloss(anchor_of(term, original), pattern_of(*forms), words))
    return tuple(found)


def sounds_of(term: Term, language: Language) -> tuple[str, ...]:
    """Return what a term is sorted by: a word in lower case, Chinese characters by sound and tone.

    Terms of both scripts stand in one order, as a reader looks them up: `白板`, `batching`, `标签`.
    """
    name = term.labels[language.code]
    if readings := term.readings[language.code]:
        return readings
    if language.typography.script != "han" or name.isascii():
        return (name.casefold(),)
    # It reads its dictionaries for a second: only who has Chinese terms waits for them.
    from pypinyin import Style, lazy_pinyin

    return tuple(part.strip().casefold() for part in lazy_pinyin(name, style=Style.TONE3))


def letter_of(sounds: tuple[str, ...]) -> str:
    """Return the letter that a term stands under."""
    first = sounds[0][:1].upper()
    return first if first.isalpha() else "#"


def anchor_of(term: Term, original: str) -> str:
    """Return where a term stands on the glossary's page, the same in all languages."""
    return re.sub(r"[^a-z0-9]+", "-", term.labels[original].casefold()).strip("-")


@dataclass(frozen=True)
class Section:
    """A section of a page: its heading, the anchor of that, and the words below, in lower case."""

    title: str
    anchor: str
    text: str


def sections(page: Page) -> Iterator[Section]:
    """Yield the sections of a page, the first under its title; what stands in diagrams is no text."""
    marks = [heading for heading in page.headings if heading.id]
    for heading, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.line - 1 if following else len(page.prose)
        if heading.id in _LEADING:
            continue
        text = LINK.sub(lambda link: link["text"], _MARKUP.sub(" ", "\n".join(page.prose[heading.line : end])))
        yield Section(heading.text, heading.id, text.casefold())


@dataclass(frozen=True)
class Place:
    """A section that discusses a term: the slug of its page, and its anchor."""

    slug: str
    section: Section


def places_of(term: Term, pages: Mapping[str, list[Section]], language: str, most: int) -> list[Place]:
    """Return where a term is discussed: of each page the section that does so most, headings first.

    Args:
        term: The term.
        pages: The sections of each page, by slug, in the order of the handbook.
        language: Code of the pages' language.
        most: How many places at most.
    """
    forms = (term.labels[language], *term.forms[language])
    wanted, plain = pattern_of(*forms), [max(_parts(form.casefold()), key=len) for form in forms]
    found: list[tuple[bool, int, Place]] = []
    for slug, parts in pages.items():
        best: tuple[bool, int, Place] | None = None
        for part in parts:
            # Searching for the longest word is many times quicker than matching.
            mentions = len(wanted.findall(part.text)) if any(word in part.text for word in plain) else 0
            named = bool(wanted.search(part.title))
            if (mentions or named) and (best is None or (named, mentions) > best[:2]):
                best = (named, mentions, Place(slug, part))
        if best:
            found.append(best)
    worth = [entry for entry in found if entry[0] or entry[1] >= OFTEN] or found[:1]
    chosen = sorted(worth, key=lambda entry: (not entry[0], -entry[1]))[:most]
    return [place for _, _, place in sorted(chosen, key=found.index)]
