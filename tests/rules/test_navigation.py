"""Both configurations list the same pages, all of them, once, in one order."""

from __future__ import annotations

import pytest


def test_a_complete_navigation_passes(mini):
    assert mini.problems("navigation") == []


@pytest.mark.parametrize("path", ["mkdocs.yml", "mkdocs.zh.yml"])
def test_a_page_that_does_not_exist_is_reported_at_its_entry(path, mini):
    mini.write(path, mini.read(path) + "      - designs/none.md\n")
    line = mini.line(path, "none.md")
    assert mini.problems("navigation") == [f"{path}:{line}: navigation: `designs/none.md` does not exist"]


def test_a_page_that_is_listed_twice_is_reported_at_its_second_entry(mini):
    mini.write("mkdocs.yml", mini.read("mkdocs.yml") + "      - index.md\n")
    assert mini.problems("navigation") == ["mkdocs.yml:5: navigation: `index.md` is listed twice"]


def test_a_page_that_is_not_listed_is_reported(mini):
    mini.replace("mkdocs.zh.yml", "  - Designs:\n      - designs/toy.md\n", "")
    assert mini.problems("navigation") == [
        "docs/zh/designs/toy.md:1: navigation: the page is not in the navigation of mkdocs.zh.yml"
        " (add `designs/toy.md` to nav)"
    ]


def test_another_order_is_reported_at_the_first_entry_that_differs(mini):
    mini.write("mkdocs.zh.yml", "nav:\n  - designs/toy.md\n  - index.md\n")
    assert mini.problems("navigation") == [
        "mkdocs.zh.yml:2: navigation: the pages are in another order than in mkdocs.yml (`index.md` comes here)"
    ]


@pytest.mark.parametrize("text", ["", "nav: x\n", "site_name: x\n", "- a\n", "text\n"])
def test_a_configuration_without_navigation_is_reported(text, mini):
    mini.write("mkdocs.yml", text)
    assert mini.problems("navigation") == ["mkdocs.yml:1: navigation: no `nav` list"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nav:\n  x: y: z\n", "mkdocs.yml:2: navigation: invalid YAML: mapping values are not allowed here"),
        ("nav: []\nnav: []\n", "mkdocs.yml:2: navigation: the key `nav` stands twice (keep one)"),
    ],
)
def test_an_unreadable_configuration_is_reported(text, problem, mini):
    mini.write("mkdocs.yml", text)
    assert mini.problems("navigation") == [problem]


def test_a_missing_configuration_is_reported(mini):
    (mini.root / "mkdocs.yml").unlink()
    assert mini.problems("navigation") == ["mkdocs.yml:1: navigation: the file is missing"]


@pytest.mark.parametrize("entry", ["https://example.org", "designs/toy", "3"])
def test_an_entry_is_the_path_of_a_page(entry, mini):
    mini.write("mkdocs.yml", mini.read("mkdocs.yml") + f"  - {entry}\n")
    assert mini.problems("navigation") == [f"mkdocs.yml:5: navigation: `{entry}` is not the path of a page"]


def test_an_empty_section_is_reported(mini):
    mini.write("mkdocs.yml", mini.read("mkdocs.yml") + "  - Section:\n")
    assert mini.problems("navigation") == ["mkdocs.yml:5: navigation: a section without pages"]
