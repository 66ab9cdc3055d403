"""The board of the running example: whoever follows the path with a finger adds up what the budget spends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook import boards, yamlfile

ROOT = Path(__file__).resolve().parents[2]
PART = re.compile(r"\{\{ framework/serving:feed\.(\w+) \}\}")


def declared(path: str) -> dict:
    return yamlfile.parse((ROOT / path).read_text(encoding="utf-8"), path, boards.RULE).data


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_of_the_budget_stands_on_one_arrow(language):
    board = declared("data/boards/framework/time-and-whiteboard.yml")
    path = [arrow for arrow in board["arrows"] if arrow.get("style") != "dotted" and arrow["minute"] <= 36]
    spent = [part for arrow in path for part in PART.findall(arrow.get(language, ""))]
    steps = declared("data/numbers/framework/serving.yml")["budgets"]["feed"]["steps"]
    assert sorted(spent) == sorted(step["id"] for step in steps)
