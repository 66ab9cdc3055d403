"""On a phone, 390 px wide: nothing scrolls sideways but tables and diagrams, inside themselves."""

from __future__ import annotations

import pytest

from browser import looks
from browser.pages import DESIGNS, LOCALES

pytestmark = pytest.mark.browser

PHONE = looks.OPTIONS["phone"]
ABOVE_LANGUAGES = ["?choose", f"{DESIGNS[0]}?choose", "404.html", "en/404.html", "zh/404.html"]


def test_the_page_does_not_scroll_sideways(phone):
    assert phone["sideways"] is None


@pytest.mark.parametrize("path", ABOVE_LANGUAGES)
def test_nor_does_one_above_the_languages(visit, address, path):
    assert looks.sideways(visit(address + path, **PHONE)) is None


def test_wide_tables_scroll_inside_themselves(phone):
    assert not phone["bare_tables"]
    assert not phone["stuck_tables"]
    if phone["path"].endswith(DESIGNS[0]):
        assert phone["wide_tables"], "no table is wider than a phone, so nothing was shown"


@pytest.mark.parametrize("language", LOCALES)
def test_few_tables_scroll(phones, language):
    """Of a thousand; before tables knew their short columns, 78 and 50 did."""
    found = {facts["path"]: facts["wide_tables"] for facts in phones(language) if facts["wide_tables"]}
    assert sum(found.values()) <= {"en": 10, "zh": 10}[language], found


@pytest.mark.parametrize("language", LOCALES)
def test_no_word_leaves_its_cell(phones, language):
    assert not [cell for facts in phones(language) for cell in facts["wide_cells"]]


@pytest.mark.parametrize("language", LOCALES)
def test_a_card_is_as_wide_as_its_table_and_has_no_line_within(visit, address, language):
    cells = visit(f"{address}{language}/{DESIGNS[0]}", **PHONE).locator("table.cards td:first-child")
    drawn = cells.evaluate_all(
        """all => all.filter(cell => cell.clientWidth).map(
             cell => [getComputedStyle(cell).boxShadow, cell.clientWidth / cell.parentElement.clientWidth])"""
    )
    assert drawn
    assert {shadow for shadow, _ in drawn} == {"none"}
    assert min(share for _, share in drawn) > 0.95


@pytest.mark.parametrize("language", LOCALES)
def test_the_sites_name_is_whole(visit, address, language):
    name = visit(f"{address}{language}/{DESIGNS[0]}", **PHONE).locator(".md-header__topic .md-ellipsis").first
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth && name.clientHeight <= 40"), name.inner_text()


@pytest.mark.parametrize("language", LOCALES)
def test_the_link_to_all_numbers_has_a_line_of_its_own(visit, address, language):
    legend = visit(f"{address}{language}/{DESIGNS[0]}", **PHONE).locator(".values")
    button = legend.locator("button")
    assert button.bounding_box()["x"] == legend.bounding_box()["x"]
    assert button.bounding_box()["height"] < 40


def test_money_stays_in_one_line(phone):
    assert not phone["torn"]


def test_no_line_ends_with_a_bracket_that_opens(phone):
    assert not phone["open"]


def test_hardly_a_character_is_alone_on_its_line(phones):
    """Once more than 1,700 were."""
    found = [text for facts in phones("zh") for text in facts["lone"]]
    assert len(found) <= 120, found


def test_a_number_keeps_its_unit(phone):
    assert not phone["broken_values"]


def test_text_in_diagrams_is_at_least_12_px(phone):
    assert not phone["small"]


def test_text_is_not_made_larger_or_smaller_by_the_phone(phone):
    assert phone["scale"] == 1
    assert phone["text_size"] >= 15
