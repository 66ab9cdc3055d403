"""One title, explicit ids that are unique, no level skipped, no empty section."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"


def test_a_page_with_one_title_and_explicit_ids_passes(mini):
    mini.append(
        INDEX, "## A {#a}\n\ntext\n\n### B {#b}\n\n```text\ncode\n```\n\n## C {#c}\n\n### D {#d}\n\ntext"
    )
    assert mini.problems("headings") == []


def test_a_second_title_is_reported_at_its_line(mini):
    line = mini.append(INDEX, "# Again {#again}\n\ntext")
    assert mini.problems("headings") == [f"{INDEX}:{line}: headings: 2 level-1 headings, not one"]


def test_a_page_without_a_title_is_reported(mini):
    mini.replace(INDEX, "# Home {#home}\n", "")
    assert mini.problems("headings") == [f"{INDEX}:5: headings: 0 level-1 headings, not one"]


@pytest.mark.parametrize("heading", ["## Text", "##Text", "## Text {.wide}"])
def test_a_heading_without_an_id_is_reported(heading, mini):
    line = mini.append(INDEX, f"{heading}\n\ntext")
    assert mini.problems("headings") == [
        f"{INDEX}:{line}: headings: “Text” has no explicit id (write `## Text {{#id}}`, the same id in both languages)"
    ]


def test_an_id_that_stands_twice_is_reported_at_its_second_place(mini):
    line = mini.append(INDEX, "## A {#home}\n\ntext")
    assert mini.problems("headings") == [
        f"{INDEX}:{line}: headings: the id `home` stands twice (first at line {mini.line(INDEX, '{#home}')})"
    ]


def test_a_skipped_level_is_reported(mini):
    line = mini.append(INDEX, "### A {#a}\n\ntext")
    assert mini.problems("headings") == [f"{INDEX}:{line}: headings: “A” jumps from level 1 to level 3"]


@pytest.mark.parametrize("body", ["", "<!-- later -->\n\n"])
def test_an_empty_section_is_reported(body, mini):
    line = mini.append(INDEX, f"## A {{#a}}\n\n{body}## B {{#b}}\n\ntext")
    assert mini.problems("headings") == [f"{INDEX}:{line}: headings: “A” is an empty section"]


@pytest.mark.parametrize("line", ["======", "---"])
def test_an_underlined_heading_is_reported(line, mini):
    place = mini.append(INDEX, f"Some title\n{line}\n\ntext")
    assert f"{INDEX}:{place + 1}: headings: an underlined heading (write `## Text {{#id}}`)" in mini.problems(
        "headings"
    )


def test_a_table_and_a_rule_are_no_underlined_headings(mini):
    mini.append(INDEX, "text\n\n---\n\n| A | B |\n|---|---|\n| a | b |\n")
    assert mini.problems("headings") == []


@pytest.mark.parametrize("id_", ["v1.2", "Big", "a_b", "-a", "a--b", "数据"])
def test_an_id_that_is_no_address_is_reported(id_, mini):
    line = mini.append(INDEX, f"## Text {{#{id_}}}\n\ntext")
    problem = f"{INDEX}:{line}: headings: `{id_}` is not an id (lower-case letters, digits and hyphens)"
    assert problem in mini.problems("headings")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("> ## 二", "quote"), ('!!! trap "T"\n    ## 二', "box"), ("- a\n\n    ## 二", "list"), ("- ## 二", "list")],
)
def test_a_heading_inside_a_block_is_reported(text, kind, mini):
    mini.append(INDEX, text)
    line = mini.line(INDEX, "## 二")
    assert mini.problems("headings") == [
        f"{INDEX}:{line}: headings: “二” is a heading inside a {kind} (write it bold)"
    ]
