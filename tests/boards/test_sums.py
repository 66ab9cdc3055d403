"""The last board of a design: whoever follows the path with a finger adds up what each budget spends."""

from __future__ import annotations

import copy
import functools
import re
from pathlib import Path

import pytest

from handbook import boards, yamlfile

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / boards.FOLDER
BOARDS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yml"))
#: The minute at which the path stands; what is drawn later or dotted is no part of it.
PATH_STANDS = 36
#: `{{ framework/serving:feed.rank | bare }}`: place, budget, step.
FIGURE = re.compile(r"\{\{ (?:([\w/-]+):)?(\w+)\.(\w+)(?: \| \w+)* \}\}")
#: Its place, budget and step.
Figure = tuple[str, str, str]
TYPED = re.compile(r"\d\s*(?:ms|毫秒)")


@functools.cache
def declared(path: str) -> dict:
    return yamlfile.parse((ROOT / path).read_text(encoding="utf-8"), path, boards.RULE).data


def figures(slug: str, text: str) -> list[Figure]:
    """The figures of budgets in a text; of other numbers none."""
    found = [(place or slug, budget, step) for place, budget, step in FIGURE.findall(text)]
    return [
        figure for figure in found if figure[1] in declared(f"data/numbers/{figure[0]}.yml").get("budgets", {})
    ]


def parts(place: str, ms: str | float) -> list[str | float]:
    """What a duration is the sum of: names of inputs, or a number."""
    if not isinstance(ms, str):
        return [ms]
    formula = declared(f"data/numbers/{place}.yml")["results"].get(ms, {}).get("formula", ms)
    return formula.split(" + ")


def milliseconds(place: str, found: list[str | float]) -> float:
    inputs = declared(f"data/numbers/{place}.yml")["inputs"]
    assert all(inputs[part]["unit"] == "ms" for part in found if isinstance(part, str))
    return sum(inputs[part]["value"] if isinstance(part, str) else part for part in found)


def steps(place: str, budget: str) -> dict[Figure, list[str | float]]:
    """The parts of each step; where branches run in parallel those of the slowest one."""
    found = {}
    for step in declared(f"data/numbers/{place}.yml")["budgets"][budget]["steps"]:
        branches = [parts(place, branch["ms"]) for branch in step.get("parallel", [step])]
        found[place, budget, step["id"]] = max(branches, key=lambda branch: milliseconds(place, branch))
    return found


def followed(path: list[Figure], place: str, budget: str) -> list[Figure]:
    """The figures on a path that a budget spends; a step that sums up steps of another budget has theirs."""
    own = steps(place, budget)
    summed = {part for step, sum_ in own.items() if step not in path and len(sum_) > 1 for part in sum_}
    return [
        figure
        for figure in path
        if figure in own or (figure[0] == place and summed.issuperset(steps(*figure[:2]).get(figure, [""])))
    ]


def faults(slug: str, board: dict, language: str) -> list[str]:
    """What does not add up on a board."""
    solid = [arrow for arrow in board["arrows"] if arrow.get("style") != "dotted"]
    labels = [arrow.get(language, "") for arrow in solid if arrow["minute"] <= PATH_STANDS]
    path = [figure for label in labels for figure in figures(slug, label)]
    said = [part.get(language, "") for part in (*board["boxes"], *board["minutes"])]
    stated = [figure for text in said for figure in figures(slug, text)]
    budgets = sorted({figure[:2] for figure in (*path, *stated)})
    found = [f"“{label}” is typed" for label in labels if TYPED.search(label)]
    if not budgets:
        found.append("the board names no budget")
    for place, budget in budgets:
        own = steps(place, budget)
        its = [figure for figure in path if figure[:2] == (place, budget)]
        found += [f"{figure} is no step" for figure in its if figure not in own]
        if (place, budget, "spent") not in stated:
            found.append(f"the board does not say what {budget} spends")
        spent = sum(milliseconds(place, step) for step in own.values())
        on_arrows = sum(
            milliseconds(place, steps(*figure[:2])[figure]) for figure in followed(path, place, budget)
        )
        if on_arrows != spent:
            found.append(f"{budget}: {on_arrows:g} ms of {spent:g} ms stand on the arrows")
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", BOARDS)
def test_the_figures_on_the_arrows_add_up_to_what_the_budget_spends(slug: str, language: str) -> None:
    assert faults(slug, declared(f"data/boards/{slug}.yml"), language) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", BOARDS)
def test_an_arrow_that_loses_a_figure_or_has_it_twice_is_found(slug: str, language: str) -> None:
    board = declared(f"data/boards/{slug}.yml")
    tried = 0
    for number, arrow in enumerate(board["arrows"]):
        for match in FIGURE.finditer(arrow.get(language, "")):
            if figures(slug, match[0]):
                for instead in ("", match[0] * 2, "5 ms"):
                    wrong = copy.deepcopy(board)
                    wrong["arrows"][number][language] = arrow[language].replace(match[0], instead)
                    assert faults(slug, wrong, language), (arrow, instead)
                    tried += 1
    assert tried
