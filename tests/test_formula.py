"""The formula language: what can be computed, what is refused, and how it is written."""

from __future__ import annotations

import math

import pytest
import scipy.stats

from handbook.numbers import formula, units


def quantities(**values: str) -> dict:
    registry = units.registry()
    return {name: registry.Quantity(text) for name, text in values.items()}


VALUES = quantities(
    load="3000 tx/s", cap="6000 tx/minute/replica", record="2 kB/tx", share="0.1 percent", wait="25 ms"
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("load * day", 259.2e6, "tx"),
        ("load * day * record", 518.4, "GB"),
        ("load * share", 259200, "tx/day"),
        ("1 - share", 99.9, "percent"),
        ("ceil(load / cap)", 30, "replica"),
        ("ceil(2.0000000000001)", 2, ""),
        ("ceil(150 * share)", 1, ""),
        ("ceil(load * second / share)", 3_000_000, "tx"),
        ("ceil(29.3 * cap / cap / (600 * share))", 49, ""),
        ("floor(wait / second * 100)", 2, ""),
        ("round(2.6)", 3, ""),
        ("ceil(1.5 * hour)", 2, "hour"),
        ("sqrt(16 * second ** 2)", 4, "s"),
        ("min(wait, second)", 25, "ms"),
        ("max(wait, second)", 1, "s"),
        ("abs(-3)", 3, ""),
        ("-wait + second", 975, "ms"),
        ("2 ** 3 ** 2", 512, ""),
        ("ln(exp(2))", 2, ""),
        ("month / day", 30, ""),
        ("year / month", 365 / 30, ""),
    ],
)
def test_a_formula_is_computed_with_units(text, value, unit):
    result = units.registry().Quantity(formula.evaluate(formula.parse(text), VALUES))
    assert result.to(unit or "dimensionless").magnitude == pytest.approx(value)


@pytest.mark.parametrize("p", [0.001, 0.05, 0.5, 0.8, 0.975, 0.9999])
def test_z_is_the_quantile_of_the_normal_distribution(p):
    assert formula.evaluate(formula.parse(f"z({p})"), {}) == pytest.approx(scipy.stats.norm.ppf(p))


@pytest.mark.parametrize(
    ("text", "holds"),
    [("wait < second", True), ("wait >= second", False), ("0 < share <= 1", True), ("2 > 3", False)],
)
def test_a_comparison_holds_or_not(text, holds):
    assert formula.evaluate(formula.parse(text), VALUES) is holds


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot read the formula ``"),
        ("load *", "cannot read the formula `load *`"),
        ("a = 1", "cannot read the formula `a = 1`"),
        ("a\0b", "cannot read the formula `a\0b`"),
        ("load % 2", "`load % 2` is not allowed in a formula"),
        ("load // 2", "`load // 2` is not allowed in a formula"),
        ("+load", "`+load` is not allowed in a formula"),
        ("not load", "`not load` is not allowed in a formula"),
        ("load == 2", "`load == 2` is not allowed in a formula"),
        ("load.units", "`load.units` is not allowed in a formula"),
        ("load[0]", "`load[0]` is not allowed in a formula"),
        ("[load]", "`[load]` is not allowed in a formula"),
        ("1 if load else 2", "`1 if load else 2` is not allowed in a formula"),
        ("lambda: 1", "`lambda: 1` is not allowed in a formula"),
        ("open(1)", "unknown function `open`"),
        ("load.to(1)", "unknown function `load.to`"),
        ("round(load, ndigits=2)", "unknown function `round`"),
        ("'text'", "`text` is not a number"),
        ("True", "`True` is not a number"),
        ("1j", "`1j` is not a number"),
        ("part/page: load", "cannot read the formula `part/page: load`"),
        ("part /page:load : load", "cannot read the formula `part /page:load : load`"),
        ("part/page:load(2)", "unknown function `part/page:load`"),
        ("part/page:budget.step", "`part/page:budget.step` is not allowed in a formula"),
        ("Part/page:load", "cannot read the formula `Part/page:load`"),
    ],
)
def test_what_is_no_formula_is_refused(text, message):
    with pytest.raises(formula.FormulaError) as raised:
        formula.parse(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("laod * day", "unknown quantity `laod`"),
        ("load + wait", "units do not fit: Cannot convert from 'transaction'"),
        ("load < 5", "units do not fit"),
        ("2 ** wait", "units do not fit"),
        ("ln(wait)", "units do not fit"),
        ("1 / 0", "cannot compute `1 / 0`: division by zero"),
        ("load / (1 - 1)", "cannot compute"),
        ("9 ** 9 ** 9", "cannot compute `9 ** 9 ** 9`"),
        ("sqrt(-1)", "`sqrt(-1)` has no finite value"),
        ("1e308 * 10", "`1e+308 * 10` has no finite value"),
        ("ln(0)", "cannot compute `ln(0)`"),
        ("z(2)", "cannot compute `z(2)`: p must be in the range"),
        ("min()", "cannot compute `min()`"),
        ("min(wait, load)", "units do not fit"),
    ],
)
def test_what_cannot_be_computed_says_why(text, message):
    with pytest.raises(formula.FormulaError) as raised:
        formula.evaluate(formula.parse(text), VALUES)
    assert str(raised.value).startswith(message.split(": Cannot")[0])


