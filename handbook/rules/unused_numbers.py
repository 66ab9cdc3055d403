"""What is declared is used: by a formula, table, budget, sum, assert, card, board, page or the comparison.

Why: a number that nothing uses can be wrong for years.
Right: an input that a formula reads; a result that a page shows.
Wrong: an input left behind when its formula went.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.numbers.quantities import full_key
from handbook.problems import Problem, nearest
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import VALUE, Page

ID = "unused-numbers"


def check(book: Book) -> Iterator[Problem]:
    """Report each input and each result that nothing uses."""
    if any(numbers.problems for numbers in book.numbers.values()):
        return  # what cannot be read may use anything
    used = {key for numbers in book.numbers.values() for key in numbers.used}
    for page in book.all_pages():
        used.update(_key(page.slug, mark.text) for mark in page.values)
        used.update(_moved(book, page))
    for place, numbers in book.numbers.items():
        for row in numbers.card:
            found = (match for text in row.values.values() for match in VALUE.finditer(text))
            used.update(_key(place, match["name"]) for match in found)
    for design in book.designs.values():
        for text in (text for row in design.compare.values() for text in row.texts.values()):
            used.update(_key(design.slug, match["name"]) for match in VALUE.finditer(text))
    for place, board in book.boards.items():
        for _line, _language, text in board.written():
            used.update(_key(place, match["name"]) for match in VALUE.finditer(text))
    for place, _, name in [key.rpartition(":") for key in used]:
        known = book.numbers[place].quantities if place in book.numbers else {}
        if name not in known:  # mistyped, as another rule says; it means what it is most like
            used.add(f"{place}:{nearest(name, known)}")
    for numbers in book.numbers.values():
        for quantity in numbers.quantities.values():
            declared = quantity.source or quantity.model or quantity.tree is not None
            if declared and quantity.key not in used:
                yield Problem(
                    numbers.path, quantity.line, ID, f"nothing uses `{quantity.name}`", "use or remove it"
                )


def _moved(book: Book, page: Page) -> Iterator[str]:
    """Yield the outputs of the models whose sensitivity a page shows."""
    for block in page.blocks:
        numbers = book.numbers.get(page.slug)
        if block.text == "sensitivity" and numbers and block.argument in numbers.models:
            yield from (full_key(page.slug, name) for name in numbers.models[block.argument].outputs)


def _key(place: str, text: str) -> str:
    return full_key(place, text.partition("|")[0].strip())


RULE = Rule(ID, Scope.BOOK, __doc__, check)
