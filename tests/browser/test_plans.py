"""Plans of practice: ticks that stay in the browser and can be taken along; whole without scripts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from browser.pages import LOCALES

pytestmark = pytest.mark.browser

PLACE = "practice/plans/"
TODAY = ".plan[data-plan=today]"
BOXES = f"{TODAY} input[type=checkbox]"
TEXT = ".plan-ticks textarea"


@pytest.mark.parametrize("language", LOCALES)
def test_a_tick_by_keyboard_stays_after_a_reload(new_page, address, language):
    page = new_page(f"{address}{language}/{PLACE}")
    page.locator(BOXES).first.focus()
    page.keyboard.press("Space")
    page.reload()
    expect(page.locator(BOXES).first).to_be_checked()
    expect(page.locator(BOXES).nth(1)).not_to_be_checked()
    expect(page.locator(f"{TODAY} .plan-progress output")).to_contain_text("1")


def test_ticks_are_taken_over_and_another_text_changes_nothing(new_page, address):
    page = new_page(f"{address}en/{PLACE}")
    page.locator(f"{TODAY} label").first.click()
    kept = page.locator(TEXT).input_value()
    assert list(json.loads(kept)) == ["today"]
    for wrong in ("no list", '{"today": 1}'):
        page.locator(TEXT).fill(wrong)
        page.locator(".plan-bar button").nth(2).click()
        expect(page.locator(".plan-ticks output")).to_contain_text("nothing was changed")
    expect(page.locator(BOXES).first).to_be_checked()
    page.locator(TEXT).fill(kept.replace("[", '["board", '))
    page.locator(".plan-bar button").nth(2).click()
    expect(page.locator("#plan-today-board")).to_be_checked()


def test_ticks_are_removed_only_when_that_is_confirmed(new_page, address):
    page = new_page(f"{address}en/{PLACE}")
    page.locator(BOXES).first.check()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator(".plan-bar button").last.click()
    expect(page.locator(BOXES).first).to_be_checked()
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".plan-bar button").last.click()
    expect(page.locator(BOXES).first).not_to_be_checked()


def test_without_storage_ticks_last_as_long_as_the_page(new_page, address):
    page = new_page(f"{address}en/")
    denied = "{ get() { throw new Error('private') } }"
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {denied})")
    page.goto(f"{address}en/{PLACE}")
    page.locator(BOXES).first.check()
    page.locator(BOXES).nth(1).check()
    expect(page.locator(BOXES).first).to_be_checked()


def test_each_step_has_an_empty_box_without_scripts(new_page, address):
    page = new_page(f"{address}en/{PLACE}", java_script_enabled=False)
    rows = page.locator(f"{TODAY} tbody tr")
    assert rows.count() > 0
    assert rows.locator("td:first-child").all_text_contents() == ["☐"] * rows.count()
