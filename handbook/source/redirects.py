"""Places that moved, from `data/redirects.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry

STEM = "redirects"
PATH = "data/redirects.yml"

# Nothing that leads out of the site: no empty part, no `..`, no scheme.
_PLACE = re.compile(r"(?P<slug>\w[\w-]*(?:/\w[\w-]*)*)(?:#(?P<anchor>[\w-]+))?")


@dataclass(frozen=True)
class Place:
    """A published place: a page, or an anchor of it."""

    slug: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.slug}#{self.anchor}" if self.anchor else self.slug


@dataclass(frozen=True)
class Redirect:
    """A place that moved, where to, and its line in data/redirects.yml."""

    old: Place
    new: Place
    line: int


def read(file: Entry) -> Mapping[str, Redirect]:
    """Read the places that moved, by the old place."""
    found = {}
    for old, entry in file.mapping("redirects")["redirects"].mapping(optional=None).items():
        ends = _place(entry, old), _place(entry, entry.text())
        found[old] = Redirect(*ends, entry.line)
    return MappingProxyType(found)


def _place(entry: Entry, text: str) -> Place:
    match = _PLACE.fullmatch(text)
    if match:
        return Place(match["slug"], match["anchor"] or "")
    if text.strip():
        entry.report(f"`{text}` is not a place of the site", "page or page#anchor, without language and suffix")
    return Place("")