def test_the_names_of_a_formula_are_its_quantities():
    assert formula.names(formula.parse("ceil(a * day) + max(b, a) / part/other-page:c / d")) == [
        "a",
        "b",
        "part/other-page:c",
        "d",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a * b / c", "A × B / C"),
        ("a / (b * c)", "A / (B × C)"),
        ("a - (b - c)", "A − (B − C)"),
        ("a + (b + c)", "A + B + C"),
        ("(a + b) * c", "(A + B) × C"),
        ("(a + b) ** 2", "(A + B)²"),
        ("a ** b", "A^B"),
        ("a - (b - c) * 2", "A − (B − C) × 2"),
        ("-a", "−A"),
        ("ceil(a / 2)", "⌈A / 2⌉"),
        ("floor(max(a, b))", "⌊max(A, B)⌋"),
        ("1500000 * a", "1,500,000 × A"),
        ("1e9 * 0.25", "1,000,000,000 × 0.25"),
        ("a <= b < c", "A ≤ B < C"),
    ],
)
def test_a_formula_is_written_for_a_reader(text, written):
    assert formula.write(formula.parse(text), str.upper) == written


@pytest.mark.parametrize(
    "text",
    [
        "a - b - c",
        "a - (b - c)",
        "a / b / c",
        "a / (b / c)",
        "a * (b + c)",
        "a ** (b ** c)",
        "-(a + b)",
        "(-a) ** 2",
    ],
)
def test_what_is_written_has_the_value_of_what_was_meant(text):
    values = {"a": 7.0, "b": 3.0, "c": 2.0}
    written = formula.write(formula.parse(text), str)
    back = written.replace("−", "-").replace("×", "*").replace("^", "**").replace("²", "**2")
    assert math.isclose(eval(back, {}, values), formula.evaluate(formula.parse(text), values))


def test_a_factor_without_text_is_left_out():
    def name_of(name):
        return "" if name == "one" else name.upper()

    written = {
        "a * one": "A",
        "one * a": "A",
        "a / one": "A",
        "one / a": "1 / A",
        "one": "1",
        "a - one": "A − 1",
        "one ** a": "1^A",
        "max(one, a / one)": "max(1, A)",
    }
    assert {text: formula.write(formula.parse(text), name_of) for text in written} == written


@pytest.mark.parametrize(
    ("text", "unit", "written"),
    [
        ("load * day", "tx", "load × 86,400"),
        ("daily", "tx/s", "daily / 86,400"),
        ("daily * day + few", "tx", "daily + few"),
        ("load * day + few", "tx", "load × 86,400 + few"),
        ("few - (load * day - few)", "tx", "few − (load × 86,400 − few)"),
        ("(load + load) * hour", "tx", "(load + load) × 3,600"),
        ("load * (1 - share) * minute", "tx", "load × (1 − share) × 60"),
        ("1 - share", "%", "1 − share"),
        ("size * load", "Gbit/s", "size × load × 8"),
        ("size * load", "GB/s", "size × load"),
        ("load * month", "tx", "load × 2,592,000"),
        ("load * 0", "tx/day", "load × 0"),
        ("ceil(load * day / 7)", "tx", "⌈load / 7 × 86,400⌉"),
        ("max(few, load * day)", "tx", "max(few, load × 86,400)"),
        ("sqrt(share)", "1", "√(share)"),
    ],
)
def test_what_the_units_do_by_themselves_is_written(text, unit, written):
    values = quantities(load="3000 tx/s", daily="5e9 tx/day", few="7 tx", share="12 percent", size="2 kB/tx")

    def hidden(term):
        return formula.hidden_factor(term, values, units.parse_unit(unit))

    def name_of(name):
        return "" if name in formula.CONSTANTS else name

    assert formula.write(formula.parse(text), name_of, hidden) == written
