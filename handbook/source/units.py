"""How a quantity is written with its unit, from `data/units.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handbook.entry import Entry

STEM = "units"

#: Where the number goes.
NUMBER = "{n}"

#: By language, `zh`, and in the singular where that differs, `en_one`.
Patterns = Mapping[str, str]


def read(file: Entry) -> Mapping[str, Patterns]:
    """Read how units are written, by unit."""
    return MappingProxyType({name: _unit(entry) for name, entry in file.mapping(optional=None).items()})


def _unit(entry: Entry) -> Patterns:
    singular = tuple(f"{code}_one" for code in entry.languages)
    keys = entry.mapping(optional=singular, spoken=("",))
    patterns = dict(entry.in_languages("", lambda text: text.containing(NUMBER)))
    return MappingProxyType(patterns | {key: keys[key].containing(NUMBER) for key in singular if key in keys})
