"""A reader with a pocket calculator: what is printed is read as printed, rounding included."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook import languages
from handbook.numbers import calculator, derivation, tree, writing
from handbook.numbers.derivation import Operand
from handbook.numbers.quantities import Quantity

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
ENGLISH, CHINESE = LANGUAGES["en"], LANGUAGES["zh"]
PATTERNS = yaml.safe_load((ROOT / "data/units.yml").read_text(encoding="utf-8"))


def compute(*parts: derivation.Part, **quantities: Quantity) -> calculator.Interval:
    return calculator.recompute(tuple(parts), reading(quantities, ENGLISH))


def reading(quantities: dict[str, Quantity], language: languages.Language):
    return lambda operand: calculator.read_quantity(operand.text, quantities[operand.key], language, PATTERNS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 × 4", 14),
        ("(2 + 3) × 4", 20),
        ("10 − 4 − 3", 3),
        ("10 − (4 − 3)", 9),
        ("50 / 989 × 30", 50 / 989 * 30),
        ("50 / (989 × 30)", 50 / (989 * 30)),
        ("1,500,000 / 86,400", 1_500_000 / 86_400),
        ("−2 + 5", 3),
        ("5 − −2", 7),
        ("(−3)²", 9),
        ("−3²", -9),
        ("2 × 3²", 18),
        ("2^(1 + 2)", 8),
        ("2^3^2", 512),
        ("2¹⁰", 1024),
        ("4⁻¹", 0.25),
        ("⌈7 / 2⌉", 4),
        ("⌊7 / 2⌋ + 1", 4),
        ("√(16) / 2", 2),
        ("max(2, ⌈13 / 7⌉) × 7", 14),
        ("min(3, 2)", 2),
        ("ln(exp(2))", 2),
        ("z(0.975)", 1.959963984540054),
        ("Φ(0) + abs(−1)", 1.5),
        ("round(2.5)", 3),
    ],
)
def test_signs_are_read_as_a_calculator_does(text, value):
    assert compute(text) == (pytest.approx(value), pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(2 + 3", "`)` is missing"),
        ("2 + ", "the derivation breaks off"),
        ("2 + 3)", "nothing fits before `)`"),
        ("2 3", "cannot read ` 3`"),
        ("", "the derivation breaks off"),
        ("× 3", "cannot read `× 3`"),
        ("sin(2)", "no key `sin` on the calculator"),
        ("1 / 0", "float division by zero"),
        ("ln(0)", "math domain error"),
        ("2 * 3", "cannot read ` * 3`"),
        ("²", "nothing fits before `²`"),
    ],
)
def test_what_nobody_could_type_says_where_it_stops(text, message):
    with pytest.raises(calculator.CalculatorError) as raised:
        compute(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("language", "text", "quantity", "low", "high"),
    [
        (ENGLISH, "5%", Quantity("a:b", 5, "%", -2), 0.05, 0.05),
        (ENGLISH, "$1.26", Quantity("a:b", 1.26, "USD"), 1.26, 1.26),
        (ENGLISH, "$1.26", Quantity("a:b", 1.2637, "USD", digits=3), 1.255, 1.265),
        (ENGLISH, "12,300\u00a0tx/s", Quantity("a:b", 12345, "tx/s", digits=3), 12250, 12350),
        (ENGLISH, "46\u00a0ms", Quantity("a:b", 46.04, "ms", -3, digits=3), 0.04595, 0.04605),
        (ENGLISH, "500M\u00a0cards", Quantity("a:b", 5e8, "card"), 5e8, 5e8),
        (ENGLISH, "1\u00a0card", Quantity("a:b", 1, "card"), 1, 1),
        (ENGLISH, "$0.04\u00a0per million", Quantity("a:b", 0.04, "USD/Mcandidate", -6), 4e-8, 4e-8),
        (ENGLISH, "1.2 × 10⁻⁵", Quantity("a:b", 1.2e-5, "1"), 1.2e-5, 1.2e-5),
        (ENGLISH, "−3\u00a0ms", Quantity("a:b", -3, "ms", -3), -0.003, -0.003),
        (CHINESE, "5\u00a0亿张卡", Quantity("a:b", 5e8, "card"), 5e8, 5e8),
        (CHINESE, "每天\u00a0130\u00a0亿美元", Quantity("a:b", 1.3e10, "USD/day"), 1.3e10, 1.3e10),
        (
            CHINESE,
            "每百万个候选\u00a00.04\u00a0美元",
            Quantity("a:b", 0.04, "USD/Mcandidate", -6),
            4e-8,
            4e-8,
        ),
        (CHINESE, "2.5\u00a0万亿", Quantity("a:b", 2.5e12, "1"), 2.5e12, 2.5e12),
    ],
)
def test_a_written_quantity_says_its_number_its_rounding_and_the_power_in_its_unit(
    language, text, quantity, low, high
):
    written = text.replace("每天\u00a0", "每天 ").replace("每百万个候选\u00a0", "每百万个候选 ")
    assert calculator.read_quantity(written, quantity, language, PATTERNS) == (
        pytest.approx(low),
        pytest.approx(high),
    )


def test_a_text_of_another_unit_is_not_read():
    with pytest.raises(calculator.CalculatorError) as raised:
        calculator.read_quantity("5\u00a0s", Quantity("a:b", 5, "ms", -3), ENGLISH, PATTERNS)
    assert str(raised.value) == "`5\u00a0s` is not written as ms"


def test_a_power_of_ten_behind_a_division_needs_brackets():
    tiny = Quantity("a:b", 1.2e-5, "1")
    operand = Operand("tiny", "1.2 × 10⁻⁵")
    assert compute("7 × ", operand, tiny=tiny)[0] == pytest.approx(8.4e-5)
    assert compute("7 / (", operand, ")", tiny=tiny)[0] == pytest.approx(7 / 1.2e-5)
    with pytest.raises(calculator.CalculatorError, match=r"`1\.2 × 10⁻⁵` needs brackets"):
        compute("7 / ", operand, tiny=tiny)


def test_a_loss_in_dollars_is_read_with_its_sign():
    loss = Quantity("a:b", -1.65, "USD/day", digits=3)
    low, high = compute("2 × ", Operand("loss", "−$1.65\u00a0a day"), loss=loss)
    assert (low + high) / 2 == pytest.approx(-3.3)


def test_the_rounding_of_each_operand_widens_the_result():
    third = Quantity("a:b", 1 / 3, "1", digits=2)
    assert compute(Operand("third", "0.33"), " × 3", third=third) == (
        pytest.approx(0.975),
        pytest.approx(1.005),
    )
    assert compute("1 / ", Operand("third", "0.33"), third=third) == (
        pytest.approx(1 / 0.335),
        pytest.approx(1 / 0.325),
    )


SIZES = st.floats(1e-3, 1e9).map(lambda value: float(f"{value:.3g}"))


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> tree.Tree:
    """Trees of positive results, so that the order of magnitude survives and nothing is undefined."""
    if depth == 0 or draw(st.booleans()):
        return draw(st.one_of(SIZES.map(tree.Number), st.sampled_from("abcd").map(tree.Name)))
    function = draw(st.sampled_from(["+", "*", "/", "max", "min", "sqrt", "ceil", "^", "-"]))
    first = draw(trees(depth - 1))
    if function in ("sqrt", "ceil"):
        return tree.Apply(function, (first,))
    if function == "^":
        return tree.Apply("^", (first, tree.Number(2.0)))
    if function == "-":
        # A difference of about its own size: what cancels leaves nothing to compare.
        return tree.Apply("-", (tree.Apply("+", (first, first)), first))
    return tree.Apply(function, (first, draw(trees(depth - 1))))


@given(trees(), st.lists(SIZES, min_size=4, max_size=4), st.sampled_from(["en", "zh"]))
def test_every_derivation_that_is_written_gives_its_value_again(formula, sizes, code):
    """What the writer brackets and leaves out, the calculator reads back to the same number."""
    language = LANGUAGES[code]
    units = ("1", "tx/s", "%", "USD/day")
    quantities = {
        name: Quantity(name, size, unit, -2 if unit == "%" else 0)
        for name, size, unit in zip("abcd", sizes, units, strict=True)
    }
    try:
        value = tree.evaluate(formula, {name: quantity.plain for name, quantity in quantities.items()})
    except tree.FormulaError:
        return  # a square of a square of something large
    parts = derivation.derive(
        formula, quantities.__getitem__, lambda quantity: writing.written(quantity, language, PATTERNS)
    )
    low, high = calculator.recompute(parts, reading(quantities, language))
    assert low <= high
    assert low == pytest.approx(value, rel=1e-9, abs=1e-12)
