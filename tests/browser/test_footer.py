"""What a page's foot offers: whose it is, how it is cited, and a report of an error that says where."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

PLACE = DESIGNS[0]


@pytest.mark.parametrize("language", LOCALES)
def test_a_report_names_page_section_and_edition(visit, address, language):
    page = visit(f"{address}{language}/{PLACE}#serving")
    report = page.locator("details.report")
    report.locator("summary").click()
    expect(report.locator("select")).to_have_value("serving")
    said = report.locator(".report-text")
    expect(said).to_contain_text(f"{language}/{PLACE}#serving")
    report.locator("select").select_option("monitoring")
    expect(said).to_contain_text(f"{language}/{PLACE}#monitoring")
    expect(said).to_contain_text(page.locator("h1").first.evaluate("node => node.firstChild.textContent.trim()"))
    expect(said).to_contain_text("20")  # the year of the edition


@pytest.mark.parametrize("language", LOCALES)
def test_a_page_says_how_it_is_cited_and_licensed(visit, address, language):
    page = visit(f"{address}{language}/{PLACE}", java_script_enabled=False)
    page.locator("details.footer-note summary").first.click()
    expect(page.locator("details.footer-note p").first).to_contain_text(f"{language}/{PLACE}")
    expect(page.locator("footer a[rel=license]")).to_be_visible()
