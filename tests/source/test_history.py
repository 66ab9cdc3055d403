"""Dates come from a whole history or from none: never silently from the one commit of a shallow clone."""

from __future__ import annotations

from pathlib import Path

import pytest

from commits import commit, git
from handbook.source import history


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of three commits."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "handbook"
    folder.mkdir()
    git(folder, "init", "-q")
    commit(folder, "docs/en/old.md", "2026-01-02")
    commit(folder, "docs/zh/中文.md", "2026-02-03")
    commit(folder, "docs/en/new.md", "2026-03-04")
    return folder


def test_each_file_has_the_day_of_its_last_commit(root):
    (root / "docs/en/uncommitted.md").touch()
    assert history.gap(root) == ""
    assert history.changed(root) == {
        "docs/en/old.md": "2026-01-02",
        "docs/zh/中文.md": "2026-02-03",
        "docs/en/new.md": "2026-03-04",
    }


def test_a_file_that_changed_again_has_the_later_day(root):
    commit(root, "docs/en/old.md", "2026-05-06")
    assert history.changed(root)["docs/en/old.md"] == "2026-05-06"


def test_paths_are_relative_to_a_handbook_inside_a_repository(root):
    assert history.changed(root / "docs/en") == {"old.md": "2026-01-02", "new.md": "2026-03-04"}


@pytest.mark.parametrize(
    ("paths", "seconds"), [((), 1_772_625_600), (("docs/zh",), 1_770_120_000), (("none",), None)]
)
def test_the_last_commit_of_some_paths(root, paths, seconds):
    assert history.last_commit(root, *paths) == seconds


def test_a_shallow_clone_has_no_dates_and_says_so(root, tmp_path):
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert history.changed(tmp_path / "shallow") == {}
    assert history.gap(tmp_path / "shallow") == (
        "this clone is shallow (`git fetch --unshallow` brings its history)"
    )


def test_a_folder_without_a_repository_has_no_dates_and_says_so(tmp_path):
    assert history.changed(tmp_path) == {}
    assert history.gap(tmp_path) == "this folder is in no repository"
    assert history.last_commit(tmp_path) is None


def test_a_machine_without_git_has_no_dates_and_says_so(root, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert history.changed(root) == {}
    assert history.gap(root) == "git is not installed"
    assert history.last_commit(root) is None


def test_a_copy_within_another_repository_is_in_no_commit(root):
    (root / "unpacked").mkdir()
    assert history.gap(root / "unpacked") == "nothing here is in a commit"
    assert history.last_commit(root / "unpacked") is None


def test_a_repository_that_git_does_not_trust_says_what_git_says(root, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert history.changed(root) == {}
    assert history.gap(root) == f"detected dubious ownership in repository at '{root}'"
