"""What an author writes in short, written out for a reader: `{{ name }}` and `[@key]`.

A value keeps its name on the page, `<data value='3000' data-q='tps_mean'>3,000 tx/s</data>`, so that
nothing later has to guess which number a text is. Where there is no markup (diagrams, formulas) the
text stands alone. Lines stay lines, so that a problem still points at the author's.
"""

from __future__ import annotations

import functools
import html
import posixpath
import re
import string
from collections.abc import Callable, Mapping
from typing import TypeVar

from handbook import blocks
from handbook.languages import Typography
from handbook.numbers import Numbers, Quantity, look_up, writing
from handbook.numbers.quantities import ASSUMPTION
from handbook.numbers.writing import NBSP
from handbook.problems import guess
from handbook.rows import INPUTS, Rows
from handbook.source import Book, Page, Source
from handbook.source.designs import Design
from handbook.source.page import BLOCK, CITATION, CODE_SPAN, LINK, VALUE

T = TypeVar("T")

_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACED_VALUE = re.compile(
    rf"(?P<before>(?<={_HAN.pattern}) )?{VALUE.pattern}(?P<after> (?={_HAN.pattern}))?"
)
#: Code and formulas.
_VERBATIM = re.compile(rf"{CODE_SPAN.pattern}|\\\(.*?\\\)|\\\[.*?\\\]")


#: Classes of values that nothing computes.
ASSUMED, SOURCED = "assumed", "sourced"
#: Of a latency budget; its other parts are allotted, which is an assumption.
_SUMS = (".spent", ".total", ".limit")


