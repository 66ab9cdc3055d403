"""A reader with a pocket calculator: reads a printed derivation and computes it again.

It knows the signs, how the language writes numbers, and what the names of units show (the k of kB, the %
of a share); it does not know the tree. Each printed number is an interval, as wide as its rounding; the
result is the interval of what the printed numbers allow.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.languages import Language, Numerals
from handbook.numbers.derivation import Operand, Part
from handbook.numbers.quantities import Quantity
from handbook.numbers.tree import FUNCTIONS
from handbook.numbers.writing import NBSP, rounded

Interval = tuple[float, float]
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_TOKEN = re.compile(
    r"(?P<sign> [×/+−] |\^|, )|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<call>√\(|Φ\(|[a-z]\w*\()|(?P<bracket>[()⌈⌉⌊⌋])|(?P<minus>−)"
)
_CALLS = {"√(": "sqrt", "Φ(": "normal_cdf"}
_BRACKETS = {"(": (")", ""), "⌈": ("⌉", "ceil"), "⌊": ("⌋", "floor")}


class CalculatorError(ValueError):
    """A text that no reader could type into a calculator; the message says where it stops."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    value: Interval = (0.0, 0.0)
    scientific: bool = False


def read_number(text: str, numerals: Numerals) -> tuple[float, str]:
    """Return the value of a written number and what is left of the text behind it.

    Raises:
        CalculatorError: The text does not begin with a number.
    """
    match = _number(numerals).match(text)
    if match is None:
        raise CalculatorError(f"no number in `{text}`")
    digits = match["digits"].replace(numerals.group, "").replace(numerals.decimal, ".").replace("−", "-")
    value = float(digits)
    if match["power"]:
        value = float(f"{digits}e{match['power'].translate(_SUPERSCRIPTS)}")
    if match["scale"]:
        value *= next(scale.size for scale in numerals.scales if scale.sign == match["scale"])
    return value, text[match.end() :]


@functools.cache
def _number(numerals: Numerals) -> re.Pattern[str]:
    group, decimal = re.escape(numerals.group), re.escape(numerals.decimal)
    scales = "|".join(re.escape(scale.sign) for scale in numerals.scales) or "(?!)"
    return re.compile(
        rf"(?P<digits>−?\d+(?:{group}\d{{3}})*(?:{decimal}\d+)?)"
        rf"(?: × 10(?P<power>[⁻⁰-⁹¹²³]+))?(?P<scale>{scales})?"
    )


def read_quantity(text: str, quantity: Quantity, language: Language, patterns: Mapping[str, Any]) -> Interval:
    """Return what a written quantity says, in its unit without powers of ten.

    Args:
        text: As it is printed.
        quantity: What is printed; gives its unit and where its rounding stops.
        language: Of the reader.
        patterns: data/units.yml.

    Raises:
        CalculatorError: The text is not the quantity's.
    """
    spec = patterns[quantity.unit]
    for pattern in filter(None, (spec[language.code], spec.get(f"{language.code}_one"))):
        before, _, after = pattern.replace("{n} ", "{n}" + NBSP).partition("{n}")
        sign = "−" if before and text.startswith(f"−{before}") else ""
        if not text.startswith(sign + before):
            continue
        value, rest = read_number(sign + text[len(sign + before) :], language.numerals)
        # 5 亿 + 张卡: the space before a unit goes where two Chinese words meet.
        if rest in (after, after.removeprefix(NBSP)):
            half = _half_a_digit(value, quantity)
            unit = 10.0**quantity.power
            return (value - half) * unit, (value + half) * unit
    raise CalculatorError(f"`{text}` is not written as {quantity.unit}")


def _half_a_digit(printed: float, quantity: Quantity) -> float:
    """Return how far the quantity may be from what is printed; nothing if it is printed in full."""
    if quantity.digits is None or abs(printed - quantity.value) <= 1e-9 * abs(quantity.value):
        return 0.0
    return 0.5 * 10.0 ** (rounded(quantity.value, quantity.digits).adjusted() - quantity.digits + 1)


