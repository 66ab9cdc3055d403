"""What a data file says in one language, it says in the others."""

from __future__ import annotations

import pytest

NUMBERS = "data/numbers/designs/toy.yml"


def test_the_small_handbook_passes(mini):
    assert mini.problems("labels") == []


@pytest.mark.parametrize(
    ("path", "old", "new", "difference"),
    [
        (NUMBERS, "zh: 基准率", "zh: 90 天的基准率", "only in `zh`: 90 day"),
        (NUMBERS, "en: Base rate", "en: Base rate p99", "only in `en`: p99"),
        (NUMBERS, 'value_zh: "{{ load }}"', 'value_zh: "{{ rate }}"', "only in `value_zh`: {{rate}}; only in `value_en`: {{load}}"),
        (NUMBERS, "zh: 决策", "zh: 决策 80 ms", "only in `zh`: 80 ms"),
        ("data/framework.yml", "zh: 需求", "zh: 7 项需求", "only in `zh`: 7"),
        ("data/framework.yml", "keys_zh: ", 'keys_zh: "p99"  #', "only in `keys_zh`: p99"),
        ("data/designs.yml", "zh: 玩具", "zh: 玩具 2", "only in `zh`: 2"),
        ("data/glossary.yml", "zh: 回滚,", "zh: 回滚 3,", "only in `zh`: 3"),
    ],
)
def test_a_figure_that_differs_is_reported_at_its_line(path, old, new, difference, mini):
    line = mini.replace(path, old, new)
    assert mini.problems("labels") == [
        f"{path}:{line}: labels: figures differ: {difference} (the same in every language)"
    ]


def test_a_unit_that_differs_is_reported(mini):
    mini.replace(NUMBERS, "en: Base rate", "en: Base rate in 80 ms")
    line = mini.replace(NUMBERS, "zh: 基准率", "zh: 80 秒的基准率")
    assert mini.problems("labels") == [
        f"{NUMBERS}:{line}: labels: figures differ: only in `zh`: 80 s; only in `en`: 80 ms (the same in every language)"
    ]


def test_the_same_figure_in_words_or_of_another_scale_passes(mini):
    mini.replace(NUMBERS, "en: Base rate", 'en: "100M, 10K, 2 weeks"')
    mini.replace(NUMBERS, "zh: 基准率", "zh: 一亿、1 万、两周")
    assert mini.problems("labels") == []


def test_patterns_are_no_text(mini):
    mini.replace("data/designs.yml", "pattern_zh: 基准率", "pattern_zh: 基准率 5")
    assert mini.problems("labels") == []
