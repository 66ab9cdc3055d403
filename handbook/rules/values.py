"""Every `{{ … }}` and citation resolves, and nothing is typed that is computed.

Why: a typed copy of a result stays behind when an input changes.
Right: `{{ frauds_day }}`, `[@smith2020]`
Wrong: `{{ fruads_day }}`; 259,200 typed where `{{ frauds_day }}` computes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handbook import blocks, mathml
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import designs
from handbook.source.book import Book
from handbook.source.page import BLOCK, CITATION, CODE_SPAN, LINK, VALUE, Page
from handbook.writer import NBSP, BrokenError, WriteError, Writer

ID = "values"
_NUMBER = re.compile(r"(?<![\w.,#-])\d+(?:,\d{3})*(?:\.\d+)?(?:[MBT]|\s[万亿])?(?![\w%]*[\w-])")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check the values, blocks and citations of a page."""
    writer = Writer(book, page)
    yield from _resolve(writer, page)
    yield from _unclosed(page)
    yield from _typed(writer, page)


def _resolve(writer: Writer, page: Page) -> Iterator[Problem]:
    for mark in page.values:
        block = BLOCK.match("{{ " + mark.text + " }}")
        if block and block["kind"] in blocks.NAMES:
            yield Problem(page.path, mark.line, ID, f"`{{{{ {mark.text} }}}}` must stand alone on its line")
            continue
        yield from _tried(page.path, mark.line, writer.value, mark.text)
    for mark in page.citations:
        yield from _tried(page.path, mark.line, writer.citation, mark.text)
    for mark in page.blocks:
        yield from _tried(page.path, mark.line, blocks.write, writer, mark.text, mark.argument)


def check_cards(book: Book) -> Iterator[Problem]:
    """Check the values of the cards where the numbers files have them."""
    for slug, numbers in book.numbers.items():
        writers = [Writer(book, pages[slug]) for pages in book.pages.values() if slug in pages]
        for row in numbers.card:
            for writer in writers:
                yield from _tried(numbers.path, row.line, writer.values, row.values[writer.language])


def check_compared(book: Book) -> Iterator[Problem]:
    """Check what the comparison says of each design where data/designs.yml has it."""
    for design in book.designs.values():
        writers = [Writer(book, pages[design.slug]) for pages in book.pages.values() if design.slug in pages]
        for row in design.compare.values():
            for writer in writers:
                yield from _tried(designs.PATH, row.line, writer.values, row.texts[writer.language])


def check_data(book: Book) -> Iterator[Problem]:
    """Check the values of the data files."""
    yield from check_cards(book)
    yield from check_compared(book)


def _tried(path: str, line: int, write: Callable[..., str], *arguments: object) -> Iterator[Problem]:
    """Say why something cannot be written; what is reported where it is declared is not said again."""
    try:
        write(*arguments)
    except BrokenError:
        return
    except WriteError as error:
        yield Problem(path, line, ID, str(error), error.hint)


def _unclosed(page: Page) -> Iterator[Problem]:
    """Report braces and citations that nothing would replace."""
    drawn = {line for fence in page.diagrams for line in fence.covered}
    text = mathml.BLOCK.sub(lambda match: "\n" * match[0].count("\n"), "\n".join(page.prose))
    for number, line in enumerate(text.split("\n"), 1):
        line = page.lines[number - 1] if number in drawn else mathml.INLINE.sub("", CODE_SPAN.sub("", line))
        line = VALUE.sub("", CITATION.sub("", line))
        if "{{" in line:
            yield Problem(page.path, number, ID, "`{{` is never closed", "write `{{ name }}` on one line")
        if "[@" in line:
            hint = "write `[@key]`, one key each"
            yield Problem(page.path, number, ID, "a citation cannot be read", hint)


def _typed(writer: Writer, page: Page) -> Iterator[Problem]:
    """Report a typed figure that a result of this page gives with three or more digits."""
    numbers = writer.book.numbers.get(page.slug)
    if numbers is None:
        return
    computed = {
        _plain(writer.number(quantity)): name
        for name, quantity in numbers.quantities.items()
        if quantity.tree is not None
    }
    computed = {text: name for text, name in computed.items() if len(re.sub(r"\D", "", text).strip("0")) > 2}
    for number, line in enumerate(page.prose, 1):
        bare = VALUE.sub("", CITATION.sub("", LINK.sub(r"\g<text>", CODE_SPAN.sub("", line))))
        for match in _NUMBER.finditer(bare):
            typed = _plain(match[0])
            if typed in computed:
                yield Problem(
                    page.path,
                    number,
                    ID,
                    f"{typed} is typed, but the build computes it",
                    f"write {{{{ {computed[typed]} }}}}",
                )


def _plain(text: str) -> str:
    """Collapse white space, non-breaking spaces included."""
    return " ".join(text.replace(NBSP, " ").split())


RULE = Rule(ID, Scope.PAGE, __doc__, check, data=check_data)
