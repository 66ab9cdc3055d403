"""Inputs and results: a number with its unit, or a formula and the unit that it must come out in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.numbers import derivation, formula
from handbook.numbers.place import SHOWN, Place, Pool, check_display, labelled, number_of, quantity_of
from handbook.numbers.tree import FormulaError, Tree, evaluate, is_comparison, names
from handbook.numbers.units import UnitError

_INPUT_KEYS = {"value", "source", *SHOWN}
_RESULT_KEYS = {"formula", *SHOWN}


@dataclass(frozen=True)
class Result:
    """A result that waits to be computed."""

    place: Place
    name: str
    spec: Mapping[str, Any]
    tree: Tree

    @property
    def key(self) -> str:
        """Key of the quantity."""
        return f"{self.place.slug}:{self.name}"

    @property
    def gives(self) -> list[str]:
        """Keys of the quantities that come out."""
        return [self.key]

    @property
    def needs(self) -> list[str]:
        """Keys of the quantities that go in."""
        return [self.place.key(other) for other in names(self.tree)]

    def compute(self, pool: Pool) -> None:
        """Compute the result, or report why it has none."""
        _compute_result(self, pool)

    def report(self, message: str) -> None:
        """Report what is wrong with it."""
        self.place.report(f"`{self.name}` {message}", at=("results", self.name))


def read_inputs(place: Place, pool: Pool) -> None:
    """Read the inputs into the pool."""
    for name, spec in place.entries("inputs", dict).items():
        at = ("inputs", name)
        pool.broken.add(f"{place.slug}:{name}")
        if not labelled(place, spec, at, _INPUT_KEYS):
            continue
        value = number_of(spec.get("value"))
        if value is None:
            place.report(f"`{name}` has no number as value", at=at)
            continue
        has_unit = check_display(place, spec, at)
        if not spec.get("source"):
            place.report(f"`{name}` has no source", "`assumption` or a key of data/sources", at)
        if not has_unit:
            continue
        try:
            unit, power = pool.unit(spec.get("unit", ""))
        except UnitError as error:
            place.report(f"`{name}`: {error}", at=at)
            continue
        pool.broken.discard(f"{place.slug}:{name}")
        quantity = quantity_of(
            place,
            name,
            spec,
            value * 10**power,
            unit,
            source=str(spec.get("source", "")),
            digits=spec.get("digits"),
            line=place.file.line(*at),
        )
        pool.add(place, quantity, unit)


def read_results(place: Place, pool: Pool) -> Iterator[Result]:
    """Yield the results whose formulas can be read."""
    inputs = set(map(str, place.entries("inputs", dict)))
    for name, spec in place.entries("results", dict).items():
        at = ("results", name)
        if name in inputs:
            place.report(f"`{name}` is an input already", "rename one", at)
            continue
        pool.broken.add(f"{place.slug}:{name}")
        if not labelled(place, spec, at, _RESULT_KEYS):
            continue
        has_unit = check_display(place, spec, at)
        try:
            tree = formula.parse(spec.get("formula", ""))
        except FormulaError as error:
            place.report(f"`{name}`: {error}", at=at)
            continue
        if has_unit:
            pool.broken.discard(f"{place.slug}:{name}")
            yield Result(place, name, spec, tree)


def _compute_result(result: Result, pool: Pool) -> None:
    place, name, spec, at = result.place, result.name, result.spec, ("results", result.name)
    keys = {other: place.key(other) for other in names(result.tree)}
    if not pool.have(place, keys, lambda message, hint: place.report(f"`{name}`: {message}", hint, at)):
        pool.broken.add(result.key)
        return
    try:
        if is_comparison(result.tree):
            raise FormulaError(f"`{spec['formula']}` compares and gives no number")
        unit, _ = pool.unit(spec.get("unit", ""))
        tree = formula.compile_to(result.tree, lambda other: pool.parts.get(keys[other]), unit.parts)
        tree = formula.resolve(tree, keys)
        value = unit.with_power(evaluate(tree, pool.values))
    except formula.ResultUnitError as error:
        pool.broken.add(result.key)
        hint = f"formula: {spec['formula']}"
        place.report(f"`{name}` comes out in {error}, not in `{spec.get('unit', '')}`", hint, at)
        return
    except (FormulaError, UnitError) as error:
        pool.broken.add(result.key)
        place.report(f"`{name}`: {error}", at=at)
        return
    quantity = quantity_of(
        place,
        name,
        spec,
        value,
        unit,
        tree=tree,
        operands=derivation.operands(tree, pool.quantities.__getitem__),
        digits=spec.get("digits", 3),
        line=place.file.line(*at),
    )
    pool.add(place, quantity, unit)
