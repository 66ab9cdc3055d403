"""Units: what the formulas may compute with, and how a quantity is written in each language."""

from __future__ import annotations

import functools
import math

import pint

from handbook.languages import Numerals

# What is counted has a dimension of its own, so that transactions never add to reviewers.
COUNTED = (
    "tx request query item doc token user card analyst case gpu cpu replica node score event label "
    "pair feature candidate parameter layer vector account call chunk mile merchant prediction"
).split()

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


#: All that a formula may name, in pint's notation. Not pint's own list: its month has 30.4 days, its
#: year 365.25, and reading it takes longer than computing every number of the handbook.
DEFINITIONS = """
nano- = 1e-9 = n-
micro- = 1e-6 = u-
milli- = 1e-3 = m-
kilo- = 1e3 = k-
mega- = 1e6 = M-
giga- = 1e9 = G-
tera- = 1e12 = T-
peta- = 1e15 = P-
kibi- = 2**10 = Ki-
mebi- = 2**20 = Mi-
gibi- = 2**30 = Gi-

meter = [length] = m
second = [time] = s
minute = 60 * second = min
hour = 60 * minute = h
day = 24 * hour
week = 7 * day
month = 30 * day
year = 365 * day

bit = [information]
byte = 8 * bit = B
count = []
percent = 0.01
USD = [currency]
"""


@functools.cache
def registry() -> pint.UnitRegistry:
    """Return the one unit registry: time with round months, sizes, money, counted things."""
    units = pint.UnitRegistry(None)
    units.load_definitions(DEFINITIONS.strip().splitlines())
    for name in COUNTED:
        units.define(f"{name} = [{name}]")
    return units


def parse_unit(unit: str) -> pint.Unit:
    """Parse a unit such as `tx/s`, `%`, `1`.

    Raises:
        ValueError: The unit is unknown.
    """
    text = str(unit).strip()
    if text in ("1", ""):
        return registry().Unit("dimensionless")
    try:
        return registry().Unit(text.replace("%", "percent"))
    except Exception as error:  # pint raises a different type for each kind of bad input
        raise ValueError(f"unknown unit `{unit}`") from error


def round_significant(value: float, digits: int) -> float:
    """Round to significant digits; 0, infinities and NaN pass through."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def format_number(value: float, numerals: Numerals, digits: int | None = None, style: str = "") -> str:
    """Write a number as a reader of a language expects it.

    Args:
        value: The magnitude.
        numerals: How the language writes numbers.
        digits: Significant digits; `None` writes an input exactly as it was typed.
        style: `money` (cents where there are any), `plain` (no separators), `grouped` (thousands separators, never scaled), or empty:
            grouped, and from the size on that the language says scaled to M/B/T or 万/亿.
    """
    if digits is not None:
        value = round_significant(value, digits)
    if value != 0 and abs(value) < 1e-4:
        exponent = math.floor(math.log10(abs(value)))
        mantissa = value / 10**exponent
        text = f"{mantissa:.10g}" if digits is None else f"{mantissa:.{digits - 1}f}"
        return f"{text} × 10{str(exponent).translate(SUPERSCRIPTS)}".replace("-", "−")
    if style == "money" and digits is None and abs(value) < 1000 and value != round(value):
        return f"{value:.2f}"
    if style == "plain":
        return _decimal(value, digits, group=False)
    if style != "grouped":
        scale = next((scale for scale in numerals.scales if abs(value) >= scale.size), None)
        if scale is not None and abs(value) >= numerals.scaled_from:
            return _decimal(value / scale.size, digits, group=True) + scale.sign
    return _decimal(value, digits, group=True)


def _decimal(value: float, digits: int | None, *, group: bool) -> str:
    if digits is None:
        text = f"{value:,.10f}" if group else f"{value:.10f}"
        return text.rstrip("0").rstrip(".").replace("-", "−")
    value = round_significant(value, digits)
    places = 0
    if value != 0:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{places}f}" if group else f"{value:.{places}f}"
    # 46.0 states a precision of three digits; a round 100 ms or 12 replicas does not.
    if "." in text and not text.split(".")[1].strip("0"):
        text = text.split(".")[0]
    return text.replace("-", "−")
