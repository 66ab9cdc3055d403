"""Every page states a strict Content-Security-Policy, and what a reader does stays within it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser import looks
from browser.pages import DESIGNS, KINDS, LOCALES
from handbook.outputs import security

pytestmark = pytest.mark.browser

PATHS = [f"{language}/{place}" for language in LOCALES for place in KINDS.values()]
ABOVE_LANGUAGES = ["?choose", f"{DESIGNS[0]}?choose", "no/such/page/"]


@pytest.fixture
def strict(visit, address):
    """Open a page with its policy in force: a violation is an error of the console."""
    return lambda path: visit(address + path, "strict", bypass_csp=False)


def read_on(page: Page, words: str) -> None:
    """Do what scripts answer to: colours, a board, a drawing, a value, a query, the next page."""
    page.locator("label[for^=__palette]:visible").first.click()
    page.locator(".boards-tabs button").nth(1).click()
    page.locator(".diagram-zoom:visible").first.click()
    page.keyboard.press("Escape")
    page.locator(".md-content data[data-q]:visible").first.click()
    expect(page.locator(".origin")).to_be_visible()
    page.locator(".md-search__input").fill(words)
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("a.md-footer__link--next").click()
    expect(page.locator(f".md-content h1#{DESIGNS[0].split('/')[1]}")).to_have_count(0)


def test_every_page_states_the_policy_first(site):
    folder, _, _ = site
    stated = re.compile(rf'<meta charset="utf-8">\s*{re.escape(security.meta())}')
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 50
    assert [str(page) for page in pages if not stated.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", PATHS + ABOVE_LANGUAGES)
def test_a_page_opens_within_it(strict, path):
    said = looks.quiet(strict(path))["console"]
    assert [line for line in said if "404" not in line] == []


@pytest.mark.parametrize("language", LOCALES)
def test_what_a_reader_does_stays_within_it(strict, language):
    page = strict(f"{language}/{DESIGNS[0]}")
    read_on(page, "threshold" if language == "en" else "阈值")
    assert page.watch.console == []


def test_what_stands_in_a_page_does_not_run(strict):
    """So the policy is in force: what another test finds to be quiet is not merely unguarded."""
    page = strict("en/")
    page.evaluate("""() => {
      const script = document.createElement("script")
      script.textContent = "window.ran = true"
      document.body.append(script)
      document.body.setAttribute("style", "color: red")
    }""")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.body.style.color") == ""
