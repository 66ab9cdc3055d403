"""Every link inside the handbook leads to a page and to an anchor that exist."""

from __future__ import annotations

import pytest

INDEX, TOY = "docs/en/index.md", "docs/en/designs/toy.md"


@pytest.mark.parametrize(
    ("path", "link"),
    [
        (INDEX, "[x](designs/toy.md)"),
        (INDEX, "[x](designs/toy.md#data)"),
        (INDEX, "[x](#home)"),
        (TOY, "[x](../index.md#home)"),
        (TOY, "[x](#source-smith2020)"),
        (INDEX, "[x](designs/toy.md#source-smith2020)"),
        (INDEX, "[x](https://example.org/a_(b)"),
        (INDEX, "[x](mailto:a@example.org)"),
        (INDEX, "[x](picture.svg)"),
        (INDEX, "`[x](nowhere.md)`"),
    ],
)
def test_a_link_that_leads_somewhere_passes(path, link, mini):
    mini.write("docs/en/picture.svg", "<svg/>")
    mini.append(path, link)
    assert mini.problems("links") == []


@pytest.mark.parametrize(
    ("path", "target", "message"),
    [
        (INDEX, "designs/tyo.md", "no page `designs/tyo` (did you mean `designs/toy`?)"),
        (INDEX, "designs/toy.md#dta", "no anchor `#dta` on `designs/toy` (did you mean `data`?)"),
        (TOY, "#dta", "no anchor `#dta` on this page (did you mean `data`?)"),
        (INDEX, "#", "no anchor `#` on this page"),
        (INDEX, "designs/toy", "`designs/toy` leads nowhere (did you mean `designs/toy.md`?)"),
        (INDEX, "designs/toy/", "`designs/toy/` leads nowhere (did you mean `designs/toy.md`?)"),
        (INDEX, "none.svg", "`none.svg` leads nowhere"),
        (
            INDEX,
            "/designs/toy.md",
            "`/designs/toy.md` is an absolute link (link relative to the page, to its .md file)",
        ),
        (
            INDEX,
            "//example.org",
            "`//example.org` is an absolute link (link relative to the page, to its .md file)",
        ),
        (INDEX, "http://example.org", "`http://example.org` is not encrypted (use https)"),
        (INDEX, "../../README.md", "no page `../../README`"),
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", '<a href="{}">x</a>', "[x][y]\n\n[y]: {}"])
def test_a_link_that_leads_nowhere_is_reported_at_its_line(path, target, message, form, mini):
    text = form.format(target)
    line = mini.append(path, text) + text.count("\n")
    assert mini.problems("links") == [f"{path}:{line}: links: {message}"]


def test_an_anchor_that_moved_within_its_page_still_counts(mini):
    mini.write("data/redirects.yml", "redirects:\n  designs/toy#old: designs/toy#data\n")
    mini.append(INDEX, "[x](designs/toy.md#old)")
    assert mini.problems("links") == []
