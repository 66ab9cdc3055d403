"""On a phone, 390 px wide: nothing scrolls sideways but tables and diagrams, inside themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ABOVE_LANGUAGES = ["?choose", f"{DESIGNS[0]}?choose", "404.html", "en/404.html", "zh/404.html"]

TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
  .filter(element => !element.closest('.table-scroll, .diagram-scroll, pre, math, .arithmatex'))
  .filter(element => !element.closest('.md-sidebar, .md-search'))
  .map(element => element.outerHTML.slice(0, 80)).slice(0, 5)"""

#: Size on the screen of each piece of text in the diagrams, in CSS pixels.
TEXT_SIZES = """() => [...document.querySelectorAll('figure.diagram svg :is(text, tspan)')]
  .filter(text => [...text.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(text => [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d])"""


def _moves_sideways(page: Page) -> list[str] | None:
    """Return what is too wide, if the page can be moved to the side."""
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    width = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
    page.evaluate("scrollTo(500, 0)")
    moved = page.evaluate("scrollX")
    return page.evaluate(TOO_WIDE) if width > 390 or moved else None


def test_the_page_does_not_scroll_sideways(phone):
    assert _moves_sideways(phone) is None


@pytest.mark.parametrize("path", ABOVE_LANGUAGES)
def test_nor_does_one_above_the_languages(visit, address, path):
    assert _moves_sideways(visit(address + path, **PHONE)) is None


def test_wide_tables_scroll_inside_themselves(phone):
    outside = phone.locator("article table").evaluate_all(
        """all => all.filter(table => !table.closest('.table-scroll'))
             .map(table => table.innerText.slice(0, 60))"""
    )
    assert not outside
    stuck = phone.locator(".table-scroll").evaluate_all(
        """all => all.filter(box => box.scrollWidth > box.clientWidth + 1)
             .filter(box => { box.scrollLeft = 40; return box.scrollLeft === 0 || box.tabIndex !== 0 })
             .map(box => box.innerText.slice(0, 60))"""
    )
    assert not stuck


@pytest.mark.parametrize("language", LOCALES)
def test_a_design_has_a_table_that_is_wider_than_a_phone(visit, address, language):
    """Otherwise the test above shows nothing."""
    page = visit(f"{address}{language}/{DESIGNS[0]}", **PHONE)
    wide = page.locator(".table-scroll").evaluate_all(
        "all => all.filter(box => box.scrollWidth > box.clientWidth + 1)"
    )
    assert wide


def test_text_in_diagrams_is_at_least_12_px(phone):
    small = sorted({f"{text}: {size:.1f}" for text, size in phone.evaluate(TEXT_SIZES) if size < 11.95})
    assert not small


def test_text_is_not_made_larger_or_smaller_by_the_phone(phone):
    assert phone.evaluate("visualViewport.scale") == 1
    size = phone.locator("article p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    assert size >= 15
