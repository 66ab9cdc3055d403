"""Every derivation gives its result, computed again from what is printed, in each language."""

from __future__ import annotations

import pytest

from handbook.numbers import derivation
from handbook.numbers.derivation import Operand

PATH = "data/numbers/designs/toy.yml"


def test_derivations_that_give_their_results_pass(mini):
    assert mini.problems("derivations") == []


@pytest.mark.parametrize(
    "formula",
    [
        "(1 - rate) * month / day",
        "load / (load * rate)",
        "rate ** 2 * load * day",
        "sqrt(sla * day)",
        "ceil(load * day / (7 * load * sla)) * sla",
        "sla / 7 * 3 + hour",
    ],
)
def test_what_the_writer_writes_gives_the_result(mini, formula):
    unit = {"r": "1", "l": "tx", "s": "ms", "c": "ms"}
    wanted = "tx" if "rate **" in formula else unit["s"] if "sla" in formula else "1"
    mini.replace(
        PATH, "tables:", f'  x: {{formula: "{formula}", unit: "{wanted}", digits: 2, en: X, zh: 某}}\ntables:'
    )
    assert mini.problems("derivations") == []


@pytest.fixture
def broken(monkeypatch):
    """Let the writer of derivations make a mistake."""

    def break_(change):
        derive = derivation.derive
        monkeypatch.setattr(derivation, "derive", lambda *arguments: change(derive(*arguments)))

    return break_


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (  # the factor of the units is lost
            lambda parts: tuple(part for part in parts if isinstance(part, Operand) or "86,400" not in part),
            "`day_load`, English: 3,000\u00a0tx/s gives 3000, not 259M\u00a0transactions",
        ),
        (
            lambda parts: (*parts[:-1], " / 86,400"),
            "`day_load`, English: 3,000\u00a0tx/s / 86,400 gives 0.03472, not 259M\u00a0transactions",
        ),
        (
            lambda parts: (*parts, ")"),
            "`day_load`, English: 3,000\u00a0tx/s × 86,400) cannot be computed: nothing fits before `)`",
        ),
        (
            lambda parts: tuple(
                Operand(part.key, "3,000\u00a0tx")
                if isinstance(part, Operand) and "load" in part.key
                else part
                for part in parts
            ),
            "`day_load`, English: 3,000\u00a0tx × 86,400 cannot be computed: `3,000\u00a0tx` is not written as tx/s",
        ),
    ],
)
def test_a_derivation_that_does_not_give_its_result_is_reported_at_the_result(mini, broken, change, message):
    line = mini.line(PATH, "day_load:")
    broken(change)
    assert f"{PATH}:{line}: derivations: {message}" in mini.problems("derivations")


def test_a_derivation_that_fails_in_one_language_only_is_reported(mini, broken):
    line = mini.line(PATH, "day_load:")
    broken(lambda parts: parts[:1] if len(parts) == 2 and "笔" in parts[0].text else parts)
    assert mini.problems("derivations") == [
        f"{PATH}:{line}: derivations: `day_load`, 简体中文: 3,000\u00a0笔/秒 gives 3000, not 2.59\u00a0亿笔"
    ]


def test_a_result_that_no_page_can_show_is_left_out(mini):
    mini.replace(PATH, "tables:", "  x: {formula: load / sla, unit: tx/s/ms, en: X, zh: 某}\ntables:")
    assert mini.problems("derivations") == []


def test_a_result_whose_input_has_a_unit_that_nobody_can_write_is_reported(mini):
    """The page shows the result, and below it where that comes from."""
    mini.replace(PATH, "tables:", "  x: {formula: load / y, unit: ms, en: X, zh: 某}\ntables:")
    mini.replace(PATH, "results:", "  y: {value: 2, unit: tx/s/s, en: Y, zh: 乙, source: assumption}\nresults:")
    line = mini.line(PATH, "x: {formula")
    said = "the derivation of `x` cannot be written: `y`: no way to write the unit `tx/s/s` (add it to data/units.yml)"
    assert f"{PATH}:{line}: derivations: {said}" in mini.problems("derivations")
