"""data/site.yml lists the pages, all of them, once, in sections that every language has a name for."""

from __future__ import annotations

import pytest

SITE = "data/site.yml"


def test_a_complete_navigation_passes(mini):
    assert mini.problems("navigation") == []


def test_a_page_that_does_not_exist_is_reported_at_its_entry(mini):
    line = mini.replace(SITE, "[designs/toy]", "[designs/toy, designs/toi]")
    assert mini.problems("navigation") == [
        f"{SITE}:{line}: navigation: `designs/toi` is not a page (did you mean `designs/toy`?)"
    ]


def test_a_page_that_is_listed_twice_is_reported_at_its_second_entry(mini):
    line = mini.replace(SITE, "[designs/toy]", "[designs/toy, index]")
    assert mini.problems("navigation") == [f"{SITE}:{line}: navigation: `index` is listed twice (keep one)"]


def test_a_page_that_is_not_listed_is_reported_in_each_language(mini):
    mini.write(SITE, "sections:\n  home: index\n")
    assert mini.problems("navigation") == [
        f"docs/{language}/designs/toy.md:1: navigation: the page is not in the navigation"
        " (add `designs/toy` to data/site.yml)"
        for language in ("en", "zh")
    ]


def test_a_section_that_a_language_does_not_name_is_reported(mini):
    mini.write(SITE, "sections:\n  home: index\n  plans: [designs/toy]\n")
    assert mini.problems("navigation") == [
        f"{SITE}:3: navigation: no English name for `plans` (add `plans` to `sections` of data/languages/en.yml)",
        f"{SITE}:3: navigation: no 简体中文 name for `plans` (add `plans` to `sections` of data/languages/zh.yml)",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: site: the file lacks `sections`"),
        ("- a\n", "1: site: the file is not a mapping"),
        ("sections: [index]\n", "1: site: `sections` is not a mapping"),
        ("sections:\n  home: index\nsection: 1\n", "3: site: unknown key `section` (did you mean `sections`?)"),
        ("sections:\n  home:\n    - 3\n", "3: site: entry 1 is not a text (put it in quotes)"),
        ("sections:\n  home:\n", "2: site: `home` is not a list"),
        ("sections:\n  home: []\n", "2: site: `home` is empty"),
        ("sections:\n x: y: z\n", "2: site: invalid YAML: mapping values are not allowed here"),
        ("sections: {}\nsections: {}\n", "2: site: the key `sections` stands twice (keep one)"),
    ],
)
def test_a_file_of_another_shape_is_reported_at_its_line(text, problem, mini):
    mini.write(SITE, text)
    assert f"{SITE}:{problem}" in mini.problems("site")


def test_a_missing_file_is_reported(mini):
    (mini.root / SITE).unlink()
    assert mini.problems("site") == [f"{SITE}:1: site: the file is missing"]