class WriteError(ValueError):
    """A name that nothing stands behind; the message names it and the hint guesses what was meant."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BrokenError(WriteError):
    """A name whose declaration could not be read, as is reported where it stands."""


class Writer:
    """Writes out what stands on one page.

    Attributes:
        book: The sources.
        page: The page.
        language: Code of its language.
        speech: Its language: words, typography, numerals.
        shown: Every quantity that was marked so far, by its name on the page.
        files: What a reader can take away from the page: text by name of the file.
    """

    def __init__(self, book: Book, page: Page) -> None:
        self.book = book
        self.page = page
        self.language = page.language
        self.speech = book.languages[page.language]
        self.shown: dict[str, Quantity] = {}
        self.files: dict[str, str] = {}

    def text(self, key: str, **values: object) -> str:
        """Return a word of the generated blocks in the page's language."""
        return self.speech.word(key, **values)

    def markdown(self) -> str:
        """Return the page's Markdown without front matter: values, citations and blocks written out.

        Raises:
            WriteError: A value, a block or a source is unknown.
        """
        page = self.page
        drawn, verbatim = set(), set()
        for fence in page.fences:
            (drawn if fence in page.diagrams else verbatim).update(fence.covered)
        lines = []
        for number, line in enumerate(page.lines[page.body_line - 1 :], page.body_line):
            if number in verbatim:
                lines.append(line)
            elif number in drawn:
                lines.append(self.values(line))
            else:
                lines.append(self._line(line))
        return "\n".join(lines)

    def _line(self, line: str) -> str:
        match = BLOCK.match(line)
        if match and match["kind"] in blocks.NAMES:
            indent = line[: len(line) - len(line.lstrip())]
            block = blocks.write(self, match["kind"], match["argument"] or "")
            return "\n".join(indent + part if part else part for part in block.split("\n"))
        # Code stays as it is written, so that a page can show the syntax; formulas take no markup.
        parts, last = [], 0
        for span_ in _VERBATIM.finditer(line):
            parts.append(self.prose(line[last : span_.start()]))
            parts.append(span_[0] if span_[0].startswith("`") else self.values(span_[0]))
            last = span_.end()
        return "".join([*parts, self.prose(line[last:])])

    # ── values ────────────────────────────────────────────────────────────────────────────────

    def value(self, name: str) -> str:
        """Return the plain text of `{{ name }}`, for diagrams and formulas.

        Raises:
            WriteError: No quantity has this name.
        """
        return self._value(name, lambda quantity, key, text: text)

    def values(self, text: str) -> str:
        """Replace each `{{ name }}` by its plain text."""
        return self._replace(text, self.value)

    def values_in_html(self, text: str) -> str:
        """Escape a text for HTML and replace each `{{ name }}` by its marked text."""
        return self._replace(html.escape(text, quote=False), self._marked_value)

    def prose(self, text: str) -> str:
        """Replace values by their marked text, and citations by links."""
        text = self._replace(text, self._marked_value)
        typography = self.speech.typography
        # Full-width brackets bring their own space.
        mark = rf" ?{CITATION.pattern}(?: (?={_HAN.pattern}))?" if typography.joined else CITATION.pattern
        return re.sub(mark, lambda match: typography.brackets(self.citation(match["key"])), text)

    def marked(self, quantity: Quantity, key: str, text: str = "", anchor: str = "") -> str:
        """Return a quantity as a reader sees it, with its value and its name for machines.

        Args:
            quantity: What is written.
            key: Its name; with its page in front where that is another one.
            text: How it is written; by default with its unit.
            anchor: Id that links can lead to.
        """
        # Single quotes: a value may stand in the quoted title of a box.
        id_ = f"id='{anchor}' " if anchor else ""
        written = html.escape(text or self.written(quantity), quote=False)
        self.shown.setdefault(key, quantity)
        # Where it comes from shows; what is computed, as most is, has no mark.
        kind = f" class='{found}'" if (found := _kind(quantity)) else ""
        # Numbers without end weigh a page down; `numbers.json` has every digit.
        digits = 12 if float(quantity.value).is_integer() else 6
        return f"<data {id_}value='{quantity.value:.{digits}g}' data-q='{key}'{kind}>{written}</data>"

    def numbers(self) -> Numbers:
        """Return the numbers of the page.

        Raises:
            WriteError: The page has none.
        """
        found = self.book.numbers.get(self.page.slug)
        if found is None:
            raise WriteError(f"no numbers file data/numbers/{self.page.slug}.yml")
        return found

    def quantity(self, place: str, name: str) -> Quantity:
        """Look a quantity up.

        Raises:
            WriteError: No such place or quantity.
            BrokenError: It could not be read or computed.
        """
        if place not in self.book.numbers:
            raise WriteError(f"`{name}`: no numbers file data/numbers/{place}.yml")
        numbers = self.book.numbers[place]
        return declared(numbers, "quantities", numbers.quantities, name, "value")

    @functools.cached_property
    def rows(self) -> Rows:
        """Where quantities stand on the pages of this language."""
        return Rows(self.book, self.language)

    def number(self, quantity: Quantity) -> str:
        """Write a quantity without its unit."""
        return writing.number(quantity, self.speech.numerals)

    def written(self, quantity: Quantity) -> str:
        """Write a quantity with its unit.

        Raises:
            WriteError: data/units.yml does not say how the unit is written.
        """
        try:
            return writing.written(quantity, self.speech, self.book.units)
        except writing.UnwrittenUnitError as error:
            raise WriteError(str(error), "add it to data/units.yml") from error

    def _marked_value(self, name: str) -> str:
        return self._value(name, self.marked)

    def _value(self, name: str, mark: Callable[[Quantity, str, str], str]) -> str:
        name, _, form = (part.strip() for part in name.partition("|"))
        if form not in ("", "bare"):
            raise WriteError(f"unknown form `{form}`", "only `bare` exists")
        place, _, key = name.rpartition(":")
        if place == "framework":
            return self._minutes(key, bare=form == "bare")
        quantity = self.quantity(place or self.page.slug, key)
        text = self.number(quantity) if form == "bare" else self.written(quantity)
        return mark(quantity, key if place in ("", self.page.slug) else f"{place}:{key}", text)

    def _replace(self, text: str, written: Callable[[str], str]) -> str:
        if not self.speech.typography.joined:
            return VALUE.sub(lambda match: written(match["name"]), text)

        # The author writes a space as beside a number; a value such as 每秒 3 笔 needs none.
        def value(match: re.Match[str]) -> str:
            plain = self.value(match["name"])
            before, after = match["before"] or "", match["after"] or ""
            return (
                (before.rstrip() if _HAN.match(plain) else before)
                + written(match["name"])
                + ("" if _HAN.match(plain[-1:]) else after)
            )

        return _SPACED_VALUE.sub(value, text)

    def _minutes(self, key: str, *, bare: bool) -> str:
        known = {stage.id: stage.minutes for stage in [*self.book.stages, self.book.buffer]}
        known["total"] = self.book.minutes
        if key not in known:
            raise WriteError(f"unknown stage `{key}`", guess(key, known))
        return str(known[key]) if bare else self.text("minutes_long", n=known[key]).replace(" ", NBSP)

    # ── sources ───────────────────────────────────────────────────────────────────────────────

    def citation(self, key: str) -> str:
        """Return the link of a citation.

        Raises:
            WriteError: No source has this key.
        """
        if key not in self.book.sources:
            raise WriteError(f"unknown source `{key}`", guess(key, self.book.sources))
        source = self.book.sources[key]
        authors, others = self.authors(source), self.text("et_al")
        if self.speech.typography.joined:  # a single character that would begin the next line
            authors = authors.replace(others, others.replace(" ", NBSP))
        return f"[{authors}{NBSP}{self.year(source)}]({source.url}){{.citation}}"

    def bibliography(self) -> list[Source]:
        """Return what the page cites, in the order of the original for all languages."""
        chosen = [self.book.sources[key] for key in cited(self.book, self.page)]
        return sorted(chosen, key=lambda source: (source.authors.casefold(), source.year, source.title))

    def year(self, source: Source) -> str:
        """Return the year of a source: 2026a and 2026b if the page cites two of somebody."""
        return self._years.get(source.key, str(source.year))

    def authors(self, source: Source) -> str:
        """Return the authors of a source."""
        others, last = self.text("et_al"), self.text("and")
        return source.authors.replace(" et al.", others).replace(" and ", last)

    def set_like(self, text: str) -> Typography:
        """Return how a text of a source is set: by the page's language, but in Latin letters by the original's."""
        own = self.speech.typography
        return own if not own.joined or _HAN.search(text) else self.book.languages.original.typography

    def where(self, source: Source) -> str:
        """Return the publication, with the punctuation of its script."""
        typography = self.set_like(source.where)
        return source.where.replace("; ", typography.semicolon).replace(", ", typography.comma)

    @functools.cached_property
    def _years(self) -> Mapping[str, str]:
        groups: dict[tuple[str, int], list[str]] = {}
        for source in self.bibliography():
            groups.setdefault((source.authors, source.year), []).append(source.key)
        return {
            key: f"{year}{letter if len(keys) > 1 else ''}"
            for (_, year), keys in groups.items()
            for key, letter in zip(keys, string.ascii_lowercase, strict=False)
        }

    # ── what other pages say ──────────────────────────────────────────────────────────────────

    def of_page(self, slug: str, text: str) -> str:
        """Write out a text of another page: its values and links stay what they are there.

        Raises:
            WriteError: A value or a source is unknown.
        """
        return "\n".join(map(self._line, self._moved(slug, text).split("\n")))

    def link_to(self, place: str) -> str:
        """Return a link to a page or to `page#section`, named by its title, and by its section in brackets.

        Raises:
            WriteError: It does not exist.
        """
        slug, _, anchor = place.partition("#")
        page = self.book.pages[self.language].get(slug)
        heading = page.heading(anchor) if page and anchor else None
        if page is None or (anchor and heading is None):
            raise WriteError(f"`{place}` does not exist")
        title = str(page.meta.get("title") or slug)
        name = f"{title}{self.speech.typography.aside.format(self.prose(heading.text))}" if heading else title
        return f"[{name}]({self.path_to(slug, anchor)})"

    def path_to(self, slug: str, anchor: str = "") -> str:
        """Return what a link on this page has to say to lead to another."""
        path = posixpath.relpath(slug, posixpath.dirname(self.page.slug) or ".")
        return f"{path}.md#{anchor}" if anchor else f"{path}.md"

    def _moved(self, slug: str, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            return match[0] if ":" in match["name"] else f"{{{{ {slug}:{match['name']} }}}}"

        def link(match: re.Match[str]) -> str:
            path, mark, anchor = match["target"].partition("#")
            if "://" in path:
                return match[0]
            place = posixpath.normpath(posixpath.join(posixpath.dirname(slug), path)) if path else f"{slug}.md"
            target = posixpath.relpath(place, posixpath.dirname(self.page.slug) or ".") + mark + anchor
            return f"{match['image']}[{match['text']}]({target})"

        parts, last = [], 0
        for code in CODE_SPAN.finditer(text):  # stays as it is written
            parts += [LINK.sub(link, VALUE.sub(value, text[last : code.start()])), code[0]]
            last = code.end()
        return "".join([*parts, LINK.sub(link, VALUE.sub(value, text[last:]))])

    # ── parts of blocks ───────────────────────────────────────────────────────────────────────

    def table(self, head: list[str], rows: list[list[str]], right: tuple[int, ...] = ()) -> str:
        """Return a Markdown table.

        Args:
            head: Its heads.
            rows: Its cells, row by row.
            right: Columns that are set flush right.
        """
        rule = ["---:" if index in right else "---" for index in range(len(head))]
        return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in [head, rule, *rows])

    def designs(self) -> list[Design]:
        """Return the worked designs that this language has a page of."""
        pages = self.book.pages[self.language]
        return [design for design in self.book.designs.values() if design.slug in pages]


