"""A section of what ages says when it was last verified, and means itself."""

from __future__ import annotations

import pytest

DATA = "data/verified.yml"
PAGES = ("docs/en/designs/toy.md", "docs/zh/designs/toy.md")


def verified(mini, page: str = "designs/toy", id_: str = "sources", day: str = "2026-11-29") -> list[str]:
    """Say when the last section of the design was verified; return what is wrong with that."""
    mini.write(DATA, f"verified:\n  {page}:\n    {id_}: {day}\n")
    return mini.problems("verified")


def test_a_section_with_its_block_is_fine(mini):
    for page in PAGES:
        mini.append(page, "{{ verified: sources }}")
    assert verified(mini) == []


def test_a_section_without_its_block_is_told_on_each_page(mini):
    message = "no `{{ verified: sources }}`, which data/verified.yml has (put it below the heading, or remove the entry)"
    assert verified(mini) == [f"{page}:1: verified: {message}" for page in PAGES]


def test_a_block_in_another_section_is_told_at_its_line(mini):
    lines = [mini.append(page, "{{ verified: data }}") for page in PAGES]
    found = verified(mini, id_="data")
    message = "not in the section `#data` (put it below its heading)"
    assert found == [f"{page}:{line}: verified: {message}" for page, line in zip(PAGES, lines, strict=True)]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"page": "designs/tod"}, f"{DATA}:3: verified: `designs/tod` is not a page (did you mean `designs/toy`?)"),
        ({"day": "2999-01-01"}, f"{DATA}:3: verified: `designs/toy#sources` was verified on 2999-01-01, which is to come"),
    ],
)
def test_what_cannot_be_is_told_at_its_line(entry, message, mini):
    assert message in verified(mini, **entry)


def test_what_is_no_day_is_told_once(mini):
    verified(mini, day="soon")
    assert mini.problems() == [f"{DATA}:3: verified: `sources` is not a date (2026-11-29)"]
