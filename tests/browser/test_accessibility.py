"""axe-core finds nothing: any kind of page, light and dark, wide and narrow, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser import looks
from browser.pages import DESIGNS, KINDS, LOCALES

pytestmark = pytest.mark.browser

SCHEMES = ["light", "dark"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATHS = {
    **{f"{language}-{kind}": f"{language}/{place}" for language in LOCALES for kind, place in KINDS.items()},
    **{f"{language}-404": f"{language}/404.html" for language in LOCALES},
    "entrance": "?choose",
    "neutral": f"{DESIGNS[0]}?choose",
    "404": "no/such/page/",
}
#: A header that is fading has no colour yet.
STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"


def _violations(axe, page: Page, part: str | None = None) -> str:
    """Return what axe says of a page, or of a part of it, in light and in dark; nothing if all is well."""
    looks.style(page, STILL)
    said = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # Material notes a scheme that changes; the pages above the languages leave it to CSS.
        page.wait_for_function(
            "slate => (document.body.dataset.mdColorScheme ?? slate) === slate",
            arg="slate" if scheme == "dark" else "default",
        )
        result = axe.run(page, part)
        if result.violations_count:
            said.append(f"{scheme}: {result.generate_report()}")
    return "\n".join(said)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_has_no_violations(new_page, address, axe, path):
    page = new_page(address + path, viewport=WIDE)
    said = _violations(axe, page)
    page.set_viewport_size(PHONE)
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    said += _violations(axe, page)
    assert not said, said


@pytest.mark.parametrize("language", LOCALES)
def test_nor_has_the_search(new_page, address, axe, language):
    page = new_page(f"{address}{language}/")
    page.keyboard.press("f")
    page.keyboard.type("p99")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    said = _violations(axe, page)
    assert not said, said


@pytest.mark.parametrize("language", LOCALES)
def test_nor_has_an_enlarged_diagram(new_page, address, axe, language):
    page = new_page(f"{address}{language}/{DESIGNS[0]}")
    page.locator("button.diagram-zoom").first.click()
    dialog = page.locator("dialog.diagram-dialog")
    expect(dialog).to_be_visible()
    # What lies behind is inert, and was looked at before.
    said = _violations(axe, page, "dialog.diagram-dialog")
    assert not said, said
    button = dialog.locator("button").first
    button.evaluate("it => { it.replaceChildren(); it.removeAttribute('aria-label'); it.title = '' }")
    assert "button-name" in _violations(axe, page, "dialog.diagram-dialog")
