"""Each number in a derivation stands somewhere with its name: in a table, in the text, or in `{{ inputs }}`."""

from __future__ import annotations

import pytest

from handbook.rows import Rows

PAGE, NUMBERS = "docs/en/designs/toy.md", "data/numbers/designs/toy.yml"
MESSAGE = "inputs: derivations of this page calculate with what stands nowhere: {}"
HINT = "(add them to a table, or `{{ inputs }}` to the page)"


@pytest.fixture
def calculating(mini):
    """The toy with a table of what its frauds are computed from, and no name of the load in its text."""
    mini.replace(NUMBERS, "tables:", "tables:\n  frauds: [frauds]")
    for language in ("en", "zh"):
        mini.append(f"docs/{language}/designs/toy.md", "{{ calculation: frauds }}")
    return mini


def line(mini, language: str = "en") -> int:
    return mini.line(f"docs/{language}/designs/toy.md", "{{ calculation: frauds }}")


def test_a_page_that_calculates_nothing_passes(mini):
    assert mini.problems("inputs") == []


def test_an_input_that_stands_nowhere_is_reported_at_the_first_calculation_of_each_language(calculating):
    assert calculating.problems("inputs") == [
        f"docs/{language}/designs/toy.md:{line(calculating, language)}: {MESSAGE.format('`load`')} {HINT}"
        for language in ("en", "zh")
    ]


@pytest.mark.parametrize("text", ["{{ calculation: load }}", "The load is {{ load }}.", "{{ inputs }}"])
def test_an_input_may_stand_in_a_table_in_the_text_or_among_further_inputs(calculating, text):
    for language in ("en", "zh"):
        calculating.append(f"docs/{language}/designs/toy.md", text)
    assert calculating.problems("inputs") == []


def test_an_input_of_another_page_may_stand_there(calculating):
    calculating.write(
        "data/numbers/index.yml",
        "results:\n  twice: {formula: designs/toy:day_load * 2, unit: tx, en: Twice, zh: 两倍}\ntables:\n  t: [twice]\n",
    )
    for language in ("en", "zh"):
        calculating.append(f"docs/{language}/index.md", "{{ calculation: t }}")
    found = [problem for problem in calculating.problems("inputs") if "index.md" in problem]
    assert [problem.partition(": ")[2] for problem in found] == [
        f"{MESSAGE.format('`designs/toy:day_load`, `designs/toy:load`')} {HINT}"
    ] * 2
    for language in ("en", "zh"):
        calculating.append(f"docs/{language}/designs/toy.md", "{{ calculation: load }}")
    assert calculating.problems("inputs") == []


def test_a_link_leads_to_the_row_of_a_quantity(calculating):
    calculating.append(PAGE, "{{ inputs }}")
    book = calculating.book()
    rows = Rows(book, "en")
    toy, home = book.pages["en"]["designs/toy"], book.pages["en"]["index"]
    assert rows.further(toy) == ("designs/toy:load",)
    assert rows.link(toy, "designs/toy:frauds") == "#q-frauds"
    assert rows.link(toy, "designs/toy:load") == "#q-load"
    assert rows.link(home, "designs/toy:load") == "designs/toy.md#q-load"
    assert rows.link(toy, "designs/toy:sla") == ""


def test_two_pages_may_calculate_with_each_others_numbers(calculating):
    """Which page lists a row does not depend on which is asked first."""
    calculating.write(
        "data/numbers/index.yml",
        "inputs:\n  part: {value: 50, unit: '%', en: Part, zh: 部分, source: assumption}\n"
        "results:\n  some: {formula: designs/toy:frauds * part, unit: tx/day, en: Some, zh: 一些}\ntables:\n  t: [some]\n",
    )
    calculating.replace(NUMBERS, "formula: load * rate", "formula: load * rate * index:part")
    for path in (PAGE, "docs/en/index.md"):
        calculating.append(path, "{{ inputs }}")
    calculating.append("docs/en/index.md", "{{ calculation: t }}")
    book = calculating.book()
    toy, home = book.pages["en"]["designs/toy"], book.pages["en"]["index"]
    for pages in ((toy, home), (home, toy)):
        rows = Rows(book, "en")
        found = {page.slug: rows.further(page) for page in pages}
        assert found == {"designs/toy": ("designs/toy:load",), "index": ("index:part",)}
        assert rows.link(toy, "index:part") == "../index.md#q-part"
