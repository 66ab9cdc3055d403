"""What a reader can take away: the book of each language as PDF and EPUB, and the offline copy of all, beside the site.

Beside them, the pictures that are shown where a page is shared. They take longer than the site, so `make site` does not
make them: it keeps those that belong to the same content and drops the others. `make pdf`, `make epub`, `make offline`
and `make sharing` add them. Either way the links on the pages are written last, from the files that are there, so no
link is ever dead.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from handbook import source
from handbook.compile import compile_book
from handbook.languages import Language, Languages
from handbook.output import Output
from handbook.outputs import epub, offline, pdf, sharing
from handbook.outputs.book import edition as editions
from handbook.outputs.book.edition import Edition

#: What can be made, the folder that it is in, and what its files are called.
KINDS: dict[str, Callable[[str], str]] = {"pdf": pdf.file_name, "epub": epub.file_name, "offline": offline.file_name}
#: All that can be made, by its folder.
FOLDERS = (*KINDS, sharing.FOLDER)
#: In each folder: which edition its files are.
RECORD = "edition.json"

_SLOT = re.compile(r"<!--downloads:(\w+)-->.*?<!--/downloads-->", re.S)


def sources(root: Path, address: str) -> str:
    """Return a hash of all that the site is made from."""
    files = editions.digest(root, (*editions.CONTENT, *editions.MACHINERY))
    repository = os.environ.get("REPO_URL", "")
    return hashlib.sha256(f"{files}\n{address}\n{repository}".encode()).hexdigest()


def is_current(site: Path, key: str) -> bool:
    """Whether a site was made from the sources with this hash."""
    return _record(site).get("sources") == key


def write_record(folder: Path, edition: Edition, *, key: str = "", address: str = "") -> None:
    """Note which edition is in a folder.

    Args:
        folder: The site, or a folder of downloads.
        edition: The edition.
        key: Of a site: what it was made from, see `sources`.
        address: Of downloads: the site that they lead to.
    """
    text = {"edition": edition.name, "content": edition.hash, "sources": key, "address": address}
    Output(folder).write(RECORD, json.dumps(text, ensure_ascii=False) + "\n")


def keep(old: Path, new: Path, edition: Edition, address: str) -> None:
    """Take over from an earlier site what belongs to the same content and leads to the same address."""
    for kind in FOLDERS:
        record = _record(old / kind)
        if (record.get("content"), record.get("address")) == (edition.hash, address):
            shutil.copytree(old / kind, new / kind, dirs_exist_ok=True)


def drop_damaged(site: Path, languages: Languages) -> None:
    """Remove the downloads that are not what their checksum promises, so that none of them is linked."""
    for kind, name in KINDS.items():
        for language in languages:
            file = site / kind / name(language.code)
            if file.exists() and _promised(file) != hashlib.sha256(file.read_bytes()).hexdigest():
                file.unlink()
                _checksum(file).unlink(missing_ok=True)
                _say_damaged(f"{kind}/{file.name}", kind)
    pictures = site / sharing.FOLDER
    if pictures.exists() and not sharing.is_whole(pictures):
        shutil.rmtree(pictures)
        _say_damaged(f"{sharing.FOLDER}/", sharing.FOLDER)


def _say_damaged(what: str, kind: str) -> None:
    print(f"{what} was damaged and is left out: `make {kind}` makes it again", file=sys.stderr, flush=True)


def _checksum(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _promised(file: Path) -> str:
    try:
        return _checksum(file).read_text(encoding="ascii").partition(" ")[0]
    except (OSError, ValueError):
        return ""


def make(
    root: Path, site: Path, languages: Languages, wanted: Collection[str], address: str,
    edition: Edition,
) -> None:  # fmt: skip
    """Make books, the offline copy, and the pictures for sharing.

    Args:
        root: The repository.
        site: The finished site; its pages must not link to downloads yet.
        languages: The languages of the site.
        wanted: Some of `FOLDERS`.
        address: Where the site is online, with a slash at its end.
        edition: The edition that they are.

    Raises:
        BookError: If a book cannot be made.
    """
    if not wanted:
        return
    handbook = source.load(root)
    compiled = compile_book(handbook)

    for kind in wanted:
        folder = site / kind
        shutil.rmtree(folder, ignore_errors=True)
        if kind == sharing.FOLDER:
            count = sharing.make(handbook, compiled, folder)
            write_record(folder, edition, address=address)
            print(f"{kind}/: {count} pictures", file=sys.stderr, flush=True)
            continue
        targets = [folder / KINDS[kind](language.code) for language in languages]
        if kind == "pdf":
            pdf.side_by_side(
                pdf.make(
                    handbook, compiled, language, target,
                    address=f"{address}{language.code}/", edition=edition,
                )
                for language, target in zip(languages, targets, strict=True)
            )  # fmt: skip
        elif kind == "epub":
            for language, target in zip(languages, targets, strict=True):
                count = epub.make(
                    handbook, compiled, language, target,
                    address=f"{address}{language.code}/", edition=edition,
                )  # fmt: skip
                size = target.stat().st_size / 1e6
                print(f"{target.name}: {count} chapters, {size:.2f} MB", file=sys.stderr, flush=True)
        else:
            target = targets[0]  # of all languages
            pages = offline.make(languages, site, target, address=address, moment=edition.moment)
            size = target.stat().st_size / 1e6
            print(f"{target.name}: {pages} pages in each language, {size:.2f} MB", file=sys.stderr, flush=True)
        for target in set(targets):
            checksum = hashlib.sha256(target.read_bytes()).hexdigest()
            Output(folder).write(_checksum(target).name, f"{checksum}  {target.name}\n")
        write_record(folder, edition, address=address)


def link(site: Path, languages: Languages) -> None:
    """Fill the slots that the theme leaves on each page with links to the files that are there."""
    for language in languages:
        for page in sorted((site / language.code).rglob("*.html")):
            _fill(page, site, language, present=True)


def unlink(site: Path, languages: Languages) -> None:
    """Empty the slots, so that books and copies do not link to themselves."""
    for language in languages:
        for page in sorted((site / language.code).rglob("*.html")):
            _fill(page, site, language, present=False)


def _fill(page: Path, site: Path, language: Language, *, present: bool) -> None:
    # A host answers with 404.html at any depth, where no relative link would be right.
    up = "" if page.name == "404.html" else "../" * len(page.relative_to(site).parent.parts)
    text = page.read_text(encoding="utf-8")

    def slot(found: re.Match[str]) -> str:
        if not present or not up:
            links = ""
        elif found[1] == sharing.FOLDER:
            links = _picture(site, language, page)
        else:
            links = _links(site, language, up, found[1])
        return f"<!--downloads:{found[1]}-->{links}<!--/downloads-->"

    filled = _SLOT.sub(slot, text)
    if filled != text:
        Output(site).write(page.relative_to(site).as_posix(), filled, again=True)


def _picture(site: Path, language: Language, page: Path) -> str:
    """Return what tells of the picture of a page, if it has one."""
    folder = page.parent.relative_to(site / language.code).as_posix()
    for slug in ("index",) if folder == "." else (folder, f"{folder}/index"):
        if (site / sharing.FOLDER / sharing.file_name(language.code, slug)).is_file():
            return sharing.tags(_record(site / sharing.FOLDER).get("address", ""), language.code, slug)
    return ""


def _links(site: Path, language: Language, up: str, where: str) -> str:
    items = []
    for kind, name in KINDS.items():
        file = site / kind / name(language.code)
        if not file.is_file():
            continue
        size = max(file.stat().st_size / 1e6, 0.1)
        edition = _record(file.parent).get("edition", "")
        about = language.word("downloads.about", size=f"{size:.1f}", edition=edition)
        label = language.word(f"downloads.{kind}_long" if where == "home" else f"downloads.{kind}")
        anchor = f'<a href="{up}{kind}/{file.name}" download>{label}</a>'
        items.append(f"{anchor} <small>{about}</small>")
    if not items:
        return ""
    if where == "home":
        listed = "".join(f"<li>{item}</li>" for item in items)
        return f'<h2 id="downloads">{language.word("downloads.title")}</h2><ul>{listed}</ul>'
    return "".join(f'<span class="download">{item}</span>' for item in items)


def _record(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
