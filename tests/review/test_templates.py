"""The templates of the handbook, as the review reads them and as the framework has them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from handbook import blocks, diagrams, source
from handbook.review import review
from handbook.review.criteria import BLANK
from handbook.source import Book
from handbook.writer import Writer

ROOT = Path(__file__).resolve().parents[2]
SLUG = "references/ml-design-templates"
FILLED, BOARD = f"{BLANK}-filled", f"{BLANK}-board"
FENCE = re.compile(r"^    ````markdown\n(.*?)^    ````$", re.M | re.S)


@pytest.fixture(scope="module")
def book() -> Book:
    return source.load(ROOT)


def shown(book: Book, language: str, name: str) -> tuple[str, str]:
    """Return what the page shows of a document, and the file that the site has."""
    writer = Writer(book, book.pages[language][SLUG])
    block = blocks.write(writer, "template", name)
    lines = FENCE.search(block)[1].split("\n")
    return "\n".join(line.removeprefix("    ") for line in lines), writer.files[f"{name}.md"]


def headings(text: str) -> list[str]:
    return re.findall(r"^##+ .*$", text, re.M)


def labels(text: str) -> list[str]:
    """Return the first cells of all rows whose other cells are empty, and what stands before an empty line's colon."""
    return re.findall(r"^\| ([^|]+) (?:\| )+\|$", text, re.M) + re.findall(r"^([^|>\n]+[:：])$", text, re.M)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", [BLANK, FILLED, BOARD])
def test_page_and_file_are_the_same(book, language, name):
    page, file = shown(book, language, name)
    assert page == file
    assert "{{" not in file and "<data" not in file


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_review_accepts_the_filled_template(book, language):
    found = review(shown(book, language, FILLED)[1])
    assert found.lang == language
    assert found.covered, found.verdict


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_review_says_of_each_stage_what_the_blank_template_lacks(book, language):
    found = review(shown(book, language, BLANK)[1])
    assert [(stage.state, stage.evidence) for stage in found.stages] == [("thin", {})] * 7
    lacking = {stage.id: stage.absent for stage in found.stages}
    assert all(lacking.values())
    hints = [finding.hint for finding in found.findings if finding.rule == "stage-thin"]
    assert len(hints) == 7
    for hint, absent in zip(hints, lacking.values(), strict=True):
        assert all(label in hint for label in absent)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_stage_that_somebody_fills_in_counts_and_no_other(book, language):
    blank, filled = (shown(book, language, name)[1] for name in (BLANK, FILLED))
    start, end = (filled.index(heading) for heading in headings(filled)[5:7])
    own, rest = (blank.index(heading) for heading in headings(blank)[5:7])
    found = review(blank[:own] + filled[start:end] + blank[rest:], language)
    assert [stage.id for stage in found.stages if stage.state == "present"] == ["serving"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_filled_template_has_the_headings_and_the_lines_of_the_blank_one(book, language):
    blank, filled = (shown(book, language, name)[1] for name in (BLANK, FILLED))
    assert headings(filled) == headings(blank)
    assert len(labels(blank)) > 25
    assert [label for label in labels(blank) if label not in filled] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_drawing_of_the_blank_template_can_be_drawn(book, language):
    mermaid = re.search(r"```mermaid\n(.*?)```", shown(book, language, BLANK)[1], re.S)[1]
    assert diagrams.draw(mermaid, book.languages[language]).width <= 900


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_board_has_the_minutes_of_the_framework(book, language):
    board = shown(book, language, BOARD)[1]
    ends = list(itertools.accumulate(stage.minutes for stage in [*book.stages, book.buffer]))
    assert [int(end) for end in re.findall(r"^\| \d+–(\d+) \|", board, re.M)] == [1, *ends]
    # Ticks are due at the four marks of framework/time-and-whiteboard.
    marks = [int(mark) for mark in re.findall(r"^\| \*\*(\d+)\*\* \|", board, re.M)]
    assert marks == [8, 20, 36, 41]
    assert set(marks) <= set(ends)
