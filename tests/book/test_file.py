"""The file: fonts, tags, links, dates, weight, and that the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pytest

import specimens
from book.conftest import ROOT, squeezed, text_of
from handbook.outputs.pdf import BookError, verify

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_fonts_are_embedded_and_none_is_type_3(finished):
    listed = subprocess.run(["pdffonts", finished.path], capture_output=True, text=True, check=True).stdout
    rows = listed.splitlines()[2:]
    assert rows
    for row in rows:
        assert "Type 3" not in row, row
        assert re.search(r"\s(yes|no) (yes|no) (yes|no)\s+\d+ +0$", row).groups() == ("yes", "yes", "yes"), (
            row
        )


def test_no_character_became_a_radical(finished):
    assert not re.findall(r"[\u2e80-\u2fdf\ufffd]", text_of(finished.path))


def test_a_radical_in_a_font_is_found():
    good = b"beginbfchar\n<0010> <6587>\nendbfchar"
    assert not verify._radicals(good)
    assert verify._radicals(good.replace(b"6587", b"2F42"))
    assert verify._radicals(b"beginbfrange\n<0010> <0012> <2F42>\nendbfrange")


def marked(paragraph: str) -> str:
    """Write behind each value the mark of its origin, as the book does: see `text.css`."""
    for kind, mark in (("assumed", "†"), ("sourced", "§")):
        value = rf"(<data (?!id=)[^>]*class='{kind}'>.*?)(?=</data>)"
        paragraph = re.sub(value, rf"\1{mark}", paragraph)
    return paragraph


def test_paragraphs_come_out_as_they_were_written(finished):
    """Every third paragraph of every page; numbered links would put their numbers between."""
    lost, tried = [], 0
    for page in (page for page in finished.compiled.values() if page.in_book):
        for paragraph in re.findall(r"<p>(.*?)</p>", page.html, re.S)[::3]:
            if "<math" in paragraph or re.search(r'<a (?!class="citation")[^>]*href="http', paragraph):
                continue
            text = re.sub(r"<[^>]+>", "", marked(paragraph))
            text = squeezed(
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
            )
            tried += 1
            if text and text not in finished.whole:
                # The only thing a line may add is the hyphen of a divided word.
                plain = text.replace("-", "").replace("\u00ad", "")
                if plain not in finished.whole.replace("-", "").replace("\u00ad", ""):
                    lost.append(text[:80])
    assert tried > 40
    assert not lost


def test_the_document_says_what_it_is(finished):
    root, info = finished.pdf.Root, finished.pdf.docinfo
    assert str(root.Lang) == {"en": "en", "zh": "zh-Hans"}[finished.language]
    assert root.MarkInfo.Marked
    assert "/StructTreeRoot" in root
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(info["/Title"])
    with finished.pdf.open_metadata() as meta:
        assert meta["dc:title"] == str(info["/Title"])
        assert list(meta["dc:language"]) == [str(root.Lang)]


def test_every_figure_and_formula_has_words(finished):
    drawn = [element for element in finished.elements() if element.S in ("/Figure", "/Formula")]
    assert sum(element.S == "/Figure" for element in drawn) > 5
    assert sum(element.S == "/Formula" for element in drawn) > 5
    bare = [element for element in drawn if not str(element.get("/Alt", "")).strip()]
    assert not bare


def test_descriptions_are_in_the_language_of_the_book(finished):
    words = " ".join(str(e.get("/Alt", "")) for e in finished.elements() if e.S == "/Figure")
    assert bool(re.search(r"[\u4e00-\u9fff]", words)) == (finished.language == "zh")


def test_heads_of_tables_have_a_scope(finished):
    heads = [element for element in finished.elements() if element.S == "/TH"]
    assert heads
    for head in heads:
        attributes = head.get("/A")
        listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
        assert any(a is not None and a.get("/Scope") == "/Column" for a in listed)


def test_heads_have_numbers_of_the_book_and_cells_know_them(finished):
    """Chromium's own numbers depend on what it did before: two prints of a book would differ."""
    elements = list(finished.elements())
    names = sorted(str(element.ID) for element in elements if "/ID" in element)
    assert names == [f"head{number:06}" for number in range(1, len(names) + 1)]
    told = set()
    for attributes in (element.A for element in elements if isinstance(element.get("/A"), pikepdf.Array)):
        for attribute in attributes:
            told |= {str(name) for name in attribute.get("/Headers", [])}
    assert told
    assert told <= set(names)


