"""Every page states a strict Content-Security-Policy, and what a reader does stays within it.

What a page does while it opens is looked at on every page: a violation is an error of its console (test_quiet).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.pages import DESIGNS, LOCALES
from handbook.outputs import security

pytestmark = pytest.mark.browser

WATCH = "window.violations = []; addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective))"


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
    page.locator("a.md-footer__link--next").click()  # which is the design of RAG
    expect(page.locator(".md-content h1", has_text="RAG")).to_be_visible()


def test_every_page_states_the_policy_first(site):
    folder, _, _ = site
    stated = re.compile(rf'<meta charset="utf-8">\s*{re.escape(security.meta())}')
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 50
    assert [str(page) for page in pages if not stated.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("language", LOCALES)
def test_what_a_reader_does_stays_within_it(new_page, address, language):
    page = new_page("about:blank")
    page.context.add_init_script(WATCH)
    page.watch.host = address.split("/")[2]
    page.goto(f"{address}{language}/{DESIGNS[0]}")
    read_on(page, "threshold" if language == "en" else "阈值")
    assert page.evaluate("violations") == []
    assert page.watch.console == []


def test_what_stands_in_a_page_does_not_run(new_page, address):
    """So the policy is in force: what another test finds to be quiet is not merely unguarded."""
    page = new_page(f"{address}en/")
    page.evaluate(WATCH)
    page.evaluate("""() => {
      const script = document.createElement("script")
      script.textContent = "window.ran = true"
      document.body.append(script)
      document.body.setAttribute("style", "color: red")
    }""")
    page.wait_for_function("violations.length > 1")
    assert sorted(page.evaluate("violations")) == ["script-src-elem", "style-src-attr"]
    assert page.evaluate("window.ran") is None
