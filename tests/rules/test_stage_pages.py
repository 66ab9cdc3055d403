"""The page of each stage has what a reader comes to it for."""

from __future__ import annotations

import pytest

EN = "docs/en/framework/data.md"


def stage_page() -> str:
    rows = "".join(f"| q{n} | a | b | c |\n" for n in range(6))
    pits = "".join(f"| p{n} | s | i |\n" for n in range(5))
    asked = "".join(f'??? question "Q{n}?"\n    An answer.\n\n' for n in range(5))
    return f"""---
title: Data
description: A sentence.
---

# Data {{#data}}

{{{{ stage: data }}}}

## Establish {{#establish}}

Text.

## Questions {{#questions}}

| Question | A | B | Change |
|---|---|---|---|
{rows}
## Board {{#on-the-board}}

| Box | Arrow |
|---|---|
| a | b |

## Numbers {{#numbers}}

{{{{ calculation: load }}}}

## Levels {{#levels}}

Text.

## Pitfalls {{#pitfalls}}

| Pitfall | Sentence | Instead |
|---|---|---|
{pits}
## Moving on {{#moving-on}}

Text.

## Sixty seconds {{#sixty-seconds}}

Text.

## Self-check {{#self-check}}

{asked}## See also {{#see-also}}

{{{{ same-stage: data }}}}
"""


@pytest.fixture
def page(mini):
    mini.write(EN, stage_page())
    return mini


def test_a_complete_stage_page_passes(page):
    assert page.problems("stage-pages") == []


def test_other_pages_of_the_section_are_left_alone(mini):
    mini.write("docs/en/framework/other.md", "---\ntitle: O\ndescription: O.\n---\n\n# O {#o}\n\nText.\n")
    assert mini.problems("stage-pages") == []


def test_a_missing_section_is_reported(page):
    page.replace(EN, "## Levels {#levels}\n\nText.\n\n", "")
    assert page.problems("stage-pages") == [f"{EN}:1: stage-pages: no section `#levels`"]


def test_sections_out_of_order_are_reported(page):
    page.replace(EN, "## Moving on {#moving-on}", "## Moving on {#x}")
    page.replace(EN, "## Establish {#establish}", "## Establish {#moving-on}")
    page.replace(EN, "## Moving on {#x}", "## Moving on {#establish}")
    (problem,) = page.problems("stage-pages")
    assert problem.startswith(f"{EN}:1: stage-pages: the sections stand as moving-on, questions, ")


@pytest.mark.parametrize(
    ("old", "anchor", "message"),
    [
        ("| q5 | a | b | c |\n", "questions", "`#questions` has 5 rows of at least 6"),
        ("| p4 | s | i |\n", "pitfalls", "`#pitfalls` has 4 rows of at least 5"),
        ('??? question "Q4?"\n    An answer.\n\n', "self-check", "4 self-check questions of at least 5"),
        (
            "{{ calculation: load }}",
            "numbers",
            "`#numbers` computes nothing (add `{{ calculation: … }}`)",
        ),
        (
            "| Box | Arrow |\n|---|---|\n| a | b |",
            "on-the-board",
            "`#on-the-board` shows no drawing and no table",
        ),
    ],
)
def test_a_section_without_its_substance_is_reported(page, old, anchor, message):
    page.replace(EN, old, "")
    line = page.line(EN, f"{{#{anchor}}}")
    assert page.problems("stage-pages") == [f"{EN}:{line}: stage-pages: {message}"]


def test_the_stages_minutes_are_shown(page):
    page.replace(EN, "{{ stage: data }}\n", "")
    assert page.problems("stage-pages") == [f"{EN}:5: stage-pages: no `{{{{ stage: data }}}}`"]


@pytest.mark.parametrize("other", ["", "{{ same-stage: model }}"])
def test_each_design_is_linked_at_the_same_stage(page, other):
    page.replace(EN, "{{ same-stage: data }}", other)
    line = page.line(EN, "{#see-also}")
    assert page.problems("stage-pages") == [
        f"{EN}:{line}: stage-pages: `#see-also` links to no design (add `{{{{ same-stage: data }}}}`)"
    ]