def test_headings_are_tagged_as_such(finished):
    kinds = {str(element.S) for element in finished.elements()}
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TR", "/TD", "/L", "/LI", "/Link"} <= kinds


def test_links_within_the_book_have_a_target(finished):
    named = set(finished.anchors)
    inside = outside = 0
    for page in finished.pdf.pages:
        for link in page.get("/Annots", []):
            if "/Dest" in link:
                inside += 1
                assert str(link.Dest)[1:] in named
            elif "/A" in link:
                outside += 1
                assert re.match(r"(https?|mailto):", str(link.A.URI))
            # In words: a viewer shows it beside the pointer, a screen reader says it.
            assert str(link.Contents)
            assert "/Dest" not in link or "--" not in str(link.Contents)
    assert inside > 100
    assert outside > 10


def test_addresses_of_sources_are_printed(finished):
    whole = finished.whole.replace("-", "")
    for page in finished.compiled.values():
        for url in re.findall(r'<li id="source-[^>]*>.*?href="([^"]+)"', page.html)[::4]:
            # Extraction takes a hyphen at the end of a line for one that divides a word.
            assert url.replace("&amp;", "&").replace("-", "") in whole


def test_all_dates_are_the_edition_s(finished):
    from handbook.outputs.book import edition

    stamp = edition.of(ROOT, 0).moment.strftime("D:%Y%m%d%H%M%S")
    assert str(finished.pdf.docinfo["/CreationDate"]).startswith(stamp)
    assert str(finished.pdf.docinfo["/ModDate"]).startswith(stamp)


def test_it_is_light(finished):
    assert finished.path.stat().st_size < verify.heaviest(len(finished.pdf.pages))
    assert len(finished.pdf.pages) < 700


def test_a_book_that_is_too_heavy_is_refused(tmp_path, monkeypatch):
    book = tmp_path / "book.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(book)
    verify.verify(book)
    monkeypatch.setattr(verify, "HEAVIEST", 10)
    monkeypatch.setattr(verify, "HEAVIEST_PAGE", 10)
    with pytest.raises(BookError, match=r"book.pdf weighs .* MB are allowed"):
        verify.verify(book)
    monkeypatch.setattr(verify, "HEAVIEST_PAGE", book.stat().st_size)
    verify.verify(book)


def test_the_checksum_beside_it_is_right(finished):
    checksum, name = (finished.path.parent / f"{finished.path.name}.sha256").read_text().split()
    assert name == finished.path.name
    assert checksum == hashlib.sha256(finished.path.read_bytes()).hexdigest()


#: Makes the books of some languages, side by side: sources, target folder, address, languages.
MAKE = """
import sys
from pathlib import Path
from handbook import source
from handbook.compile import compile_book
from handbook.outputs import pdf, site
from handbook.outputs.book import edition

root, target, address, *codes = sys.argv[1:]
book = source.load(Path(root))
compiled, made = compile_book(book), edition.of(Path(root), site.EPOCH)
pdf.side_by_side([
    pdf.make(book, compiled, book.languages[code], Path(target, pdf.file_name(code)),
             address=f"{address}{code}/", edition=made)
    for code in codes
])
"""


def _make(root: Path, target: Path, *codes: str, **environment: str) -> dict[str, bytes]:
    """Make books in a process of their own; return them by their names."""
    command = [sys.executable, "-c", MAKE, str(root), str(target), os.environ["HANDBOOK_ADDRESS"], *codes]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)} | environment)
    return {file.name: file.read_bytes() for file in target.glob("*.pdf")}


# One language: the other is made by the same steps, and a book takes a minute and a half.
@pytest.mark.parametrize("finished", ["zh"], indirect=True)
def test_the_same_content_gives_the_same_bytes(finished, tmp_path):
    again = _make(ROOT, tmp_path, finished.language, PYTHONHASHSEED="7")
    assert again[finished.path.name] == finished.path.read_bytes()


def test_so_does_a_small_book_of_either_language_in_another_folder(tmp_path):
    made = [
        _make(specimens.copy(tmp_path / name), tmp_path / name, "en", "zh", PYTHONHASHSEED=seed, TZ=zone)
        for name, seed, zone in (("one", "1", "UTC"), ("another", "7", "Asia/Shanghai"))
    ]
    assert len(made[0]) == 2
    assert made[0] == made[1]


def test_text_is_in_composed_form(finished):
    assert unicodedata.is_normalized("NFC", finished.whole)
