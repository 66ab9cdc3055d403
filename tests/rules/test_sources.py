"""A bibliography entry is complete, and somebody cites it."""

from __future__ import annotations

import re

import pytest

SOURCES, NUMBERS = "data/sources/designs/toy.yml", "data/numbers/designs/toy.yml"


def test_a_complete_entry_that_is_cited_passes(mini):
    assert mini.problems("sources") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("https://example.org/paper", "http://example.org/paper", "`smith2020`: the url is not https"),
        ("year: 2020", "year: 20200", "`smith2020`: no such year 20200"),
        (
            "year: 2020",
            "year: recent",
            "`year` is not a whole number",
        ),
        ("  year: 2020\n", "", "`smith2020` lacks `year`"),
        ("  url: https://example.org/paper\n", "", "`smith2020` lacks `url`"),
        ("https://example.org/paper", "", "`url` is blank"),
        ("authors: Smith et al.", "authors: ''", "`authors` is blank"),
        ("2026-11-20", "2026-13-20", "`smith2020`: checked is not a date (2026-11-20)"),
        ("2026-11-20", "today", "`smith2020`: checked is not a date (2026-11-20)"),
        (
            "where: KDD",
            "where: as quoted by KDD",
            "`smith2020`: where begins in lower case, behind a full stop (As quoted by KDD)",
        ),
    ],
)
def test_an_incomplete_entry_is_reported_at_its_key(old, new, message, mini):
    mini.write(SOURCES, "# a comment\n" + mini.read(SOURCES))
    mini.replace(SOURCES, old, new)
    assert any(re.fullmatch(rf"{SOURCES}:\d: sources: {re.escape(message)}", p) for p in mini.problems("sources"))


def test_an_entry_that_is_no_mapping_is_reported(mini):
    mini.write(SOURCES, "smith2020: a paper\n")
    assert f"{SOURCES}:1: sources: `smith2020` is not a mapping" in mini.problems("sources")


def test_a_file_that_is_no_mapping_is_reported(mini):
    mini.write(SOURCES, "- smith2020\n")
    assert f"{SOURCES}:1: sources: the file is not a mapping" in mini.problems("sources")


def test_an_entry_that_nobody_cites_is_reported(mini):
    text = mini.read(SOURCES)
    mini.write(SOURCES, text + text.replace("smith2020", "other2020").replace("/paper", "/other"))
    line = text.count("\n") + 1
    assert mini.problems("sources") == [
        f"{SOURCES}:{line}: sources: nothing cites `other2020` (cite or remove it)"
    ]


def test_a_key_that_stands_in_two_files_is_reported_at_the_second(mini):
    mini.write("data/sources/z.yml", mini.read(SOURCES))
    assert mini.problems("sources") == [
        f"data/sources/z.yml:1: sources: `smith2020` stands in {SOURCES} too (keep one)"
    ]


def test_an_input_with_an_unknown_source_is_reported_at_the_input(mini):
    line = mini.replace(NUMBERS, "source: smith2020", "source: smth2020")
    assert mini.problems("sources") == [
        f"{NUMBERS}:{line}: sources: `load` names an unknown source `smth2020` (did you mean `smith2020`?)"
    ]


def test_one_address_under_two_keys_is_reported_at_the_second(mini):
    text = mini.read(SOURCES)
    mini.write(SOURCES, text + text.replace("smith2020", "other2020").replace("/paper", "/paper/"))
    line = text.count("\n") + 1
    assert (
        f"{SOURCES}:{line}: sources: `other2020` has the address of `smith2020` (cite `smith2020`)"
        in mini.problems("sources")
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("checked: 2026-11-20", "checked: 2999-01-01", "`smith2020`: checked on 2999-01-01, which is to come"),
        ("year: 2020", "year: 2027", "`smith2020`: of 2027, checked before, 2026-11-20"),
    ],
)
def test_a_date_that_cannot_be_is_reported(old, new, message, mini):
    mini.replace(SOURCES, old, new)
    assert mini.problems("sources") == [f"{SOURCES}:1: sources: {message}"]
