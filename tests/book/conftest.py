"""The finished books and offline copies of the handbook's own content, made once for all tests."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from handbook import source
from handbook.compile import compile_book
from handbook.compiled import Compiled, CompiledPage
from handbook.outputs import pdf
from handbook.render import Heading

ROOT = Path(__file__).resolve().parents[2]
#: Where text may stand on an A4 page, in points from the top left: x, y, width, height.
BODY = (40, 50, 515, 742)
#: The same of an A4 page on its side.
BODY_SIDEWAYS = (40, 50, 762, 502)


@dataclass
class Finished:
    """A finished book.

    Attributes:
        language: Its language.
        path: The PDF.
        compiled: The compiled pages of the language, which it was made from.
    """

    language: str
    path: Path
    compiled: Mapping[str, CompiledPage]

    @functools.cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @functools.cached_property
    def pages(self) -> list[str]:
        """The text of each page without spaces; head and foot are left out."""
        return [squeezed(page) for page in text_of(self.path, body=True).split("\f")[: len(self.pdf.pages)]]

    @functools.cached_property
    def whole(self) -> str:
        return "".join(self.pages)

    @functools.cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """Level, text and page of each entry of the outline."""
        numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        found = []

        def walk(items, level: int) -> None:
            for item in items:
                found.append((level, str(item.title), numbers[item.destination[0].objgen]))
                walk(item.children, level + 1)

        with self.pdf.open_outline() as outline:
            walk(outline.root, 1)
        return found

    @functools.cached_property
    def anchors(self) -> dict[str, int]:
        """Page of each anchor."""
        numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        return {str(key)[1:]: numbers[to[0].objgen] for key, to in self.pdf.Root.Dests.items()}

    def elements(self) -> Iterator[pikepdf.Dictionary]:
        """Go through the structure tree."""
        stack = [self.pdf.Root.StructTreeRoot.K]
        while stack:
            node = stack.pop()
            if isinstance(node, pikepdf.Array):
                stack.extend(child for child in node if isinstance(child, pikepdf.Object))
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    yield node
                if "/K" in node and isinstance(node.K, pikepdf.Object):
                    stack.append(node.K)


def compiled_page(slug: str, body: str) -> CompiledPage:
    """A compiled page of a toy: a heading and what stands below it."""
    return CompiledPage(
        slug=slug, language="en", source=f"docs/en/{slug}.md", title="Toy", description="", changed="",
        sheet=False, markdown="", html=f"<h1 id='toy'>Toy</h1>{body}",
        headings=(Heading(1, "toy", "Toy", "Toy"),), figures=(), cited=(),
    )  # fmt: skip


def squeezed(text: str) -> str:
    """Leave out all white space: lines break elsewhere than in the source."""
    return re.sub(r"\s+", "", text)


def text_of(path: Path, *, body: bool = False) -> str:
    """Extract the text of a PDF as a reader would copy it; pages end in a form feed."""
    if not body:
        return _extracted(path)
    upright, sideways = (_extracted(path, area).split("\f") for area in (BODY, BODY_SIDEWAYS))
    with pikepdf.open(path) as opened:
        wide = [page.mediabox[2] > page.mediabox[3] for page in opened.pages]
    pages = [sideways[number] if lies else upright[number] for number, lies in enumerate(wide)]
    return "".join(f"{page}\f" for page in pages)


def _extracted(path: Path, area: tuple[int, int, int, int] | None = None) -> str:
    crop = ["-r", "72"] if area else []
    for option, value in zip(("-x", "-y", "-W", "-H"), area or (), strict=False):
        crop += [option, str(value)]
    command = ["pdftotext", "-raw", "-enc", "UTF-8", *crop, str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="session")
def published(elsewhere: Path) -> Path:
    """The site with everything that can be taken away."""
    return elsewhere / "site"


@pytest.fixture(scope="session")
def compiled(handbook: source.Book) -> Compiled:
    """The compiled sources."""
    return compile_book(handbook)


@pytest.fixture(scope="session", params=["en", "zh"])
def finished(request: pytest.FixtureRequest, published: Path, compiled: Compiled) -> Finished:
    """The book of each language."""
    language = request.param
    return Finished(language, published / "pdf" / pdf.file_name(language), compiled.pages[language])


@pytest.fixture(scope="session")
def handbook() -> source.Book:
    """The sources."""
    return source.load(ROOT)
