"""The compiled handbook: plain Markdown and all that is known of it, for whatever shows it.

`compile.compile_book` makes it from the sources; the site, the book, the offline copy, search and the
Markdown copies read it and nothing else. In a folder it looks like this:

    manifest.json                what is known of each page, and of each drawing on it; readers' words
    numbers.json                 every number by its name, with the formula that gives it
    en/designs/toy.md            a page: values, citations, tables and diagrams written out
    en/designs/toy.html          the same as an HTML fragment
    en/designs/toy.origins.json  where each of its values comes from
    drawings/<key>.svg           a drawing, with a mark where the id of its place goes
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from handbook.diagrams import Drawing
from handbook.numbers import export
from handbook.output import Output
from handbook.render import Heading, Rendered
from handbook.vocabulary import Vocabulary


@dataclass(frozen=True)
class Figure:
    """A drawing where it stands.

    Attributes:
        id: Its id, unique within the handbook.
        drawing: What is drawn.
    """

    id: str
    drawing: Drawing


@dataclass(frozen=True)
class CompiledPage:
    """A page of one language, ready to be shown.

    Attributes:
        slug: Its published place without suffix, `designs/fraud-detection`.
        language: Code of its language.
        source: Path of its source, relative to the repository.
        title: Title from the front matter.
        description: One sentence from there.
        changed: Day of its last commit, `2026-11-29`; empty where nobody knows.
        sheet: Whether it is meant to be printed on its own.
        markdown: Its Markdown.
        html: Its HTML fragment.
        headings: Its headings in order.
        figures: Its drawings in order.
        cited: Keys of the sources that it cites.
        origins: Where each of its values comes from, see `handbook.origins`.
        in_book: Whether it is a chapter of the book.
        files: What lies beside it to be taken away: text by name of the file.
    """

    slug: str
    language: str
    source: str
    title: str
    description: str
    changed: str
    sheet: bool
    markdown: str = field(repr=False)
    html: str = field(repr=False)
    headings: tuple[Heading, ...]
    figures: tuple[Figure, ...]
    cited: tuple[str, ...]
    origins: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    in_book: bool = True
    files: Mapping[str, str] = field(default_factory=dict, repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON knows it."""
        return asdict(self)

    @property
    def toc(self) -> list[dict[str, Any]]:
        """Its headings as a tree, as Markdown's `toc_tokens` have them."""
        return Rendered(self.html, self.headings).toc

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CompiledPage:
        """Read what `as_json` wrote.

        Raises:
            KeyError: A field is missing.
            TypeError: A field is missing, or there is one too many.
        """
        headings = tuple(Heading(**heading) for heading in data["headings"])
        figures = tuple(Figure(figure["id"], Drawing.from_data(figure["drawing"])) for figure in data["figures"])
        origins = {name: (label, text) for name, (label, text) in data["origins"].items()}
        cited = tuple(data["cited"])
        return cls(**{**data, "headings": headings, "figures": figures, "cited": cited, "origins": origins})


@dataclass(frozen=True)
class Compiled:
    """The compiled handbook.

    Attributes:
        pages: Each page by language and slug.
        numbers: Every number by its name, as `numbers.json` has it.
        vocabulary: What readers say instead of what the pages say, by language.
        navigation: Titles and files in their order, by language, as MkDocs has them in `nav`.
        report: Where readers report errors, see `Navigation`.
    """

    pages: Mapping[str, Mapping[str, CompiledPage]]
    numbers: Mapping[str, Any] = field(default_factory=dict)
    vocabulary: Mapping[str, Vocabulary] = field(default_factory=dict)
    navigation: Mapping[str, list[Any]] = field(default_factory=dict)
    report: str = ""

    def all_pages(self) -> Iterator[CompiledPage]:
        """Return every page, language by language."""
        for pages in self.pages.values():
            yield from pages.values()

    def write(self, folder: Path) -> None:
        """Write it into a folder that is not there yet.

        Raises:
            ProblemsError: If a slug leads out of it.
            OSError: If it cannot be written.
        """
        output = Output(folder)
        manifest: dict[str, dict[str, Any]] = {}
        drawings: dict[str, str] = {}
        for page in self.all_pages():
            known = page.as_json()
            for suffix, text in (("md", known.pop("markdown")), ("html", known.pop("html"))):
                output.write(f"{page.language}/{page.slug}.{suffix}", text)
            origins = json.dumps(known.pop("origins"), ensure_ascii=False, indent=1) + "\n"
            output.write(f"{page.language}/{page.slug}.origins.json", origins)
            for name, text in page.files.items():
                output.write(f"{page.language}/{page.slug}/{name}", text)
            known["files"] = list(page.files)
            for figure in known["figures"]:
                drawings[figure["drawing"]["key"]] = figure["drawing"].pop("svg")
            manifest.setdefault(page.language, {})[page.slug] = known
        words = {language: asdict(vocabulary) for language, vocabulary in self.vocabulary.items()}
        known = {"pages": manifest, "vocabulary": words, "navigation": self.navigation, "report": self.report}
        text = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
        for key, svg in drawings.items():
            output.write(f"drawings/{key}.svg", svg)
        output.write("manifest.json", text)
        output.write("numbers.json", export.to_json(self.numbers))


def read(folder: Path) -> Compiled:
    """Read a compiled handbook.

    Raises:
        OSError: A file is missing or cannot be read.
        ValueError: A file is not what `Compiled.write` wrote.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    pages: dict[str, dict[str, CompiledPage]] = {}
    for language, known in manifest["pages"].items():
        pages[language] = {}
        for slug, page in known.items():
            for name, suffix in (("markdown", "md"), ("html", "html")):
                page[name] = (folder / language / f"{slug}.{suffix}").read_text(encoding="utf-8")
            page["files"] = {
                name: (folder / language / slug / name).read_text(encoding="utf-8") for name in page["files"]
            }
            page["origins"] = json.loads((folder / language / f"{slug}.origins.json").read_text(encoding="utf-8"))
            for figure in page["figures"]:
                file = folder / "drawings" / f"{figure['drawing']['key']}.svg"
                figure["drawing"]["svg"] = file.read_text(encoding="utf-8")
            pages[language][slug] = CompiledPage.from_json(page)
    numbers = json.loads((folder / "numbers.json").read_text(encoding="utf-8"))
    vocabulary = {language: Vocabulary(**words) for language, words in manifest["vocabulary"].items()}
    return Compiled(pages, numbers, vocabulary, manifest["navigation"], manifest["report"])
