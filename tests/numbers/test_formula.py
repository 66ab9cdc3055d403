"""The formula language: what can be computed, what is refused, and how it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import scipy.stats

from handbook import languages
from handbook.numbers import derivation, formula, tree, units, writing
from handbook.numbers.quantities import Quantity

THINGS = frozenset(("tx", "replica", "gpu"))
ENGLISH = languages.load(Path(__file__).resolve().parents[2])["en"]


def quantities(**values: str) -> dict[str, Quantity]:
    """Return quantities by name, from texts such as `3000 tx/s`."""
    found = {}
    for name, text in values.items():
        value, _, unit = text.partition(" ")
        found[name] = Quantity(name, float(value), unit or "1", units.parse(unit, THINGS).power)
    return found


VALUES = quantities(
    load="3000 tx/s", cap="6000 tx/min/replica", record="2 kB/tx", share="0.1 %", wait="25 ms", gone="0 tx"
)


def parts_of(values: dict[str, Quantity]):
    return lambda name: units.parse(values[name].unit, THINGS).parts if name in values else None


def compute(text: str, unit: str = "", values: dict[str, Quantity] = VALUES) -> float:
    """Compute a formula as a numbers file does."""
    wanted = units.parse(unit, THINGS)
    compiled = formula.compile_to(formula.parse(text), parts_of(values), wanted.parts)
    value = tree.evaluate(compiled, {name: quantity.plain for name, quantity in values.items()})
    return wanted.with_power(value)


def holds(text: str) -> bool:
    compiled = formula.compile_comparison(formula.parse(text), parts_of(VALUES))
    return tree.holds(compiled, {name: quantity.plain for name, quantity in VALUES.items()})


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("load * day", 259.2e6, "tx"),
        ("load * day * record", 518.4, "GB"),
        ("load * share", 259200, "tx/day"),
        ("1 - share", 99.9, "%"),
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
        ("normal_cdf(wait / (25 / 1000 * second))", scipy.stats.norm.cdf(1), ""),
        (
            "lognormal_quantile(0.99, wait, 4 * wait)",
            25 * 4 ** (2.3263478740408408 / 1.6448536269514722),
            "ms",
        ),
        ("lognormal_cdf(second, 25 * wait, 100 * wait)", 0.7114632538800749, ""),
        ("lognormal_mean(wait, 2 * wait)", 27.321291502031148, "ms"),
        ("poisson_cdf(2, load * second / (1000 * load * second) * 3000)", 0.42319008, ""),
        ("beta_quantile(0.5, 2, 2)", 50, "%"),
        ("logit(0.5) + logistic(0)", 0.5, ""),
    ],
)
def test_a_formula_is_computed_with_units(text, value, unit):
    assert compute(text, unit) == pytest.approx(value)


@pytest.mark.parametrize("p", [0.001, 0.05, 0.5, 0.8, 0.975, 0.9999])
def test_z_is_the_quantile_of_the_normal_distribution(p):
    assert compute(f"z({p})") == pytest.approx(scipy.stats.norm.ppf(p))


@pytest.mark.parametrize(
    ("text", "true"),
    [("wait < second", True), ("wait >= second", False), ("0 < share <= 1", True), ("2 > 3", False)],
)
def test_a_comparison_holds_or_not(text, true):
    assert holds(text) is true


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
        ("load + wait", "units do not fit: s and tx/s"),
        ("2 ** wait", "units do not fit: s and plain numbers"),
        ("ln(wait)", "units do not fit: s and plain numbers"),
        ("max(1, wait / second) * min(wait, load)", "units do not fit: tx/s and s"),
        ("1 / 0", "cannot compute `1 / 0`: float division by zero"),
        ("load / gone * second", "cannot compute `load / gone`: float division by zero"),
        ("9 ** 9 ** 9", "cannot compute `9 ** 9 ** 9`: (34, 'Numerical result out of range')"),
        ("sqrt(-1)", "cannot compute `sqrt(-1)`: math domain error"),
        ("(-8) ** (1 / 3)", "cannot compute `(-8) ** (1 / 3)`: a root of a negative number"),
        ("1e308 * 10", "`1e+308 * 10` has no finite value"),
        ("ln(0)", "cannot compute `ln(0)`: math domain error"),
        ("lognormal_mean(wait, load)", "units do not fit: s and tx/s"),
        ("poisson_cdf(2, wait)", "units do not fit: s and plain numbers"),
        ("beta_cdf(0.5, 1)", "`beta_cdf` takes 3 arguments, not 2"),
        ("z(2)", "cannot compute `z(2)`: 2 is no probability between 0 and 1"),
        ("1 < 2", "`1 < 2` compares and gives no number"),
        ("2 * (1 < 2)", "`1 < 2` compares and gives no number"),
    ],
)
def test_what_cannot_be_computed_says_why(text, message):
    with pytest.raises(formula.FormulaError) as raised:
        compute(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "unit", "own"),
    [("load * day", "ms", "tx·day/s"), ("2 * 3", "ms", "plain numbers"), ("wait", "tx", "s")],
)
def test_a_formula_that_comes_out_in_another_unit_says_in_which(text, unit, own):
    with pytest.raises(formula.ResultUnitError) as raised:
        compute(text, unit)
    assert str(raised.value) == own


def test_sides_of_a_comparison_fit():
    with pytest.raises(formula.FormulaError, match="units do not fit: plain numbers and tx/s"):
        holds("load < 5")


def test_the_names_of_a_formula_are_its_quantities_and_constants():
    assert tree.names(formula.parse("ceil(a * day) + max(b, a) / part/other-page:c / d")) == [
        "a",
        "day",
        "b",
        "part/other-page:c",
        "d",
    ]


# ── the tree ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "unit", "data"),
    [
        ("load * day", "tx", ["*", "load", 86400]),
        ("load / cap", "replica", ["*", ["/", "load", "cap"], 60]),
        ("day", "s", 86400),
        ("wait", "min", ["/", "wait", 60]),
        ("record * load", "GB/s", ["*", "record", "load"]),
        ("record * load", "Gbit/s", ["*", ["*", "record", "load"], 8]),
        ("1 - share", "%", ["-", 1, "share"]),
        ("load + load * (day / day)", "tx/day", ["+", ["*", "load", 86400], ["*", "load", 86400]]),
        ("ceil(load / cap) * hour", "replica*min", ["*", ["ceil", ["*", ["/", "load", "cap"], 60]], 60]),
        ("(load * day) ** 0.5", "tx**1", None),
        ("0 < share <= 1", "", ["< <=", 0, "share", 1]),
    ],
)
def test_what_the_units_do_by_themselves_is_a_factor_in_the_tree(text, unit, data):
    parsed = formula.parse(text)
    if data is None:
        with pytest.raises(formula.ResultUnitError):
            formula.compile_to(parsed, parts_of(VALUES), units.parse(unit, THINGS).parts)
        return
    if tree.is_comparison(parsed):
        compiled = formula.compile_comparison(parsed, parts_of(VALUES))
    else:
        compiled = formula.compile_to(parsed, parts_of(VALUES), units.parse(unit, THINGS).parts)
    assert tree.to_json(compiled) == data
    assert tree.from_json(tree.to_json(compiled)) == compiled


# ── what a reader sees ────────────────────────────────────────────────────────────────────────────


PLAIN = quantities(a="7", b="3", c="2", one="1")
READER = quantities(
    load="3000 tx/s",
    daily="5000000000 tx/day",
    few="7 tx",
    share="12 %",
    size="2 kB/tx",
    wait="25 ms",
    unit="1 tx",
    kilo="1 kB/tx",
    whole="100 %",
    below="-5 tx",
    tiny="0.000012",
)


def derived(text: str, unit: str, values: dict[str, Quantity], write) -> str:
    compiled = formula.compile_to(formula.parse(text), parts_of(values), units.parse(unit, THINGS).parts)
    return derivation.text(derivation.derive(compiled, values.__getitem__, write))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a * b / c", "A × B / C"),
        ("a / (b * c)", "A / (B × C)"),
        ("a / (b * one * c)", "A / (B × C)"),
        ("a / (b * c * one)", "A / (B × C)"),
        ("a - (b - c)", "A − (B − C)"),
        ("a - (b + c) * 1", "A − (B + C)"),
        ("a + (b + c)", "A + B + C"),
        ("(a + b) * c", "(A + B) × C"),
        ("(a + b) ** 2", "(A + B)²"),
        ("a ** b", "(A)^(B)"),
        ("a - (b - c) * 2", "A − (B − C) × 2"),
        ("-a", "−A"),
        ("a - -b", "A − −B"),
        ("(-a) ** 2", "(−A)²"),
        ("(2 ** 3) ** 2", "(2³)²"),
        ("2 ** 3 ** 2", "2^(3²)"),
        ("ceil(a / 2)", "⌈A / 2⌉"),
        ("floor(max(a, b))", "⌊max(A, B)⌋"),
        ("sqrt(a)", "√(A)"),
        ("normal_cdf(a) + normal_quantile(1 / a)", "Φ(A) + z(1 / A)"),
        ("beta_cdf(1 / a, b, c)", "beta_cdf(1 / A, B, C)"),
        ("1500000 * a", "1,500,000 × A"),
        ("1e9 * 0.25", "1,000,000,000 × 0.25"),
        ("a * one", "A"),
        ("one * a", "A"),
        ("a / one", "A"),
        ("one / a", "1 / A"),
        ("one", "ONE"),
        ("a - one", "A − ONE"),
        ("max(one, a / one)", "max(ONE, A)"),
    ],
)
def test_a_formula_is_written_for_a_reader(text, written):
    assert derived(text, "1", PLAIN, lambda quantity: quantity.key.upper()) == written


@pytest.mark.parametrize(
    ("text", "unit", "written"),
    [
        ("load * day", "tx", "3,000 tx/s × 86,400"),
        ("daily", "tx/s", "5B tx/day / 86,400"),
        ("daily * day + few", "tx", "5B tx/day + 7 tx"),
        ("load * day + few", "tx", "3,000 tx/s × 86,400 + 7 tx"),
        ("few - (load * day - few)", "tx", "7 tx − (3,000 tx/s × 86,400 − 7 tx)"),
        ("(load + load) * hour", "tx", "(3,000 tx/s + 3,000 tx/s) × 3,600"),
        ("load * (1 - share) * minute", "tx", "3,000 tx/s × (1 − 12%) × 60"),
        ("1 - share", "%", "1 − 12%"),
        ("(1 - share) * month", "min", "(1 − 12%) × 43,200"),
        ("load / (daily * share)", "1", "3,000 tx/s / (5B tx/day × 12%) × 86,400"),
        ("size * load", "Gbit/s", "2 kB/tx × 3,000 tx/s × 8"),
        ("size * load", "GB/s", "2 kB/tx × 3,000 tx/s"),
        ("kilo * few", "MB", "1 kB/tx × 7 tx"),
        ("whole * few", "tx", "100% × 7 tx"),
        ("unit * size", "kB", "2 kB/tx"),
        ("size * few", "KiB", "2 kB/tx × 7 tx / 1,024"),
        ("load * month", "tx", "3,000 tx/s × 2,592,000"),
        ("load * 0", "tx/day", "3,000 tx/s × 0 × 86,400"),
        ("ceil(load * day / 7)", "tx", "⌈3,000 tx/s / 7 × 86,400⌉"),
        ("max(few, load * day)", "tx", "max(7 tx, 3,000 tx/s × 86,400)"),
        ("sqrt(share)", "1", "√(12%)"),
        ("share ** 2", "1", "(12%)²"),
        ("sqrt(hour * wait)", "min", "√(25 ms × 3,600) / 60"),
        ("few - below", "tx", "7 tx − (−5 tx)"),
        ("few / tiny", "tx", "7 tx / (1.2 × 10⁻⁵)"),
        ("few * tiny", "tx", "7 tx × 1.2 × 10⁻⁵"),
    ],
)
def test_a_derivation_can_be_typed_into_a_calculator(text, unit, written):
    patterns = {
        unit_: {"en": f"{{n}}{'' if unit_ == '%' else ' '}{unit_}"}
        for unit_ in "tx/s tx/day tx % kB/tx ms".split()
    } | {"1": {"en": "{n}"}}

    def write(quantity: Quantity) -> str:
        return writing.written(quantity, ENGLISH, patterns).replace("\u00a0", " ")

    assert derived(text, unit, READER, write) == written


def test_a_derivation_names_the_quantity_behind_each_operand():
    compiled = formula.compile_to(formula.parse("a * 2 + b"), parts_of(PLAIN), ())
    parts = derivation.derive(compiled, PLAIN.__getitem__, lambda quantity: quantity.key.upper())
    assert parts == (derivation.Operand("a", "A"), " × 2 + ", derivation.Operand("b", "B"))
