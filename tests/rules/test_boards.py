"""Everything on a whiteboard fits, in both languages, and every value on it is known."""

from __future__ import annotations

import pytest

BOARD = """title: {en: Board, zh: 白板}
description: {en: Two boxes., zh: 两个框。}
minutes: [{at: 8}, {at: 20}]
boxes:
  - {id: a, at: [0, 0], size: [3, 2], minute: 8, en: One, zh: 一}
  - {id: b, at: [6, 0], size: [3, 2], minute: 20, class: store, en: Two, zh: 二}
arrows:
  - {from: a, to: b, minute: 20, en: "{{ sla }}", zh: "{{ sla }}"}
"""
PATH = "data/boards/designs/toy.yml"


@pytest.fixture
def boarded(mini):
    mini.write(PATH, BOARD)
    return mini


def test_a_board_that_fits_passes(boarded):
    assert boarded.problems("boards") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("to: b", "to: c", 8, "the arrow ends at an unknown box `c`"),
        ("{{ sla }}", "{{ slo }}", 8, "unknown value `slo`"),
        ("zh: 二", "zh: 这里的字实在太多了所以无论如何怎么写也写不进三列两行的这个小框里去只好写短一点", 6, "the label “这里的字实在太多了所以无论如何怎么写也写不进三列两行的这个小框里去只好写短一点” leaves its box in `zh`"),
        ("at: [6, 0]", "at: [4, 0]", 8, "there is no room for the label “100 ms” on its arrow in `en`"),
    ],
    ids=["unknown box", "unknown value", "text too long", "no room"],
)  # fmt: skip
def test_a_board_is_reported_at_its_line(old, new, line, message, boarded):
    boarded.replace(PATH, old, new)
    found = [problem.replace("\u00a0", " ") for problem in boarded.problems("boards")]
    assert any(problem.startswith(f"{PATH}:{line}: boards: {message}") for problem in found), found


def test_a_board_without_a_page_is_reported(mini):
    mini.write("data/boards/designs/other.yml", BOARD)
    assert mini.problems("boards") == [
        f"data/boards/designs/other.yml:1: boards: there is no page `designs/other` in `{code}`" for code in ("en", "zh")
    ]


def test_the_words_of_a_board_are_those_of_the_glossary(boarded):
    line = boarded.line(PATH, "zh: 二")
    boarded.replace(PATH, "zh: 二", "zh: 回退版本")
    assert any(problem.startswith(f"{PATH}:{line}: glossary:") for problem in boarded.problems("glossary"))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("board: 9", "the board is not shown at minute `9` (it is at 8, 20)"),
        ("board: end", "the board is not shown at minute `end` (it is at 8, 20)"),
    ],
)
def test_a_minute_that_is_not_shown_is_reported(block, message, boarded):
    line = boarded.append("docs/en/designs/toy.md", f"{{{{ {block} }}}}")
    assert f"docs/en/designs/toy.md:{line}: values: {message}" in boarded.problems("values")


def test_a_page_without_a_board_is_reported(mini):
    line = mini.append("docs/en/designs/toy.md", "{{ board }}")
    message = "the page has no board data/boards/designs/toy.yml"
    assert f"docs/en/designs/toy.md:{line}: values: {message}" in mini.problems("values")
