"""What readers type when they look for a place whose heading says it otherwise, from `data/search.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry

STEM = "search"
PATH = "data/search.yml"


@dataclass(frozen=True)
class Asked:
    """What readers type for a place, by language, and its line in data/search.yml."""

    words: Mapping[str, tuple[str, ...]]
    line: int


def read(file: Entry) -> Mapping[str, Asked]:
    """Read what readers type, by place: `framework/data#numbers`."""
    places = file.mapping("sections")["sections"].mapping(optional=None)
    return MappingProxyType({place: _asked(entry) for place, entry in places.items()})


def _asked(entry: Entry) -> Asked:
    entry.mapping(spoken=("",))
    return Asked(entry.lists_of(needed=True), entry.line)