def declared(numbers: Numbers, section: str, known: Mapping[str, T], name: str, what: str) -> T:
    """Return what a numbers file declares under a name.

    Raises:
        WriteError: It declares no such thing.
        BrokenError: It does, and that could not be read.
    """
    if name in known:
        return known[name]
    if numbers.is_broken(section, name):
        raise BrokenError(f"the {what} `{name}` is broken")
    raise WriteError(f"unknown {what} `{name}`", guess(name, known))


def _kind(quantity: Quantity) -> str:
    """Return the class of a value by where it comes from; nothing for what is computed."""
    if quantity.source:
        return ASSUMED if quantity.source == ASSUMPTION else SOURCED
    allotted = quantity.tree is None and not quantity.model and not quantity.name.endswith(_SUMS)
    return ASSUMED if allotted else ""


def _cell(text: str) -> str:
    """Keep a text within its cell: a bar or a line's end in a label would shift the whole row."""
    # A backslash escapes a bar, unless it is escaped itself.
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", " ".join(map(str.strip, text.split("\n"))))


def span(start: int, end: int) -> str:
    """Return a span of minutes that is never broken at its dash."""
    return f'<span class="whole">{start}–{end}</span>'


def cited(book: Book, page: Page) -> list[str]:
    """Return the keys that a page cites, in its text and through its calculation tables."""
    keys = [mark.text for mark in page.citations]
    rows = Rows(book, page.language)
    listed = rows.further(page) if any(block.text == INPUTS for block in page.blocks) else ()
    for key in (*rows.tables(page), *listed):
        quantity = look_up(book.numbers, key)
        if quantity and quantity.source not in ("", ASSUMPTION):
            keys.append(quantity.source)
    return [key for key in dict.fromkeys(keys) if key in book.sources]
