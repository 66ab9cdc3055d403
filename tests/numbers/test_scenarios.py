"""What if: the results of another place, computed again by its own formulas from changed inputs."""

from __future__ import annotations

import pytest

from handbook import source

WHAT_IF = "data/numbers/what-if.yml"
TEXT = """inputs:
  more: {value: 9000, unit: tx/s, en: New load, zh: 新的负载, source: assumption}
scenarios:
  sale:
    of: designs/toy
    changes: {load: more}
    shows: [day_load, frauds]
    en: "{}, on sale days"
    zh: "{}（大促）"
results:
  ratio: {formula: sale_frauds / designs/toy:frauds, unit: "1", en: Over the design's, zh: 与设计之比}
"""


@pytest.fixture
def what_if(mini):
    mini.write(WHAT_IF, TEXT)
    return mini


def numbers(mini):
    return source.load(mini.root).numbers["what-if"]


def messages(mini):
    return [problem.message for problem in numbers(mini).problems]


def test_results_are_computed_again_from_what_changed(what_if):
    found = numbers(what_if)
    assert found.problems == ()
    design = source.load(what_if.root).numbers["designs/toy"].quantities
    assert found.quantities["sale_day_load"].value == 3 * design["day_load"].value
    assert found.quantities["ratio"].value == pytest.approx(3)


def test_they_have_the_words_of_the_design_and_a_derivation(what_if):
    quantity = numbers(what_if).quantities["sale_frauds"]
    assert dict(quantity.labels) == {"en": "Frauds a day, on sale days", "zh": "日欺诈（大促）"}
    assert set(quantity.operands) == {"what-if:more", "designs/toy:rate"}
    assert not quantity.source


def test_a_formula_that_changes_in_the_design_changes_here(what_if):
    what_if.replace("data/numbers/designs/toy.yml", "formula: load * rate", "formula: 2 * load * rate")
    assert numbers(what_if).quantities["ratio"].value == pytest.approx(3)
    assert numbers(what_if).quantities["sale_frauds"].value == pytest.approx(2 * 9000 * 0.001 * 86400)


def test_what_stands_between_is_computed_too(what_if):
    what_if.replace(
        "data/numbers/designs/toy.yml",
        "results:\n",
        'results:\n  twice: {formula: 2 * frauds, unit: tx/day, en: Twice, zh: 两倍}\n',
    )
    what_if.replace(WHAT_IF, "[day_load, frauds]", "[twice]")
    assert numbers(what_if).quantities["sale_twice"].value == pytest.approx(2 * 9000 * 0.001 * 86400)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("of: designs/toy", "of: designs/toi", "scenario `sale`: `designs/toi` is no other place"),
        ("{load: more}", "{laod: more}", "scenario `sale`: `laod` is no input of designs/toy"),
        ("{load: more}", "{load: mroe}", "scenario `sale`: `mroe` is no input here"),
        ("[day_load, frauds]", "[frauds, fruads]", "scenario `sale`: `fruads` is no result of designs/toy"),
        ("{load: more}", "{sla: more}", "scenario `sale`: nothing that changes reaches `frauds`"),
        ('    zh: "{}（大促）"\n', "", "`sale` has no label `zh`"),
    ],
)
def test_what_is_wrong_is_said(what_if, old, new, message):
    what_if.replace(WHAT_IF, old, new)
    assert message in messages(what_if)


def test_what_a_model_gives_is_not_computed_again(what_if):
    what_if.replace(
        "data/numbers/designs/toy.yml",
        "results:\n",
        "models:\n  m: {module: binormal, inputs: {base_rate: load}, outputs: {given: {of: share}}}\n"
        'results:\n  after: {formula: given * load, unit: tx/s, en: After, zh: 之后}\n',
    )
    what_if.replace(WHAT_IF, "[day_load, frauds]", "[frauds, after]")
    assert "scenario `sale`: a model stands between the change and `after`" in messages(what_if)
