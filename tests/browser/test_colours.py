"""Light and dark: the scheme of the system, the reader's switch, and diagrams that follow."""

from __future__ import annotations

import pytest

from browser.looks import DARK
from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

PAPER = "getComputedStyle(document.body).backgroundColor"
#: Colours of everything that is drawn in the first diagram.
DRAWN = """() => [...document.querySelector('figure.diagram svg')
    .querySelectorAll('text, rect, path, polygon')]
    .map(shape => getComputedStyle(shape).fill + getComputedStyle(shape).stroke)"""

@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(("system", "dark"), [("light", False), ("dark", True)])
def test_the_colours_follow_the_system(visit, address, language, system, dark):
    page = visit(f"{address}{language}/{DESIGNS[0]}", color_scheme=system)
    assert page.evaluate(DARK) is dark
    light_paper = "rgb(255, 255, 255)"
    assert (page.evaluate(PAPER) != light_paper) is dark


def test_the_colours_follow_a_system_that_changes(new_page, address):
    page = new_page(f"{address}en/{DESIGNS[0]}", color_scheme="light")
    before = page.evaluate(DRAWN)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(DARK)
    after = page.evaluate(DRAWN)
    assert len(before) == len(after) > 20
    unchanged = [colour for colour in set(after) & set(before) if "rgba(0, 0, 0, 0)" not in colour]
    assert not {colour for colour in unchanged if colour != "nonenone"}


@pytest.mark.parametrize("language", LOCALES)
def test_the_switch_goes_round_and_is_remembered(new_page, address, language):
    page = new_page(f"{address}{language}/", color_scheme="light")
    switch = page.locator("form.palette label:visible")
    schemes = []
    for _ in range(3):
        schemes.append(page.evaluate(DARK))
        switch.click()
    assert schemes == [False, False, True], "system, light, dark"
    switch.click()
    switch.click()
    page.wait_for_function(DARK)
    page.goto(f"{address}{language}/{DESIGNS[0]}")
    assert page.evaluate(DARK), "dark, although the system is light"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_switch_listens_to_the_keyboard(new_page, address, key):
    page = new_page(f"{address}en/", color_scheme="light")
    page.wait_for_load_state("networkidle")
    switch = page.locator("input[name=__palette]").first
    switch.focus()
    page.keyboard.press(key)
    page.keyboard.press(key)
    page.wait_for_function(DARK)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_in_diagrams_is_readable(desktop, scheme):
    assert not desktop["pale"][scheme]
