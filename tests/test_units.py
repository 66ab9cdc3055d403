"""Units that a formula may compute with, and how numbers are written in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import languages
from handbook.numbers import units

LANGUAGES = languages.load(Path(__file__).resolve().parents[1])


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [
        ("ms", "[time]"),
        ("tx/s", "[tx] / [time]"),
        ("USD/month", "[currency] / [time]"),
        ("%", ""),
        ("1", ""),
        ("Mtx", "[tx]"),
        ("GB/replica", "[replica]"),
        ("query/s", "[query] / [time]"),
        (" day ", "[time]"),
    ],
)
def test_a_unit_has_a_dimension_of_its_own(unit, dimension):
    parsed = units.parse_unit(unit)
    quantity = units.registry().Quantity(1, parsed)
    if unit == "GB/replica":
        assert not quantity.check("[time]")
        assert not quantity.dimensionless
    else:
        assert quantity.check(dimension or "[]")


@pytest.mark.parametrize("name", units.COUNTED)
def test_counted_things_never_add_to_plain_numbers_or_to_each_other(name):
    quantity = units.registry().Quantity(1, name)
    assert not quantity.dimensionless
    assert not quantity.check("[currency]")


@pytest.mark.parametrize("unit", ["foo", "ms/", "[x", "3*ms", "2", "None"])
def test_an_unknown_unit_is_named(unit):
    with pytest.raises(ValueError, match="unknown unit") as raised:
        units.parse_unit(unit)
    assert str(raised.value) == f"unknown unit `{unit}`"


@pytest.mark.parametrize(
    ("text", "seconds"), [("month", 30 * 86400), ("year", 365 * 86400), ("day", 86400), ("kilosecond", 1000)]
)
def test_a_capacity_plan_counts_in_round_months_and_years(text, seconds):
    assert units.registry().Quantity(1, text).to("s").magnitude == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(123456, 3, 123000), (0.0012345, 2, 0.0012), (0, 3, 0), (-987.6, 2, -990), (999.9, 3, 1000)],
)
def test_rounding_keeps_significant_digits(value, digits, rounded):
    assert units.round_significant(value, digits) == pytest.approx(rounded)


@pytest.mark.parametrize(
    ("value", "digits", "style", "english", "chinese"),
    [
        (3000, None, "", "3,000", "3,000"),
        (0.1, None, "", "0.1", "0.1"),
        (99.148, None, "", "99.148", "99.148"),
        (46.04, 3, "", "46", "46"),
        (46.14, 3, "", "46.1", "46.1"),
        (0.5, 3, "", "0.500", "0.500"),
        (0.104, 2, "", "0.10", "0.10"),
        (12345, 3, "", "12,300", "12,300"),
        (259_200_000, 3, "", "259M", "2.59 亿"),
        (259_200_000, 3, "grouped", "259,000,000", "259,000,000"),
        (259_200_000, 3, "plain", "259000000", "259000000"),
        (999_999.6, 3, "", "1M", "100 万"),
        (150_000, 3, "", "150,000", "15 万"),
        (1_234_567, None, "", "1.234567M", "123.4567 万"),
        (70_000_000_000, None, "", "70B", "700 亿"),
        (2_500_000_000_000, 2, "", "2.5T", "2.5 万亿"),
        (-5, None, "", "−5", "−5"),
        (0.0000123, 2, "", "1.2 × 10⁻⁵", "1.2 × 10⁻⁵"),
        (0.0000999, None, "", "9.99 × 10⁻⁵", "9.99 × 10⁻⁵"),
        (-0.0000123, 2, "", "−1.2 × 10⁻⁵", "−1.2 × 10⁻⁵"),
        (0, 3, "", "0", "0"),
    ],
)
def test_a_number_is_written_as_its_reader_expects(value, digits, style, english, chinese):
    written = [units.format_number(value, LANGUAGES[code].numerals, digits, style) for code in ("en", "zh")]
    assert [text.replace("\u00a0", " ") for text in written] == [english, chinese]
