"""The day on which each source changed last."""

from __future__ import annotations

import os
import subprocess

import pytest

from handbook.source import history


def git(folder, *arguments, day="2026-11-20"):
    moment = f"{day}T12:00:00+00:00"
    environment = os.environ | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for day, name in (("2026-11-20", "old.md"), ("2026-11-21", "页.md"), ("2026-11-22", "old2.md")):
        (folder / name).write_text("text\n")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", name, day=day)
    return folder


def test_each_file_has_the_day_of_its_last_commit(repository):
    (repository / "old.md").write_text("new\n")
    git(repository, "commit", "-qam", "change", day="2026-11-25")
    assert history.changed(repository) == {"old.md": "2026-11-25", "页.md": "2026-11-21", "old2.md": "2026-11-22"}


def test_paths_are_relative_to_a_handbook_inside_a_repository(repository):
    (repository / "book").mkdir()
    (repository / "book/a.md").write_text("text\n")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "a")
    assert history.changed(repository / "book") == {"a.md": "2026-11-20"}


def test_a_shallow_clone_dates_nothing(repository, tmp_path):
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "clone")
    assert history.changed(tmp_path / "clone") == {}


def test_without_a_repository_nothing_is_known(tmp_path):
    assert history.changed(tmp_path) == {}


def test_without_git_nothing_is_known(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert history.changed(repository) == {}
