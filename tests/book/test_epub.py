"""The book for e-readers: whole, well formed, and nothing in it leads nowhere."""

from __future__ import annotations

import os
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from lxml import etree

from book.conftest import ROOT, compiled_page
from handbook.compiled import Compiled
from handbook.outputs import epub, site
from handbook.outputs.book import BookError, Edition, edition
from handbook.terms import GLOSSARY

pytestmark = pytest.mark.slow

BUDGET = 2_000_000
NAMESPACES = {
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "svg": "http://www.w3.org/2000/svg",
    "m": "http://www.w3.org/1998/Math/MathML",
}
PACKAGE = "book/package.opf"


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def archive(published, language):
    with zipfile.ZipFile(published / "epub" / epub.file_name(language)) as opened:
        yield opened


@pytest.fixture(scope="module")
def documents(archive) -> Mapping[str, etree._Element]:
    """Every file of the book that is XML, by its path; one that is not well formed fails here."""
    names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".xml", ".svg"))]
    return {name: etree.fromstring(archive.read(name)) for name in names}


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMESPACES)


def test_what_it_is_comes_first_and_unpacked(archive, published, language):
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype") == b"application/epub+zip"
    assert (published / "epub" / epub.file_name(language)).stat().st_size < BUDGET


def test_the_package_lists_every_file_once(archive, documents):
    assert found(documents["META-INF/container.xml"], "//c:rootfile/@full-path") == [PACKAGE]
    listed = found(documents[PACKAGE], "//o:item/@href")
    assert sorted(f"book/{name}" for name in listed) == sorted(
        set(archive.namelist()) - {"mimetype", "META-INF/container.xml", PACKAGE}
    )
    ids = found(documents[PACKAGE], "//o:item/@id")
    assert len(set(ids)) == len(ids)
    read = found(documents[PACKAGE], "//o:itemref/@idref")
    assert read == found(documents[PACKAGE], "//o:item[@media-type='application/xhtml+xml']/@id")


def test_a_file_says_what_is_in_it(documents):
    for item in found(documents[PACKAGE], "//o:item[@media-type='application/xhtml+xml']"):
        root = documents[f"book/{item.get('href')}"]
        properties = set(item.get("properties", "").split()) - {"nav"}
        assert ("svg" in properties) == bool(found(root, "//svg:svg")), item.get("href")
        assert ("mathml" in properties) == bool(found(root, "//m:math")), item.get("href")


def test_every_page_is_a_chapter_with_its_drawings(compiled, documents, language):
    for slug, page in compiled.pages[language].items():
        name = f"book/{slug.replace('/', '-')}.xhtml"
        if not page.in_book and slug != GLOSSARY:
            assert name not in documents
            continue
        assert found(documents[name], "count(//x:h1)") == 1
        shown = lxml.html.fragment_fromstring(page.html, "div").xpath("//figure[not(ancestor::*[@data-book-exclude])]")
        assert found(documents[name], "count(//x:figure/svg:svg)") == len(shown), slug


def test_the_contents_lead_to_every_chapter(documents):
    leads = {urlsplit(href).path for href in found(documents["book/contents.xhtml"], "//x:nav//x:a/@href")}
    chapters = {name.removeprefix("book/") for name in documents if name.endswith(".xhtml")}
    assert leads == chapters - {"contents.xhtml", "title.xhtml"}


def test_every_link_leads_to_a_file_and_an_id(documents):
    ids = {name: found(root, "//@id") for name, root in documents.items()}
    broken = []
    for name, root in documents.items():
        assert len(set(ids[name])) == len(ids[name]), name
        for target in found(root, "//x:*/@href | //x:*/@src"):
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in {"https", "http", "mailto"}
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            if path.endswith(".css"):
                continue
            if path not in documents or (parts.fragment and unquote(parts.fragment) not in ids[path]):
                broken.append((name, target))
    assert not broken


def test_nothing_is_loaded_from_elsewhere(archive, documents):
    for name, root in documents.items():
        assert not found(root, "//x:script | //x:img[contains(@src, ':')] | //@style[contains(., 'url')]"), name
    assert b"url(" not in archive.read("book/style.css")


def test_what_only_scripts_and_phones_need_is_left_out(documents):
    for name, root in documents.items():
        assert not found(root, "//x:*[@*[starts-with(name(), 'data-')] or @tabindex]"), name
        assert not found(root, "//x:button | //x:details | //x:*[contains(@class, 'headerlink')]"), name


def test_the_same_content_gives_the_same_bytes(handbook, compiled, published, language, tmp_path):
    again = tmp_path / epub.file_name(language)
    address = f"{os.environ['HANDBOOK_ADDRESS']}{language}/"
    spoken, this = handbook.languages[language], edition.of(ROOT, site.EPOCH)
    epub.make(handbook, compiled, spoken, again, address=address, edition=this)
    with zipfile.ZipFile(again) as made, zipfile.ZipFile(published / "epub" / again.name) as earlier:
        assert made.namelist() == earlier.namelist()
        assert [name for name in made.namelist() if made.read(name) != earlier.read(name)] == []
    assert again.read_bytes() == (published / "epub" / again.name).read_bytes()


def made(mini, target: Path, body: str) -> Path:
    """Make a book of two pages, of which the first has this content."""
    book = mini.book()
    pages = {"index": compiled_page("index", body), "designs/toy": compiled_page("designs/toy", "<p>Words.</p>")}
    epub.make(
        book, Compiled({"en": pages}), book.languages.original, target,
        address="https://example.org/en/", edition=Edition("00000000", site.EPOCH),
    )  # fmt: skip
    return target


def test_a_picture_is_in_the_book_under_a_name_of_its_own(mini, tmp_path):
    mini.write("docs/en/a picture.png", b"PNG")
    with zipfile.ZipFile(made(mini, tmp_path / "book.epub", "<p><img src='a%20picture.png' alt='x'></p>")) as archive:
        assert archive.read("book/images/1.png") == b"PNG"
        assert b'src="images/1.png"' in archive.read("book/index.xhtml")
        assert b'href="images/1.png" media-type="image/png"' in archive.read(PACKAGE)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p><a href='designs/toy/#nowhere'>x</a></p>", "a link of `index` leads nowhere: #designs-toy--nowhere"),
        ("<p><img src='none.png' alt='x'></p>", "the page `index` shows an image that is missing: none.png"),
        ("<p><img src='a.tiff' alt='x'></p>", "the page `index` shows an image that no e-reader knows: a.tiff"),
    ],
)
def test_what_cannot_be_is_named_and_no_book_is_made(mini, tmp_path, body, message):
    mini.write("docs/en/a.tiff", b"TIFF")
    with pytest.raises(BookError, match=message):
        made(mini, tmp_path / "book.epub", body)
    assert not (tmp_path / "book.epub").exists()
