"""The search box works: by key, by paste, by input method, below any path, and on the way back.

What it finds, and in which order, is tested without a browser in tests/web.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

BOX = ".md-search__input"
ITEM = ".md-search-result__item"


#: Milliseconds between two keys of a fast reader. Material notes focus and blur a moment late, and a
#: key that comes within a millisecond of a click is lost.
HAND = 300


@pytest.fixture
def search_page(new_page, address) -> Callable[[str], Page]:
    """Open a language's home page with the cursor in the search box."""

    def open_search(language: str) -> Page:
        page = new_page(f"{address}{language}/", locale=LOCALES[language])
        page.wait_for_load_state("networkidle")
        page.locator(BOX).click()
        expect(page.locator("#__search")).to_be_checked()  # the script has seen the click
        return page

    return open_search


@pytest.mark.parametrize(("language", "query"), [("en", "threshold"), ("zh", "阈值")])
def test_results_come_while_typing(search_page, language, query):
    page = search_page(language)
    page.keyboard.type(query[:-1])
    expect(page.locator(ITEM).first).to_be_visible()
    page.keyboard.type(query[-1])
    expect(page.locator(f"{ITEM} a[href*='fraud-detection']").first).to_be_visible()


@pytest.mark.parametrize(("language", "query"), [("en", "chargeback"), ("zh", "拒付")])
def test_a_pasted_query_is_answered(new_page, address, language, query):
    page = new_page(f"{address}{language}/", permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_load_state("networkidle")
    page.evaluate("text => navigator.clipboard.writeText(text)", query)
    page.locator(BOX).click()
    page.evaluate("document.execCommand('paste')")
    if not page.locator(BOX).input_value():
        page.keyboard.press("Control+V")
    expect(page.locator(BOX)).to_have_value(query)
    expect(page.locator(ITEM).first).to_be_visible()


def test_an_input_method_asks_when_a_word_is_finished(search_page):
    page = search_page("zh")
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "yuzhi", "selectionStart": 5, "selectionEnd": 5})
    page.wait_for_timeout(400)
    expect(page.locator(ITEM)).to_have_count(0)
    client.send("Input.insertText", {"text": "阈值"})
    expect(page.locator(ITEM).first).to_be_visible()


@pytest.mark.parametrize(("language", "query"), [("en", "calibration"), ("zh", "校准")])
def test_the_keyboard_is_enough(search_page, address, language, query):
    page = search_page(language)
    page.wait_for_timeout(HAND)
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(BOX)).not_to_be_focused()
    page.wait_for_timeout(HAND)
    page.keyboard.press("/")
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.type(query)
    expect(page.locator(ITEM).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    focused = page.locator("a.md-search-result__link:focus")
    expect(focused).to_have_count(1)
    target = focused.evaluate("link => link.href.split('?')[0]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(target)))


@pytest.mark.parametrize(("language", "query"), [("en", "isotonic regression"), ("zh", "保序回归")])
def test_enter_opens_the_best_section_with_the_words_marked(search_page, address, language, query):
    page = search_page(language)
    page.keyboard.type(query)
    expect(page.locator(ITEM).first).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{language}/references/evaluation-metrics-guide/.*#calibration"))
    marked = page.locator("article mark:visible")
    expect(marked.first).to_be_visible()
    assert all(text.lower() in query for text in marked.all_inner_texts())


@pytest.mark.parametrize(("language", "query"), [("en", "latency"), ("zh", "延迟")])
def test_search_works_below_any_path(new_page, each_address, language, query):
    page = new_page(f"{each_address}{language}/framework/")
    page.wait_for_load_state("networkidle")
    page.locator(BOX).click()
    page.keyboard.type(query)
    link = page.locator(f"{ITEM} a").first
    expect(link).to_be_visible()
    assert link.evaluate("link => link.href").startswith(f"{each_address}{language}/")
    assert not page.watch.failed


def test_a_query_that_finds_nothing_says_so(search_page):
    page = search_page("en")
    page.keyboard.type("zzzz")
    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")
    expect(page.locator(ITEM)).to_have_count(0)


@pytest.mark.parametrize(("language", "query"), [("en", "the calibration"), ("zh", "校准的")])
def test_stop_words_are_not_marked(search_page, language, query):
    page = search_page(language)
    page.keyboard.type(query)
    expect(page.locator(f"{ITEM} mark").first).to_be_visible()
    marked = {text.lower() for text in page.locator(f"{ITEM} mark").all_inner_texts()}
    assert not marked & {"the", "的"}


@pytest.mark.parametrize(
    ("language", "query"), [("en", "regulator asks why a payment was refused"), ("zh", "监管来问")]
)
def test_a_result_opens_a_folded_answer(search_page, language, query):
    page = search_page(language)
    page.keyboard.type(query)
    page.locator(f"{ITEM} a[href*='#follow-ups-']").first.click()
    page.wait_for_url(re.compile(f"/{language}/{DESIGNS[0]}.*#follow-ups-"))
    expect(page.locator("details:target")).to_have_attribute("open", "")


@pytest.mark.parametrize("seconds", [0, 0.8])
@pytest.mark.parametrize(("language", "query"), [("en", "isotonic regression"), ("zh", "保序回归")])
def test_back_restores_the_query_and_its_results(search_page, address, language, query, seconds):
    """Also where the page that one goes back to comes late."""
    page = search_page(language)
    page.keyboard.type(query)
    page.locator(f"{ITEM} a[href*='#']").first.click()
    page.wait_for_url(re.compile("#"))
    page.route(f"{address}{language}/", lambda route: (time.sleep(seconds), route.continue_()))
    page.go_back()
    page.wait_for_url(f"{address}{language}/")
    expect(page.locator(BOX)).to_have_value(query)
    expect(page.locator(ITEM).first).to_be_visible()
    page.wait_for_timeout(1000)  # longer than anything closes or opens it by itself
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
