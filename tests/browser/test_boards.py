"""A whiteboard: fits a window, is stepped through by tab, arrow key and finger, and prints whole."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from playwright.sync_api import expect

from browser.pages import LOCALES

pytestmark = pytest.mark.browser

PLACE = "framework/time-and-whiteboard/"
LAPTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MINUTES = (8, 20, 36, 41)


def shown(page):
    return [int(step.get_attribute("id").removeprefix("board-")) for step in page.locator(".boards-step:visible").all()]


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)], ids=str)
def test_a_board_is_seen_as_a_whole(new_page, address, language, size):
    page = new_page(f"{address}{language}/{PLACE}", viewport={"width": size[0], "height": size[1]})
    page.locator(".boards-bar").evaluate("bar => scrollTo(0, bar.getBoundingClientRect().top + scrollY - 52)")
    for number in range(len(MINUTES)):
        page.get_by_role("tab").nth(number).click()
        board = page.locator(".boards-step:visible svg.dg")
        expect(board).to_be_in_viewport(ratio=1)
        assert page.locator(".boards-bar").bounding_box()["y"] >= 48
        scroll = page.locator(".boards-step:visible .diagram-scroll")
        assert scroll.evaluate("box => box.scrollWidth <= box.clientWidth")
        texts = page.evaluate(
            """() => [...document.querySelectorAll(".is-shown svg text")]
                .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
        )
        assert min(texts) >= 12
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_the_minutes_are_tabs(new_page, address):
    page = new_page(f"{address}en/{PLACE}", **LAPTOP)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_text([f"Minute {minute}" for minute in MINUTES])
    expect(page.get_by_role("tablist")).to_have_attribute("aria-label", "The board, minute by minute")
    assert shown(page) == [41], "one sees the whole first"
    tabs.last.focus()
    for key, minute in [("ArrowRight", 41), ("ArrowLeft", 36), ("Home", 8), ("ArrowRight", 20), ("End", 41), ("Home", 8)]:
        page.keyboard.press(key)
        assert shown(page) == [minute]
        expect(page.get_by_role("tab", selected=True)).to_be_focused()
        expect(page.get_by_role("tabpanel")).to_have_accessible_name(f"Minute {minute}")
    assert [tab.get_attribute("tabindex") for tab in tabs.all()] == ["0", "-1", "-1", "-1"]


def test_a_link_to_a_minute_shows_it(new_page, address):
    page = new_page(f"{address}zh/{PLACE}#board-36", **LAPTOP)
    expect(page.get_by_role("tab", selected=True)).to_have_text("第 36 分钟")
    for minute in (20, 8):
        page.evaluate(f"location.hash = '#board-{minute}'")
        expect(page.get_by_role("tab", selected=True)).to_have_text(f"第 {minute} 分钟")


def test_it_works_with_a_finger_on_a_phone(new_page, address):
    page = new_page(f"{address}zh/{PLACE}", **PHONE)
    page.get_by_role("tab").nth(2).tap()
    assert shown(page) == [36]
    sizes = [tab.bounding_box() for tab in page.get_by_role("tab").all()]
    assert min(min(size["width"], size["height"]) for size in sizes) >= 44
    assert len({size["y"] for size in sizes}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    scroll = page.locator(".boards-step:visible .diagram-scroll")
    assert scroll.evaluate("box => box.scrollWidth > box.clientWidth")
    assert "gradient" in scroll.evaluate("box => getComputedStyle(box).backgroundImage"), "there is more, and it shows"


def test_instant_navigation_brings_a_board_that_works(new_page, address):
    page = new_page(f"{address}en/framework/requirements/", **LAPTOP)
    page.locator(f"a[href$='{PLACE}'], a[href='../time-and-whiteboard/']").first.click()
    expect(page.get_by_role("tab")).to_have_count(len(MINUTES))
    page.get_by_role("tab").nth(1).click()
    assert shown(page) == [20]


def test_who_goes_to_the_contents_by_keyboard_sees_them_over_the_board(new_page, address):
    page = new_page(f"{address}en/{PLACE}", **LAPTOP)
    page.locator(".boards-bar").evaluate("bar => scrollTo(0, bar.getBoundingClientRect().top + scrollY - 52)")
    link = page.locator(".md-sidebar--secondary a").nth(3)
    link.focus()
    assert link.evaluate(
        """link => { const box = link.getBoundingClientRect()
            return link.contains(document.elementFromPoint(box.left + 5, box.top + 5)) }"""
    )


@pytest.mark.parametrize("language", LOCALES)
def test_early_minutes_share_a_printed_sheet(new_page, address, language):
    page = new_page(f"{address}{language}/{PLACE}", **LAPTOP)
    sheets = [sheet for sheet in _printed(page).pages if sheet.mediabox.width > sheet.mediabox.height]
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(842, 595)}
    legends = re.compile({"en": r"Minute (\d+)", "zh": r"第\s*(\d+)\s*分钟"}[language])
    printed = [[int(found) for found in legends.findall(sheet.extract_text()) if int(found) in MINUTES] for sheet in sheets]
    first = [list(dict.fromkeys(found)) for found in printed]
    assert first[0][:2] == [8, 20]
    assert [found[0] for found in first] == [8, *MINUTES[2:]]


def test_the_sheets_print_alone(new_page, address):
    page = new_page(f"{address}en/{PLACE}", **LAPTOP)
    page.evaluate("window.print = () => { window.printed = 'sheets' in document.documentElement.dataset }")
    page.get_by_role("button", name="Print on one sheet each").click()
    assert page.evaluate("window.printed")
    assert len(_printed(page).pages) == len(MINUTES)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("'sheets' in document.documentElement.dataset") is False


def test_without_scripts_all_minutes_stand_one_after_the_other(new_page, address):
    page = new_page(f"{address}en/{PLACE}", java_script_enabled=False, **LAPTOP)
    assert shown(page) == [*MINUTES]


def _printed(page):
    return pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
