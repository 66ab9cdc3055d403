"""When each source changed last, as its repository tells."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


def changed(root: Path) -> Mapping[str, str]:
    """Return the day of the last commit of each file, 2026-11-29 by path relative to `root`.

    Nothing for a file that is in no commit, and nothing at all where there is a `gap`.
    """
    if gap(root):
        return {}
    days: dict[str, str] = {}
    day = ""
    log = _git(
        root, "-c", "core.quotePath=false", "log", "--format=\x1f%cs",
        "--name-only", "--relative", "--", ".",
    )  # fmt: skip
    for line in log.splitlines():
        if line.startswith("\x1f"):
            day = line[1:]
        elif line:
            days.setdefault(line, day)
    return days


def last_commit(root: Path, *paths: str) -> int | None:
    """Return the time of the last commit of the paths below `root`, in seconds since 1970.

    Args:
        root: The repository, or a folder in it.
        paths: Relative to `root`; without any, all that is below it.

    Returns:
        None without a repository or a commit. In a shallow clone the only commit there is.
    """
    said = _git(root, "log", "-1", "--format=%ct", "--", *(paths or (".",))).strip()
    return int(said) if said else None


def gap(root: Path) -> str:
    """Return why nobody can tell when a file changed: one sentence; empty where the history is whole.

    The only commit of a shallow clone would date everything.
    """
    try:
        asked = _run(root, "rev-parse", "--is-shallow-repository")
    except OSError:
        return "git is not installed"
    if asked.returncode:
        complaint = (asked.stderr.strip().splitlines() or ["git failed"])[0].removeprefix("fatal: ")
        return "this folder is in no repository" if "not a git repository" in complaint else complaint
    if asked.stdout.strip() == "true":
        return "this clone is shallow (`git fetch --unshallow` brings its history)"
    return "" if last_commit(root) else "nothing here is in a commit"


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, and nothing where it fails or is not there."""
    try:
        finished = _run(root, *arguments)
    except OSError:
        return ""
    return finished.stdout if finished.returncode == 0 else ""


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Whatever its user has set: no signatures between the lines, and complaints in English.
    return subprocess.run(
        ["git", "-C", str(root), "-c", "log.showSignature=false", *arguments], env=os.environ | {"LC_ALL": "C"},
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
