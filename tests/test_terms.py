"""The glossary's page: every term once, in its language's order, with the sections that discuss it."""

from __future__ import annotations

import re

import pytest

from handbook import blocks, compile, source
from handbook.terms import anchor_of, pattern_of, sections
from handbook.writer import Writer

PAGE = "---\ntitle: T\ndescription: D\nbook: false\n---\n\n# Terms {#glossary}\n\n{{ glossary }}\n"


@pytest.fixture
def written(mini):
    """Write the glossary of a small handbook whose design speaks of one of its terms."""

    def write(language: str, more: str = "") -> str:
        for code, word in (("en", "rollback"), ("zh", "回滚")):
            design = f"docs/{code}/designs/toy.md"
            mini.write(design, (mini.root / design).read_text("utf-8") + more.replace("TERM", word))
            mini.write(f"docs/{code}/glossary.md", PAGE)
        book = mini.book()
        return blocks.write(Writer(book, book.pages[language]["glossary"]), "glossary", "")

    return write


def test_terms_stand_in_the_order_of_their_language(written):
    assert re.findall(r"^(\S+) <span", written("en"), re.M) == ["quantisation", "rollback"]
    assert re.findall(r"^(\S+) <span", written("zh"), re.M) == ["回滚", "量化"]


def test_a_term_has_the_same_anchor_in_every_language(written):
    for language in ("en", "zh"):
        assert sorted(re.findall(r"\{ #([\w-]+) \}$", written(language), re.M)) == ["quantisation", "rollback"]


def test_a_letter_leads_to_its_first_term(written):
    assert "[Q](#quantisation) [R](#rollback)\n" in written("en")
    assert "[H](#rollback) [L](#quantisation)\n" in written("zh")


@pytest.mark.parametrize(("language", "place"), [("en", "See [Toy: About TERM]("), ("zh", "见[玩具：About TERM](")])
def test_a_section_with_the_term_in_its_heading_is_named(written, language, place):
    text = written(language, "\n## About TERM {#about}\n\nTERM, TERM.\n")
    word = "rollback" if language == "en" else "回滚"
    assert f"{place.replace('TERM', word)}designs/toy.md#about)" in text
    assert text.count("designs/toy.md") == 1, "quantisation is discussed nowhere"


def test_it_is_compiled_anew_when_another_page_changes(mini, written):
    written("en")
    before = compile.compile_book(mini.book()).pages["en"]["glossary"]
    assert not before.in_book
    design = "docs/en/designs/toy.md"
    mini.write(design, (mini.root / design).read_text("utf-8") + "\n## Quantisation {#lossy}\n")
    after = compile.compile_book(mini.book()).pages["en"]["glossary"]
    assert "designs/toy/#lossy" in after.html
    assert "designs/toy/#lossy" not in before.html


@pytest.mark.parametrize(
    ("text", "found"), [("Drift drifts, adrift, drift-free, DRIFT", 4), ("a two tower and two-towers", 0)]
)
def test_a_term_is_a_word_or_its_plural(text, found):
    assert len(pattern_of("drift").findall(text)) == found


def test_what_leads_elsewhere_and_what_is_drawn_is_no_text(pages_of):
    page = pages_of("# T {#t}\n\n[one](a.md) {{ value }}\n\n```mermaid\ntwo\n```\n\n## Three {#see-also}\n\nfour\n")
    assert [(part.anchor, part.text.split()) for part in sections(page)] == [("t", ["one"])]


def test_every_term_has_a_meaning_and_an_anchor_of_its_own(root):
    book = source.load(root)
    anchors = [anchor_of(term, book.languages.original.code) for term in book.glossary]
    assert len(set(anchors)) == len(anchors) > 100
    assert not [term.labels for term in book.glossary if not all(term.meanings[code] for code in book.languages.codes)]
