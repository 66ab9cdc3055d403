"""The feed of what changed: one Atom file for each language, beside its pages."""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml import etree
from lxml.builder import ElementMaker

from handbook.compiled import CompiledPage
from handbook.languages import Language
from handbook.places import place
from handbook.source import Book
from handbook.source.changes import FEED, Change

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TIME = "T00:00:00Z"

def feed(book: Book, language: Language, pages: dict[str, CompiledPage], address: str) -> bytes:
    """Return the feed of a language.

    Args:
        book: The sources.
        language: The language.
        pages: Its compiled pages by slug.
        address: Where the whole site is, with a slash at its end.
    """
    make = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
    home = f"{address}{language.code}/"
    root = make.feed(
        make.title(language.site_name),
        make.subtitle(language.word("feed")),
        make.id(home),
        make.updated(f"{max(change.date for change in book.changes)}{_TIME}"),
        make.link(rel="self", href=f"{home}{FEED}"),
        make.link(rel="alternate", href=home),
        make.author(make.name(language.site_name)),
        *_entries(make, book.changes, language, pages, home),
    )
    root.set(f"{_XML}lang", language.tag)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _entries(
    make: ElementMaker, changes: tuple[Change, ...], language: Language, pages: dict[str, CompiledPage], home: str
) -> Iterator[etree._Element]:
    for change in changes:
        page = pages[change.slug]
        titles = {heading.id: heading.title for heading in page.headings}
        title = html.unescape(titles[change.anchor]) if change.anchor else page.title
        link = f"{home}{place(change.slug)}{'#' if change.anchor else ''}{change.anchor}"
        yield make.entry(
            make.title(title),
            make.id(f"{link}{'-' if change.anchor else '#'}{change.date}"),
            make.updated(f"{change.date}{_TIME}"),
            make.link(rel="alternate", href=link),
            make.summary(change.texts[language.code]),
        )
