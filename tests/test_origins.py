"""Where each value of a page comes from, as a script that a file may load."""

from __future__ import annotations

import functools
import json
import re

import pytest

from handbook import compiled, origins, places
from handbook.compile import compile_book
from handbook.writer import Writer

PAGE = "docs/en/designs/toy.md"


@pytest.fixture
def buildable(mini, root):
    """The small handbook with the repository's Markdown extensions."""
    mini.write("mkdocs.yml", (root / "mkdocs.yml").read_text(encoding="utf-8"))
    return mini


def written(mini, *bodies):
    for body in bodies:
        mini.append(PAGE, body)
    book = mini.book()
    writer = Writer(book, book.pages["en"]["designs/toy"])
    return writer.markdown(), origins.of(writer, functools.partial(places.link, "designs/toy"))


def test_a_term_says_what_it_means_and_leads_to_the_glossary(buildable):
    buildable.write("docs/en/glossary.md", "---\ntitle: G\ndescription: D\n---\n\n# G {#g}\n\nA [word](index.md).\n")
    term = "terms:\n  - {en: two words, zh: 两个词, meaning_en: What it <means>., meaning_zh: 意思。}\n"
    buildable.write("data/glossary.yml", term)
    buildable.append(PAGE, "It needs two words.")
    page = compile_book(buildable.book()).pages["en"]["designs/toy"]
    meaning = 'What it &lt;means&gt;. <a href="../../glossary/#two-words">Glossary</a>'
    assert page.origins["term:two-words"] == ("two words", meaning)
    assert '<span class="gloss" data-q="term:two-words">two words</span>' in page.html


def test_each_value_says_what_it_is_and_where_it_comes_from(mini):
    _, found = written(mini, "{{ rate }}, {{ load }}, {{ day_load }}, {{ decision.network }}, {{ decision.spent }}.")
    assert found["rate"] == ("Base rate", "")
    assert found["load"][0] == "Load"
    assert found["load"][1] == '<a href="https://example.org/paper">Smith et al.\xa02020</a>'
    assert found["day_load"][0] == "Load a day"
    assert re.sub("<[^>]*>", "", found["day_load"][1]).replace("\xa0", " ") == "3,000 tx/s × 86,400"
    assert found["decision.network"][1].replace("\xa0", " ").startswith("latency budget ")
    assert found["decision.spent"][1] == found["decision.network"][1]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rate", "assumed"),
        ("load", "sourced"),
        ("day_load", ""),
        ("decision.network", "assumed"),
        ("decision.slack", "assumed"),
        ("decision.spent", ""),
    ],
)
def test_its_kind_is_its_class(mini, name, kind):
    text, _ = written(mini, f"Here: {{{{ {name} }}}}.")
    (attributes,) = re.findall(r"Here: <data ([^>]*)>", text)
    assert re.findall(r"class='(\w+)'", attributes) == ([kind] if kind else [])


def test_a_page_that_is_written_and_read_has_the_same(buildable, tmp_path):
    first = compile_book(buildable.book())
    first.write(tmp_path / "build")
    page = first.pages["en"]["designs/toy"]
    assert page.origins
    assert compiled.read(tmp_path / "build").pages["en"]["designs/toy"].origins == page.origins
    assert '<p class="values" data-search-exclude>Numbers on this page are <span class="assumed">' in page.html
    origins.write(first.pages["en"].values(), tmp_path / "site")
    script = (tmp_path / "site/origins/designs/toy.js").read_text(encoding="utf-8")
    slug, _, known = script.removeprefix("handbookOrigins(").removesuffix(")\n").partition(",")
    assert json.loads(slug) == "designs/toy"
    assert {name: tuple(origin) for name, origin in json.loads(known).items()} == page.origins


def test_a_page_without_values_has_neither_script_nor_line(buildable, tmp_path):
    page = compile_book(buildable.book()).pages["en"]["index"]
    assert not page.origins
    assert 'class="values"' not in page.html
    origins.write([page], tmp_path / "site")
    assert not (tmp_path / "site").exists()
