"""The list of questions: filtered without a reload, whole without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.pages import LOCALES

pytestmark = pytest.mark.browser

PLACE = "practice/"
ROWS = ".question-list tbody tr"


@pytest.mark.parametrize("language", LOCALES)
def test_a_filter_leaves_what_it_asks_for(new_page, address, language):
    page = new_page(f"{address}{language}/{PLACE}")
    filters, rows = page.locator(".question-filter select"), page.locator(f"{ROWS}:visible")
    expect(filters).to_have_count(3)
    every = rows.count()
    stage = filters.nth(1).locator("option").nth(1).text_content()
    filters.nth(1).select_option(stage)
    assert 0 < rows.count() < every
    assert {row.locator("td").nth(2).text_content() for row in rows.all()} == {stage}
    expect(page.locator(".question-filter output")).to_contain_text(str(rows.count()))
    filters.nth(1).select_option("")
    assert rows.count() == every


def test_the_list_is_whole_without_scripts(new_page, address):
    page = new_page(f"{address}en/{PLACE}", java_script_enabled=False)
    assert page.locator(f"{ROWS}:visible").count() > 0
    expect(page.locator(".question-filter")).to_have_count(0)
