"""The chapters of the book: the compiled pages, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.compiled import CompiledPage, Figure
from handbook.languages import Language
from handbook.outputs.book.errors import BookError
from handbook.places import place
from handbook.render import Heading
from handbook.source.navigation import Navigation


@dataclass(frozen=True)
class Chapter:
    """A page of the navigation.

    Attributes:
        slug: The page's path without suffix, `designs/fraud-detection`.
        source: Path of its source, relative to the repository.
        place: Its address below the language, `designs/fraud-detection/`; empty at home.
        part: Heading of the navigation that it stands under, if any.
        description: What it is about, in one sentence.
        sheet: Whether it is meant to be printed on its own (`sheet: true` in the front matter).
        content: The page's HTML.
        headings: Its headings in order, the page's own first.
        folder: Where the page would lie among its sources; images are relative to it.
        figures: Its drawings in order.
    """

    slug: str
    source: str
    place: str
    part: str
    description: str
    sheet: bool
    content: str
    headings: tuple[Heading, ...]
    folder: Path
    figures: tuple[Figure, ...] = ()

    @property
    def id(self) -> str:
        """Prefix of every anchor of the chapter."""
        return self.slug.replace("/", "-")


def read(
    navigation: Navigation,
    language: Language,
    compiled: Mapping[str, CompiledPage],
    docs: Path,
    also: Collection[str] = (),
) -> list[Chapter]:
    """Take the pages of the navigation out of the compiled handbook.

    Args:
        navigation: Sections and pages in order.
        language: The language of the book.
        compiled: Its pages by slug.
        docs: The folder that the pages' images are in.
        also: Slugs of pages to take although they ask to be left out of books.

    Raises:
        BookError: If a page of the navigation is not in the handbook.
    """
    chapters = []
    for section, slug, _ in navigation.pages():
        if slug not in compiled:
            raise BookError(f"the handbook has no page `{slug}`", "run make check")
        page, address = compiled[slug], place(slug)
        if not page.in_book and slug not in also:
            continue
        chapters.append(
            Chapter(
                slug=slug,
                source=page.source,
                place=address,
                part="" if section.named else section.title(language),
                description=page.description,
                sheet=page.sheet,
                content=page.html,
                headings=page.headings,
                figures=page.figures,
                folder=docs / address,
            )
        )
    return chapters
