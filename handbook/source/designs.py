"""The worked designs and what each has to discuss, from `data/designs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry
from handbook.source.points import Point
from handbook.source.points import read as read_point

STEM = "designs"
PATH = f"data/{STEM}.yml"
#: What designs are compared by, in this order; their names are words of the languages, `compare.<row>`.
ROWS = ("load", "sla", "items", "base_rate", "label_delay", "model", "pattern", "cost", "number")
#: The last row: a stage, of which `stages` says why.
HARDEST = "hardest"


@dataclass(frozen=True)
class Compared:
    """What a row of the comparison says of a design: a text by language, with `{{ values }}` of its page."""

    line: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Design:
    """A worked design; it is published as soon as its page exists.

    Attributes:
        id: Last part of its slug.
        labels: What it is called, by language.
        must_discuss: What every answer to its problem has to bring.
        stages: What is special about each of its stages, by stage and language.
        compare: What stands in each row of the comparison, by row.
        hardest: Id of its hardest stage; empty where nobody knows which stages there are.
    """

    id: str
    labels: Mapping[str, str]
    must_discuss: tuple[Point, ...]
    stages: Mapping[str, Mapping[str, str]]
    compare: Mapping[str, Compared]
    hardest: str

    @property
    def slug(self) -> str:
        """Slug of its page."""
        return f"designs/{self.id}"


def read(file: Entry, stages: tuple[str, ...]) -> Mapping[str, Design]:
    """Read the designs, by id.

    Args:
        file: The data file.
        stages: Ids of the stages that each design goes through.
    """
    entries = file.mapping("designs")["designs"]
    designs = [_design(entry, stages) for entry in entries.items()]
    entries.distinct([design.id for design in designs])
    return MappingProxyType({design.id: design for design in designs})


def _design(entry: Entry, stages: tuple[str, ...]) -> Design:
    keys = entry.mapping("id", "must_discuss", "stages", "compare", spoken=("",))
    points = tuple(map(read_point, keys["must_discuss"].items()))
    # Without the framework nobody knows which stages there are.
    notes = keys["stages"].mapping(*stages, optional=() if stages else None)
    rows = keys["compare"].mapping(*ROWS, HARDEST)
    return Design(
        id=keys["id"].text(),
        labels=entry.texts_of(),
        must_discuss=points,
        stages=MappingProxyType({stage: _note(notes[stage]) for stage in stages}),
        compare=MappingProxyType({row: Compared(rows[row].line, _note(rows[row])) for row in ROWS}),
        hardest=rows[HARDEST].choice(*stages) if stages else "",
    )


def _note(entry: Entry) -> Mapping[str, str]:
    return entry.texts_of() if entry.mapping(spoken=("",)) else MappingProxyType({})
