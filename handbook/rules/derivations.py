"""Every derivation gives its result, computed again from what is printed, in each language.

Why: a reader checks one line with a pocket calculator; if it does not come out, none is believed. Printed
numbers are rounded, so the result may be as far off as their last digits allow and no further.
Right: `(1 − 99.9%) × 43,200` for 43 min; `50 GFLOP / (989 TFLOPS × 30%)` for 0.17 ms.
Wrong: `1 − 99.9%` for 43 min; `50 GFLOP / 989 TFLOPS × 30%` for 0.17 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.languages import Language
from handbook.numbers import Quantity, derivation, writing
from handbook.numbers.calculator import CalculatorError, Interval, read_quantity, recompute
from handbook.numbers.derivation import Operand
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book

ID = "derivations"


def check(book: Book) -> Iterator[Problem]:
    """Check the derivation of every result."""
    every = {
        quantity.key: quantity for place in book.numbers.values() for quantity in place.quantities.values()
    }
    patterns = book.units
    for language in book.languages:
        reader = _Reader(every, language, patterns)
        for place in book.numbers.values():
            for quantity in place.quantities.values():
                message = reader.complaint(quantity)
                if message:
                    yield Problem(place.path, quantity.line, ID, message)


class _Reader:
    """A reader of one language, who remembers what has been read already."""

    def __init__(
        self, every: Mapping[str, Quantity], language: Language, patterns: Mapping[str, Any]
    ) -> None:
        self._every, self._language, self._patterns = every, language, patterns
        self._written: dict[str, str] = {}
        self._read: dict[Operand, Interval] = {}

    def write(self, quantity: Quantity) -> str:
        if quantity.key not in self._written:
            self._written[quantity.key] = writing.written(quantity, self._language, self._patterns)
        return self._written[quantity.key]

    def read(self, operand: Operand) -> Interval:
        if operand not in self._read:
            quantity = self._every[operand.key]
            self._read[operand] = read_quantity(operand.text, quantity, self._language, self._patterns)
        return self._read[operand]

    def complaint(self, quantity: Quantity) -> str:
        """Say what is wrong with the derivation of a quantity; nothing if it gives its result."""
        if quantity.tree is None:
            return ""
        try:
            result = self.write(quantity)
        except writing.UnwrittenUnitError:
            return ""  # no page shows it: the rule `values` would say so
        try:
            parts = derivation.derive(quantity.tree, self._every.__getitem__, self.write)
        except writing.UnwrittenUnitError as error:
            return f"the derivation of `{quantity.name}` cannot be written: {error} (add it to data/units.yml)"
        said = f"`{quantity.name}`, {self._language.name}: {derivation.text(parts)}"
        try:
            low, high = recompute(parts, self.read)
            least, most = self.read(Operand(quantity.key, result))
        except CalculatorError as error:
            return f"{said} cannot be computed: {error}"
        slack = 1e-9 * max(abs(low), abs(high), abs(least), abs(most))
        if low <= most + slack and least <= high + slack:
            return ""
        unit = 10.0**quantity.power
        first, last = (f"{bound / unit:.4g}" for bound in (low, high))
        return f"{said} gives {first if first == last else f'{first} to {last}'}, not {result}"


RULE = Rule(ID, Scope.DATA, __doc__, check)
