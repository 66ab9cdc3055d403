"""Every worked design covers all seven stages, in order, each with its substance."""

from __future__ import annotations

import re

import pytest

from handbook.rules.stages import count_words

EN, ZH = "docs/en/designs/toy.md", "docs/zh/designs/toy.md"


def section(mini, path, stage) -> tuple[str, str]:
    """Return a stage's heading line and its body."""
    match = re.search(rf"(## [^\n]* \{{#{stage}\}}\n)(.*?)(?=^## )", mini.read(path), re.S | re.M)
    return match[1], match[2]


def test_seven_stages_in_order_pass(mini):
    assert mini.problems("stages") == []


@pytest.mark.parametrize(
    ("path", "number", "stage", "name"), [(EN, 3, "data", "Data"), (ZH, 7, "monitoring", "监控")]
)
def test_a_missing_stage_is_reported(path, number, stage, name, mini):
    heading, body = section(mini, path, stage)
    mini.replace(path, heading + body, "")
    assert mini.problems("stages") == [
        f"{path}:1: stages: stage {number} is missing: {name} (add `## {name} {{#{stage}}}`)"
    ]


def test_a_stage_that_is_no_section_of_its_own_is_missing(mini):
    mini.replace(EN, "## Data {#data}", "### Data {#data}")
    assert mini.problems("stages") == [f"{EN}:1: stages: stage 3 is missing: Data (add `## Data {{#data}}`)"]


@pytest.mark.parametrize(("path", "old", "name"), [(EN, "Serving", "Serving"), (ZH, "服务", "服务")])
def test_a_stage_has_the_frameworks_name(path, old, name, mini):
    line = mini.replace(path, f"## {old} {{#serving}}", "## Going live {#serving}")
    assert mini.problems("stages") == [
        f"{path}:{line}: stages: the heading of `#serving` says “Going live”, not “{name}”"
    ]


def test_a_stage_shows_its_minutes(mini):
    mini.replace(EN, "{{ stage: model }}\n", "")
    line = mini.line(EN, "{#model}")
    assert mini.problems("stages") == [
        f"{EN}:{line}: stages: Model: its minutes are not shown (add `{{{{ stage: model }}}}` below the heading)"
    ]


@pytest.mark.parametrize(("path", "name"), [(EN, "Features"), (ZH, "特征")])
def test_a_token_stage_is_reported(path, name, mini):
    _, body = section(mini, path, "features")
    mini.replace(
        path,
        body,
        "{{ stage: features }}\n\nA word.\n\n" if path == EN else "{{ stage: features }}\n\n一词。\n\n",
    )
    line = mini.line(path, "{#features}")
    words = {EN: 4, ZH: 3}[path]
    (problem,) = mini.problems("stages")
    assert re.fullmatch(
        rf"{path}:{line}: stages: {name} is only a token: \d words of at least 150", problem
    ), (problem, words)


def test_stages_in_another_order_are_reported_at_the_one_that_comes_too_early(mini):
    features, data = "".join(section(mini, EN, "features")), "".join(section(mini, EN, "data"))
    mini.replace(EN, data + features, features + data)
    line = mini.line(EN, "{#features}")
    assert mini.problems("stages") == [
        f"{EN}:{line}: stages: Features comes before Data (the stages go in the framework's order)"
    ]


def test_a_page_that_is_no_design_needs_no_stages(mini):
    assert [problem for problem in mini.problems("stages") if "index" in problem] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("two words", 2), ("it's p99, 3.5", 4), ("四个汉字", 2), ("GPU 上跑", 2), ("| - | {{ |", 0)],
)
def test_two_chinese_characters_count_as_a_word(text, words):
    assert count_words(text) == words
