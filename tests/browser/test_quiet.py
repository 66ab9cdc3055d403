"""A page asks nobody but its own host, finds everything that it asks for, and complains of nothing.

That no other host is asked is asserted for every page that any test opens.
"""

from __future__ import annotations

import re

import pytest

from browser import looks
from browser.pages import DESIGNS, KINDS, LOCALES

pytestmark = pytest.mark.browser

ABOVE_LANGUAGES = ["?choose", f"{DESIGNS[0]}?choose"]
EACH_KIND = [f"{language}/{place}" for language in LOCALES for place in KINDS.values()]
#: Shown at any depth, so written for the address of the build.
NOT_FOUND = ["404.html", "en/404.html", "zh/404.html"]


QUIET = {"failed": [], "console": []}


def test_a_page_is_quiet(desktop):
    assert {name: desktop[name] for name in QUIET} == QUIET


def test_search_is_not_loaded_before_a_query(desktop):
    loaded = [name for name in desktop["resources"] if "search-core" in name or "search/index" in name]
    assert not loaded


@pytest.mark.parametrize("path", ABOVE_LANGUAGES + NOT_FOUND)
def test_so_is_one_above_the_languages(visit, address, path):
    assert looks.quiet(visit(address + path)) == QUIET


@pytest.mark.parametrize("path", EACH_KIND + ABOVE_LANGUAGES)
def test_so_is_a_page_below_any_path(visit, site, path):
    assert looks.quiet(visit(site[2] + path)) == QUIET


def test_no_page_begins_an_address_at_the_top_of_the_host(site):
    """So what holds of one page of each kind below a path holds of all; a 404 page has no place."""
    folder, _, _ = site
    rooted = [
        file.relative_to(folder).as_posix()
        for file in sorted(folder.rglob("*.html"))
        if file.name != "404.html" and re.search(r'\s(?:href|src|action)="/', file.read_text(encoding="utf-8"))
    ]
    assert not rooted
