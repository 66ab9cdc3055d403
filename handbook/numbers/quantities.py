"""What a numbers file becomes: quantities with their values, tables, budgets, models and cards.

No units to parse, no formulas as text: all that the rest of the handbook reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handbook.numbers.tree import Tree
from handbook.problems import Problem

STYLES = ("", "grouped", "money")
#: Source of an input that an interviewer may change.
ASSUMPTION = "assumption"


@dataclass(frozen=True)
class Quantity:
    """A named number of the handbook.

    Attributes:
        key: Place and name, `framework/model:candidates`.
        value: The number in its unit.
        unit: Unit that a reader sees, a key of data/units.yml.
        power: Power of ten that the unit's name shows: 3 for kB, −2 for %.
        labels: What it is, per language.
        source: `assumption`, a key of the bibliography, or empty for what is computed.
        tree: What a result is computed with; `None` for an input and for what a model gives.
        model: Name of the model that gives it; empty for all others.
        operands: Keys of the quantities that its derivation shows, or that its model is given.
        digits: Significant digits shown; `None` as typed.
        style: See `writing.format_number`.
        differs: Why it is declared although another place has the same, per language.
        line: Line of its declaration.
    """

    key: str
    value: float
    unit: str
    power: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    tree: Tree | None = None
    model: str = ""
    operands: tuple[str, ...] = ()
    digits: int | None = None
    style: str = ""
    differs: Mapping[str, str] = field(default_factory=dict)
    line: int = 1

    @property
    def place(self) -> str:
        """Slug of the page, or name of the place, that declares it."""
        return self.key.rpartition(":")[0]

    @property
    def name(self) -> str:
        """As its own page calls it."""
        return self.key.rpartition(":")[2]

    @property
    def plain(self) -> float:
        """The number that trees compute with, in the unit without its power: 2 kB are 2000."""
        return self.value * 10**self.power if self.power >= 0 else self.value / 10**-self.power


@dataclass(frozen=True)
class Step:
    """A component of a latency budget, or a group that runs in parallel (then its maximum counts)."""

    name: str
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    milliseconds: float
    parallel: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Budget:
    """A latency budget: serial parts add, parallel parts take the maximum, slack is explicit."""

    name: str
    labels: Mapping[str, str]
    percentile: str
    limit: Quantity
    steps: tuple[Step, ...]
    slack: float

    @property
    def spent(self) -> float:
        """Milliseconds on the critical path, without slack."""
        return sum(step.milliseconds for step in self.steps)


@dataclass(frozen=True)
class CardRow:
    """A row of a card: what it is and its value, per language, with `{{ values }}`."""

    line: int
    labels: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True)
class ModelRun:
    """A model that a numbers file declares, run on its quantities.

    Attributes:
        name: Of this run.
        module: Name of the model, a module of `handbook.models`.
        labels: What it is called, per language.
        explained: Where a page explains it: `#score-model`, `framework/model#binormal`.
        inputs: Full keys of the quantities that it is given.
        outputs: Names of the quantities that it gives.
        sensitivity: For each input that has a step: its key, the step in its unit, and every output with it.
    """

    name: str
    module: str
    labels: Mapping[str, str]
    explained: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    sensitivity: tuple[tuple[str, float, tuple[float, ...]], ...] = ()


@dataclass(frozen=True)
class Axis:
    """An axis of a plot.

    Attributes:
        labels: What it measures.
        unit: In which unit.
        power: Of ten, in the unit's name.
        start: Where it begins, in the unit.
        end: Where it ends.
        log: Whether equal ratios are equally long.
    """

    labels: Mapping[str, str]
    unit: str
    power: int
    start: float
    end: float
    log: bool


@dataclass(frozen=True)
class Curve:
    """A curve: its name, and its values in the unit of the axis at each place and at each row of the table."""

    labels: Mapping[str, str]
    values: tuple[float, ...]
    rows: tuple[float, ...]


@dataclass(frozen=True)
class Plot:
    """Curves over one swept input.

    Attributes:
        name: As the page calls it.
        labels: Title.
        descriptions: What one sees, in a sentence or two, for whoever does not.
        x: The swept input.
        y: What the curves give.
        places: Where the curves are computed, in the unit of x.
        rows: Places of the table beside it.
        curves: At most four.
    """

    name: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    x: Axis
    y: Axis
    places: tuple[float, ...]
    rows: tuple[float, ...]
    curves: tuple[Curve, ...]


@dataclass(frozen=True)
class Numbers:
    """All numbers of one place.

    Attributes:
        path: The file.
        quantities: By the name that its own page uses; parts of budgets as `budget.step`.
        tables: Names of the rows of each calculation table; another place's with its slug.
        budgets: By name.
        models: By name.
        plots: By name.
        card: Rows of the card.
        texts: Line, language and text of what the file says in words.
        used: Keys that formulas, tables, budgets, sums and asserts of this file read.
        problems: What was found wrong.
        broken: What is declared and could not be read, by its section and its name; the cause is reported.
        unreadable: Whether the file is wrong as a whole, and all of this empty.
    """

    path: str
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    models: Mapping[str, ModelRun] = field(default_factory=dict)
    plots: Mapping[str, Plot] = field(default_factory=dict)
    card: tuple[CardRow, ...] = ()
    texts: tuple[tuple[int, str, str], ...] = ()
    used: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    broken: frozenset[tuple[str, str]] = frozenset()
    unreadable: bool = False

    def is_broken(self, section: str, name: str = "") -> bool:
        """Tell whether something is not here because of a problem that is reported.

        Args:
            section: `quantities`, `tables`, `budgets`, `models`, `plots` or `card`.
            name: Its name there; a part of a budget is one of the quantities.
        """
        budget, dot, _ = name.partition(".")
        part = section == "quantities" and bool(dot) and ("budgets", budget) in self.broken
        return part or (section, name) in self.broken


def full_key(place: str, name: str) -> str:
    """Return the key of a name as a page or a formula of `place` writes it."""
    return name if ":" in name else f"{place}:{name}"


def look_up(numbers: Mapping[str, Numbers], key: str) -> Quantity | None:
    """Return the quantity with a full key."""
    place, _, name = key.rpartition(":")
    return numbers[place].quantities.get(name) if place in numbers else None


def row_anchor(name: str) -> str:
    """Return the id of a quantity's row in a calculation table, for its name as the table writes it."""
    return "q-" + name.replace("/", "-").replace(":", "-")
