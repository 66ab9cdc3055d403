"""When a section of what ages was last verified, from `data/verified.yml`.

Products, prices, laws in force: what was right when it was written and may not be a year later. Each source
has its own day of checking; this is the day on which somebody went through the section as a whole.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry

STEM = "verified"
PATH = "data/verified.yml"


@dataclass(frozen=True)
class Verified:
    """A section that ages.

    Attributes:
        page: Slug of its page.
        id: Of its heading.
        date: The day on which it was last verified.
        line: Where it stands in data/verified.yml.
    """

    page: str
    id: str
    date: datetime.date
    line: int


def read(file: Entry) -> Mapping[str, Verified]:
    """Read the sections by their places, `page#section`."""
    found = {}
    for page, entries in file.mapping("verified")["verified"].mapping(optional=None).items():
        for id_, entry in entries.mapping(optional=None).items():
            try:
                date = datetime.date.fromisoformat(entry.text())
            except ValueError:
                entry.report(f"{entry.name} is not a date", "2026-11-29")
                continue
            found[f"{page}#{id_}"] = Verified(page, id_, date, entry.line)
    return MappingProxyType(found)
