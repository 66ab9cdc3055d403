"""Each step of a plan leads to a place that exists, and a plan keeps to its limit."""

from __future__ import annotations

import pytest

DATA = "data/plans.yml"
PAGE = "docs/en/designs/toy.md"
GONE = "is done, does not exist (did you mean"
PLANS = """plans:
  day:
    limit: 45
    parts:
      - en: Morning
        zh: 上午
        steps:
          - {id: read, minutes: 30, to: designs/toy, en: Read it, zh: 读一遍}
          - {id: say, minutes: 15, to: "designs/toy#model", en: Say it, zh: 讲一遍}
"""


@pytest.fixture
def planned(mini):
    mini.write(DATA, PLANS)
    mini.append(PAGE, "{{ practice-plan: day }}")
    return mini


def test_a_plan_that_leads_somewhere_passes(planned):
    assert planned.problems("plans") == []


def test_a_handbook_without_plans_passes(mini):
    assert mini.problems("plans") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("designs/toy,", "designs/toi,", 8, f"`designs/toi`, where `read` {GONE} `designs/toy`?)"),
        ("#model", "#modle", 9, f"`designs/toy#modle`, where `say` {GONE} `model`?)"),
        ("minutes: 15", "minutes: 16", 2, "the steps of `day` take 46 minutes of at most 45"),
        ("id: say", "id: read", 2, "`read` stands twice (keep one)"),
        ("minutes: 15, ", "minutes: 0, ", 9, "`minutes` is less than 1"),
        (", zh: 讲一遍", "", 9, "entry 2 has no text `zh`"),
    ],
)
def test_what_is_wrong_is_reported_where_it_stands(planned, old, new, line, message):
    planned.replace(DATA, old, new)
    assert planned.problems("plans")[0] == f"{DATA}:{line}: plans: {message}"


def test_a_plan_that_no_page_prints_is_reported(mini):
    mini.write(DATA, PLANS)
    assert mini.problems("plans") == [
        f"{DATA}:2: plans: no page prints `day` ({{{{ practice-plan: day }}}})"
    ]
