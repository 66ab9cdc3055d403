"""The formula language of the numbers files: parsed, evaluated with units, and written out.

Names, `+ - * / **`, comparisons and a few functions. A quantity of another page is named by the page's
slug and its own name, `framework/model:candidates`, with no space in between. Python's own parser does
the reading; only the node types listed here are accepted, so a formula can compute and do nothing else.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Any

import pint

from handbook.languages import PLAIN
from handbook.numbers.units import SUPERSCRIPTS, format_number, registry

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
#: A quantity of another page. A slug has hyphens and slashes, so the colon tells it from a division.
REFERENCE = re.compile(rf"(?<![\w/.:-])(?P<page>{SLUG.pattern}):(?P<name>[^\W\d]\w*)")

CONSTANTS = ("second", "minute", "hour", "day", "month", "year")

_BINARY = {
    ast.Add: (operator.add, " + ", 1),
    ast.Sub: (operator.sub, " − ", 1),
    ast.Mult: (operator.mul, " × ", 2),
    ast.Div: (operator.truediv, " / ", 2),
    ast.Pow: (operator.pow, "^", 4),  # written only where the exponent has no superscript
}
_COMPARE = {
    ast.Lt: (operator.lt, " < "),
    ast.LtE: (operator.le, " ≤ "),
    ast.Gt: (operator.gt, " > "),
    ast.GtE: (operator.ge, " ≥ "),
}


class FormulaError(ValueError):
    """A formula that cannot be read or computed; the message names the culprit."""


def _plain(value: Any) -> float:
    if isinstance(value, pint.Quantity):
        return value.to("dimensionless").magnitude
    return value


def _rounded(function: Callable[[float], float]) -> Callable[[Any], Any]:
    """Round the magnitude and keep the unit: 12.3 gpu are 13 gpu."""

    def apply(value: Any) -> Any:
        if isinstance(value, pint.Quantity):
            # 2 GB / 3 kB, or tx/s over tx/minute a replica, are counted in ones before rounding.
            value = value.to_reduced_units()
            # So are 29 gpu / 60 %: a percent left in the unit would round in hundreds.
            power = dict(value.unit_items()).get("percent", 0)
            percent = registry().Quantity(1, "percent") ** power
            value = value / percent * percent.to("dimensionless").magnitude
            # 1e-9: 3.0000000001 replicas are 3, not 4.
            return registry().Quantity(function(round(value.magnitude, 9)), value.units)
        return function(round(value, 9))

    return apply


def _unitless(function: Callable[[float], float]) -> Callable[[Any], float]:
    return lambda value: function(_plain(value))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": lambda value: value**0.5,
    "ln": _unitless(math.log),
    "exp": _unitless(math.exp),
    "z": _unitless(NormalDist().inv_cdf),
    "ceil": _rounded(math.ceil),
    "floor": _rounded(math.floor),
    "round": _rounded(round),
    "min": min,
    "max": max,
    "abs": abs,
}


def parse(text: str) -> ast.expr:
    """Parse a formula.

    Raises:
        FormulaError: It is not a formula of this language.
    """
    references: dict[str, str] = {}

    def identifier(match: re.Match[str]) -> str:
        references[name := f"reference{len(references)}\u00b7"] = match[0]
        return name

    try:
        tree = ast.parse(REFERENCE.sub(identifier, str(text).strip()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"cannot read the formula `{text}`") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = references.get(node.id, node.id)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
            if name not in FUNCTIONS or node.keywords:
                raise FormulaError(f"unknown function `{name}`")
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, bool) or not isinstance(node.value, int | float):
                raise FormulaError(f"`{node.value}` is not a number")
        elif isinstance(node, ast.expr) and not _allowed(node):
            raise FormulaError(f"`{ast.unparse(node)}` is not allowed in a formula")
    return tree


def _allowed(node: ast.expr) -> bool:
    match node:
        case ast.BinOp(op=op):
            return type(op) in _BINARY
        case ast.UnaryOp(op=op):
            return isinstance(op, ast.USub)
        case ast.Compare(ops=ops):
            return all(type(op) in _COMPARE for op in ops)
    return isinstance(node, ast.Name)


def names(tree: ast.expr) -> list[str]:
    """Return the names of quantities that a formula reads, in order of appearance."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and id(node) not in called and node.id not in CONSTANTS
    ]
    return list(dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset)))


def evaluate(tree: ast.expr, values: Mapping[str, Any]) -> Any:
    """Compute a formula with units.

    Args:
        tree: A parsed formula.
        values: Quantity of each name.

    Raises:
        FormulaError: An unknown name, incompatible units, or an undefined result.
    """
    try:
        value = _evaluate(tree, values)
        magnitude = getattr(value, "magnitude", value)
        if isinstance(magnitude, complex) or not math.isfinite(magnitude):
            raise FormulaError(f"`{ast.unparse(tree)}` has no finite value")
        return value
    except FormulaError:
        raise
    except pint.DimensionalityError as error:
        raise FormulaError(f"units do not fit: {error}") from error
    except (ArithmeticError, ValueError, TypeError, pint.PintError) as error:
        raise FormulaError(f"cannot compute `{ast.unparse(tree)}`: {error}") from error


