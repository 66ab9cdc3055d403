"""What a reader reads: the texts of pages, of their diagrams and of the data files, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.source.book import Book
from handbook.source.outline import outline
from handbook.source.page import CITATION, CODE_SPAN, LINK, VALUE, Fence, Page

_LABEL = re.compile(r'"([^"]*)"|\|([^|"]+)\||\[([^\]\["]+)\]|acc(?:Title|Descr):\s*(.*)')
_FORMULA = re.compile(r"\\[(\[].*?\\[)\]]", re.S)
#: Words of another language, marked as such.
_FOREIGN = re.compile(r"<span lang=[^<>]*>[^<>]*</span>")
_MARKUP = re.compile(r"\{[#:.][^{}]*\}|https?://\S+|<[^<>]+>|\*+")


@dataclass(frozen=True)
class Text:
    """A text in one language, as its author wrote it: Markdown, or a label."""

    path: str
    line: int
    language: str
    text: str

    @property
    def plain(self) -> str:
        """The text without markup, code, foreign words, values, citations, formulas and addresses."""
        text = _FOREIGN.sub("·", self.text)
        text = LINK.sub(r"\g<text>", CODE_SPAN.sub("·", text))
        text = CITATION.sub("", VALUE.sub("·", _FORMULA.sub("·", text)))
        return _MARKUP.sub("", text)


def of_data(book: Book) -> Iterator[Text]:
    """Yield the texts of the data files."""
    for said in book.texts:
        yield Text(said.path, said.line, said.language, said.text)


def of_page(page: Page) -> Iterator[Text]:
    """Yield title and description, each paragraph, item, cell and title, and the labels of diagrams."""
    for key in ("title", "description"):
        if isinstance(page.meta.get(key), str):
            line = next((n for n, text in enumerate(page.lines, 1) if text.startswith(f"{key}:")), 1)
            yield Text(page.path, line, page.language, page.meta[key])
    for top in outline(page):
        for block in top.walk():
            if block.text and block.kind not in ("fence", "formula"):
                yield Text(page.path, block.line, page.language, block.text)
    for fence in page.diagrams:
        for line, label in labels(fence):
            yield Text(page.path, line, page.language, label)


def labels(fence: Fence) -> Iterator[tuple[int, str]]:
    """Yield line and text of each label of a diagram; one that is broken into lines is several."""
    for offset, line in enumerate(fence.source.split("\n"), fence.line + 1):
        # A value's braces would end a label's.
        for match in _LABEL.finditer(VALUE.sub("0", line)):
            label = next(group for group in match.groups() if group is not None)
            for part in re.split(r"<br\s*/?>", label):
                text = part.replace("#lt;", "<").replace("#gt;", ">").strip('"()[]` ').replace("*", "")
                yield offset, text
