"""What changed for readers, from `data/changes.yml`: the page of changes and its feed are made from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from handbook.entry import Entry

STEM = "changes"
PATH = "data/changes.yml"
#: The feed of a language, beside its pages.
FEED = "changes.xml"


@dataclass(frozen=True)
class Change:
    """A change that a reader would want to know of.

    Attributes:
        date: The day on which it was published.
        slug: The page that changed.
        anchor: The section of it; empty for the page as a whole.
        texts: What is new, in one sentence, by language.
        line: Where it stands in data/changes.yml.
    """

    date: datetime.date
    slug: str
    anchor: str
    texts: Mapping[str, str]
    line: int

    @property
    def place(self) -> str:
        """The page, or `page#section`."""
        return f"{self.slug}#{self.anchor}" if self.anchor else self.slug


def read(file: Entry) -> tuple[Change, ...]:
    """Read the changes in their order."""
    return tuple(_change(entry) for entry in file.mapping("changes")["changes"].items())


def _change(entry: Entry) -> Change:
    keys = entry.mapping("date", "place", spoken=("",))
    try:
        date = datetime.date.fromisoformat(keys["date"].text())
    except ValueError:
        keys["date"].report(f"{keys['date'].name} is not a date", "2026-11-29")
        date = datetime.date.min
    slug, _, anchor = keys["place"].text().partition("#")
    return Change(date, slug, anchor, entry.texts_of(), entry.line)
