"""The chapters of the book: the pages of the built site, in the order of the navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook import yamlfile
from handbook.outputs.pdf.errors import BookError
from handbook.source.book import Book

_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.S)
_CONFIGURATIONS = {"en": ("mkdocs.yml",), "zh": ("mkdocs.zh.yml", "mkdocs.yml")}


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


@dataclass(frozen=True)
class Settings:
    """What the configuration of a language says about the whole."""

    title: str
    description: str
    nav: list[Any]


def settings(root: Path, language: str) -> Settings:
    """Read the name, the description and the navigation of a language."""
    merged: dict[str, Any] = {}
    for path in reversed(_CONFIGURATIONS[language]):
        merged |= yamlfile.load(root, path, "navigation").data or {}
    return Settings(
        str(merged["site_name"]), " ".join(str(merged["site_description"]).split()), merged["nav"]
    )


def read(handbook: Book, language: str, site: Path, nav: list[Any]) -> list[Chapter]:
    """Take the pages of the navigation out of the built site.

    Args:
        handbook: The sources, for what the front matter says.
        language: `en` or `zh`.
        site: The built site of this language.
        nav: The navigation.

    Raises:
        BookError: If a page of the navigation is not in the site.
    """
    chapters = []
    for slug, part in _entries(nav, ""):
        place = "" if slug == "index" else f"{slug.removesuffix('/index')}/"
        file = site / place / "index.html"
        try:
            found = _ARTICLE.search(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise BookError(f"the site has no page `{language}/{place}`", "run make site") from error
        if not found:
            raise BookError(f"the page `{language}/{place}` has no article")
        page = handbook.pages[language].get(slug)
        meta = page.meta if page else {}
        chapters.append(
            Chapter(
                slug=slug,
                place=place,
                part=part,
                description=str(meta.get("description") or ""),
                sheet=bool(meta.get("sheet")),
                content=found[1],
                folder=file.parent,
            )
        )
    return chapters


def _entries(node: Any, part: str) -> list[tuple[str, str]]:
    """Flatten the navigation: the slug of each page and its outermost heading."""
    if isinstance(node, str):
        return [(node.removesuffix(".md"), part)]
    if isinstance(node, list):
        return [entry for child in node for entry in _entries(child, part)]
    entries = []
    for name, child in node.items():
        # A named page is no part: `- Home: index.md`.
        entries += _entries(child, part or ("" if isinstance(child, str) else str(name)))
    return entries