def _evaluate(node: ast.expr, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in CONSTANTS and name not in values:
            return registry().Quantity(1, name)
        case ast.Name(id=name):
            if name not in values:
                raise FormulaError(f"unknown quantity `{name}`")
            return values[name]
        case ast.UnaryOp(operand=operand):
            return -_evaluate(operand, values)
        case ast.BinOp(left=left, op=op, right=right):
            first, second = _evaluate(left, values), _evaluate(right, values)
            if isinstance(op, ast.Pow):
                # In floats, where 9 ** 9 ** 9 overflows at once instead of being computed.
                first = float(first) if isinstance(first, int) else first
                second = float(_plain(second))
            return _BINARY[type(op)][0](first, second)
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            terms = [registry().Quantity(_evaluate(term, values)) for term in (left, *comparators)]
            return all(_COMPARE[type(op)][0](a, b) for op, a, b in zip(ops, terms, terms[1:], strict=False))
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(_evaluate(arg, values) for arg in args))
    raise FormulaError(f"`{ast.unparse(node)}` is not allowed in a formula")


def write(
    tree: ast.expr, name_of: Callable[[str], str], conversion: Callable[[ast.expr], str] = lambda term: ""
) -> str:
    """Write a formula for a reader.

    Args:
        tree: A parsed formula.
        name_of: Gives the text for each name. A factor without text is left out: `× 1 day` serves
            the units, not the reader.
        conversion: Gives the text to put behind each term, see `hidden_factor`.
    """
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, (ast.Add, ast.Sub)):
        second = write(tree.right, name_of, conversion)
        if isinstance(tree.op, ast.Sub) and _rank(tree.right) == 1:
            second = f"({second})"
        return write(tree.left, name_of, conversion) + _BINARY[type(tree.op)][1] + second
    if isinstance(tree, ast.Call) and tree.func.id in _SAME_UNIT:
        return _call(tree.func.id, [write(arg, name_of, conversion) for arg in tree.args])
    hidden = conversion(tree)
    return (_write(tree, name_of, 2 if hidden else 0) or "1") + hidden


def _call(name: str, args: list[str]) -> str:
    inner = ", ".join(args)
    return inner.join(_SIGNS[name]) if name in _SIGNS else f"{_NAMES.get(name, name)}({inner})"


def _rank(node: ast.expr) -> int:
    return _BINARY[type(node.op)][2] if isinstance(node, ast.BinOp) else 5


#: What stands around the argument of a function that has a sign of its own.
_SIGNS = {"ceil": "⌈⌉", "floor": "⌊⌋"}
_NAMES = {"sqrt": "√"}
#: Functions whose result is in the unit of their arguments.
_SAME_UNIT = {"ceil", "floor", "round", "min", "max", "abs"}


def _write(node: ast.expr, name_of: Callable[[str], str], outer: int) -> str:
    match node:
        case ast.Constant(value=value):
            return format_number(value, PLAIN, style="grouped")
        case ast.Name(id=name):
            return name_of(name)
        case ast.UnaryOp(operand=operand):
            text = "−" + _write(operand, name_of, 3)
            return f"({text})" if outer > 3 else text
        case ast.BinOp(left=left, op=op, right=right):
            _, sign, rank = _BINARY[type(op)]
            # a − (b − c) and a / (b × c) keep their brackets; a + b + c has none.
            tight = isinstance(op, (ast.Sub, ast.Div, ast.Pow))
            first = _write(left, name_of, rank + isinstance(op, ast.Pow))
            second = _write(right, name_of, rank + tight)
            if isinstance(op, ast.Pow) and second.isdecimal():
                return (first or "1") + second.translate(SUPERSCRIPTS)
            if rank == 2 and not second:
                return first
            if isinstance(op, ast.Mult) and not first:
                return second
            text = (first or "1") + sign + (second or "1")
            return f"({text})" if rank < outer else text
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            parts = [_write(left, name_of, 0)]
            for op, term in zip(ops, comparators, strict=True):
                parts += [_COMPARE[type(op)][1], _write(term, name_of, 0)]
            return "".join(parts)
        case ast.Call(func=ast.Name(id=name), args=args):
            return _call(name, [_write(arg, name_of, 0) or "1" for arg in args])
    raise FormulaError(f"`{ast.unparse(node)}` is not allowed in a formula")


#: Factors between units that nobody sees in the units' names, up to a power of ten.
_HIDDEN = (8, 60, 3_600, 86_400, 24, 7, 30, 720, 2_592_000, 365)


def hidden_factor(term: ast.expr, values: Mapping[str, pint.Quantity], unit: pint.Unit) -> str:
    """Return what the units do by themselves and a reader with a pocket calculator has to do.

    `5B requests a day` are 57,870 requests/s only after a division by 86,400. Powers of ten are
    left to the reader: the names of kB and GB tell them.

    Args:
        term: A formula, or a term of a sum.
        values: Quantity of each name, in the unit that it is shown in.
        unit: Unit of the result.

    Returns:
        ` × 86,400`, ` / 3,600` and so on; empty if there is nothing to say.
    """
    shown = {name: calculator(value) for name, value in values.items()} | dict.fromkeys(CONSTANTS, 1)
    try:
        exact = calculator(registry().Quantity(_evaluate(term, values)).to(unit))
        ratio = abs(exact / _evaluate(term, shown))
    except (ArithmeticError, TypeError, ValueError, pint.PintError):
        return ""
    for factor in _HIDDEN:
        for sign, rest in ((" × ", ratio / factor), (" / ", ratio * factor)):
            power = math.log10(rest) if rest else 0.5
            if abs(power - round(power)) < 1e-9:
                return sign + format_number(factor, PLAIN, style="grouped")
    return ""


def calculator(value: pint.Quantity) -> float:
    """Return the number that is typed into a pocket calculator: 5% is 0.05."""
    return value.magnitude / 100 if str(value.units) == "percent" else value.magnitude
