"""What is new: the page of changes and its feed say the same, in each language."""

from __future__ import annotations

import pytest
from lxml import etree

from handbook import compile
from handbook.outputs.feed import feed

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ADDRESS = "https://example.org/handbook/"
DATA = """changes:
  - {date: 2026-11-29, place: designs/toy#data, en: "Labels & <delays>.", zh: 标签和延迟。}
  - {date: 2026-11-29, place: designs/toy, en: A design., zh: 一个设计。}
  - {date: 2026-11-21, place: index, en: A home page., zh: 一个首页。}
"""


@pytest.fixture
def changed(mini, root):
    """The small handbook with changes, the repository's Markdown extensions and a page of changes."""
    mini.write("mkdocs.yml", (root / "mkdocs.yml").read_text(encoding="utf-8"))
    mini.write("data/changes.yml", DATA)
    for language in ("en", "zh"):
        mini.append(f"docs/{language}/index.md", "{{ changes }}")
    return mini


@pytest.mark.parametrize(("language", "stage"), [("en", "Data"), ("zh", "数据")])
def test_the_feed_has_every_change_with_its_place(changed, language, stage):
    book = changed.book()
    pages = compile.compile_book(book).pages[language]
    root = etree.fromstring(feed(book, book.languages[language], pages, ADDRESS))
    titles = root.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert titles == [stage, pages["designs/toy"].title, pages["index"].title]
    home = f"{ADDRESS}{language}/"
    assert root.xpath("a:entry/a:link/@href", namespaces=ATOM) == [
        f"{home}designs/toy/#data",
        f"{home}designs/toy/",
        home,
    ]
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids) == 4
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-11-29T00:00:00Z"
    said = root.xpath("a:entry/a:summary/text()", namespaces=ATOM)
    assert said == [change.texts[language] for change in book.changes]


def test_the_page_lists_them_by_day_and_leads_to_the_feed(changed):
    pages = compile.compile_book(changed.book()).pages["en"]
    page, title = pages["index"], pages["designs/toy"].title
    days = [line for line in page.markdown.splitlines() if line.startswith("**2026")]
    assert days == ["**2026-11-29**", "**2026-11-21**"]
    assert f"- [{title} (Data)](designs/toy.md#data): Labels & <delays>." in page.markdown
    assert 'href="changes.xml"' in page.html


def test_the_site_has_a_feed_of_each_language(built):
    for language in ("en", "zh"):
        root = etree.parse(built / language / "changes.xml")
        assert root.xpath("count(/a:feed/a:entry)", namespaces=ATOM) > 5
