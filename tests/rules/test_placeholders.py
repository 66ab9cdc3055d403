"""A page that is not finished is not in the handbook."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"


@pytest.mark.parametrize("text", ["Methods", "A todos table", "待人友善", "TBDX", "maxxx"])
def test_words_that_only_contain_a_placeholder_pass(text, mini):
    mini.append(INDEX, text)
    assert mini.problems("placeholders") == []


@pytest.mark.parametrize(
    "word",
    [
        "TODO",
        "TBD",
        "FIXME",
        "XXX",
        "Coming soon",
        "lorem ipsum",
        "to be written",
        "待补充",
        "待完善",
        "敬请期待",
        "施工中",
    ],
)
def test_a_placeholder_is_reported_at_its_line(word, mini):
    line = mini.append(INDEX, f"This is {word} here.")
    assert mini.problems("placeholders") == [
        f"{INDEX}:{line}: placeholders: “{word}” promises what is not there (finish it or leave it out)"
    ]
