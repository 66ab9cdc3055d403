"""On paper: the page and nothing of the site around it, folded answers included, in dark ink."""

from __future__ import annotations

import re
import subprocess

import pikepdf
import pypdf
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
def test_a_page_is_printed_on_a4_whatever_the_printer_holds(visit, address, language, tmp_path):
    page = visit(f"{address}{language}/changes/")
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "page.pdf", format="Letter", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "page.pdf") as printed:
        assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in printed.pages} == {(595, 842)}


@pytest.mark.parametrize("language", LOCALES)
def test_no_row_of_a_table_is_alone_on_a_page(visit, address, language, tmp_path):
    """Each row says its own number; a page that has one of a table has two."""
    page = visit(f"{address}{language}/framework/features/")
    page.emulate_media(media="print")
    # A row is as high as on paper, and says which it is where a reader of the file finds it.
    page.evaluate(
        """() => document.querySelectorAll('article table.data').forEach((table, number) =>
             [...table.tBodies[0].rows].forEach((row, at, all) =>
               row.cells[0].append(` @${number}.${at}.${all.length}@`)))"""
    )
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "page.pdf").pages]
    rows = [re.findall(r"@(\d+)\.(\d+)\.(\d+)@", re.sub(r"\s", "", text)) for text in sheets]
    alone = [
        (number, table, length)
        for number, found in enumerate(rows, 1)
        for table, length in {(table, length) for table, _, length in found}
        if int(length) > 1 and sum(other == table for other, _, _ in found) == 1
    ]
    assert sum(map(len, rows)) > 20
    assert not alone


@pytest.mark.parametrize("language", LOCALES)
def test_a_tall_drawing_is_printed_small_and_can_be_read(visit, address, language):
    page = visit(f"{address}{language}/framework/serving/", viewport={"width": 674, "height": 986})
    page.emulate_media(media="print")
    scales = page.locator("figure.tall svg").evaluate_all("all => all.map(svg => svg.getScreenCTM().a)")
    assert scales
    assert max(scales) <= 0.68
    assert min(scales) * 16 * 0.75 >= 8, "in points"


@pytest.mark.parametrize("place", ["framework/serving/", "framework/when-the-shape-changes/"])
@pytest.mark.parametrize("language", LOCALES)
def test_a_drawing_that_does_not_fit_leaves_no_page_empty(visit, address, language, place, tmp_path):
    page = visit(f"{address}{language}/{place}")
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    command = ["pdftotext", "-bbox", str(tmp_path / "page.pdf"), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lowest = [max(map(float, re.findall(r'yMax="([\d.]+)"', sheet))) for sheet in said.split("</page>")[:-1]]
    top, bottom = 51, 842 - 51
    assert len(lowest) > 3
    assert min(lowest[:-1]) > bottom - 0.4 * (bottom - top)


@pytest.mark.parametrize("language", LOCALES)
def test_the_drawing_of_a_filled_form_can_be_read(visit, address, language):
    page = visit(f"{address}{language}/references/ml-design-templates/", viewport={"width": 674, "height": 986})
    page.emulate_media(media="print")
    scale = page.locator(".template-form figure svg:visible").evaluate("svg => svg.getScreenCTM().a")
    assert scale * 16 * 0.75 >= 8, "in points"


@pytest.mark.parametrize("language", LOCALES)
def test_a_derivation_of_many_lines_is_as_wide_as_its_table(visit, address, language):
    page = visit(f"{address}{language}/designs/content-moderation/", viewport={"width": 674, "height": 986})
    page.emulate_media(media="print")
    cells = page.locator("td.told").evaluate_all(
        "all => all.map(cell => [cell.clientWidth / cell.closest('table').clientWidth, cell.clientHeight])"
    )
    assert cells
    assert min(share for share, _ in cells) > 0.98
    assert max(height for _, height in cells) < 20 * 16, "once 27 lines"


@pytest.mark.parametrize("language", LOCALES)
def test_what_only_a_screen_needs_is_not_printed(visit, address, language):
    """The shadows of what scrolls, the letters to jump to, contents of one entry."""
    page = visit(f"{address}{language}/framework/metrics/")
    page.emulate_media(media="print")
    assert page.locator(".formula, .table-scroll").evaluate_all(
        "all => all.map(box => getComputedStyle(box).backgroundImage).filter(image => image !== 'none')"
    ) == []
    for place, hidden in (("glossary/", ".letters"), ("changes/", ".print-contents")):
        page = visit(f"{address}{language}/{place}")
        page.emulate_media(media="print")
        expect(page.locator(hidden)).to_be_hidden()


@pytest.mark.parametrize("language", LOCALES)
def test_the_estimation_sheet_has_the_four_pages_that_it_promises(visit, address, language, tmp_path):
    page = visit(f"{address}{language}/framework/estimation/")
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "sheet.pdf", format="A4", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "sheet.pdf") as sheet:
        assert len(sheet.pages) == 4
