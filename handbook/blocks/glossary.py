"""`{{ glossary }}`: every term with its name in the other languages, its meaning, and where it is discussed."""

from __future__ import annotations

import html
from itertools import groupby

from handbook import terms
from handbook.source.glossary import Term
from handbook.writer import WriteError, Writer

#: Places of a term at most.
PLACES = 4


def write(writer: Writer, argument: str) -> str:
    """Return the terms in the order of the page's language, after a line that leads to their letters."""
    book, code = writer.book, writer.language
    if not book.glossary:
        raise WriteError("data/glossary.yml has no terms")
    pages = {
        slug: list(terms.sections(book.pages[code][slug]))
        for _, slug, _ in book.navigation.pages()
        if slug in book.pages[code] and slug != writer.page.slug
    }
    order = sorted((terms.sounds_of(term, writer.speech), term.labels[code], term) for term in book.glossary)
    lines, letters = [], []
    for letter, group in groupby(order, key=lambda entry: terms.letter_of(entry[0])):
        entries = [_entry(writer, term, pages) for _, _, term in group]
        letters.append(f"[{letter}](#{entries[0][0]})")
        lines += [line for _, line in entries]
    body = "\n\n".join([f"{' '.join(letters)}\n{{: .letters }}", *lines])
    # A word is looked for where it is discussed, not among all words.
    return f'<div class="glossary" data-search-exclude markdown>\n\n{body}\n\n</div>'


def _entry(writer: Writer, term: Term, pages: dict[str, list[terms.Section]]) -> tuple[str, str]:
    book, code = writer.book, writer.language
    anchor = terms.anchor_of(term, book.languages.original.code)
    name = term.labels[code]
    others = "".join(
        f' <span lang="{other.tag}">{html.escape(term.labels[other.code])}</span>'
        for other in book.languages
        if other.code != code and term.labels[other.code] != name
    )
    places = [_link(writer, place) for place in terms.places_of(term, pages, code, PLACES)]
    where = writer.text("glossary.where", list=writer.speech.typography.list.join(places)) if places else ""
    meaning = html.escape(term.meanings[code], quote=False)
    return anchor, f"{html.escape(name, quote=False)}{others} {{ #{anchor} }}\n:   {meaning}{where}"


def _link(writer: Writer, place: terms.Place) -> str:
    page = writer.book.pages[writer.language][place.slug]
    title, part = page.headings[0].text, place.section
    if part.anchor == page.headings[0].id or "{{" in part.title:
        said = title
    else:
        said = f"{title}{writer.speech.typography.colon}{part.title}"
    return f"[{said}]({writer.path_to(place.slug, part.anchor)})"
