"""A worked design has the skeleton, the artefacts and the points of its problem."""

from __future__ import annotations

import pytest

from handbook.rules.designs import SECTIONS

EN, ZH = "docs/en/designs/toy.md", "docs/zh/designs/toy.md"


def test_a_complete_design_passes(mini):
    assert mini.problems("designs") == []


def test_a_design_has_a_card(mini):
    mini.replace(EN, "{{ card }}\n", "")
    assert mini.problems("designs") == [f"{EN}:5: designs: no card of key numbers (add `{{{{ card }}}}`)"]


@pytest.mark.parametrize("section", [section for section in SECTIONS if section != "follow-ups"])
def test_a_design_has_every_section(section, mini):
    mini.replace(EN, f"{{#{section}}}", f"{{#{section}-x}}")
    assert mini.problems("designs") == [f"{EN}:1: designs: no section `#{section}`"]


@pytest.mark.parametrize("kind", ["decision", "board", "signal", "trap"])
@pytest.mark.parametrize(("path", "name"), [(EN, "Requirements"), (ZH, "需求")])
def test_a_stage_has_its_four_boxes(kind, path, name, mini):
    mini.replace(path, f"!!! {kind} ", "!!! note ")
    line = mini.line(path, "{#requirements}")
    assert mini.problems("designs") == [
        f'{path}:{line}: designs: {name} has no `{kind}` box (add `!!! {kind} "…"`)'
    ]


def test_a_design_has_twelve_follow_up_questions(mini):
    mini.replace(EN, '??? question "Why?"\n    Because of [labels](#data).\n', "")
    line = mini.line(EN, "{#follow-ups}")
    assert mini.problems("designs") == [f"{EN}:{line}: designs: 11 follow-up questions of at least 12"]


@pytest.mark.parametrize(
    ("path", "old", "title", "hint"),
    [
        (EN, "[labels](#data)", "Why?", "for example [Requirements](#requirements)"),
        (ZH, "[标签](#data)", "为什么？", "for example [需求](#requirements)"),
    ],
)
@pytest.mark.parametrize("new", ["labels", "[labels](#rubric)", "[labels](../index.md#home)"])
def test_an_answer_links_to_a_stage(path, old, title, hint, new, mini):
    line = mini.replace(path, old, new) - 1
    assert mini.problems("designs") == [
        f"{path}:{line}: designs: the answer to “{title}” links to no stage ({hint})"
    ]


def test_an_answer_may_link_deeper_into_a_stage(mini):
    mini.replace(EN, "{{ stage: data }}", "{{ stage: data }}\n\n### Labels {#data-labels}\n\ntext")
    mini.replace(EN, "[labels](#data)", "[labels](#data-labels)")
    assert mini.problems("designs") == []


def test_the_metrics_stage_has_a_table(mini):
    mini.replace(EN, "| name | value |\n|---|---|\n| rate | {{ rate }} |\n", "")
    line = mini.line(EN, "{#metrics}")
    assert mini.problems("designs") == [f"{EN}:{line}: designs: the metrics stage has no table"]


def test_the_serving_stage_has_a_diagram(mini):
    text = mini.read(EN)
    at = text.index("```mermaid", text.index("{#serving}"))
    mini.write(EN, text[:at] + text[at:].replace("```mermaid", "```text", 1))
    line = mini.line(EN, "{#serving}")
    assert mini.problems("designs") == [f"{EN}:{line}: designs: the serving stage has no diagram"]


def test_the_serving_diagram_has_latencies_on_it(mini):
    text = mini.read(EN)
    at = text.index("{#serving}")
    mini.write(EN, text[:at] + text[at:].replace("{{ decision.network }}", "fast", 1))
    line = mini.line(EN, "{#serving}")
    assert mini.problems("designs") == [
        f"{EN}:{line}: designs: the serving diagram has no latency on it (write `{{{{ budget.step }}}}` on the arrows)"
    ]


@pytest.mark.parametrize(
    ("path", "old", "name"),
    [
        (EN, "drift, ", "drift"),
        (EN, "an alert, ", "alert"),
        (EN, "an A/B test and ", "A/B test"),
        (EN, "a rollback", "rollback"),
        (ZH, "漂移、", "drift"),
        (ZH, "告警、", "alert"),
        (ZH, "A/B 测试与", "A/B test"),
        (ZH, "回滚", "rollback"),
    ],
)
def test_the_monitoring_stage_names_what_it_watches(path, old, name, mini):
    mini.replace(path, old, "")
    line = mini.line(path, "{#monitoring}")
    assert mini.problems("designs") == [f"{path}:{line}: designs: the monitoring stage has no {name}"]


@pytest.mark.parametrize("target", ["data", "model"])
@pytest.mark.parametrize("damage", ["removed", "turned round"])
def test_the_monitoring_diagram_leads_back_to_data_and_model(target, damage, mini):
    text = mini.read(EN)
    at = text.index("{#monitoring}")
    arrow = f"monitoring -.-> {target}["
    node = text[text.index(arrow, at) :].split("\n")[0].removeprefix("monitoring -.-> ")
    new = node if damage == "removed" else f"{node} -.-> monitoring"
    mini.write(EN, text[:at] + text[at:].replace(f"monitoring -.-> {node}", new, 1))
    line = mini.line(EN, "{#monitoring}")
    assert mini.problems("designs") == [
        f"{EN}:{line}: designs: no arrow from monitoring back to {target}"
        f" (draw `monitoring -.-> {target}` in the monitoring diagram; node ids are these names or begin with them and `_`)"
    ]


def test_a_design_is_listed_with_its_points(mini):
    mini.replace("data/designs.yml", "id: toy", "id: other")
    assert mini.problems("designs") == [
        f"{path}:1: designs: `toy` is not in data/designs.yml (add it with its points)" for path in (EN, ZH)
    ]


@pytest.mark.parametrize(
    ("path", "old", "point", "pattern"),
    [(EN, "base rate", "base rate", "base rate"), (ZH, "基准率", "基准率", "基准率")],
)
def test_a_design_discusses_the_points_of_its_problem(path, old, point, pattern, mini):
    mini.write(path, mini.read(path).replace(old, "x"))
    assert mini.problems("designs") == [
        f"{path}:1: designs: the page never discusses: {point} (looked for /{pattern}/)"
    ]


def test_the_sections_stand_in_order(mini):
    path = "docs/en/designs/toy.md"
    mini.replace(path, "{#rubric}", "{#later}")
    mini.replace(path, "{#levels}", "{#rubric}")
    mini.replace(path, "{#later}", "{#levels}")
    line = mini.line(path, "{#levels}")
    assert mini.problems("designs") == [f"{path}:{line}: designs: `#levels` comes after `#rubric`"]
