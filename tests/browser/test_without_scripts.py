"""Without scripts everything is there: text, diagrams, formulas, folded answers, navigation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser import looks
from browser.pages import DESIGNS, LOCALES, PAGES

pytestmark = pytest.mark.browser

OFF = looks.OPTIONS["plain"]

def test_text_and_diagrams_are_visible(plain):
    assert plain["title_shown"]
    assert plain["headings_shown"] == plain["headings"]
    for width, height, buttons in plain["diagrams"]:
        assert width > 200
        assert height > 40
        assert not buttons, "a button that does nothing"
    assert not plain["undrawn"]


def test_other_pages_are_within_reach(plain, address):
    hrefs = {href.split("#")[0] for href in plain["links"]}
    siblings = {address + page for page in PAGES if page.startswith(plain["path"][:2])}
    assert siblings - {address + plain["path"]} <= hrefs


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LOCALES)
def test_the_other_language_is_a_plain_link(visit, address, language, width):
    page = visit(f"{address}{language}/{DESIGNS[0]}", viewport={"width": width, "height": 800}, **OFF)
    page.locator("a.language-link").click()
    other = "zh" if language == "en" else "en"
    page.wait_for_url(f"{address}{other}/{DESIGNS[0]}")


@pytest.mark.parametrize("language", LOCALES)
def test_a_phone_opens_the_navigation(visit, address, language):
    page = visit(f"{address}{language}/{DESIGNS[0]}", viewport={"width": 390, "height": 800}, **OFF)
    page.locator("label.md-header__button[for=__drawer]").click()
    # The drawer opens at the page's own section: back, then into another one.
    navigation = page.locator("nav.md-nav--primary")
    navigation.locator("li.md-nav__item--active > nav > label.md-nav__title").first.click()
    link = page.locator("nav.md-nav--primary a[href='../../framework/']")
    section = navigation.locator("li.md-nav__item--section:has(a[href='../../framework/'])")
    section.locator("> label.md-nav__link").click()
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url(f"{address}{language}/framework/")


@pytest.mark.parametrize("language", LOCALES)
def test_a_folded_answer_opens(visit, address, language):
    page = visit(f"{address}{language}/{DESIGNS[0]}", **OFF)
    question = page.locator("details.question").first
    answer = question.locator("p").first
    expect(answer).to_be_hidden()
    question.locator("summary").click()
    expect(answer).to_be_visible()


@pytest.mark.parametrize("language", LOCALES)
def test_formulas_are_drawn(visit, address, language):
    page = visit(f"{address}{language}/{DESIGNS[0]}", **OFF)
    assert page.locator("article math").count() > 3
    assert page.get_by_text("\\frac").count() == 0
