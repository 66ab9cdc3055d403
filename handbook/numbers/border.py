"""The border of a model: which quantities go in and come out, in which units.

A field's unit is a unit of data/units.yml, `ms` or `1/s`, or a letter such as `?a`: any unit, but the same
wherever the letter stands (two costs per payment give a cost per payment).
"""

from __future__ import annotations

import importlib
import math
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any

from handbook.numbers import units
from handbook.numbers.remembered import Memory
from handbook.numbers.units import Parts, Unit, UnitError

FOLDER = Path(__file__).parents[1] / "models"


class ModelError(ValueError):
    """A model that does not exist, or that does not fit what it is given; the message says which."""


@dataclass(frozen=True)
class Field:
    """One input or output: its unit, and whether it is a list of numbers."""

    unit: str
    many: bool


@dataclass(frozen=True)
class Model:
    """A module with its border."""

    name: str
    inputs: Mapping[str, Field]
    outputs: Mapping[str, Field]
    module: ModuleType


@dataclass(frozen=True)
class Argument:
    """A value for an input field: its number without powers of ten, and its unit."""

    value: float
    parts: Parts


def names() -> list[str]:
    """Return the models that exist."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def load(name: str) -> Model:
    """Return a model by its module's name.

    Raises:
        ModelError: There is none.
    """
    if name not in names():
        raise ModelError(f"no model `{name}`; there are {', '.join(names())}")
    module = importlib.import_module(f"handbook.models.{name}")
    return Model(name, _border(module.Inputs), _border(module.Outputs), module)


def _border(record: type) -> dict[str, Field]:
    hints = typing.get_type_hints(record, include_extras=True)
    found = {}
    for field in fields(record):
        hint = hints[field.name]
        many = typing.get_origin(hint) is tuple
        inner = typing.get_args(hint)[0] if many else hint
        found[field.name] = Field(inner.__metadata__[0], many)
    return found


def run(
    model: Model,
    arguments: Mapping[str, Argument | Sequence[Argument]],
    things: Iterable[str],
    memory: Memory,
) -> dict[str, Argument | tuple[Argument, ...]]:
    """Run a model on quantities.

    Args:
        model: What to run.
        arguments: Value of each input, a list for a field that takes many.
        things: What is counted.
        memory: What models gave before.

    Raises:
        ModelError: An input is missing, unknown, of another unit, or out of range.
    """
    for name in sorted(set(arguments) ^ set(model.inputs)):
        what = "has no input" if name in arguments else "needs the input"
        raise ModelError(f"`{model.name}` {what} `{name}`")
    letters: dict[str, Parts] = {}
    values: dict[str, Any] = {}
    for name, field in model.inputs.items():
        given = arguments[name]
        if isinstance(given, Argument) == field.many:
            raise ModelError(f"`{name}` takes {'a list' if field.many else 'one quantity'}")
        inner = [_into(name, field, one, letters, things) for one in (given if field.many else (given,))]
        values[name] = tuple(inner) if field.many else inner[0]
    try:
        result = memory.ask(model.module, model.module.Inputs(**values))
    except (ValueError, ArithmeticError) as error:
        raise ModelError(str(error)) from error
    found: dict[str, Argument | tuple[Argument, ...]] = {}
    for name, field in model.outputs.items():
        value = getattr(result, name)
        back = _back(field, letters, things)
        found[name] = tuple(map(back, value)) if field.many else back(value)
    return found


def _into(
    name: str, field: Field, given: Argument, letters: dict[str, Parts], things: Iterable[str]
) -> float:
    if field.unit.startswith("?"):
        unit = Unit(field.unit, letters.setdefault(field.unit, given.parts))
    else:
        unit = units.parse(field.unit, things)
    try:
        return unit.with_power(given.value * float(units.factor(given.parts, unit.parts)))
    except UnitError as error:
        raise ModelError(f"input `{name}`: {error}") from error


def _back(field: Field, letters: Mapping[str, Parts], things: Iterable[str]) -> Callable[[float], Argument]:
    unit = Unit("", letters[field.unit]) if field.unit in letters else units.parse(field.unit, things)

    def back(value: float) -> Argument:
        if not math.isfinite(value):
            raise ModelError("a result is not finite")
        return Argument(unit.without_power(value), unit.parts)

    return back
