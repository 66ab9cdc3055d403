"""A page asks nobody but its own host, finds everything that it asks for, and complains of nothing.

That no other host is asked is asserted for every page that any test opens.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.pages import DESIGNS, PAGES

pytestmark = pytest.mark.browser

ABOVE_LANGUAGES = ["?choose", f"{DESIGNS[0]}?choose"]
#: Shown at any depth, so written for the address of the build.
NOT_FOUND = ["404.html", "en/404.html", "zh/404.html"]


def _is_quiet(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(100)
    assert not page.watch.failed
    assert not page.watch.console


def test_a_page_is_quiet(desktop):
    _is_quiet(desktop)


def test_search_is_not_loaded_before_a_query(desktop):
    desktop.wait_for_load_state("networkidle")
    names = desktop.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not [name for name in names if "search-core" in name or "search/index" in name]


@pytest.mark.parametrize("path", ABOVE_LANGUAGES + NOT_FOUND)
def test_so_is_one_above_the_languages(visit, address, path):
    _is_quiet(visit(address + path))


@pytest.mark.parametrize("path", PAGES + ABOVE_LANGUAGES)
def test_so_is_a_page_below_any_path(visit, site, path):
    _is_quiet(visit(site[2] + path))
