"""Rules look again only at what changed, and at all that a change may concern."""

from __future__ import annotations

import dataclasses

import pytest

from handbook import rules
from handbook.rules import links, typography


@pytest.fixture
def asked(mini, monkeypatch):
    """The pages that a rule of pages was called with, after one check of the handbook as it was."""
    calls = []
    for module in (links, typography):
        check = module.check

        def counted(book, page, check=check, name=module.ID):
            calls.append((name, page.path))
            return check(book, page)

        place = next(n for n, rule in enumerate(rules.RULES) if rule.id == module.ID)
        replaced = list(rules.RULES)
        replaced[place] = dataclasses.replace(module.RULE, check=counted)
        monkeypatch.setattr(rules, "RULES", tuple(replaced))
    rules.check(mini.book())
    calls.clear()
    return calls


def test_what_passed_is_not_looked_at_again(mini, asked):
    rules.check(mini.book())
    assert asked == []


def test_a_page_that_changed_is_looked_at(mini, asked):
    mini.append("docs/en/index.md", "One more sentence.")
    rules.check(mini.book())
    assert set(asked) == {("links", "docs/en/index.md"), ("typography", "docs/en/index.md")}


def test_a_heading_that_changed_concerns_every_page_for_rules_that_see_others(mini, asked):
    mini.append("docs/en/index.md", "## New {#new}")
    rules.check(mini.book())
    assert {path for name, path in asked if name == "links"} == {page.path for page in mini.book().all_pages()}
    assert {path for name, path in asked if name == "typography"} == {"docs/en/index.md"}


def test_a_rule_that_looks_again_only_at_its_page_is_shown_no_other(mini, monkeypatch):
    shown = []

    def check(book, page):
        shown.append([each.path for each in book.all_pages()] == [page.path])
        return ()

    alone = [dataclasses.replace(rule, check=check) for rule in rules.RULES if rule.id == "typography"]
    monkeypatch.setattr(rules, "RULES", tuple(alone))
    rules.check(mini.book())
    assert shown == [True] * len(mini.book().all_pages())


@pytest.mark.parametrize(
    "change",
    [
        lambda mini: mini.replace("data/numbers/designs/toy.yml", "value: 3000", "value: 4000"),
        lambda mini: mini.write("docs/en/picture.png", b""),
    ],
)
def test_data_and_pictures_concern_every_page(mini, asked, change):
    change(mini)
    rules.check(mini.book())
    assert len({path for _, path in asked}) == len(mini.book().all_pages())


def test_what_failed_is_reported_again(mini):
    mini.append("docs/zh/index.md", "用GPU。")
    first = rules.check(mini.book())
    assert [problem.rule for problem in first if problem.rule == "typography"] == ["typography"]
    assert rules.check(mini.book()) == first


def test_a_check_of_some_rules_forgets_nothing_about_the_others(mini, asked):
    rules.check(mini.book(), only=["typography"])
    rules.check(mini.book())
    assert asked == []


def test_a_stray_file_is_seen_although_no_page_changed(mini):
    rules.check(mini.book())
    mini.write("docs/en/index.md.orig", "old")
    assert any(problem.path == "docs/en/index.md.orig" for problem in rules.check(mini.book()))


def test_without_a_place_to_remember_everything_is_looked_at(mini, asked):
    for file in (mini.root / ".cache" / "passed").iterdir():
        file.unlink()
    rules.check(mini.book())
    assert len(asked) == 2 * len(mini.book().all_pages())
