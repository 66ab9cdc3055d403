"""A quantity of the world is declared once and used by name.

Why: two declarations of one price drift apart, and no reader can tell which one holds.
Right: `world:gpu_hour` in every formula; or `differs: {en: …, zh: …}` that says why this one is another.
Wrong: “Price of a GPU hour” in two numbers files; “Hit rate” three times in one.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.numbers import Quantity
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book

ID = "declared-once"


def check(book: Book) -> Iterator[Problem]:
    """Report each input that has the unit and, in some language, the words of another."""
    first: dict[tuple[str, str, str], Quantity] = {}
    # What has no page of its own, such as `world`, is there to be shared.
    for place, numbers in sorted(book.numbers.items(), key=lambda item: ("/" in item[0], item[0])):
        for quantity in numbers.quantities.values():
            if not quantity.source:
                continue
            words = [(code, label.casefold(), quantity.unit) for code, label in quantity.labels.items()]
            others = [first[word] for word in words if word in first and not first[word].differs]
            if others and not quantity.differs:
                other = others[0].key.removeprefix(f"{place}:")
                message = f"`{quantity.name}` is declared twice: `{other}` has the same words and unit"
                hint = "use one by name, tell them apart in words, or say why in `differs: {en: …, zh: …}`"
                yield Problem(numbers.path, quantity.line, ID, message, hint)
            for word in words:
                first.setdefault(word, quantity)


RULE = Rule(ID, Scope.DATA, __doc__, check)
