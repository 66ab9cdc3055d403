"""The specimen, tests/specimen: a small handbook that was frozen. A design, a stage, two pages more, in both languages."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: What belongs to the tool, not to the content: the specimen takes it from the repository as it is.
TOOL = ("mkdocs.yml", "mkdocs.zh.yml", "data/review.yml", "data/languages")


def copy(target: Path) -> Path:
    """Copy the specimen, with what it takes from the repository."""
    shutil.copytree(ROOT / "tests/specimen", target)
    for name in TOOL:
        place = ROOT / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, target / name)
    return target
