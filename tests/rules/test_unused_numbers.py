"""What is declared is used: by a formula, a table, a budget, a sum, an assert, a card or a page."""

from __future__ import annotations

import pytest

PATH = "data/numbers/designs/toy.yml"
SPARE = "  spare: {value: 2, unit: '1', en: Spare, zh: 备用, source: assumption}\n"


@pytest.fixture
def spare(mini):
    mini.replace(PATH, "inputs:\n", "inputs:\n" + SPARE)
    mini.replace(PATH, "results:\n", "results:\n  shown: {formula: rate, unit: '1', en: Shown, zh: 展示}\n")
    mini.append("docs/en/designs/toy.md", "{{ shown }}, {{ frauds }}")
    return mini


def test_an_input_that_nothing_uses_is_reported_at_its_line(spare):
    assert spare.problems("unused-numbers") == [
        f"{PATH}:2: unused-numbers: nothing uses `spare` (use or remove it)"
    ]


def test_a_result_that_nothing_uses_is_reported(mini):
    line = (
        mini.replace(PATH, "results:\n", "results:\n  lost: {formula: rate, unit: '1', en: Lost, zh: 丢}\n")
        + 1
    )
    assert f"{PATH}:{line}: unused-numbers: nothing uses `lost` (use or remove it)" in mini.problems(
        "unused-numbers"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("formula: rate, unit: '1', en: Shown", "formula: rate * spare, unit: '1', en: Shown"),
        ("load: [rate, load, day_load]", "load: [rate, load, day_load, spare]"),
        ("budgets:", "sums:\n  s: {parts: [spare], total: 2, unit: '1', en: S, zh: 和}\nbudgets:"),
        ("asserts:", "asserts:\n  - {formula: spare > 1, en: x, zh: 某}"),
        ('value_en: "{{ load }}"', 'value_en: "{{ load }} {{ spare | bare }}"'),
    ],
)
def test_any_use_in_a_numbers_file_counts(spare, old, new):
    spare.replace(PATH, old, new)
    assert spare.problems("unused-numbers") == []


@pytest.mark.parametrize("place", ["docs/en/designs/toy.md", "docs/zh/index.md"])
def test_a_use_on_any_page_counts(spare, place):
    spare.append(place, "{{ spare }}" if "toy" in place else "{{ designs/toy:spare }}")
    assert spare.problems("unused-numbers") == []


def test_a_use_in_the_comparison_counts(spare):
    spare.replace("data/designs.yml", "{en: its load,", '{en: "its {{ spare }}",')
    assert spare.problems("unused-numbers") == []


def test_a_use_on_a_board_counts(spare):
    box = "{id: a, at: [0, 0], size: [2, 1], minute: 8, en: '{{ spare }}', zh: 一}"
    arrow = "{from: a, to: b, minute: 8}"
    other = "{id: b, at: [4, 0], size: [2, 1], minute: 8, en: B, zh: 二}"
    spare.write(
        "data/boards/designs/toy.yml",
        f"title: {{en: T, zh: 题}}\ndescription: {{en: D, zh: 述}}\nminutes: [8]\n"
        f"boxes:\n  - {box}\n  - {other}\narrows:\n  - {arrow}\n",
    )
    assert spare.problems("unused-numbers") == []


def test_a_sensitivity_uses_the_outputs_of_its_model(spare):
    model = (
        "models:\n  scores:\n    module: binormal\n    en: of scores\n    zh: （分数）\n    explained: '#toy'\n"
        "    inputs: {base_rate: rate, d_prime: spare, thresholds: [rate]}\n"
        "    outputs: {acted: {of: share.1, unit: '1', en: Acted, zh: 处置}}\n    steps: {spare: 0.1}\n"
    )
    spare.replace(PATH, "results:\n", model + "results:\n")
    assert [problem.partition("nothing")[2] for problem in spare.problems("unused-numbers")] == [
        " uses `acted` (use or remove it)"
    ]
    spare.append("docs/en/designs/toy.md", "{{ sensitivity: scores }}")
    assert spare.problems("unused-numbers") == []
