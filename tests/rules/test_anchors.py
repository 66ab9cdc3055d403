"""What study groups link to is never lost."""

from __future__ import annotations

import pytest

LIST, TOY = "data/published-anchors.txt", "docs/en/designs/toy.md"


def test_a_complete_list_passes(mini):
    assert mini.problems("published-anchors") == []


def test_a_lost_anchor_is_reported_at_its_line_of_the_list(mini):
    line = mini.line(LIST, "designs/toy#levels")
    for language in ("en", "zh"):
        mini.replace(f"docs/{language}/designs/toy.md", "{#levels}", "{#level}")
    assert mini.problems("published-anchors") == [
        f"{LIST}:{line}: published-anchors: `designs/toy#levels` was published and is lost"
        " (redirect it in data/redirects.yml; did you mean `designs/toy#level`?)",
        f"{TOY}:{mini.line(TOY, '{#level}')}: published-anchors: `#level` is not in the list (run `make anchors`)",
    ]


def test_a_redirect_keeps_a_lost_anchor(mini):
    for language in ("en", "zh"):
        mini.replace(f"docs/{language}/designs/toy.md", "{#levels}", "{#level}")
    mini.write("data/redirects.yml", "redirects:\n  designs/toy#levels: designs/toy#level\n")
    mini.settle()
    assert mini.problems("published-anchors") == []
    assert "designs/toy#levels\n" in mini.read(LIST)


def test_a_lost_page_is_reported_with_each_of_its_anchors(mini):
    mini.write(LIST, mini.read(LIST) + "zzz\nzzz#a\n")
    first = mini.line(LIST, "zzz")
    assert mini.problems("published-anchors") == [
        f"{LIST}:{first}: published-anchors: `zzz` was published and is lost (redirect it in data/redirects.yml)",
        f"{LIST}:{first + 1}: published-anchors: `zzz#a` was published and is lost (redirect it in data/redirects.yml)",
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("old: nowhere", "`old` forwards to `nowhere`, which does not exist"),
        (
            "old: designs/toy#dta",
            "`old` forwards to `designs/toy#dta`, which does not exist (did you mean `designs/toy#data`?)",
        ),
        ("en/designs/toy: designs/toy", "`en/designs/toy` begins with a language, which a place is without"),
        ("index: designs/toy", "`index` exists and forwards elsewhere (remove one)"),
    ],
)
def test_a_wrong_redirect_is_reported_at_its_line(entry, message, mini):
    mini.write("data/redirects.yml", f"redirects:\n  # a comment\n  {entry}\n")
    assert mini.problems("published-anchors") == [f"data/redirects.yml:3: published-anchors: {message}"]


def test_a_new_page_is_reported_once_and_listed_by_one_command(mini):
    (mini.root / LIST).unlink()
    assert mini.problems("published-anchors") == [
        "docs/en/designs/toy.md:1: published-anchors: `designs/toy` is not in the list (run `make anchors`)",
        "docs/en/index.md:1: published-anchors: `index` is not in the list (run `make anchors`)",
    ]
    mini.settle()
    assert mini.problems("published-anchors") == []


def test_a_list_that_is_not_utf_8_is_a_list_of_lost_places(mini):
    mini.write(LIST, mini.read(LIST).encode() + b"caf\xe9\n")
    assert mini.problems("published-anchors") == [
        f"{LIST}:{len((mini.root / LIST).read_bytes().splitlines())}:"
        " published-anchors: `caf\ufffd` was published and is lost (redirect it in data/redirects.yml)"
    ]


def test_a_redirect_that_would_replace_a_page_is_reported(mini):
    for language in ("en", "zh"):
        mini.write(f"docs/{language}/part/index.md", mini.read(f"docs/{language}/index.md"))
    mini.settle()
    mini.write("data/redirects.yml", "redirects:\n  part: designs/toy\n  index: designs/toy\n")
    assert mini.problems("published-anchors") == [
        "data/redirects.yml:2: published-anchors: `part` is where `part/index` is published",
        "data/redirects.yml:3: published-anchors: `index` exists and forwards elsewhere (remove one)",
    ]
