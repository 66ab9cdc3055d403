"""What a page's foot offers: whose it is, how it is cited, and a report of an error that says where."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

PLACE = DESIGNS[0]


def rest(page: Page, place: str) -> None:
    """Leap somewhere on the page and stay there for as long as takes note of it."""
    page.evaluate(
        """async place => {
          document.querySelector(place).scrollIntoView()
          await new Promise(rested => setTimeout(rested, 2500))
        }""",
        place,
    )


@pytest.mark.parametrize("language", LOCALES)
def test_a_report_names_page_section_and_edition(visit, address, language):
    page = visit(f"{address}{language}/{PLACE}#serving")
    report = page.locator("details.report")
    rest(page, "details.report")
    report.locator("summary").click()
    expect(report.locator("select")).to_have_value("serving")
    said = report.locator(".report-text")
    expect(said).to_contain_text(f"{language}/{PLACE}#serving")
    report.locator("select").select_option("monitoring")
    expect(said).to_contain_text(f"{language}/{PLACE}#monitoring")
    expect(said).to_contain_text(page.locator("h1").first.evaluate("node => node.firstChild.textContent.trim()"))
    expect(said).to_contain_text("20")  # the year of the edition


def test_a_report_names_the_section_that_was_read_last(visit, address):
    page = visit(f"{address}en/{PLACE}#serving")
    for place in ("#metrics", "#monitoring", "details.report"):
        rest(page, place)
    page.locator("details.report summary").click()
    expect(page.locator("details.report select")).to_have_value("monitoring")


@pytest.mark.parametrize("language", LOCALES)
def test_a_page_says_how_it_is_cited_and_licensed(visit, address, language):
    page = visit(f"{address}{language}/{PLACE}", java_script_enabled=False)
    page.locator("details.footer-note summary").first.click()
    expect(page.locator("details.footer-note p").first).to_contain_text(f"{language}/{PLACE}")
    expect(page.locator("footer a[rel=license]")).to_be_visible()
