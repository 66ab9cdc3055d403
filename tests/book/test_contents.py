"""What is in the book: every page of the navigation, where contents and outline say that it is."""

from __future__ import annotations

import html
import re

import pytest

from book.conftest import ROOT, Finished, squeezed
from handbook import languages, source
from handbook.outputs.book import chapters

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = languages.load(ROOT)


def read_chapters(finished: Finished, handbook: source.Book) -> list[chapters.Chapter]:
    language = handbook.languages[finished.language]
    docs = ROOT / "docs" / finished.language
    return chapters.read(handbook.navigation, language, finished.compiled, docs)


def headings(chapter: chapters.Chapter, deepest: int) -> list[tuple[int, str, str]]:
    """Level, anchor and words of the headings of a page; those with formulas are left out."""
    return [
        (heading.level, heading.id, html.unescape(heading.title))
        for heading in chapter.headings
        if heading.level <= deepest and "<math" not in heading.html
    ]


def test_every_page_of_the_navigation_is_in_the_outline_and_on_its_page(finished, handbook):
    outlined = {(text, page) for _, text, page in finished.outline}
    for chapter in read_chapters(finished, handbook):
        title = " ".join(headings(chapter, 1)[0][2].split())
        page = finished.anchors[chapter.id]
        assert (title, page) in outlined
        assert squeezed(title) in finished.pages[page - 1]


def test_nothing_but_the_navigation_is_a_chapter(finished, handbook):
    known = {chapter.id for chapter in read_chapters(finished, handbook)}
    own = {anchor for anchor in finished.anchors if "--" not in anchor}
    added = {"designs-at-a-glance", "diagrams", "whiteboard-timeline", "terms"}
    assert own - {anchor for anchor in own if re.fullmatch(r"part-\d+", anchor)} == known | added


def test_every_heading_is_on_the_page_that_its_anchor_names(finished, handbook):
    lost = []
    for chapter in read_chapters(finished, handbook):
        for level, anchor, text in headings(chapter, 3):
            name = chapter.id if level == 1 else f"{chapter.id}--{anchor}"
            if name in finished.anchors and squeezed(text) not in finished.pages[finished.anchors[name] - 1]:
                lost.append((name, text))
    assert not lost


def test_the_contents_name_the_page_of_every_entry_to_the_third_level(finished):
    last = finished.outline[0][2]
    contents = "".join(finished.pages[2 : last - 1])
    wrong = [
        (text, page)
        for level, text, page in finished.outline
        if level <= 3 and f"{squeezed(text)}{page}" not in contents and "\\" not in text
    ]
    assert not wrong


def test_the_outline_is_in_the_order_of_the_pages(finished):
    numbers = [page for _, _, page in finished.outline]
    assert numbers == sorted(numbers)


def test_no_anchor_is_printed(finished):
    assert not re.findall("--q-|#q-", finished.whole)


def test_every_stage_of_every_design_is_there(finished, handbook):
    designs = [c for c in read_chapters(finished, handbook) if c.slug.startswith("designs/")]
    assert designs
    for design in designs:
        if f'id="{handbook.stages[0].id}"' not in design.content:
            continue
        for stage in handbook.stages:
            page = finished.anchors[f"{design.id}--{stage.id}"]
            assert squeezed(stage.labels[finished.language]) in finished.pages[page - 1]


def test_every_chapter_prints_its_address(finished, handbook):
    for chapter in read_chapters(finished, handbook):
        page = finished.pages[finished.anchors[chapter.id] - 1]
        assert f"/{finished.language}/{chapter.place}" in page


def test_every_design_with_key_numbers_is_listed(finished, handbook):
    page = finished.anchors["designs-at-a-glance"]
    listed = "".join(finished.pages[page - 1 : page + 3])
    for chapter in read_chapters(finished, handbook):
        if '<dl class="card">' in chapter.content:
            assert squeezed(headings(chapter, 1)[0][2]) in listed


def test_every_source_is_whole_on_one_page(finished, handbook):
    split, count = [], 0
    pages = [page.replace("-", "") for page in finished.pages]
    for chapter in read_chapters(finished, handbook):
        for item in re.findall(r'<li id="source-.*?</li>', chapter.content, re.S):
            count += 1
            text = squeezed(html.unescape(re.sub(r"<[^>]+>", "", item)))
            # Its address stands below it; a hyphen at the end of a line is lost with the text.
            addresses = "".join(html.unescape(href) for href in re.findall(r'href="(http[^"]+)"', item))
            if not any((text + addresses).replace("-", "") in page for page in pages):
                split.append(text)
    assert not split
    assert count > 20


def test_every_term_is_in_the_glossary(finished, handbook):
    terms = "".join(finished.pages[finished.anchors["terms"] - 1 :])
    missing = [
        term.labels[finished.language]
        for term in handbook.glossary
        if squeezed(term.labels[finished.language]) not in terms
    ]
    assert not missing


def test_the_index_leads_to_pages_that_have_the_term(finished, handbook):
    wrong, places = [], 0
    for number, term in enumerate(handbook.glossary):
        forms = [term.labels[finished.language], *term.forms[finished.language]]
        names = [squeezed(form).casefold().replace("-", "") for form in forms]
        for anchor, page in finished.anchors.items():
            if re.search(rf"--term-{number}-\d+$", anchor):
                places += 1
                text = finished.pages[page - 1].casefold().replace("-", "")
                if not any(name in text for name in names):
                    wrong.append((names[0], page))
    assert not wrong
    assert places > 100


def test_every_term_says_what_it_means_and_where(finished, handbook):
    glossary = "".join(finished.pages[finished.anchors["terms"] - 1 :])
    for term in handbook.glossary:
        assert squeezed(term.meanings[finished.language]) in glossary


def test_the_whiteboard_timeline_has_a_page_of_its_own(finished, handbook):
    page = finished.pages[finished.anchors["whiteboard-timeline"] - 1]
    for entry in handbook.timeline:
        assert f"{entry.start}–{entry.end}" in page
        assert squeezed(entry.what[finished.language]) in page


def test_the_cover_says_title_edition_and_language(finished):
    from handbook.outputs.book import edition

    cover = finished.pages[0]
    assert squeezed(LANGUAGES[finished.language].site_name) in cover
    assert squeezed(edition.of(ROOT, 0).name) in cover
    assert squeezed(LANGUAGES[finished.language].name) in cover


def test_the_two_languages_are_not_swapped(finished):
    chinese = len(re.findall(r"[\u4e00-\u9fff]", finished.whole)) / len(finished.whole)
    assert (chinese > 0.3) == (finished.language == "zh")
