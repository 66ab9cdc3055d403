"""Every page says its title and, in one sentence, what it is about."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"


def test_title_and_description_pass(mini):
    assert mini.problems("front-matter") == []


@pytest.mark.parametrize("key", ["title", "description"])
@pytest.mark.parametrize("value", [None, "", "  ", "2026", "[a, b]", "~"])
def test_a_missing_title_or_description_is_reported(key, value, mini):
    line = mini.line(INDEX, f"{key}:")
    old = mini.read(INDEX).splitlines()[line - 1] + "\n"
    mini.replace(INDEX, old, "" if value is None else f"{key}: {value}\n")
    assert mini.problems("front-matter") == [
        f"{INDEX}:1: front-matter: no `{key}` (add it to the front matter)"
    ]


def test_an_unknown_key_is_reported_at_its_line(mini):
    mini.replace(INDEX, "description:", "descripton: x\n3: y\ndescription:")
    assert mini.problems("front-matter") == [
        f"{INDEX}:3: front-matter: unknown key `descripton` (remove it)",
        f"{INDEX}:4: front-matter: unknown key `3` (remove it)",
    ]


def test_broken_front_matter_is_reported_once(mini):
    mini.replace(INDEX, "title: ", "title: a: ")
    assert mini.problems("front-matter") == [
        f"{INDEX}:2: front-matter: invalid YAML: mapping values are not allowed here"
    ]


def test_an_empty_page_is_reported(mini):
    mini.write(INDEX, "")
    assert mini.problems("front-matter") == [
        f"{INDEX}:1: front-matter: no front matter (start with --- title, description ---)"
    ]


@pytest.mark.parametrize("key", ["title", "description"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("'So \"it\" is'", '`"`'),
        ("a <b> c", "`<`"),
        ("'a `b` c'", "```"),
        ("'a {{ b }}'", "`{{`"),
        ('"a\\nb"', "a line break"),
    ],
)
def test_what_is_no_plain_text_is_reported_at_its_line(key, value, shown, mini):
    line = mini.line(INDEX, f"{key}:")
    old = mini.read(INDEX).splitlines()[line - 1]
    mini.replace(INDEX, old, f"{key}: {value}")
    assert mini.problems("front-matter") == [
        f"{INDEX}:{line}: front-matter: {shown} in `{key}`, which is plain text (leave it out)"
    ]
