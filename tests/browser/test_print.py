"""On paper: the page and nothing of the site around it, folded answers included, in dark ink."""

from __future__ import annotations

import pikepdf
import pytest
from playwright.sync_api import expect

from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

def test_only_the_page_is_printed(desktop):
    assert not desktop["printed_around"]


@pytest.mark.parametrize("language", LOCALES)
def test_a_printed_page_has_its_own_contents(visit, address, language):
    page = visit(f"{address}{language}/{DESIGNS[0]}")
    contents = page.locator("nav.print-contents")
    expect(contents).to_be_hidden()
    page.emulate_media(media="print")
    expect(contents).to_be_visible()
    listed = contents.locator("a").evaluate_all("all => all.map(link => link.hash.slice(1))")
    headings = page.locator("article :is(h2, h3)").evaluate_all("all => all.map(heading => heading.id)")
    page.emulate_media(media="screen")
    assert listed == headings


def test_diagrams_and_answers_are_printed(desktop):
    assert not desktop["unprinted_diagrams"]
    assert not desktop["unprinted_answers"]


@pytest.mark.parametrize("language", LOCALES)
def test_a_form_is_printed_whole_and_once(visit, address, language):
    """But for the drawing of the blank one and its title: one draws that by hand."""
    page = visit(f"{address}{language}/references/ml-design-templates/")
    page.emulate_media(media="print")
    lines = page.locator(".template-form > details > :not(summary, figure, [class]:has(+ figure))")
    assert lines.count() > 30
    assert lines.evaluate_all(
        """all => all.filter(line => !line.checkVisibility({ contentVisibilityAuto: true })
             || !line.getBoundingClientRect().height).map(line => line.textContent)"""
    ) == []
    assert page.locator(".template-copy").evaluate_all("all => all.filter(copy => copy.checkVisibility()).length") == 0


@pytest.mark.parametrize("language", LOCALES)
def test_a_dark_page_is_printed_on_white(visit, address, language):
    page = visit(f"{address}{language}/{DESIGNS[0]}", color_scheme="dark")
    page.emulate_media(media="print")
    colour = "element => getComputedStyle(element)"
    ink = page.locator("article p").first.evaluate(f"{colour}.color")
    label = page.locator("figure.diagram svg text").first.evaluate(f"{colour}.fill")
    page.emulate_media(media="screen", color_scheme="dark")
    for printed in (ink, label):
        assert max(map(int, printed.removeprefix("rgb(").removesuffix(")").split(","))) < 128


@pytest.mark.parametrize("language", LOCALES)
def test_a_printed_page_loses_nothing_at_its_edge(visit, address, language):
    paper = {"width": 670, "height": 950}  # A4 less margins
    page = visit(f"{address}{language}/{DESIGNS[0]}", viewport=paper)
    page.emulate_media(media="print")
    lost = page.locator(".table-scroll, .diagram-scroll").evaluate_all(
        """all => all.filter(box => box.scrollWidth > box.clientWidth + 1)
             .map(box => box.innerText.slice(0, 60))"""
    )
    page.emulate_media(media="screen")
    assert not lost
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", LOCALES)
def test_the_estimation_sheet_has_the_four_pages_that_it_promises(visit, address, language, tmp_path):
    page = visit(f"{address}{language}/framework/estimation/")
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "sheet.pdf", format="A4", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "sheet.pdf") as sheet:
        assert len(sheet.pages) == 4
