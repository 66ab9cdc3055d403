"""The date of an edition is known, or whoever builds it is told why it may be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from commits import commit, git
from handbook.outputs.book import edition


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose last commit changes nothing that a reader reads."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "handbook"
    folder.mkdir()
    git(folder, "init", "-q")
    for name, day in (("docs/page.md", "2026-01-02"), ("README.md", "2026-03-04")):
        commit(folder, name, day)
    return folder


def said(root: Path) -> tuple[str, list[str]]:
    this = edition.of(root, 0)
    return this.date, list(edition.doubts(root, this))


def test_a_whole_history_leaves_no_doubt(root):
    assert said(root) == ("2026-01-02", [])


def test_a_shallow_clone_says_that_its_only_commit_dates_the_edition(root, tmp_path):
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert said(tmp_path / "shallow") == (
        "2026-03-04",
        [
            "pages have no dates: this clone is shallow (`git fetch --unshallow` brings its history)",
            "the edition is dated 2026-03-04, the day of the only commit, whatever that changed,"
            " since SOURCE_DATE_EPOCH is not set",
        ],
    )


def test_a_shallow_clone_with_a_date_given_has_no_doubt_about_the_edition(root, tmp_path, monkeypatch):
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767355200")
    date, doubts = said(tmp_path / "shallow")
    assert date == "2026-01-02"
    assert [doubt.partition(":")[0] for doubt in doubts] == ["pages have no dates"]


def test_without_a_commit_the_edition_has_the_date_of_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert said(tmp_path)[1] == [
        "pages have no dates: this folder is in no repository",
        "the edition is dated 1970-01-01: there is no commit, and SOURCE_DATE_EPOCH is not set",
    ]
