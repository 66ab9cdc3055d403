"""The compiled handbook as a folder: whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from handbook import compiled, rules
from handbook.compiled import Compiled
from handbook.outputs import build
from handbook.problems import Problem, ProblemsError


@pytest.fixture
def passing(mini, root, monkeypatch):
    """The small handbook, which passes the rules; it can be compiled."""
    mini.write("mkdocs.yml", (root / "mkdocs.yml").read_text(encoding="utf-8"))
    monkeypatch.setattr(rules, "check", lambda book: [])
    return mini


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_has_markdown_html_drawings_manifest_and_numbers(passing):
    folder = passing.root / "build"
    made = build.write(passing.root, folder)
    keys = {figure.drawing.key for page in made.all_pages() for figure in page.figures}
    kinds, slugs = ("md", "html", "origins.json"), ("index", "designs/toy")
    pages = {f"{code}/{slug}.{kind}" for code in ("en", "zh") for slug in slugs for kind in kinds}
    assert files(folder) == {"manifest.json", "numbers.json", *pages, *(f"drawings/{key}.svg" for key in keys)}
    assert compiled.read(folder) == made


def test_each_number_stands_behind_those_that_it_is_computed_from(passing):
    inputs = yaml.safe_load(passing.read("data/numbers/designs/toy.yml"))
    # By the alphabet it would come before what it needs.
    inputs["results"]["a"] = {"formula": "day_load / load", "unit": "day", "en": "A", "zh": "甲"}
    passing.write("data/numbers/designs/toy.yml", yaml.safe_dump(inputs, allow_unicode=True, sort_keys=False))
    build.write(passing.root, passing.root / "build")
    keys = list(json.loads(passing.read("build/numbers.json"))["quantities"])
    assert keys.index("designs/toy:load") < keys.index("designs/toy:day_load") < keys.index("designs/toy:a")


def test_it_replaces_an_earlier_one_with_all_that_was_in_it(passing):
    passing.write("build/en/gone.md", "gone")
    build.write(passing.root, passing.root / "build")
    assert "en/gone.md" not in files(passing.root / "build")
    assert not list(passing.root.glob(".build-*"))


def test_a_problem_keeps_the_earlier_one(passing, monkeypatch):
    passing.write("build/earlier", "")
    problem = Problem("docs/en/index.md", 1, "links", "the page `x` does not exist")
    monkeypatch.setattr(rules, "check", lambda book: [problem])
    with pytest.raises(ProblemsError) as caught:
        build.write(passing.root, passing.root / "build")
    assert caught.value.problems == [problem]
    assert files(passing.root / "build") == {"earlier"}


def test_a_disk_that_is_full_keeps_the_earlier_one(passing, monkeypatch):
    passing.write("build/earlier", "")

    def full(self: Compiled, folder: Path) -> None:
        folder.mkdir()
        (folder / "half").write_text("")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Compiled, "write", full)
    with pytest.raises(ProblemsError, match="cannot be written"):
        build.write(passing.root, passing.root / "build")
    assert files(passing.root / "build") == {"earlier"}
    assert not list(passing.root.glob(".build-*"))


def test_a_file_in_its_place_is_left_alone(passing):
    passing.write("build", "mine")
    with pytest.raises(ProblemsError) as caught:
        build.write(passing.root, passing.root / "build")
    assert [str(problem) for problem in caught.value.problems] == [
        "build:1: compile: is a file (move it out of the way)"
    ]
    assert passing.read("build") == "mine"
