"""Where quantities stand on pages: as rows of calculation tables, or among a page's further inputs.

A derivation shows numbers, and each of them is somewhere with its name: in a table of the page, in its
text, in a table of the page that declares it, or else in the list of further inputs that
`{{ inputs }}` writes. This module says where; blocks link to it and the rule `inputs` asks for it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from handbook.numbers import look_up
from handbook.numbers.quantities import full_key, row_anchor
from handbook.source.book import Book
from handbook.source.page import Page

CALCULATION, INPUTS = "calculation", "inputs"


class Rows:
    """The rows of all pages of one language.

    Attributes:
        book: The sources.
        language: Code of the language.
    """

    def __init__(self, book: Book, language: str) -> None:
        self.book = book
        self.language = language
        self._tables: dict[str, dict[str, str]] = {}
        self._further: dict[str, tuple[str, ...]] = {}
        self._owned: dict[str, tuple[str, ...]] = {}

    def tables(self, page: Page) -> dict[str, str]:
        """Return the first table of the page that shows a quantity, by its key."""
        if page.slug not in self._tables:
            shown: dict[str, str] = {}
            numbers = self.book.numbers.get(page.slug)
            for block in page.blocks:
                if block.text == CALCULATION and numbers:
                    for name in numbers.tables.get(block.argument, ()):
                        shown.setdefault(full_key(page.slug, name), block.argument)
            self._tables[page.slug] = shown
        return self._tables[page.slug]

    def further(self, page: Page) -> tuple[str, ...]:
        """Return the keys of the inputs that the page has to list besides its tables."""
        if page.slug not in self._further:
            self._further[page.slug] = tuple(
                self._missing(page, lambda key: self._place(key) == page.slug or not self._at_home(key))
            )
        return self._further[page.slug]

    def link(self, page: Page, key: str) -> str:
        """Return where the row of a quantity is, as a link of the page; empty if it has no row."""
        if key in self.tables(page) or key in self.further(page):
            return "#" + row_anchor(key.removeprefix(f"{page.slug}:"))
        if not self._at_home(key):
            return ""
        way = posixpath.relpath(self._place(key), posixpath.dirname(page.slug) or ".")
        return f"{way}.md#{row_anchor(key.rpartition(':')[2])}"

    def _own(self, page: Page) -> tuple[str, ...]:
        """Return what the page has to list whatever other pages do: of what it declares itself."""
        if page.slug not in self._owned:
            self._owned[page.slug] = tuple(self._missing(page, lambda key: self._place(key) == page.slug))
        return self._owned[page.slug]

    def _missing(self, page: Page, follow: Callable[[str], bool]) -> Iterator[str]:
        """Yield what derivations of the page show and neither its tables nor its text name.

        Args:
            page: The page.
            follow: Whether a key needs a row here; its row shows a derivation, too.
        """
        named = {*self.tables(page), *self._in_text(page)}
        waiting = list(self.tables(page))
        while waiting:
            quantity = look_up(self.book.numbers, waiting.pop(0))
            for operand in quantity.operands if quantity else ():
                if operand not in named:
                    named.add(operand)
                    if follow(operand):
                        waiting.append(operand)
                        yield operand

    def _in_text(self, page: Page) -> Iterable[str]:
        return (full_key(page.slug, mark.text.partition("|")[0].strip()) for mark in page.values)

    def _at_home(self, key: str) -> bool:
        """Tell whether the page that declares a quantity has a row for it."""
        home = self.book.pages[self.language].get(self._place(key))
        if home is None:
            return False
        listed = any(block.text == INPUTS for block in home.blocks)
        return key in self.tables(home) or (listed and key in self._own(home))

    def _place(self, key: str) -> str:
        return key.rpartition(":")[0]
