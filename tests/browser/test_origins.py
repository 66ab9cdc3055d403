"""Where a value comes from and what a term means: told on hover, on tap and by keyboard, and marked on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
#: Its text has values of all three kinds.
ALL_KINDS = "designs/fraud-detection/"
IN_TEXT = ".md-content :is(p, li) > data"


def tip(page):
    return page.locator(".origin")


@pytest.mark.parametrize("language", LOCALES)
def test_each_kind_is_told_on_hover(new_page, each_address, language):
    words = {"en": ("Assumed", "From a source", "Computed"), "zh": ("假设", "有出处", "算出")}[language]
    page = new_page(f"{each_address}{language}/{ALL_KINDS}")
    for selector, word in zip((".assumed", ".sourced", ":not([class])"), words, strict=True):
        value = page.locator(IN_TEXT.replace("data", f"data{selector}")).first
        value.hover()
        expect(tip(page)).to_contain_text(word)
        assert 0 <= tip(page).bounding_box()["x"]
        page.mouse.move(2, 400)
        expect(tip(page)).to_be_hidden()
    assert not page.watch.failed
    assert not page.watch.console


def test_what_is_computed_says_from_what_and_leads_there(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}")
    link = tip(page).locator("a").first
    for value in page.locator(f"{IN_TEXT}:not(.assumed, .sourced)").all():
        value.hover()
        expect(value).to_have_class(re.compile("is-told"))  # and no longer the one before
        expect(tip(page)).to_contain_text("Computed")
        if link.count():
            break
    expect(link).to_be_visible()
    anchor = link.get_attribute("href").rpartition("#")[2]
    link.hover()  # it stays while the pointer goes there
    page.wait_for_timeout(400)
    expect(link).to_be_visible()
    link.click()
    assert page.evaluate("id => Boolean(document.getElementById(id))", anchor)


def test_nothing_is_loaded_before_somebody_asks(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/origins/" in url]
    page.locator(IN_TEXT).first.hover()
    expect(tip(page)).to_be_visible()
    page.locator(IN_TEXT).nth(3).hover()
    assert len([url for url in asked if "/origins/" in url]) == 1


def test_the_keyboard_has_one_stop_for_all_values(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}")
    assert page.locator("data[tabindex='0']").count() == 0
    button = page.locator(".values button")
    button.focus()
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.textContent")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("ArrowRight")
    values = "[...document.querySelectorAll('.md-content [data-q]')].filter(value => value.offsetParent)"
    assert page.evaluate(f"{values}.indexOf(document.activeElement)") == 1
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == first
    while not tip(page).locator("a").count():
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
    place = page.evaluate(f"{values}.indexOf(document.activeElement)")
    page.keyboard.press("Enter")
    expect(tip(page).locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate(f"{values}.indexOf(document.activeElement)") == place > 0
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    expect(button).to_be_focused()


def test_a_tap_tells_and_another_one_ends_it(new_page, address):
    page = new_page(f"{address}zh/{DESIGNS[0]}", **PHONE)
    page.locator(f"{IN_TEXT}.assumed").first.tap()
    expect(tip(page)).to_contain_text("假设")
    box = tip(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(tip(page)).to_be_hidden()


@pytest.mark.parametrize(("language", "kind"), [("en", "Term"), ("zh", "术语")])
def test_a_term_says_what_it_means_and_leads_to_the_glossary(new_page, address, language, kind):
    page = new_page(f"{address}{language}/{DESIGNS[0]}")
    term = page.locator(".md-content p > .gloss").first
    id_ = term.get_attribute("data-q").removeprefix("term:")
    term.hover()
    expect(tip(page)).to_contain_text(kind)
    tip(page).locator("a").click()
    page.wait_for_url(f"**/{language}/glossary/#{id_}")
    expect(page.locator(f"#{id_}")).to_be_visible()
    assert not page.locator(".gloss").count()  # where every term is explained none is marked


def test_a_tap_on_a_term_of_a_page_without_values(new_page, address):
    page = new_page(f"{address}en/framework/crosswalk/", **PHONE)
    page.locator(".md-content .gloss").first.tap()
    expect(tip(page)).to_contain_text("Term")
    page.locator(".values button").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className").startswith("gloss")


def test_pages_of_folders_and_those_reached_without_loading_know_it(new_page, address):
    page = new_page(f"{address}en/framework/")
    page.locator("a[href$='requirements/']").first.click()
    page.wait_for_url("**/requirements/")
    page.locator(IN_TEXT).first.hover()
    expect(tip(page)).to_be_visible()


def test_kinds_are_marked_on_paper(new_page, address):
    page = new_page(f"{address}en/{ALL_KINDS}")
    page.emulate_media(media="print")
    mark = "element => getComputedStyle(element, '::after').content"
    assert page.locator(f"{IN_TEXT}.assumed").first.evaluate(mark) == '"†"'
    assert page.locator(f"{IN_TEXT}.sourced").first.evaluate(mark) == '"§"'
    assert page.locator(".values .assumed").evaluate(mark) == '"†"'
    assert page.locator("td > data[id].assumed").first.evaluate(mark) == "none"


def test_it_works_from_a_file(new_page, built):
    from handbook.outputs import offline

    page = new_page((built / "en" / DESIGNS[0] / "index.html").as_uri())
    page.locator(f"{IN_TEXT}.assumed").first.hover()
    expect(tip(page)).to_contain_text("Assumed")
    assert not offline.LEFT_OUT.search("origins/designs/x.js")
    assert not offline.LEFT_OUT.search("assets/origins.js")
