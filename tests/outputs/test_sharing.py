"""A page that is shared has a picture; its head tells of it only where it is there and whole."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

from handbook import languages
from handbook.compile import compile_book
from handbook.outputs import downloads, sharing
from handbook.outputs.book import BookError
from handbook.outputs.book.edition import Edition

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
EDITION = Edition("01234567", 1_767_225_600)
ADDRESS = "https://example.org/handbook/"
HEAD = "<head><!--downloads:sharing--><!--/downloads--></head>"


@pytest.mark.browser
def test_every_page_has_a_picture_of_the_size_that_is_asked_for(mini, tmp_path):
    book = mini.book()
    compiled = compile_book(book)
    count = sharing.make(book, compiled, tmp_path)
    pictures = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.rglob("*.png")}
    assert set(pictures) == {f"{page.language}/{page.slug}.png" for page in compiled.all_pages()}
    assert count == len(pictures)
    for content in pictures.values():
        assert content.startswith(b"\x89PNG")
        assert struct.unpack(">II", content[16:24]) == (sharing.WIDTH, sharing.HEIGHT)
    assert len(set(pictures.values())) == count
    assert sharing.is_whole(tmp_path)


def test_a_picture_shows_the_title_in_both_languages_and_the_key_numbers():
    from handbook import source

    book = source.load(ROOT)
    drafts = dict(sharing._drafts(book, compile_book(book)))
    design, page = drafts["en/designs/fraud-detection.png"], drafts["zh/framework/data.png"]
    assert "<h1>Fraud detection</h1>" in design
    assert "欺诈检测" in design
    assert design.count("<dt>") == sharing.ROWS
    assert "100 ms p99" in design
    assert "<dt>" not in page
    assert '<p class="about">' in page


def test_without_a_browser_it_says_so(mini, tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError, match="Chromium"):
        sharing.make(mini.book(), compile_book(mini.book()), tmp_path / "sharing")
    assert not (tmp_path / "sharing").exists()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with three pages, two of which have a picture."""
    site = tmp_path / "site"
    for folder in (".", "designs", "designs/toy"):
        (site / "en" / folder).mkdir(parents=True, exist_ok=True)
        (site / "en" / folder / "index.html").write_text(HEAD)
    pictures = site / sharing.FOLDER
    lines = []
    for slug in ("index", "designs/index"):
        file = pictures / sharing.file_name("en", slug)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(slug.encode())
        lines.append(f"{hashlib.sha256(slug.encode()).hexdigest()}  {sharing.file_name('en', slug)}\n")
    (pictures / sharing.CHECKSUMS).write_text("".join(lines))
    downloads.write_record(pictures, EDITION, address=ADDRESS)
    return site


def heads(site: Path) -> dict[str, str]:
    downloads.link(site, LANGUAGES)
    return {file.parent.relative_to(site / "en").as_posix(): file.read_text() for file in site.rglob("*.html")}


def test_a_page_tells_of_its_picture_where_it_has_one(site):
    found = heads(site)
    assert f'<meta property="og:image" content="{ADDRESS}sharing/en/index.png">' in found["."]
    assert f'content="{ADDRESS}sharing/en/designs/index.png"' in found["designs"]
    assert found["designs/toy"] == HEAD
    downloads.unlink(site, LANGUAGES)
    assert (site / "en/index.html").read_text() == HEAD


@pytest.mark.parametrize("damage", ["changed", "missing", "no list"])
def test_damaged_pictures_are_left_out_and_named(site, damage, capsys):
    picture = site / sharing.FOLDER / "en/index.png"
    if damage == "changed":
        picture.write_bytes(b"another")
    elif damage == "missing":
        picture.unlink()
    else:
        (site / sharing.FOLDER / sharing.CHECKSUMS).write_text("")
    downloads.drop_damaged(site, LANGUAGES)
    assert capsys.readouterr().err == "sharing/ was damaged and is left out: `make sharing` makes it again\n"
    assert set(heads(site).values()) == {HEAD}


def test_whole_pictures_are_kept_for_the_same_content(site, tmp_path):
    for edition, kept in ((EDITION, True), (Edition("76543210", EDITION.epoch), False)):
        new = tmp_path / edition.hash
        downloads.keep(site, new, edition, ADDRESS)
        assert (new / sharing.FOLDER).exists() is kept
