"""The expression tree of a formula: numbers, names and functions of them, without units.

The same tree computes the value here and in the browser (web/numbers.mjs, from its JSON) and is what a
reader sees as a derivation. Names stand for quantities in the unit that they are shown in, without
the power of ten of its name: `2 kB` counts as 2000, `5%` as 0.05.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.numbers import distributions


class FormulaError(ValueError):
    """A formula that cannot be read or computed; the message names the culprit."""


@dataclass(frozen=True)
class Number:
    """A number that stands in the formula, or a factor between two units."""

    value: float


@dataclass(frozen=True)
class Name:
    """A quantity by its key, `framework/model:candidates`; while a formula is read, as it spells it."""

    key: str


@dataclass(frozen=True)
class Apply:
    """A function or an operator with its arguments."""

    function: str
    arguments: tuple[Tree, ...]


Tree = Number | Name | Apply


def _near(value: float) -> float | None:
    """Return the whole number that a value is but for the noise of floats."""
    whole = float(math.floor(value + 0.5))
    return whole if abs(value - whole) <= 1e-9 * max(1.0, abs(value)) else None


def _ceil(value: float) -> float:
    whole = _near(value)  # 3.0000000001 replicas are 3, not 4
    return float(math.ceil(value)) if whole is None else whole


def _floor(value: float) -> float:
    whole = _near(value)
    return float(math.floor(value)) if whole is None else whole


def _power(base: float, exponent: float) -> float:
    result = float(base) ** exponent
    if isinstance(result, complex):
        raise ValueError("a root of a negative number")
    return result


COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
#: Everything that a tree may apply; web/numbers.mjs has the same names.
FUNCTIONS: dict[str, Callable[..., float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": _power,
    "neg": operator.neg,
    "sqrt": math.sqrt,
    "ln": math.log,
    "exp": math.exp,
    "ceil": _ceil,
    "floor": _floor,
    "round": lambda value: float(math.floor(value + 0.5)),
    "min": min,
    "max": max,
    "abs": abs,
    "z": distributions.normal_quantile,
    "normal_cdf": distributions.normal_cdf,
    "normal_quantile": distributions.normal_quantile,
    "beta_cdf": distributions.beta_cdf,
    "beta_quantile": distributions.beta_quantile,
    "lognormal_cdf": distributions.lognormal_cdf,
    "lognormal_quantile": distributions.lognormal_quantile,
    "lognormal_mean": distributions.lognormal_mean,
    "poisson_cdf": distributions.poisson_cdf,
    "logistic": distributions.logistic,
    "logit": distributions.logit,
}


def evaluate(tree: Tree, values: Mapping[str, float]) -> float:
    """Compute a tree.

    Args:
        tree: Of numbers, names and functions, without comparisons.
        values: Number of each name, in its unit without powers of ten.

    Raises:
        FormulaError: The result is undefined or not finite.
    """
    try:
        value = float(_evaluate(tree, values))
    except (ArithmeticError, ValueError, TypeError) as error:
        raise FormulaError(f"cannot compute `{spell(tree)}`: {error}") from error
    if not math.isfinite(value):
        raise FormulaError(f"`{spell(tree)}` has no finite value")
    return value


def _evaluate(tree: Tree, values: Mapping[str, float]) -> float:
    match tree:
        case Number(value):
            return value
        case Name(key):
            return values[key]
        case Apply(function, arguments):
            return FUNCTIONS[function](*(_evaluate(argument, values) for argument in arguments))
    raise TypeError(f"{tree!r} is no tree")


def holds(tree: Tree, values: Mapping[str, float]) -> bool:
    """Tell whether a comparison is true; `a < b <= c` is the function `<` and `<=` of three trees.

    Raises:
        FormulaError: A side is undefined.
    """
    assert isinstance(tree, Apply)
    sides = [evaluate(argument, values) for argument in tree.arguments]
    signs = tree.function.split(" ")
    return all(COMPARISONS[sign](a, b) for sign, a, b in zip(signs, sides, sides[1:], strict=False))


def is_comparison(tree: Tree) -> bool:
    """Tell whether a tree compares and so gives no number."""
    return isinstance(tree, Apply) and tree.function.split(" ")[0] in COMPARISONS


def names(tree: Tree) -> list[str]:
    """Return the names that a tree reads, in order of appearance."""
    return list(dict.fromkeys(_names(tree)))


def _names(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Name):
        yield tree.key
    elif isinstance(tree, Apply):
        for argument in tree.arguments:
            yield from _names(argument)


def to_json(tree: Tree) -> Any:
    """Return a tree as JSON: a number, a name, or a list of function and arguments."""
    match tree:
        case Number(value):
            return int(value) if float(value).is_integer() and abs(value) < 2**53 else value
        case Name(key):
            return key
        case Apply(function, arguments):
            return [function, *map(to_json, arguments)]


def from_json(data: Any) -> Tree:
    """Read a tree from JSON."""
    if isinstance(data, list):
        return Apply(data[0], tuple(map(from_json, data[1:])))
    return Name(data) if isinstance(data, str) else Number(float(data))


_RANKS = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}


def spell(tree: Tree) -> str:
    """Write a tree as a formula is written, for a message."""
    match tree:
        case Number(value):
            return f"{value:.15g}"
        case Name(key):
            return key
        case Apply("neg", (argument,)):
            return f"-{_bracketed(argument, 3)}"
        case Apply(function, (left, right)) if function in _RANKS:
            rank, sign = _RANKS[function], "**" if function == "^" else function
            tight = function in "-/"
            return f"{_bracketed(left, rank + (function == '^'))} {sign} {_bracketed(right, rank + tight)}"
        case Apply(function, arguments) if is_comparison(tree):
            parts = [spell(arguments[0])]
            for sign, argument in zip(function.split(" "), arguments[1:], strict=True):
                parts += [sign, spell(argument)]
            return " ".join(parts)
        case Apply(function, arguments):
            return f"{function}({', '.join(map(spell, arguments))})"
    raise TypeError(f"{tree!r} is no tree")


def _bracketed(tree: Tree, outer: int) -> str:
    text = spell(tree)
    rank = _RANKS.get(tree.function, 5) if isinstance(tree, Apply) else 5
    return f"({text})" if rank < outer else text
