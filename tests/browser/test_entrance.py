"""Addresses without a language lead to the same place in the reader's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.pages import DESIGNS, LOCALES, OTHER_LOCALE, PLACES, STAGES

pytestmark = pytest.mark.browser

ANCHORS = [(place, "") for place in PLACES] + [(place, f"#{stage}") for place in DESIGNS for stage in STAGES]


@pytest.mark.parametrize("language", LOCALES)
def test_the_entrance_follows_the_browser_language(new_page, each_address, language):
    page = new_page(each_address, locale=LOCALES[language])
    page.wait_for_url(f"{each_address}{language}/")


@pytest.mark.parametrize(("chosen", "locale"), [("zh", "en-US"), ("en", "zh-CN"), ("zh", OTHER_LOCALE)])
def test_an_earlier_choice_outweighs_the_browser_language(new_page, each_address, chosen, locale):
    other = "en" if chosen == "zh" else "zh"
    page = new_page(f"{each_address}{other}/framework/", locale=locale)
    page.locator("a.language-link").click()
    page.wait_for_url(f"{each_address}{chosen}/framework/")
    page.goto(each_address)
    page.wait_for_url(f"{each_address}{chosen}/")


def test_a_choice_at_the_entrance_is_remembered(new_page, each_address):
    page = new_page(each_address, locale=OTHER_LOCALE)
    page.locator("a[data-language=zh]").click()
    page.wait_for_url(f"{each_address}zh/")
    page.goto(each_address)
    page.wait_for_url(f"{each_address}zh/")


def test_a_reader_of_neither_language_chooses(new_page, each_address):
    page = new_page(each_address, locale=OTHER_LOCALE)
    expect(page.locator("main a:visible")).to_have_count(2)
    assert page.url == each_address


@pytest.mark.parametrize("place", PLACES)
def test_without_scripts_there_are_two_links(visit, each_address, place):
    page = visit(f"{each_address}{place}", locale="zh-CN", java_script_enabled=False)
    assert page.url == f"{each_address}{place}"
    links = page.locator("main a:visible").evaluate_all("all => all.map(link => link.href)")
    assert links == [f"{each_address}{language}/{place}" for language in LOCALES]


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(("place", "anchor"), ANCHORS)
def test_neutral_links_keep_page_and_section(visit, address, language, place, anchor):
    page = visit(f"{address}{place}{anchor}", locale=LOCALES[language])
    # Where it leads is known before the page there is drawn, which for a design takes a second.
    page.wait_for_url(f"{address}{language}/{place}{anchor}", wait_until="domcontentloaded" if anchor else "commit")
    if anchor:
        expect(page.locator(anchor)).to_be_in_viewport()


def test_neutral_links_work_below_any_path(new_page, each_address):
    page = new_page(f"{each_address}{DESIGNS[0]}#serving-budget", locale="zh-CN")
    page.wait_for_url(f"{each_address}zh/{DESIGNS[0]}#serving-budget")
    expect(page.locator("#serving-budget")).to_be_in_viewport()


def test_forwarding_leaves_no_trap_behind_the_back_button(new_page, address):
    page = new_page(f"{address}404.html?start")
    page.goto(address)
    page.wait_for_url(f"{address}en/")
    page.go_back()
    page.wait_for_url(f"{address}404.html?start")


def test_a_neutral_page_can_be_looked_at(new_page, address):
    page = new_page(f"{address}{DESIGNS[0]}?choose#serving")
    expect(page.locator("main a:visible")).to_have_count(2)
    page.locator("a[data-language=zh]").click()
    page.wait_for_url(f"{address}zh/{DESIGNS[0]}#serving")


def test_an_unknown_address_is_answered_in_both_languages(new_page, address):
    page = new_page(f"{address}no/such/page/")
    assert [failure for failure in page.watch.failed if "404" in failure]
    expect(page.get_by_text("Page not found")).to_be_visible()
    expect(page.get_by_text("页面不存在")).to_be_visible()
    assert page.locator("main a:visible").evaluate_all("all => all.map(link => link.href)") == [
        f"{address}en/",
        f"{address}zh/",
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("designs/fraud-detection.html", "en/designs/fraud-detection/"),
        ("en/designs/fraud-detection.html", "en/designs/fraud-detection/"),
    ],
)
def test_a_slightly_wrong_address_is_corrected(new_page, address, asked, found):
    page = new_page(f"{address}{asked}#serving")
    page.wait_for_url(re.compile(re.escape(f"{address}{found}")))


@pytest.mark.parametrize(
    "path",
    ["/evil.example/framework/metrics/", "/evil.example/en/framework/metrics/", "/evil.example/framework/metrics.html",
     "//evil.example/framework/metrics/", "/user@evil.example:80/framework/metrics/", "%2Fevil.example/framework/metrics/",
     "%5Cevil.example/framework/metrics/", "\\\\evil.example/framework/metrics/", "%09/evil.example/framework/metrics/"],
)  # fmt: skip
def test_an_address_with_another_host_in_it_never_leads_there(new_page, address, path):
    page = new_page(f"{address}{path}", locale="en-US")
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(address)
    assert page.watch.foreign == []


QUERY = "?h=%E5%8F%91%E5%B8%83"


@pytest.mark.parametrize("place", ["", "framework/serving/"])
def test_neutral_links_keep_the_words_to_be_marked(new_page, each_address, place):
    page = new_page(f"{each_address}{place}{QUERY}#rollout", locale="zh-CN")
    page.wait_for_url(f"{each_address}zh/{place}{QUERY}#rollout")


def test_a_choice_keeps_the_words_to_be_marked(new_page, address):
    page = new_page(f"{address}framework/serving/{QUERY}&choose#rollout")
    page.locator("a[data-language=zh]").click()
    page.wait_for_url(f"{address}zh/framework/serving/{QUERY}#rollout")


def test_a_slightly_wrong_address_keeps_the_words_to_be_marked(new_page, address):
    page = new_page(f"{address}en/framework/serving.html{QUERY}#rollout")
    page.wait_for_url(f"{address}en/framework/serving/{QUERY}#rollout")
