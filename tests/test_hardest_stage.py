"""The hardest stage of a design is the same one wherever the handbook names it: `hardest` in data/designs.yml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from handbook import source

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "zh")


@pytest.fixture
def hardest(root) -> dict[str, str]:
    """The stage of each design."""
    designs = yaml.safe_load((root / "data/designs.yml").read_bytes())["designs"]
    return {design["id"]: design["compare"]["hardest"] for design in designs}


@pytest.fixture(scope="module")
def book() -> source.Book:
    """The sources."""
    return source.load(ROOT)


def _stages(book: source.Book, language: str) -> dict[str, str]:
    return {stage.id: stage.labels[language] for stage in book.stages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_canonical_problems_says_so(root, book, hardest, language):
    stages = _stages(book, language)
    page = (root / f"docs/{language}/framework/canonical-problems.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[[^\]]+\]\(\.\./designs/([\w-]+)\.md\) \|.*\| ([^|]+?) \|$", page, re.M)
    said = {design: re.split("[:：]", cell)[0] for design, cell in rows}
    assert said == {design: stages[stage] for design, stage in hardest.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_each_design_says_so(root, book, hardest, language):
    stages = _stages(book, language)
    for design, stage in hardest.items():
        card = yaml.safe_load((root / f"data/numbers/designs/{design}.yml").read_bytes())["card"]
        (value,) = [entry[f"value_{language}"] for entry in card if entry["en"] == "Hardest stage"]
        assert re.split("[:：]", value)[0] == stages[stage]