def recompute(parts: tuple[Part, ...], read: Callable[[Operand], Interval]) -> Interval:
    """Compute a printed derivation.

    Args:
        parts: Texts and operands, as `derivation.derive` gives them.
        read: Reads an operand, see `read_quantity`.

    Returns:
        The least and the largest result that the printed numbers allow.

    Raises:
        CalculatorError: It cannot be read.
    """
    tokens: list[_Token] = []
    for part in parts:
        if isinstance(part, str):
            tokens += _tokens(part)
        elif re.fullmatch(r"[⁻⁰-⁹¹²³]+", part.text):
            tokens += _tokens(part.text)
        else:
            tokens.append(_Token("number", part.text, read(part), scientific="× 10" in part.text))
    return _Reader(tokens).all()


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    while end < len(text):
        match = _TOKEN.match(text, end)
        if match is None:
            raise CalculatorError(f"cannot read `{text[end:]}`")
        end = match.end()
        kind, found = str(match.lastgroup), match[0]
        if kind == "number":
            value = float(found.replace(",", ""))
            yield _Token(kind, found, (value, value))
        elif kind == "raised":
            value = float(found.translate(_SUPERSCRIPTS))
            yield _Token(kind, found, (value, value))
        else:
            yield _Token(kind, found.strip() if kind == "sign" else found)


class _Reader:
    """Reads tokens from left to right, × and / before + and −, powers first."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at = tokens, 0

    def all(self) -> Interval:
        value = self._sum()
        if self._at < len(self._tokens):
            raise CalculatorError(f"nothing fits before `{self._tokens[self._at].text}`")
        return value

    def _next(self, kind: str = "", *texts: str) -> _Token | None:
        """Take the next token if it is of this kind, and one of these texts."""
        if self._at >= len(self._tokens):
            return None
        token = self._tokens[self._at]
        if (kind and token.kind != kind) or (texts and token.text not in texts):
            return None
        self._at += 1
        return token

    def _sum(self) -> Interval:
        value = self._product()
        while sign := self._next("sign", "+", "−"):
            value = _apply("+" if sign.text == "+" else "-", value, self._product())
        return value

    def _product(self) -> Interval:
        value = self._factor()
        while sign := self._next("sign", "×", "/"):
            if sign.text == "/" and self._at < len(self._tokens) and self._tokens[self._at].scientific:
                raise CalculatorError(f"`{self._tokens[self._at].text}` needs brackets")
            value = _apply("*" if sign.text == "×" else "/", value, self._factor())
        return value

    def _factor(self) -> Interval:
        if self._next("minus"):
            return _apply("neg", self._factor())
        value = self._atom()
        if raised := self._next("raised"):
            return _apply("^", value, raised.value)
        if self._next("sign", "^"):
            return _apply("^", value, self._factor())
        return value

    def _atom(self) -> Interval:
        token = self._next()
        if token is None:
            raise CalculatorError("the derivation breaks off")
        if token.kind == "number":
            return token.value
        if token.kind == "call":
            arguments = [self._sum()]
            while self._next("sign", ","):
                arguments.append(self._sum())
            self._close(")")
            return _apply(_CALLS.get(token.text, token.text[:-1]), *arguments)
        if token.text in _BRACKETS:
            closing, function = _BRACKETS[token.text]
            value = self._sum()
            self._close(closing)
            return _apply(function, value) if function else value
        raise CalculatorError(f"nothing fits before `{token.text}`")

    def _close(self, bracket: str) -> None:
        if not self._next("bracket", bracket):
            raise CalculatorError(f"`{bracket}` is missing")


def _apply(function: str, *arguments: Interval) -> Interval:
    """Apply a function to intervals: all that a reader types is monotone in each argument."""
    if function not in FUNCTIONS:
        raise CalculatorError(f"no key `{function}` on the calculator")
    try:
        corners = [float(FUNCTIONS[function](*corner)) for corner in itertools.product(*arguments)]
    except (ArithmeticError, ValueError, TypeError) as error:
        raise CalculatorError(str(error)) from error
    return min(corners), max(corners)
