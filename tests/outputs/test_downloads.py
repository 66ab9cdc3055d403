"""Downloads that are kept from an earlier site are whole, of the same content, and lead to the same address."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from handbook import languages
from handbook.outputs import downloads
from handbook.outputs.book.edition import Edition

ROOT = Path(__file__).resolve().parents[2]
EDITION = Edition("01234567", 1_767_225_600)
ADDRESS = "https://example.org/handbook/"
LANGUAGES = languages.load(ROOT)
NAMES = sorted(f"{kind}/{name(language.code)}" for kind, name in downloads.KINDS.items() for language in LANGUAGES)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A site with every download."""
    site = tmp_path / "earlier"
    for name in NAMES:
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"content of {name}")
        checksum = hashlib.sha256(file.read_bytes()).hexdigest()
        file.with_name(f"{file.name}.sha256").write_text(f"{checksum}  {file.name}\n")
    for kind in downloads.KINDS:
        downloads.write_record(site / kind, EDITION, address=ADDRESS)
    return site


def kept(earlier: Path, edition: Edition = EDITION, address: str = ADDRESS) -> list[str]:
    """Return the downloads that the next site has."""
    new = earlier.parent / "new"
    downloads.keep(earlier, new, edition, address)
    downloads.drop_damaged(new, LANGUAGES)
    return sorted(name for name in NAMES if (new / name).exists())


def test_downloads_of_the_same_content_and_address_are_kept(earlier, capsys):
    assert kept(earlier) == NAMES
    assert capsys.readouterr().err == ""


def test_downloads_of_other_content_are_not_kept(earlier):
    assert kept(earlier, edition=Edition("76543210", EDITION.epoch)) == []


@pytest.mark.parametrize("address", ["https://example.org/", "http://127.0.0.1:8000/"])
def test_downloads_that_lead_to_another_address_are_not_kept(earlier, address):
    assert kept(earlier, address=address) == []


@pytest.mark.parametrize("damage", ["truncated", "empty", "changed", "without a checksum", "with a binary checksum"])
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_download_is_left_out_and_named(name, damage, earlier, capsys):
    file = earlier / name
    checksum = file.with_name(f"{file.name}.sha256")
    match damage:
        case "truncated":
            file.write_bytes(file.read_bytes()[:5])
        case "empty":
            file.write_bytes(b"")
        case "changed":
            file.write_bytes(b"x" + file.read_bytes()[1:])
        case "without a checksum":
            checksum.unlink()
        case _:
            checksum.write_bytes(b"\xff\x00")
    assert kept(earlier) == [other for other in NAMES if other != name]
    kind = name.split("/")[0]
    assert capsys.readouterr().err == f"{name} was damaged and is left out: `make {kind}` makes it again\n"
    assert not (earlier.parent / "new" / kind / checksum.name).exists()
