"""The chapters of the book: the pages of the built site, in the order of the navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from handbook.languages import Language
from handbook.outputs.pdf.errors import BookError
from handbook.source.book import Book

_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.S)


@dataclass(frozen=True)
class Chapter:
    """A page of the navigation.

    Attributes:
        slug: The page's path without suffix, `designs/fraud-detection`.
        place: Its address below the language, `designs/fraud-detection/`; empty at home.
        part: Heading of the navigation that it stands under, if any.
        description: What it is about, in one sentence.
        sheet: Whether it is meant to be printed on its own (`sheet: true` in the front matter).
        content: The page's article, as the site shows it.
        folder: Where the built page lies; images are relative to it.
    """

    slug: str
    place: str
    part: str
    description: str
    sheet: bool
    content: str
    folder: Path

    @property
    def id(self) -> str:
        """Prefix of every anchor of the chapter."""
        return self.slug.replace("/", "-")


def read(handbook: Book, language: Language, site: Path) -> list[Chapter]:
    """Take the pages of the navigation out of the built site.

    Args:
        handbook: The sources, for what the front matter says.
        language: Language of the site.
        site: The built site of this language.

    Raises:
        BookError: If a page of the navigation is not in the site.
    """
    chapters = []
    for section, slug, _ in handbook.navigation.pages():
        place = "" if slug == "index" else f"{slug.removesuffix('/index')}/"
        file = site / place / "index.html"
        try:
            found = _ARTICLE.search(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise BookError(f"the site has no page `{language.code}/{place}`", "run make site") from error
        if not found:
            raise BookError(f"the page `{language.code}/{place}` has no article")
        page = handbook.pages[language.code].get(slug)
        meta = page.meta if page else {}
        chapters.append(
            Chapter(
                slug=slug,
                place=place,
                part="" if section.named else section.title(language),
                description=str(meta.get("description") or ""),
                sheet=bool(meta.get("sheet")),
                content=found[1],
                folder=file.parent,
            )
        )
    return chapters
