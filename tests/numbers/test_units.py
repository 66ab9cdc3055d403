"""Units: what a name stands for, exact factors between units, and what is counted."""

from __future__ import annotations

import re
from fractions import Fraction

import pint
import pytest
import yaml

from handbook.numbers import units

THINGS = frozenset(("tx", "gpu", "replica", "card", "query", "candidate"))

#: The same units for pint, an independent judge of factors.
PINT = """
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
point = 0.01
USD = [currency]
"""


def parse(name: str) -> units.Unit:
    return units.parse(name, THINGS)


@pytest.mark.parametrize(
    ("name", "dimensions", "power"),
    [
        ("ms", {"time": 1}, -3),
        ("tx/s", {"tx": 1, "time": -1}, 0),
        ("USD/month", {"currency": 1, "time": -1}, 0),
        ("%", {}, -2),
        ("point", {}, -2),
        ("1", {}, 0),
        ("", {}, 0),
        ("1/s", {"time": -1}, 0),
        ("Mtx", {"tx": 1}, 6),
        ("kB/tx", {"information": 1, "tx": -1}, 3),
        ("USD/Mtx", {"currency": 1, "tx": -1}, -6),
        ("km/ms", {"length": 1, "time": -1}, 6),
        ("KiB/card", {"information": 1, "card": -1}, 0),
        ("gpu*hour", {"gpu": 1, "time": 1}, 0),
        ("m/s**2", {"length": 1, "time": -2}, 0),
        ("Tcount/s/gpu", {"time": -1, "gpu": -1}, 12),
        (" day ", {"time": 1}, 0),
    ],
)
def test_a_unit_has_what_it_measures_and_the_power_of_ten_that_its_name_shows(name, dimensions, power):
    unit = parse(name)
    assert (units.dimensions(unit.parts), unit.power) == (dimensions, power)


@pytest.mark.parametrize(
    "name", ["foo", "Ms", "ks", "ms/", "[x", "3*ms", "2", "None", "Mday", "kmin", "ktx/", "ms**x", "tx s", "mtx2", "%%"]
)
def test_an_unknown_unit_is_named(name):
    with pytest.raises(units.UnitError) as raised:
        parse(name)
    assert str(raised.value) == f"unknown unit `{name}`"


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("day", "s", Fraction(86_400)),
        ("s", "day", Fraction(1, 86_400)),
        ("month", "day", Fraction(30)),
        ("year", "month", Fraction(365, 30)),
        ("week", "month", Fraction(7, 30)),
        ("KiB", "byte", Fraction(1024)),
        ("byte", "GiB", Fraction(1, 2**30)),
        ("byte", "bit", Fraction(8)),
        ("tx/s", "tx/day", Fraction(86_400)),
        ("USD/tx", "USD/tx", Fraction(1)),
        ("kB", "GB", Fraction(1)),  # the names show the powers of ten
        ("1/s", "count/hour", Fraction(3600)),
    ],
)
def test_a_factor_between_units_is_exact(source, target, factor):
    assert units.factor(parse(source).parts, parse(target).parts) == factor


def test_units_that_measure_different_things_do_not_fit():
    with pytest.raises(units.UnitError) as raised:
        units.factor(parse("tx/s").parts, parse("ms").parts)
    assert str(raised.value) == "units do not fit: tx/s and s"


def test_counted_things_never_add_to_plain_numbers_or_to_each_other():
    for name in THINGS:
        for other in ("1", "USD", *(THINGS - {name})):
            with pytest.raises(units.UnitError):
                units.factor(parse(name).parts, parse(other).parts)


def test_what_is_counted_are_the_plain_names_of_the_units_file_that_measure_nothing():
    written = [
        "1",
        "%",
        "ms",
        "tx",
        "tx/s",
        "card/day",
        "GB",
        "min",
        "byte",
        "replica",
        "USD",
        "ns",
        "point",
        "kB/item",
    ]
    assert units.counted(written) == {"tx", "replica"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mcard", ("card", 6)),
        ("ktx/day", ("tx/day", 3)),
        ("kB", ("kB", 0)),
        ("GB", ("GB", 0)),
        ("Mtx", ("Mtx", 0)),
        ("card", ("card", 0)),
        ("%", ("%", 0)),
    ],
)
def test_a_prefix_that_no_language_writes_goes_into_the_number(name, shown):
    written = dict.fromkeys(["card", "tx/day", "kB", "%"])
    assert units.shown(name, written) == shown


@pytest.mark.parametrize(
    ("name", "reduced"),
    [
        ("tx*day/s", "tx"),
        ("day/week", "plain numbers"),
        ("hour", "hour"),
        ("tx/min/s*min", "tx/s"),
        ("KiB", "byte"),
    ],
)
def test_a_number_is_counted_in_the_unit_that_is_left(name, reduced):
    assert units.spell(units.reduced(parse(name).parts)) == reduced


def test_every_unit_of_the_handbook_has_the_size_that_pint_gives_it(root):
    written = yaml.safe_load((root / "data/units.yml").read_text(encoding="utf-8"))
    things = units.counted(written)
    registry = pint.UnitRegistry(None)
    registry.load_definitions(PINT.strip().splitlines())
    for thing in things:
        registry.define(f"{thing} = [{thing}]")
    for name in written:
        unit = units.parse(name, things)
        size = Fraction(units.factor(unit.parts, units.base(unit.parts))) * Fraction(10) ** unit.power
        judge = registry.Quantity(1, "" if name == "1" else name.replace("%", "percent")).to_base_units()
        assert judge.magnitude == pytest.approx(float(size), rel=1e-12), name


def test_the_name_of_a_unit_shows_its_power_of_ten_in_each_language(root):
    """A reader can only follow `2 kB × 3,000` to `6 MB` if the names say k and M."""
    signs = {
        "%": "%",
        "ms": "ms",
        "us": "µs",
        "ns": "ns",
        "km": "km",
        "MB": "MB",
        "kB": "kB",
        "GB": "GB",
        "TB": "TB",
        "PB": "PB",
        "Mcount": "MFLOP",
        "Gcount": "GFLOP",
        "Tcount": "TFLOP",
        "Pcount": "PFLOP",
    }
    words = {
        "M": {"en": "million", "zh": "百万"},
        "k": {"en": "thousand", "zh": "千"},
        "point": {"en": "point", "zh": "百分点"},
    }
    written = yaml.safe_load((root / "data/units.yml").read_text(encoding="utf-8"))
    things = units.counted(written)
    for name, patterns in written.items():
        for part in (part for part in re.split(r"\*\*\d|[*/]", name) if part and units.parse(part, things).power):
            for language in ("en", "zh"):
                expected = signs.get(part) or ("TB" if part == "TB" else words.get(part, words.get(part[0], {}))[language])
                assert expected in patterns[language], (name, language)
