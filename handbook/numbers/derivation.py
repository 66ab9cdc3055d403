"""A derivation: the tree of a result written for a reader with a pocket calculator.

`960B FLOP / (989T FLOP/s × 30%) × 1,000`: operands in the words of the page, brackets where the order
needs them, and every factor that units bring in. Left out is only what changes nothing: a factor of
one that is there for its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from handbook.languages import PLAIN
from handbook.numbers.quantities import Quantity
from handbook.numbers.tree import Apply, Name, Number, Tree, names
from handbook.numbers.writing import SUPERSCRIPTS, format_number


@dataclass(frozen=True)
class Operand:
    """A quantity in a derivation: its key and how it is written there."""

    key: str
    text: str


Part = str | Operand

#: Signs between two terms, and how tightly they bind.
_SIGNS = {"+": (" + ", 1), "-": (" − ", 1), "*": (" × ", 2), "/": (" / ", 2), "^": ("^", 4)}
#: What stands around the argument of a function that has a sign of its own.
_AROUND = {"ceil": ("⌈", "⌉"), "floor": ("⌊", "⌋"), "sqrt": ("√(", ")")}
_SPELLED = {"normal_cdf": "Φ", "normal_quantile": "z"}
_NEGATION, _ATOM = 3, 5


def derive(
    tree: Tree, quantity_of: Callable[[str], Quantity], write: Callable[[Quantity], str]
) -> tuple[Part, ...]:
    """Write a tree as alternating texts and operands.

    Args:
        tree: Of a result.
        quantity_of: Gives the quantity of each key.
        write: Writes a quantity in the reader's language.
    """
    parts = _Deriver(write, quantity_of).write(_without_ones(tree, quantity_of), 0)
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return tuple(joined)


def operands(tree: Tree, quantity_of: Callable[[str], Quantity]) -> tuple[str, ...]:
    """Return the keys of the quantities that the derivation of a tree shows."""
    return tuple(names(_without_ones(tree, quantity_of)))


def text(parts: tuple[Part, ...]) -> str:
    """Return a derivation as one text."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def _without_ones(tree: Tree, quantity_of: Callable[[str], Quantity]) -> Tree:
    """Leave out factors that are there for their unit: one card, one load."""
    if not isinstance(tree, Apply):
        return tree
    arguments = tuple(_without_ones(argument, quantity_of) for argument in tree.arguments)
    if tree.function in "*/":
        left, right = arguments
        if _is_one(right, quantity_of):
            return left
        if tree.function == "*" and _is_one(left, quantity_of):
            return right
        if _is_one(left, quantity_of):
            left = Number(1.0)
        arguments = (left, right)
    return Apply(tree.function, arguments)


def _is_one(tree: Tree, quantity_of: Callable[[str], Quantity]) -> bool:
    if isinstance(tree, Name):
        quantity = quantity_of(tree.key)
        return quantity.value == 1 and quantity.power == 0
    return tree == Number(1.0)


def _raised(part: Part) -> Part:
    if isinstance(part, str):
        return part.translate(SUPERSCRIPTS)
    return Operand(part.key, part.text.translate(SUPERSCRIPTS))


class _Deriver:
    def __init__(self, write: Callable[[Quantity], str], quantity_of: Callable[[str], Quantity]) -> None:
        self._write_quantity, self._quantity_of = write, quantity_of

    def write(self, tree: Tree, outer: int) -> list[Part]:
        """Write a tree, in brackets if what is around it binds tighter than `outer`."""
        match tree:
            case Number(value):
                return self._in_brackets([format_number(value, PLAIN)], _ATOM, outer, value)
            case Name(key):
                quantity = self._quantity_of(key)
                written = self._write_quantity(quantity)
                rank = _SIGNS["*"][1] if "×" in written else _ATOM
                if outer == _ATOM and re.search(r"[^\d.,]", written):  # (5 ms)², not 5 ms²
                    rank = 0
                return self._in_brackets([Operand(key, written)], rank, outer, quantity.value)
            case Apply("neg", (argument,)):
                return self._in_brackets(["−", *self.write(argument, _NEGATION)], _NEGATION, outer)
            case Apply(function, (left, right)) if function in _SIGNS:
                return self._between(function, left, right, outer)
            case Apply(function, arguments):
                before, after = _AROUND.get(function, (f"{_SPELLED.get(function, function)}(", ")"))
                inner: list[Part] = []
                for argument in arguments:
                    inner += [", ", *self.write(argument, 0)] if inner else self.write(argument, 0)
                return [before, *inner, after]
        raise TypeError(f"{tree!r} is no tree")

    def _between(self, function: str, left: Tree, right: Tree, outer: int) -> list[Part]:
        sign, rank = _SIGNS[function]
        first = self.write(left, rank + (function == "^"))
        # a − (b − c) and a / (b × c) keep their brackets; a + b + c has none.
        second = self.write(right, rank + (function in "-/^"))
        if function == "^" and len(second) == 1 and text(tuple(second)).isdecimal():
            return self._in_brackets([*first, _raised(second[0])], rank, outer)
        return self._in_brackets([*first, sign, *second], rank, outer)

    def _in_brackets(self, parts: list[Part], rank: int, outer: int, value: float = 0) -> list[Part]:
        return ["(", *parts, ")"] if rank < outer or (value < 0 and outer) else parts
