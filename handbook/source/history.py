"""When each source changed last, as its repository tells."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path


def changed(root: Path) -> Mapping[str, str]:
    """Return the day of the last commit of each file, 2026-11-29 by path relative to `root`.

    Nothing for a file that is in no commit, and nothing at all without a repository or in a shallow
    clone, whose only commit would date everything.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
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


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, and nothing where it fails or is not there."""
    try:
        finished = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except OSError:
        return ""
    return finished.stdout if finished.returncode == 0 else ""
