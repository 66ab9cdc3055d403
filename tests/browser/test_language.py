"""The other language is one click away, on the same page and in the same section."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

DIRECTIONS = [("en", "zh"), ("zh", "en")]
LINK = "a.language-link"


def _stands_at(page: Page, heading: str) -> None:
    """Expect a heading at the top of the window, below the header."""
    page.wait_for_function(
        """id => { const top = document.getElementById(id)?.getBoundingClientRect().top
                   return top !== undefined && top > -5 && top < 200 }""",
        arg=heading,
    )


@pytest.mark.parametrize(("here", "there"), DIRECTIONS)
def test_the_switch_keeps_page_and_section(new_page, each_address, here, there):
    page = new_page(f"{each_address}{here}/{DESIGNS[0]}#serving")
    page.locator(LINK).click()
    page.wait_for_url(f"{each_address}{there}/{DESIGNS[0]}#serving")
    expect(page.locator("html")).to_have_attribute("lang", re.compile(there))
    _stands_at(page, "serving")


@pytest.mark.parametrize(("here", "there"), DIRECTIONS)
def test_the_switch_follows_instant_navigation(new_page, address, each_address, here, there):
    page = new_page(f"{each_address}{here}/")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.sameDocument = true")
    page.locator(f".md-content a[href$='{DESIGNS[0]}']").first.click()
    page.wait_for_url(f"{each_address}{here}/{DESIGNS[0]}")
    expect(page.locator("#serving")).to_be_attached()
    if each_address == address:  # Material compares with the address that the site was built for
        assert page.evaluate("window.sameDocument"), "the page was loaded anew"
    page.locator(".md-sidebar--secondary a[href$='#monitoring']").first.click()
    page.wait_for_url(re.compile("#monitoring$"))
    page.locator(LINK).click()
    page.wait_for_url(f"{each_address}{there}/{DESIGNS[0]}#monitoring")
    _stands_at(page, "monitoring")


@pytest.mark.parametrize(("here", "there"), DIRECTIONS)
def test_the_switch_keeps_the_section_that_was_scrolled_to(new_page, address, here, there):
    page = new_page(f"{address}{here}/{DESIGNS[0]}")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.getElementById('features').scrollIntoView()")
    page.wait_for_url(re.compile("#features$"))
    page.locator(LINK).click()
    page.wait_for_url(f"{address}{there}/{DESIGNS[0]}#features")
    _stands_at(page, "features")


def test_there_and_back_is_where_one_was(new_page, each_address):
    start = f"{each_address}en/{DESIGNS[0]}#model-threshold"
    page = new_page(start)
    page.locator(LINK).click()
    page.wait_for_url(re.compile("/zh/"))
    page.locator(LINK).click()
    page.wait_for_url(start)
    _stands_at(page, "model-threshold")


def test_the_link_is_visible_in_words_on_every_page(plain, address):
    assert plain["switches"] == 1
    assert plain["switch_in_view"] == [True, True], "on a phone, on a desk"
    here, place = plain["path"].split("/", 1)
    there, words = ("zh", "简体中文") if here == "en" else ("en", "English")
    assert plain["switch"] == [words, f"{address}{there}/{place}"]


def test_a_page_names_its_language_and_its_translations(plain, address):
    language, place = plain["path"].split("/", 1)
    assert plain["alternates"] == {
        "en": f"{address}en/{place}",
        "zh-Hans": f"{address}zh/{place}",
        "x-default": f"{address}{place}",
    }
    assert plain["language"].startswith(language)


@pytest.mark.parametrize("language", LOCALES)
def test_the_page_that_is_not_found_leads_to_the_other_language(new_page, address, language):
    page = new_page(f"{address}{language}/404.html")
    page.locator(LINK).click()
    page.wait_for_url(re.compile("/zh/" if language == "en" else "/en/"))
