"""Changes stand with the latest first, on days that have been, and lead to what there is."""

from __future__ import annotations

import pytest

DATA = "data/changes.yml"
LATE, EARLY = "{date: 2026-11-29, place: index, en: New., zh: 新。}", "{date: 2026-11-21, place: index, en: Old., zh: 旧。}"


def listed(mini, *entries: str) -> list[str]:
    """Write the changes; return what is wrong with them."""
    mini.write(DATA, "\n".join(["changes:", *(f"  - {entry}" for entry in entries), ""]))
    return mini.problems("changes")


def test_days_that_have_been_with_the_latest_first_are_fine(mini):
    assert listed(mini, LATE, LATE.replace("index", '"designs/toy#data"'), EARLY) == []


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ((EARLY, LATE), ":3: changes: 2026-11-29 stands below 2026-11-21 (the latest comes first)"),
        ((LATE.replace("2026-11-29", "2999-01-01"),), ":2: changes: 2999-01-01 is to come"),
        ((LATE.replace("index", "designs/tod"),), ":2: changes: `designs/tod` does not exist (did you mean"),
        ((LATE.replace("index", '"designs/toy#dat"'),), ":2: changes: `designs/toy#dat` does not exist"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(entries, message, mini):
    (problem,) = listed(mini, *entries)
    assert problem.startswith(DATA + message)


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "2026-11-29T10:00"])
def test_what_is_no_day_is_told_once(day, mini):
    mini.write(DATA, f"changes:\n  - {LATE.replace('2026-11-29', day)}\n")
    (problem,) = mini.problems()
    assert problem == f"{DATA}:2: changes: `date` is not a date (2026-11-29)"
