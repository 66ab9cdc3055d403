"""A numbers file while it is read, and the pool of all quantities that have a value so far.

Reading reports what is wrong at its line and goes on; what follows from it is not reported again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from handbook import yamlfile
from handbook.numbers import units
from handbook.numbers.formula import CONSTANTS
from handbook.numbers.quantities import STYLES, Budget, CardRow, ModelRun, Plot, Quantity, full_key
from handbook.numbers.remembered import Memory
from handbook.numbers.units import Parts, Unit
from handbook.problems import Problem, guess, nearest

RULE = "numbers"
#: Keys of every declaration that a reader sees.
SHOWN = frozenset({"unit", "digits", "style", "differs"})


@dataclass
class Place:
    """A numbers file while it is read."""

    slug: str
    file: yamlfile.YamlFile
    languages: tuple[str, ...]
    unreadable: bool = False
    quantities: dict[str, Quantity] = field(default_factory=dict)
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)
    models: dict[str, ModelRun] = field(default_factory=dict)
    plots: dict[str, Plot] = field(default_factory=dict)
    card: list[CardRow] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)

    def report(self, message: str, hint: str = "", at: yamlfile.Keys = ()) -> None:
        """Report what is wrong at a key path of the file."""
        self.problems.append(self.file.problem(RULE, message, hint, at=at))

    def words(self, spec: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
        """Return the text of each language: `en` and `zh`, or with a prefix `note_en` and `note_zh`."""
        return {language: str(spec.get(f"{prefix}{language}", "")) for language in self.languages}

    def entries(self, key: str, kind: type) -> Any:
        """Return a section; one of another shape is reported and empty."""
        value = self.file.data.get(key)
        if value is None:
            return kind()
        if not isinstance(value, kind):
            self.report(f"`{key}` is not {'a mapping' if kind is dict else 'a list'}", at=(key,))
            return kind()
        return value

    def entries_of(self, spec: Mapping[str, Any], key: str, at: yamlfile.Keys) -> Mapping[str, Any]:
        """Return a mapping inside a declaration; one of another shape is reported and empty."""
        value = spec.get(key, {})
        if not isinstance(value, dict):
            self.report(f"`{at[-1]}`: `{key}` is not a mapping", at=at)
            return {}
        return value

    def know(self, value: dict[str, Any], known: Collection[str], at: yamlfile.Keys, of: str = "") -> None:
        """Report keys of a mapping that are none; one that is nearly another is read as that one."""
        unknown = sorted(set(value) - set(known))
        spoken = [key for key in known if key not in value and key.rpartition("_")[2] in self.languages]
        for key in unknown:
            # The codes of languages are too short to be like anything.
            only = spoken[0] if len(unknown) == len(spoken) == 1 else ""
            meant = nearest(key, set(known) - set(value)) or only
            hint = f"did you mean `{meant}`?" if meant else ", ".join(sorted(known))
            self.report(f"{of}unknown key `{key}`", hint, (*at, key) if not of else at)
            if meant:
                self.file.read_as((*at, key), meant)

    def key(self, name: str) -> str:
        """Return the key of a name in a formula; a name of nothing stays as it is."""
        return full_key(self.slug, name) if name in self.declared else name


class Pool:
    """All quantities of all places while they are computed, by key.

    Attributes:
        things: What is counted.
        written: data/units.yml.
        quantities: What is known.
        parts: Unit of each.
        values: Number of each in its unit without powers of ten.
        broken: Keys that are declared but have no value; their cause is reported already.
        memory: What models gave before.
    """

    def __init__(self, written: Mapping[str, Any], memory: Memory) -> None:
        self.written = written
        self.memory = memory
        self.things = units.counted(map(str, written))
        self.quantities: dict[str, Quantity] = {}
        self.parts: dict[str, Parts] = {}
        self.values: dict[str, float] = {}
        self.broken: set[str] = set()

    def unit(self, name: str) -> tuple[Unit, int]:
        """Return the unit that a reader sees, and the power of ten that goes into the number instead."""
        units.parse(name, self.things)
        shown, power = units.shown(str(name).strip() or "1", self.written)
        return units.parse(shown, self.things), power

    def have(self, place: Place, keys: Mapping[str, str], report: Callable[[str, str], None]) -> bool:
        """Tell whether quantities have a value; one that nobody declares is reported when first named.

        Args:
            place: Where they are named; they count as used there.
            keys: The key of each by the name as written.
            report: Takes a message and a hint.
        """
        full = {name: full_key(place.slug, key) for name, key in keys.items()}
        place.used.update(full.values())
        missing = [name for name, key in full.items() if key not in self.quantities and name not in CONSTANTS]
        for name in missing:
            if full[name] not in self.broken:
                self.broken.add(full[name])
                report(f"unknown quantity `{name}`", guess(name, place.declared | set(self.quantities)))
        return not missing

    def add(self, place: Place, quantity: Quantity, unit: Unit) -> None:
        """Add a quantity that has its value, in its unit."""
        place.quantities[quantity.name] = quantity
        self.quantities[quantity.key] = quantity
        self.parts[quantity.key] = unit.parts
        self.values[quantity.key] = quantity.plain


def labelled(place: Place, spec: Any, at: yamlfile.Keys, known: Collection[str]) -> bool:
    """Report a declaration with a key that is none, or without both labels, which are what the reader sees."""
    name = at[-1]
    if not isinstance(spec, dict):
        place.report(f"`{name}` is not a mapping", at=at)
        return False
    place.know(spec, {*known, *place.languages}, at, f"`{name}` has an ")
    for language in place.languages:
        if not str(spec.get(language) or "").strip():
            place.report(f"`{name}` has no label `{language}`", at=at)
    return True


def check_display(place: Place, spec: dict[str, Any], at: yamlfile.Keys) -> bool:
    """Report what would only show when the number is written: its digits and style; tell if it has a unit."""
    name = at[-1]
    if "unit" not in spec:
        place.report(f"`{name}` has no unit", "`1` for a plain number", at)
    digits = spec.get("digits")
    if digits is not None and (not isinstance(digits, int) or not 0 < digits < 13):
        place.report(f"`{name}`: digits is `{digits}`, not a number of digits", at=at)
        del spec["digits"]
    if spec.get("style", "") not in STYLES:
        place.report(f"`{name}`: unknown style `{spec['style']}`", ", ".join(STYLES[1:]), at)
    differs = spec.get("differs", {})
    if differs != {} and not (isinstance(differs, dict) and all(map(differs.get, place.languages))):
        place.report(f"`{name}`: `differs` does not say why in each language", "differs: {en: …, zh: …}", at)
        del spec["differs"]
    return "unit" in spec


def quantity_of(
    place: Place, name: str, spec: Mapping[str, Any], value: float, unit: Unit, **more: Any
) -> Quantity:
    """Return a declared quantity with its value; `more` are its other attributes."""
    return Quantity(
        f"{place.slug}:{name}",
        value,
        unit.name,
        unit.power,
        place.words(spec),
        style=str(spec.get("style", "")),
        differs=place.words(spec["differs"]) if "differs" in spec else {},
        **more,
    )


def number_of(value: Any) -> float | None:
    """Return the number of an input; YAML 1.1 reads 1e9 as a text."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
