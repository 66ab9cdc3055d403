"""Light and dark: the scheme of the system, the reader's switch, and diagrams that follow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

DARK = "document.body.dataset.mdColorScheme === 'slate'"
PAPER = "getComputedStyle(document.body).backgroundColor"
#: Colours of everything that is drawn in the first diagram.
DRAWN = """() => [...document.querySelector('figure.diagram svg')
    .querySelectorAll('text, rect, path, polygon')]
    .map(shape => getComputedStyle(shape).fill + getComputedStyle(shape).stroke)"""

#: Contrast of each piece of text in the diagrams with what is painted under its middle.
CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a], under) => [r, g, b].map((value, i) => value * a + under[i] * (1 - a))
  const luminance = rgb => rgb
    .map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0)
  const paint = element => {
    const style = getComputedStyle(element)
    const svg = element instanceof SVGElement && element.localName !== 'svg'
    const colour = rgba(!svg ? style.backgroundColor : style.fill === 'none' ? 'transparent' : style.fill)
    colour[3] *= style.opacity * (svg ? style.fillOpacity : 1)
    return colour
  }
  return [...document.querySelectorAll('figure.diagram svg :is(text, tspan)')]
    .filter(text => [...text.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(text => {
      text.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      const box = text.getBoundingClientRect()
      const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        .filter(element => !element.closest('text'))
      if (!stack.some(element => element.localName === 'svg')) return { text: text.textContent, ratio: NaN }
      const ground = stack.reverse().reduce((under, element) => over(paint(element), under), [255, 255, 255])
      const ink = over(paint(text), ground)
      const [low, high] = [luminance(ink), luminance(ground)].sort((a, b) => a - b)
      return { text: text.textContent, ratio: (high + 0.05) / (low + 0.05) }
    })
}"""


def _contrasts(page: Page) -> list[dict]:
    """Measure with nothing in front of the diagrams."""
    hidden = page.add_style_tag(content=".md-header, .md-sidebar, .md-top { display: none !important }")
    found = page.evaluate(CONTRAST)
    hidden.evaluate("style => style.remove()")
    return found


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
    switch = page.locator("form[data-md-component=palette] label:visible")
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


def test_text_in_diagrams_is_readable(desktop):
    pale = []
    for scheme in ("dark", "light"):
        desktop.emulate_media(color_scheme=scheme)
        desktop.wait_for_function(f"({DARK}) === {'true' if scheme == 'dark' else 'false'}")
        pale += [
            f"{scheme}: {found['text']}: {found['ratio']}"
            for found in _contrasts(desktop)
            if not found["ratio"] >= 4.5
        ]
    assert not pale
