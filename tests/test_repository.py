"""What holds for this repository as it is."""

from __future__ import annotations

import pkgutil
import re
import subprocess

import pytest

from handbook import rules, source


def test_the_repository_passes_every_rule(root):
    problems = rules.check(source.load(root))
    assert not problems, "\n".join(map(str, problems))


def test_the_small_handbook_passes_every_rule(mini):
    assert mini.problems() == []


def modules() -> set[str]:
    return {module.name for module in pkgutil.iter_modules(rules.__path__)} - {"memory", "rule"}


def test_every_rule_module_is_registered():
    registered = {rule.check.__module__.rpartition(".")[2] for rule in rules.RULES}
    assert registered == modules()
    assert all(getattr(rules, name).RULE in rules.RULES for name in registered)


def test_every_rule_has_a_test_module(root):
    tested = {path.stem.removeprefix("test_") for path in (root / "tests" / "rules").glob("test_*.py")}
    assert modules() - tested == set()


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_asks_and_why_with_an_example_of_right_and_wrong(rule):
    first, blank, *rest = rule.explain.splitlines()
    assert first.endswith(".")
    assert blank == ""
    starts = [line.partition(":")[0] for line in rest if line.startswith(("Why: ", "Right: ", "Wrong: "))]
    assert starts == ["Why", "Right", "Wrong"]
    assert rule.check.__doc__


def test_no_two_rules_share_an_id():
    assert len({rule.id for rule in rules.RULES}) == len(rules.RULES)


def test_no_pattern_repeats_a_group_possessively(root):
    """Python 3.11.2 gets such groups wrong; single characters it gets right."""
    found = [
        f"{path.relative_to(root)}:{number}"
        for folder in ("handbook", "hooks")
        for path in sorted((root / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "re." in line and re.search(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>", line)
    ]
    assert found == []


def test_a_clone_on_any_system_has_line_feeds(root):
    """A script with carriage returns does not run, and a page with them has other bytes."""
    names = ["Makefile", ".ci/run", "scripts/run", "docs/en/index.md", "data/site.yml", "handbook/cli.py"]
    told = subprocess.run(
        ["git", "-C", str(root), "check-attr", "eol", "--", *names], capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.skip("this copy of the handbook is no clone")
    assert told.stdout.splitlines() == [f"{name}: eol: lf" for name in names]
