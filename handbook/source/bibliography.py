"""The bibliography, from `data/sources/**.yml`: one file a page, one entry a source."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.entry import Entry

RULE = "sources"
FOLDER = "data/sources"

_TEXTS = ("authors", "title", "where", "url", "checked", "says")


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography.

    Attributes:
        key: What pages cite it by.
        path: Its file.
        line: Where it stands there.
        authors: Who wrote it.
        year: When.
        title: What it is called.
        where: Where it was published.
        url: Its address.
        checked: The day on which somebody last read it there, `2026-11-29`.
        says: What is taken from it.
    """

    key: str
    path: str
    line: int
    authors: str
    year: int
    title: str
    where: str
    url: str
    checked: str
    says: str


def read(file: Entry) -> list[Source]:
    """Read the sources of one file."""
    return [_source(key, entry) for key, entry in file.mapping(optional=None).items()]


def _source(key: str, entry: Entry) -> Source:
    keys = entry.mapping("year", *_TEXTS)
    texts = {name: keys[name].text().strip() for name in _TEXTS}
    return Source(key, entry.file.path, entry.line, year=keys["year"].whole(), **texts)
