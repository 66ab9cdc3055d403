"""The formula language of the numbers files: read, checked for units, and compiled into a tree.

Names, `+ - * / **`, comparisons and the functions of `tree.FUNCTIONS`. A quantity of another page is
named by the page's slug and its own name, `framework/model:candidates`, with no space in between.
Python's own parser does the reading; only the node types listed here are accepted, so a formula can
compute and do nothing else.

Compiling takes the units out: what they do by themselves (`load * day` in payments, minutes into
hours) becomes a factor in the tree, exact, where a reader has to type it into a calculator.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from handbook.numbers import units
from handbook.numbers.tree import FUNCTIONS, Apply, FormulaError, Name, Number, Tree, spell
from handbook.numbers.units import ONE, Parts, UnitError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
#: A quantity of another page. A slug has hyphens and slashes, so the colon tells it from a division.
REFERENCE = re.compile(rf"(?<![\w/.:-])(?P<page>{SLUG.pattern}):(?P<name>[^\W\d]\w*)")
#: One of each: `load * day` is a day's load.
CONSTANTS = ("second", "minute", "hour", "day", "month", "year")

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
#: Functions by what they do with units: give their arguments' unit, round in it, or take plain numbers.
_SAME_UNIT = ("min", "max", "abs")
_ROUNDING = ("ceil", "floor", "round")
#: Lognormal distributions are of anything: how many first arguments are plain, and whether the result is.
_LOGNORMAL = {"lognormal_cdf": (0, True), "lognormal_quantile": (1, False), "lognormal_mean": (0, False)}
_ARGUMENTS = {
    "min": (1, 99),
    "max": (1, 99),
    "beta_cdf": (3, 3),
    "beta_quantile": (3, 3),
    "lognormal_cdf": (3, 3),
    "lognormal_quantile": (3, 3),
    "lognormal_mean": (2, 2),
    "poisson_cdf": (2, 2),
}
_CALLABLE = [name for name in FUNCTIONS if name.isidentifier() and name != "neg"]


class ResultUnitError(FormulaError):
    """A formula comes out in another unit than it should; the message is that unit."""


def parse(text: str) -> Tree:
    """Read a formula as it is written, with its names and no unit taken out.

    Raises:
        FormulaError: It is not a formula of this language.
    """
    references: dict[str, str] = {}

    def identifier(match: re.Match[str]) -> str:
        references[name := f"reference{len(references)}\u00b7"] = match[0]
        return name

    try:
        expression = ast.parse(REFERENCE.sub(identifier, str(text).strip()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"cannot read the formula `{text}`") from error
    for node in ast.walk(expression):
        if isinstance(node, ast.Name):
            node.id = references.get(node.id, node.id)
    try:
        return _read(expression)
    except RecursionError as error:
        raise FormulaError(f"cannot read the formula `{text}`") from error


def _read(node: ast.expr) -> Tree:
    match node:
        case ast.Constant(value=value):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise FormulaError(f"`{value}` is not a number")
            return Number(float(value))
        case ast.Name(id=name):
            return Name(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Apply("neg", (_read(operand),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return Apply(_BINARY[type(op)], (_read(left), _read(right)))
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARE for op in ops):
            signs = " ".join(_COMPARE[type(op)] for op in ops)
            return Apply(signs, tuple(map(_read, (left, *others))))
        case ast.Call(func=function, args=arguments, keywords=keywords):
            name = function.id if isinstance(function, ast.Name) else ast.unparse(function)
            if name not in _CALLABLE or keywords:
                raise FormulaError(f"unknown function `{name}`")
            least, most = _ARGUMENTS.get(name, (1, 1))
            if not least <= len(arguments) <= most:
                raise FormulaError(
                    f"`{name}` takes {least} argument{'s' * (least > 1)}, not {len(arguments)}"
                )
            return Apply(name, tuple(map(_read, arguments)))
    raise FormulaError(f"`{ast.unparse(node)}` is not allowed in a formula")


def compile_to(tree: Tree, unit_of: Callable[[str], Parts | None], target: Parts) -> Tree:
    """Take the units out of a formula whose result is wanted in the unit `target`.

    Args:
        tree: A formula as `parse` gives it.
        unit_of: Gives the unit of each name, `None` for an unknown one.
        target: Unit of the result.

    Raises:
        FormulaError: An unknown name, or units that do not fit.
        ResultUnitError: The formula comes out in another unit.
    """
    compiler = _Compiler(unit_of)
    try:
        return compiler.into(tree, target)
    except UnitError as error:
        raise ResultUnitError(units.spell(compiler.compile(tree)[1])) from error


def compile_comparison(tree: Tree, unit_of: Callable[[str], Parts | None]) -> Tree:
    """Take the units out of a comparison; all its sides are in the unit of the first.

    Raises:
        FormulaError: It compares nothing, has an unknown name, or units that do not fit.
    """
    assert isinstance(tree, Apply)
    compiler = _Compiler(unit_of)
    first, unit = compiler.compile(tree.arguments[0])
    try:
        others = [compiler.into(argument, unit) for argument in tree.arguments[1:]]
    except UnitError as error:
        raise FormulaError(str(error)) from error
    return Apply(tree.function, (_written_out(first), *others))


#: A tree in a unit; no tree stands for the 1 of a constant such as `day`, which only has a unit.
_Compiled = tuple[Tree | None, Parts]


class _Compiler:
    def __init__(self, unit_of: Callable[[str], Parts | None]) -> None:
        self.unit_of = unit_of

    def into(self, tree: Tree, target: Parts) -> Tree:
        """Compile a tree into a unit; the terms of a sum are converted one by one."""
        match tree:
            case Apply("+" | "-" | "neg" | "min" | "max" | "abs" as function, arguments):
                return Apply(function, tuple(self.into(argument, target) for argument in arguments))
        compiled, unit = self.compile(tree)
        return _scaled(compiled, units.factor(unit, target))

    def fitting(self, tree: Tree, target: Parts) -> Tree:
        """Compile an inner tree into a unit that the formula itself asks for."""
        try:
            return self.into(tree, target)
        except UnitError as error:
            raise FormulaError(str(error)) from error

    def compile(self, tree: Tree) -> _Compiled:
        match tree:
            case Number():
                return tree, ONE
            case Name(key):
                unit = self.unit_of(key)
                if unit is not None:
                    return tree, unit
                if key in CONSTANTS:
                    return None, units.parse(key).parts
                raise FormulaError(f"unknown quantity `{key}`")
            case Apply("*", (left, right)):
                (first, one), (second, other) = self.compile(left), self.compile(right)
                unit = units.times(one, other)
                if first is None or second is None:
                    return first or second, unit
                return Apply("*", (first, second)), unit
            case Apply("/", (left, right)):
                (first, one), (second, other) = self.compile(left), self.compile(right)
                unit = units.times(one, other, -1)
                return (first if second is None else Apply("/", (first or Number(1.0), second))), unit
            case Apply("^", (base, exponent)):
                return self._power(base, exponent)
            case Apply("sqrt", (argument,)):
                inner, unit = self._rational(argument)
                return Apply("sqrt", (_written_out(inner),)), units.times(ONE, unit, Fraction(1, 2))
            case Apply(function, (argument,)) if function in _ROUNDING:
                inner, unit = self.compile(argument)
                counted = units.reduced(unit)
                return Apply(function, (_scaled(inner, units.factor(unit, counted)),)), counted
            case Apply("+" | "-" | "neg" | "min" | "max" | "abs" as function, (argument, *others)):
                first, unit = self.compile(argument)
                rest = [self.fitting(other, unit) for other in others]
                return Apply(function, (_written_out(first), *rest)), unit
            case Apply(function, arguments) if function in _LOGNORMAL:
                plain, is_plain = _LOGNORMAL[function]
                _, unit = self.compile(arguments[-1])
                wanted = [ONE] * plain + [unit] * (len(arguments) - plain)
                inner = [self.fitting(*pair) for pair in zip(arguments, wanted, strict=True)]
                return Apply(function, tuple(inner)), ONE if is_plain else unit
            case Apply(function, arguments) if function in FUNCTIONS:
                return Apply(function, tuple(self.fitting(argument, ONE) for argument in arguments)), ONE
        raise FormulaError(f"`{spell(tree)}` compares and gives no number")

    def _power(self, base: Tree, exponent: Tree) -> _Compiled:
        power = self.fitting(exponent, ONE)
        inner, unit = self.compile(base)
        if not unit:
            return Apply("^", (_written_out(inner), power)), ONE
        number = _literal(power)
        if number is None:
            return Apply("^", (self.fitting(base, ONE), power)), ONE
        if number.denominator != 1:
            inner, unit = self._rational(base)
        if inner is not None:
            inner = Apply("^", (inner, power))
        return inner, units.times(ONE, unit, number)

    def _rational(self, tree: Tree) -> _Compiled:
        """Compile what a root is drawn from: in seconds, bits and so on, whose roots have a size."""
        inner, unit = self.compile(tree)
        target = units.base(unit)
        return _scaled(inner, units.factor(unit, target)), target


def _literal(tree: Tree) -> Fraction | None:
    match tree:
        case Number(value):
            return Fraction(value)
        case Apply("neg", (Number(value),)):
            return -Fraction(value)
    return None


def _written_out(tree: Tree | None) -> Tree:
    return Number(1.0) if tree is None else tree


def _scaled(tree: Tree | None, factor: Fraction) -> Tree:
    """Multiply a tree by the factor between two units."""
    if tree is None:
        return Number(float(factor)) if factor.denominator == 1 else _scaled(Number(1.0), factor)
    if factor.numerator != 1:
        tree = Apply("*", (tree, Number(float(factor.numerator))))
    if factor.denominator != 1:
        tree = Apply("/", (tree, Number(float(factor.denominator))))
    return tree


def resolve(tree: Tree, keys: Mapping[str, str]) -> Tree:
    """Return a tree whose names are full keys."""
    match tree:
        case Name(key):
            return Name(keys.get(key, key))
        case Apply(function, arguments):
            return Apply(function, tuple(resolve(argument, keys) for argument in arguments))
    return tree
