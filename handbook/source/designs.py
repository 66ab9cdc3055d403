"""The worked designs and what each has to discuss, from `data/designs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry
from handbook.source.points import Point
from handbook.source.points import read as read_point

STEM = "designs"


@dataclass(frozen=True)
class Design:
    """A worked design; it is published as soon as its page exists.

    Attributes:
        id: Last part of its slug.
        labels: What it is called, by language.
        must_discuss: What every answer to its problem has to bring.
    """

    id: str
    labels: Mapping[str, str]
    must_discuss: tuple[Point, ...]

    @property
    def slug(self) -> str:
        """Slug of its page."""
        return f"designs/{self.id}"


def read(file: Entry) -> Mapping[str, Design]:
    """Read the designs, by id."""
    entries = file.mapping("designs")["designs"]
    designs = [_design(entry) for entry in entries.items()]
    entries.distinct([design.id for design in designs])
    return MappingProxyType({design.id: design for design in designs})


def _design(entry: Entry) -> Design:
    keys = entry.mapping("id", "must_discuss", spoken=("",))
    points = tuple(map(read_point, keys["must_discuss"].items()))
    return Design(keys["id"].text(), entry.texts_of(), points)
