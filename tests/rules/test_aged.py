"""What ages was verified within a year; a check reminds of it and does not fail."""

from __future__ import annotations

import datetime

import pytest

from handbook import cli
from handbook.rules import aged

DATA = "data/verified.yml"


def verified(mini, days: int) -> str:
    """Say of a section of each language that it was verified so many days ago; return the day."""
    day = (datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days)).isoformat()
    mini.write(DATA, f"verified:\n  designs/toy:\n    sources: {day}\n")
    for language in ("en", "zh"):
        mini.append(f"docs/{language}/designs/toy.md", "{{ verified: sources }}")
    mini.settle()
    return day


@pytest.mark.parametrize("days", [0, 365])
def test_what_was_verified_within_a_year_is_not_listed(days, mini):
    verified(mini, days)
    assert mini.problems("aged") == []
    assert mini.problems("verified") == []


def test_what_is_older_is_listed_by_every_check_and_fails_nothing(mini, capsys):
    day = verified(mini, 366)
    message = f"aged: `designs/toy#sources` was last verified on {day} (go through it and change the day)"
    for arguments in ([], ["--advice"]):
        cli.main(["--root", str(mini.root), "check", *arguments])
        assert f"{DATA}:3: {message}\n" in capsys.readouterr().out
    assert cli.main(["--root", str(mini.root), "check", "--only", "aged,verified"]) == 0


def test_a_day_that_passed_is_not_remembered_as_one(mini, capsys, monkeypatch):
    """A check keeps what passed; time passes without any file changing."""
    verified(mini, 0)
    cli.main(["--root", str(mini.root), "check", "--only", "aged"])
    monkeypatch.setattr(aged, "DAYS", -1)
    cli.main(["--root", str(mini.root), "check", "--only", "aged"])
    assert "was last verified on" in capsys.readouterr().out
