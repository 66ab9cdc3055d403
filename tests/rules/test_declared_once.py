"""A quantity of the world is declared once and used by name."""

from __future__ import annotations

import pytest

PATH = "data/numbers/designs/toy.yml"
MESSAGE = "declared-once: `{}` is declared twice: `{}` has the same words and unit"
HINT = "(use one by name, tell them apart in words, or say why in `differs: {en: …, zh: …}`)"


def declare(mini, path: str, name: str, spec: str) -> int:
    """Declare an input in a file; return its line."""
    if not (mini.root / path).exists():
        mini.write(path, f"inputs:\n  {name}: {{value: 1, source: assumption, {spec}}}\n")
        return 2
    return (
        mini.replace(path, "inputs:\n", f"inputs:\n  {name}: {{value: 1, source: assumption, {spec}}}\n") + 1
    )


def test_numbers_that_are_declared_once_pass(mini):
    assert mini.problems("declared-once") == []


@pytest.mark.parametrize("spec", ["unit: tx/s, en: load, zh: 流量", "unit: tx/s, en: Traffic, zh: 负载"])
def test_the_same_words_and_unit_on_another_page_are_reported_there(mini, spec):
    line = declare(mini, "data/numbers/index.yml", "traffic", spec)
    assert mini.problems("declared-once") == [
        f"{PATH}:{mini.line(PATH, 'load:')}: {MESSAGE.format('load', 'index:traffic')} {HINT}"
    ]
    assert line == 2


def test_the_same_words_twice_on_one_page_are_reported(mini):
    declare(mini, PATH, "traffic", "unit: tx/s, en: Load, zh: 流量")
    assert mini.problems("declared-once") == [
        f"{PATH}:{mini.line(PATH, '  load:')}: {MESSAGE.format('load', 'traffic')} {HINT}"
    ]


@pytest.mark.parametrize(
    "spec",
    [
        "unit: tx/day, en: Load, zh: 负载",
        "unit: tx/s, en: Peak load, zh: 峰值负载",
        "unit: tx/s, en: Load, zh: 负载, differs: {en: another system, zh: 另一个系统}",
    ],
)
def test_another_unit_other_words_or_a_reason_pass(mini, spec):
    declare(mini, "data/numbers/index.yml", "traffic", spec)
    assert mini.problems("declared-once") == []


def test_a_result_may_pass_a_quantity_on_under_its_words(mini):
    mini.write(
        "data/numbers/index.yml",
        "results:\n  traffic: {formula: designs/toy:load, unit: tx/s, en: Load, zh: 负载}\n",
    )
    assert mini.problems("declared-once") == []
