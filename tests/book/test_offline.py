"""The offline copy, opened from the file system: it asks for nothing, and finds in both languages."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from handbook import languages
from handbook.outputs import offline

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUDGET = 8_000_000
#: What readers ask for, and a place that has to be among the first results.
QUERIES = {
    "en": [
        ("label delay", "designs/fraud-detection/"),
        ("latency budget", "latency"),
        ("PR-AUC", "metrics"),
        ("A/B test", ""),
        ("capacity", ""),
    ],
    "zh": [
        ("标签延迟", "designs/fraud-detection/"),
        ("延迟预算", "budget"),
        ("p99延迟", ""),
        ("AB测试", ""),
        ("拒付", "designs/fraud-detection/"),
        ("迟", ""),
    ],
}


@pytest.fixture(scope="module")
def top(published, tmp_path_factory) -> Path:
    """The copy, unpacked."""
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(published / "offline" / offline.file_name("en")) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


@pytest.fixture(params=["en", "zh"])
def copy(request, top) -> tuple[str, Path]:
    """A language and its folder in the copy."""
    return request.param, top / request.param


@pytest.fixture
def visit(browser):
    """Open a page; afterwards nothing but files may have been asked for, and all of them found."""
    context = browser.new_context()
    asked, wrong = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: wrong.append(f"{request.url}: {request.failure}"))
    context.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))

    def open_page(path: Path):
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield open_page
    context.close()
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data", "blob"}
    assert not wrong


def test_it_is_light_and_has_a_checksum(published):
    (file,) = (published / "offline").glob("*.zip")
    assert file.stat().st_size < BUDGET
    checksum = Path(f"{file}.sha256").read_text().split()[0]
    assert checksum == hashlib.sha256(file.read_bytes()).hexdigest()


def test_every_page_of_the_site_is_in_it(copy, published):
    language, top = copy
    wanted = {path.relative_to(published / language) for path in (published / language).rglob("index.html")}
    assert {path.relative_to(top) for path in top.rglob("index.html")} == wanted


def test_every_link_leads_to_a_file_and_an_anchor(top):
    pages = {page: lxml.html.parse(page) for page in sorted(top.rglob("*.html"))}
    anchors = {page: set(tree.xpath("//@id")) for page, tree in pages.items()}
    broken = []
    for page, tree in pages.items():
        for target in tree.xpath("//@href | //@src"):
            parts = urlsplit(target)
            if parts.scheme or not target:
                continue
            path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not path.is_file() or top not in path.parents:
                broken.append((page.relative_to(top).as_posix(), target))
            elif parts.fragment and path in anchors and unquote(parts.fragment) not in anchors[path]:
                broken.append((page.relative_to(top).as_posix(), target))
    assert not broken


def test_no_address_begins_at_the_root(top):
    for page in top.rglob("*.html"):
        assert not re.findall(r'\s(?:href|src)="(/[^"]*)"', page.read_text(encoding="utf-8"))


def test_every_page_opens_without_asking_for_anything_else(copy, visit):
    _, top = copy
    for path in sorted(top.rglob("index.html")):
        page = visit(path)
        assert page.locator("h1").first.is_visible()
        page.close()


def test_search_finds_what_is_asked_for(copy, visit):
    language, top = copy
    page = visit(top / "index.html")
    box = page.locator(".md-search__input")
    for query, place in QUERIES[language]:
        box.click()
        box.fill(query)
        first = page.locator(".md-search-result__link").first
        first.wait_for(state="attached")
        page.wait_for_timeout(300)
        found = [link.get_attribute("href") for link in page.locator(".md-search-result__link").all()[:12]]
        assert any(place in href for href in found), (query, found)


def test_a_result_opens_its_section(copy, visit):
    language, top = copy
    page = visit(top / "index.html")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(QUERIES[language][0][0])
    link = page.locator(".md-search-result__link[href*='#']").first
    link.wait_for(state="attached")
    target = link.get_attribute("href")
    page.goto(target)
    assert page.locator(f"[id='{urlsplit(target).fragment}']").count() == 1


def test_a_query_without_an_answer_says_so(copy, visit):
    _, top = copy
    page = visit(top / "index.html")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("qqqqzzzz")
    page.wait_for_timeout(600)
    assert page.locator(".md-search-result__link").count() == 0


@pytest.mark.parametrize(("here", "there"), [("en", "zh"), ("zh", "en")])
def test_the_switch_keeps_page_and_section(top, visit, here, there):
    page = visit(top / here / "framework/metrics/index.html")
    page.evaluate("location.hash = 'numbers'")
    page.locator("a.language-link").click()
    page.wait_for_url(f"**/{there}/framework/metrics/index.html#numbers")
    assert page.locator("html").get_attribute("lang").startswith(there)


def test_the_entrance_leads_to_the_readers_language(top, visit):
    page = visit(top / "index.html")
    page.wait_for_url("**/en/index.html")
    page.locator("a.language-link").click()
    page.wait_for_url("**/zh/index.html")
    chosen = visit(top / "index.html")
    chosen.wait_for_url("**/zh/index.html")


def test_the_same_content_gives_the_same_bytes(published, tmp_path):
    from book.conftest import ROOT
    from handbook.outputs import site
    from handbook.outputs.book import edition

    again = tmp_path / offline.file_name("en")
    address, moment = os.environ["HANDBOOK_ADDRESS"], edition.of(ROOT, site.EPOCH).moment
    offline.make(languages.load(ROOT), published, again, address=address, moment=moment)
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(published / "offline" / again.name).namelist()
