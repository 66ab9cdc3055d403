"""What the review would hold against a reader's answer is held against the worked designs."""

from __future__ import annotations

import re

import pytest

from handbook import rules, source

TOY = "docs/en/designs/toy.md"


def found(mini) -> list[str]:
    return mini.problems("anti-patterns")


def test_the_worked_designs_pass(root):
    assert rules.check(source.load(root), ["anti-patterns"]) == []


def test_a_finding_of_the_review_is_a_problem_of_the_page(mini):
    problems = found(mini)
    assert problems
    assert all(re.match(r"docs/(en|zh)/designs/toy\.md:\d+: anti-patterns: [a-z-]+: ", p) for p in problems)
    assert any("stage-" in problem for problem in problems)


def test_only_worked_designs_are_reviewed(mini):
    assert not any("index.md" in problem for problem in found(mini))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("stages: [\n", "data/review.yml:2: review: invalid YAML: "),
        ("a: 1\na: 2\n", "data/review.yml:2: review: the key `a` stands twice (keep one)"),
        ("stages: []\n", "data/review.yml:1: review: "),
        ("", "data/review.yml:1: review: "),
        (None, "data/review.yml:1: review: the file is missing"),
    ],
    ids=["invalid YAML", "key twice", "no stages", "empty", "missing"],
)
def test_criteria_that_cannot_be_used_are_reported_once(text, problem, mini):
    if text is None:
        (mini.root / "data/review.yml").unlink()
    else:
        mini.write("data/review.yml", text)
    (message,) = mini.problems("review")
    assert message.startswith(problem)
    assert found(mini) == []
