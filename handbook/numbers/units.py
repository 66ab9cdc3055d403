"""Units: what a name such as `kB/tx` or `%` stands for, and the exact factor from one to another.

A unit is kept as the parts that its name has. Powers of ten that the name shows (the k of kB, the % of
a share) are kept apart from the rest: formulas compute in units without them, and a reader sees them.
All other factors are exact fractions, so 1 day is 86,400 s and 1 KiB is 1,024 B to the last digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

#: Size of what is no counted thing, and what it measures. Months and years are round on purpose: a
#: capacity plan counts in them.
_MEASURES: dict[str, tuple[int, str]] = {
    "s": (1, "time"),
    "min": (60, "time"),
    "hour": (3_600, "time"),
    "day": (86_400, "time"),
    "week": (604_800, "time"),
    "month": (2_592_000, "time"),
    "year": (31_536_000, "time"),
    "m": (1, "length"),
    "bit": (1, "information"),
    "byte": (8, "information"),
    "USD": (1, "currency"),
    "count": (1, ""),
    "Ki": (2**10, ""),
    "Mi": (2**20, ""),
    "Gi": (2**30, ""),
}
#: What counts nothing, with its decimal exponent; a point is a percentage point.
_PLAIN = {"1": 0, "%": -2, "point": -2}
_ALIASES = {"second": "s", "minute": "min", "h": "hour", "B": "byte"}
#: What takes a prefix, besides counted things.
_PREFIXED = ("s", "m", "bit", "byte", "B", "count", "USD")
#: What is never counted in thousands: `Ms` is a slip for `ms`.
_ONLY_PARTS = ("s",)
_POWERS = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15}
_TERM = re.compile(r"(?P<sign>^|[*/])\s*(?P<name>1|%|[A-Za-z]+)(?:\*\*(?P<exponent>-?\d+))?\s*")

#: Parts of a unit with their exponents, in the order of the name; a plain number has none.
Parts = tuple[tuple[str, Fraction], ...]
ONE: Parts = ()


class UnitError(ValueError):
    """A unit that is unknown, or two that do not fit; the message names them."""


@dataclass(frozen=True)
class Unit:
    """A unit by its name.

    Attributes:
        name: As a data file spells it.
        parts: What it is made of, without powers of ten.
        power: Decimal exponent that the name shows: 3 for kB, −2 for %, −6 for USD/Mtoken.
    """

    name: str
    parts: Parts
    power: int = 0

    def without_power(self, value: float) -> float:
        """Return a number of this unit as a number of the unit without its power: 2 kB are 2000 B."""
        return value * 10**self.power if self.power >= 0 else value / 10**-self.power

    def with_power(self, value: float) -> float:
        """Return a number of the unit without its power as a number of this unit."""
        return value / 10**self.power if self.power >= 0 else value * 10**-self.power


def counted(written: Iterable[str]) -> frozenset[str]:
    """Return what is counted: each plain name of data/units.yml that measures nothing.

    A counted thing has a dimension of its own, so transactions never add to reviewers.
    """
    plain = {name for name in written if re.fullmatch(r"[a-z]+", name)}
    return frozenset(name for name in plain if name not in _MEASURES and name not in _PLAIN and _measure(name) is None)


def parse(name: str, things: Iterable[str] = ()) -> Unit:
    """Read a unit such as `tx/s`, `gpu*hour`, `%` or `1`.

    Args:
        name: As a data file spells it; empty for a plain number.
        things: What is counted.

    Raises:
        UnitError: The unit is unknown.
    """
    text = str(name).strip() or "1"
    parts, power, end = ONE, 0, 0
    while match := _TERM.match(text, end):
        end = match.end()
        exponent = int(match["exponent"] or 1) * (-1 if match["sign"] == "/" else 1)
        found = _part(match["name"], things)
        if found is None:
            raise UnitError(f"unknown unit `{name}`")
        parts = times(parts, found[0], exponent)
        power += found[1] * exponent
    if end < len(text):
        raise UnitError(f"unknown unit `{name}`")
    return Unit(text, parts, power)


def _part(name: str, things: Iterable[str]) -> tuple[Parts, int] | None:
    if name in _PLAIN:
        return ONE, _PLAIN[name]
    if name in things:
        return ((name, Fraction(1)),), 0
    measure = _measure(name)
    if measure is not None:
        return measure
    if name[0] in _POWERS and name[1:] in things:
        return ((name[1:], Fraction(1)),), _POWERS[name[0]]
    return None


def _measure(name: str) -> tuple[Parts, int] | None:
    """Return parts and power of a name that measures time, length, size or money."""
    base = _ALIASES.get(name, name)
    if base in _MEASURES:
        return ((base, Fraction(1)),), 0
    if name[:2] in ("Ki", "Mi", "Gi") and name[2:] in ("byte", "B", "bit"):
        return ((name[:2], Fraction(1)), (_ALIASES.get(name[2:], name[2:]), Fraction(1))), 0
    power = _POWERS.get(name[:1])
    if power is not None and name[1:] in _PREFIXED and (power < 0 or name[1:] not in _ONLY_PARTS):
        return ((_ALIASES.get(name[1:], name[1:]), Fraction(1)),), power
    return None


def times(first: Parts, second: Parts, exponent: Fraction | int = 1) -> Parts:
    """Return first × second^exponent."""
    merged = dict(first)
    for name, own in second:
        merged[name] = merged.get(name, Fraction(0)) + own * exponent
    return tuple((name, own) for name, own in merged.items() if own)


def dimensions(parts: Parts) -> dict[str, Fraction]:
    """Return what a unit measures: each kind with its exponent, counted things by their name."""
    found: dict[str, Fraction] = {}
    for name, exponent in parts:
        kind = _MEASURES[name][1] if name in _MEASURES else name
        if kind:
            found[kind] = found.get(kind, Fraction(0)) + exponent
    return {kind: exponent for kind, exponent in found.items() if exponent}


def factor(source: Parts, target: Parts) -> Fraction:
    """Return the exact number of `target` that one `source` is.

    Raises:
        UnitError: The two measure different things.
    """
    if dimensions(source) != dimensions(target):
        raise UnitError(f"units do not fit: {spell(source)} and {spell(target)}")
    return _size(source) / _size(target)


def _size(parts: Parts) -> Fraction:
    size = Fraction(1)
    for name, exponent in parts:
        own = _MEASURES.get(name, (1, name))[0]
        if exponent.denominator != 1 and own != 1:
            raise UnitError(f"{spell(parts)} has no exact size")
        size *= Fraction(own) ** int(exponent) if own != 1 else 1
    return size


def base(parts: Parts) -> Parts:
    """Return the unit of the same kind made of seconds, bits and so on, whose size is 1."""
    units = {kind: name for name, (size, kind) in reversed(_MEASURES.items()) if size == 1 and kind}
    return tuple((units.get(kind, kind), exponent) for kind, exponent in dimensions(parts).items())


def reduced(parts: Parts) -> Parts:
    """Return the unit in which a number is counted: s and day in one name become one of them.

    What cancels goes: tx/s × day is counted in tx, day/week in ones.
    """
    kinds = dimensions(parts)
    kept: dict[str, tuple[str, Fraction]] = {}
    for name, _ in parts:
        kind = _MEASURES[name][1] if name in _MEASURES else name
        if kind in kinds:
            kept.setdefault(kind, (name, kinds[kind]))
    return tuple(kept.values())


def spell(parts: Parts) -> str:
    """Write a unit for a message: `tx·day/s`, `plain numbers`."""

    def word(name: str, exponent: Fraction) -> str:
        return name if exponent == 1 else f"{name}^{exponent}"

    over = "·".join(word(name, exponent) for name, exponent in parts if exponent > 0)
    under = "".join("/" + word(name, -exponent) for name, exponent in parts if exponent < 0)
    return (over or "1") + under if over or under else "plain numbers"


def shown(name: str, written: Mapping[str, object]) -> tuple[str, int]:
    """Return the unit that a reader sees, and the power of ten that goes into the number instead.

    500 Mcard are written as 500M cards, 5 亿张卡: the languages group differently. Only what data/units.yml
    does not write with its prefix is taken apart.
    """
    prefix, rest = name[:1], name[1:]
    if name not in written and prefix in ("k", "M", "G") and rest in written:
        return rest, _POWERS[prefix]
    return name, 0
