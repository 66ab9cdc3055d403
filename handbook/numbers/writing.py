"""How a number is written for a reader: digits, thousands, M/B/T or 万/亿, powers of ten, units.

web/numbers.mjs writes the same; both are held to tests/numbers/vectors.json. Rounding is that of a
reader: half away from zero, on the decimal digits of the number, after the noise of floats (beyond the
twelfth digit; the fifteenth of a number as typed) is gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from handbook.languages import Language, Numerals
from handbook.numbers.quantities import Quantity

NBSP = "\u00a0"
_HAN = r"[\u3400-\u9fff]"
SUPERSCRIPTS = str.maketrans("−0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOISE = Context(prec=12, rounding=ROUND_HALF_UP)
_TYPED = Context(prec=15, rounding=ROUND_HALF_UP)
#: Smaller numbers are written with a power of ten.
SMALLEST = 1e-4


#: A minus stands before the sign of a currency: −$1.65.
_SIGN_BEHIND = re.compile(r"^(\$)−")


class UnwrittenUnitError(ValueError):
    """A unit that data/units.yml does not say how to write."""


def rounded(value: float, digits: int | None) -> Decimal:
    """Round to significant digits, half away from zero; `None` keeps a number as typed."""
    if digits is None:
        return _TYPED.create_decimal(Decimal(value))
    clean = _NOISE.create_decimal(Decimal(value))
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(clean)


def format_number(value: float, numerals: Numerals, digits: int | None = None, style: str = "") -> str:
    """Write a number as a reader of a language expects it.

    Args:
        value: The number.
        numerals: How the language writes numbers.
        digits: Significant digits; `None` writes an input exactly as it was typed.
        style: `money` (cents where there are any), `grouped` (thousands separators, never scaled), or
            empty: grouped, and from the size on that the language says scaled to M/B/T or 万/亿.
    """
    number = rounded(value, digits)
    size = abs(number)
    if 0 < size < Decimal(str(SMALLEST)):
        exponent = number.adjusted()
        mantissa = _decimal(number.scaleb(-exponent), numerals, digits, keep=True)
        return f"{mantissa} × 10{_minus(str(exponent)).translate(SUPERSCRIPTS)}"
    if style == "money" and digits is None and size < 1000 and number != number.to_integral_value():
        return _separated(f"{number.quantize(Decimal('0.01'), ROUND_HALF_UP):f}", numerals)
    scale = next((scale for scale in numerals.scales if size >= scale.size), None)
    if style != "grouped" and scale is not None and size >= numerals.scaled_from:
        return _decimal(number / Decimal(scale.size), numerals, digits) + scale.sign
    return _decimal(number, numerals, digits)


def _decimal(number: Decimal, numerals: Numerals, digits: int | None, *, keep: bool = False) -> str:
    """Write a rounded number; `keep` keeps the zeros of a mantissa."""
    if digits is None:
        text = f"{number:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return _separated(text, numerals)
    places = max(0, digits - 1 - number.adjusted()) if number else 0
    text = f"{number:,.{places}f}"
    # 46.0 states a precision of three digits; a round 100 ms or 12 replicas does not.
    if not keep and "." in text and not text.split(".")[1].strip("0"):
        text = text.split(".")[0]
    return _separated(text, numerals)


def _separated(text: str, numerals: Numerals) -> str:
    """Set a number's minus, and the separators of a language."""
    return _minus(text.translate({ord(","): numerals.group, ord("."): numerals.decimal}))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def number(quantity: Quantity, numerals: Numerals) -> str:
    """Write a quantity without its unit."""
    return format_number(quantity.value, numerals, quantity.digits, quantity.style)


def written(quantity: Quantity, language: Language, patterns: Mapping[str, Any]) -> str:
    """Write a quantity with its unit.

    Args:
        quantity: What is written.
        language: Of the reader.
        patterns: data/units.yml.

    Raises:
        UnwrittenUnitError: The unit is not there.
    """
    spec = patterns.get(quantity.unit)
    if not isinstance(spec, Mapping) or language.code not in spec:
        raise UnwrittenUnitError(f"`{quantity.name}`: no way to write the unit `{quantity.unit}`")
    text = number(quantity, language.numerals)
    singular = language.numerals.takes_singular(text)
    pattern = (singular and spec.get(f"{language.code}_one")) or spec[language.code]
    # The number and its unit stay together; a line may end in "candidates / per request".
    text = pattern.replace("{n} ", text + NBSP).replace("{n}", text)
    text = _SIGN_BEHIND.sub(r"−\1", text)
    return re.sub(rf"(?<={_HAN}){NBSP}(?={_HAN})", "", text)
