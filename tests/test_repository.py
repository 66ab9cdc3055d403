"""What holds for this repository as it is."""

from __future__ import annotations

import pkgutil

from handbook import rules, source


def test_the_repository_passes_every_rule(root):
    problems = rules.check(source.load(root))
    assert not problems, "\n".join(map(str, problems))


def test_the_small_handbook_passes_every_rule(mini):
    assert mini.problems() == []


def test_every_rule_module_is_registered():
    modules = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    assert modules == {rule.__name__.rsplit(".", 1)[-1] for rule in rules.RULES}


def test_every_rule_has_a_test_module(root):
    modules = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    tested = {path.stem.removeprefix("test_") for path in (root / "tests" / "rules").glob("test_*.py")}
    assert modules - tested == set()


def test_every_rule_says_what_it_holds():
    for rule in rules.RULES:
        assert rule.__doc__.startswith("Rule `"), rule.__name__
        assert rule.check.__doc__, rule.__name__
