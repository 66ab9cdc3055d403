"""What a reader does on a page: link to a section, enlarge a diagram, unfold an answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser


def test_every_heading_links_to_itself(plain):
    assert not plain["unlinked"]
    assert plain["headings"] > 0


@pytest.mark.parametrize("language", LOCALES)
def test_a_heading_gives_a_link_for_readers_of_both_languages(new_page, each_address, language):
    clipboard = ["clipboard-read", "clipboard-write"]
    page = new_page(f"{each_address}{language}/{DESIGNS[0]}", permissions=clipboard)
    for heading in ("serving", "model-threshold"):
        page.locator(f"#{heading} .headerlink").click()
        expect(page.locator("[role=status].handbook-status")).not_to_be_empty()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{each_address}{DESIGNS[0]}#{heading}"
        expect(page.locator(f"#{heading}")).to_be_in_viewport()


def test_a_heading_link_works_without_the_clipboard(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#serving .headerlink").click()
    expect(page.locator(".handbook-status")).to_contain_text("address bar")
    expect(page).to_have_url(re.compile("#serving$"))
    assert not page.watch.console


def test_the_address_stays_at_the_heading_that_was_linked(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}")
    page.wait_for_load_state("networkidle")
    for heading in ("serving", "features", "model-threshold", "data", "monitoring"):
        page.locator(f"#{heading} .headerlink").click()
        page.wait_for_timeout(700)  # the address follows the reader half a second behind
        expect(page).to_have_url(re.compile(f"#{heading}$"))


@pytest.mark.parametrize("within", [".md-content", ".md-nav--primary"])
def test_a_page_that_is_late_opens_at_its_top(new_page, address, within):
    """Who has just scrolled follows a link before the address has followed, and the next page takes its time."""
    page = new_page(f"{address}en/", viewport={"width": 1440, "height": 900})
    page.wait_for_load_state("networkidle")
    late = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", late)
    page.evaluate(
        """within => {
          document.getElementById("start-weeks").scrollIntoView()
          document.querySelector(`${within} a[href$="designs/by-stage/"]`).click()
        }""",
        within,
    )
    expect(page).to_have_title(re.compile("^The same stage"), timeout=15_000)
    page.wait_for_timeout(700)
    expect(page).to_have_url(f"{address}en/designs/by-stage/")
    assert page.evaluate("scrollY") == 0


def test_a_link_within_a_page_leads_there_on_a_slow_processor(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.locator("#serving .headerlink").click()
    page.wait_for_timeout(1000)
    assert 0 <= page.evaluate("document.getElementById('serving').getBoundingClientRect().top") < 100
    expect(page).to_have_url(re.compile("#serving$"))


@pytest.mark.parametrize("language", LOCALES)
def test_a_diagram_is_enlarged_by_keyboard_and_put_back(new_page, address, language):
    page = new_page(f"{address}{language}/{DESIGNS[0]}")
    figure = page.locator("figure.diagram").first
    button = figure.locator("button.diagram-zoom")
    small = figure.locator("svg").bounding_box()
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.diagram-dialog")
    expect(dialog).to_be_visible()
    drawing = dialog.locator("svg")
    assert drawing.bounding_box()["width"] >= small["width"]
    assert 0 <= drawing.bounding_box()["y"] < 200, "it begins in the window"
    page.keyboard.press("0")
    expect(drawing).to_be_in_viewport(ratio=0.95)
    before = drawing.bounding_box()["width"]
    page.keyboard.press("+")
    assert drawing.bounding_box()["width"] > before
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    assert figure.locator("svg").bounding_box()["width"] == small["width"]


def test_every_diagram_can_be_enlarged_after_instant_navigation(new_page, address):
    page = new_page(f"{address}en/")
    page.wait_for_load_state("networkidle")
    page.locator(f".md-content a[href$='{DESIGNS[0]}']").first.click()
    page.wait_for_url(f"{address}en/{DESIGNS[0]}")
    expect(page.locator("figure.diagram:visible").first).to_be_visible()
    # Of a board one minute is shown at a time.
    for figure in page.locator("figure.diagram:visible").all():
        expect(figure.locator("button.diagram-zoom")).to_be_visible()
    page.locator("button.diagram-zoom:visible").last.click()
    page.locator("dialog [data-do=close]").click()
    expect(page.locator("dialog")).to_have_count(0)


def test_the_systems_back_closes_an_enlarged_diagram_and_nothing_else(new_page, address):
    page = new_page(f"{address}en/framework/")
    page.goto(f"{address}en/{DESIGNS[0]}")
    button = page.locator("button.diagram-zoom").first
    dialog = page.locator("dialog.diagram-dialog")
    button.click()
    expect(dialog).to_be_visible()
    page.go_back()
    expect(dialog).to_have_count(0)
    # The address may have followed the click's scrolling to a section of the same page.
    expect(page).to_have_url(re.compile(f"^{re.escape(address)}en/{DESIGNS[0]}(#|$)"))
    button.click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.wait_for_timeout(300)
    page.go_back()
    page.wait_for_url(f"{address}en/framework/")


def test_the_button_that_enlarges_covers_nothing_on_a_phone(new_page, address):
    page = new_page(
        f"{address}en/{DESIGNS[0]}", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    # Minutes of a board that are not shown, and drawings in folded answers, have no box.
    for figure in page.locator("figure.diagram:visible").all():
        button = figure.locator("button.diagram-zoom").bounding_box()
        drawing = figure.locator(".diagram-scroll").bounding_box()
        assert button["y"] + button["height"] <= drawing["y"] + 0.5


@pytest.mark.parametrize("language", LOCALES)
def test_a_folded_answer_opens_by_keyboard(new_page, address, language):
    page = new_page(f"{address}{language}/{DESIGNS[0]}")
    question = page.locator("details.question").first
    question.locator("summary").focus()
    for key, open_ in (("Enter", True), ("Space", False), ("Space", True)):
        page.keyboard.press(key)
        expect(question).to_have_js_property("open", open_)
    expect(question.locator("p").first).to_be_visible()


def test_links_of_the_contents_lead_to_their_sections(desktop):
    assert not desktop["lost_sections"]


@pytest.mark.parametrize("language", LOCALES)
def test_a_page_offers_to_be_printed(new_page, address, language):
    page = new_page(f"{address}{language}/{DESIGNS[0]}", viewport={"width": 390, "height": 800})
    page.evaluate("window.print = () => { document.body.dataset.printed = location.pathname }")
    page.locator(".page-print").focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-printed", re.compile(f"/{language}/{DESIGNS[0]}$"))


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("place", DESIGNS)
def test_a_card_has_no_empty_cells(visit, address, language, place):
    card = visit(f"{address}{language}/{place}", viewport={"width": 1440, "height": 900}).locator("dl.card").first
    width, rows = card.evaluate(
        """card => [card.clientWidth, [...card.children].reduce((rows, cell) => {
             const { top, width } = cell.getBoundingClientRect()
             return { ...rows, [Math.round(top)]: (rows[Math.round(top)] ?? 0) + width }
           }, {})]"""
    )
    assert all(abs(row - width) < 2 for row in rows.values())
