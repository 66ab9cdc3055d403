"""Repositories with commits of chosen days, for tests of what dates a page or an edition."""

from __future__ import annotations

import subprocess
from pathlib import Path

NAME = "git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"


def git(root: Path, *arguments: str, day: str = "2026-01-02") -> None:
    """Run git in a folder, as if it were noon of a day."""
    moment = f"{day}T12:00:00+00:00"
    subprocess.run(
        [*NAME, "-C", str(root), *arguments], check=True, capture_output=True,
        env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment},
    )  # fmt: skip


def commit(root: Path, name: str, day: str) -> None:
    """Write a file and commit it on a day."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(day)
    git(root, "add", name)
    git(root, "commit", "-q", "-m", name, day=day)
