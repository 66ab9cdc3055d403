"""Without scripts everything is there: text, diagrams, formulas, folded answers, navigation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.pages import DESIGNS, LOCALES, PAGES

pytestmark = pytest.mark.browser

OFF = {"java_script_enabled": False}
#: Size of each diagram, and how many buttons it shows.
DRAWN = """all => all.map(figure => {
  const drawing = figure.querySelector('svg')
  const box = drawing.getBoundingClientRect()
  const shown = drawing.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const buttons = [...figure.querySelectorAll('button')].filter(button => button.checkVisibility())
  return [shown ? box.width : 0, shown ? box.height : 0, buttons.length]
})"""


def test_text_and_diagrams_are_visible(plain):
    expect(plain.locator("h1")).to_be_visible()
    headings = plain.locator("article h2")
    assert headings.count() == plain.locator("article h2:visible").count()
    for width, height, buttons in plain.locator("figure.diagram").evaluate_all(DRAWN):
        assert width > 200
        assert height > 40
        assert not buttons, "a button that does nothing"
    assert plain.locator("article pre.mermaid, article .diagram-error").count() == 0


def test_other_pages_are_within_reach(plain, address):
    language = plain.path[:2]
    links = plain.locator("nav.md-nav--primary a:visible, footer a:visible, article a:visible")
    hrefs = {href.split("#")[0] for href in links.evaluate_all("all => all.map(link => link.href)")}
    others = {address + page for page in PAGES if page.startswith(language)} - {address + plain.path}
    assert others <= hrefs


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
