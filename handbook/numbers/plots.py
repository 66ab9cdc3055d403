"""Plots: curves of formulas over one swept input, computed at equal steps of the axis.

A formula of a curve knows `x`, a plain number (50% is 0.5), and every quantity that other formulas know.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from handbook.numbers import formula
from handbook.numbers.place import Place, Pool, labelled, number_of
from handbook.numbers.quantities import Axis, Curve, Plot
from handbook.numbers.tree import FormulaError, evaluate, is_comparison, names
from handbook.numbers.units import ONE, Unit, UnitError

#: What a formula calls the swept input.
SWEPT = "x"
_STEPS = 96
_MOST = 4
_PLOT_KEYS = {"describe", "x", "y", "curves", "rows"}
_AXIS_KEYS = {"from", "to", "unit", "scale"}


def read_plots(place: Place, pool: Pool) -> None:
    """Read the plots and compute their curves."""
    for name, spec in place.entries("plots", dict).items():
        at = ("plots", name)
        place.broken.add(at)
        if not labelled(place, spec, at, _PLOT_KEYS):
            continue
        x, y = (_axis(place, pool, spec.get(key), (*at, key)) for key in ("x", "y"))
        described = spec.get("describe")
        if not isinstance(described, dict) or not all(map(described.get, place.languages)):
            place.report(f"plot `{name}` is described in no word", "describe: {en: …, zh: …}", at)
            continue
        curves, listed = spec.get("curves"), spec.get("rows")
        rows = [number_of(row) for row in listed] if isinstance(listed, list) else []
        if not isinstance(curves, list) or not 0 < len(curves) <= _MOST:
            place.report(f"plot `{name}` has no list of one to {_MOST} curves", at=at)
            continue
        if not rows or None in rows:
            place.report(f"plot `{name}` has no rows for its table", "rows: values of x, as numbers", at)
            continue
        if x is None or y is None:
            continue
        found = [_curve(place, pool, one, (x, y), rows, (*at, "curves", n)) for n, one in enumerate(curves)]
        if None in found:
            continue
        place.broken.discard(at)
        words = place.words(spec), place.words(described)
        place.plots[name] = Plot(name, *words, x[0], y[0], _places(x[0]), tuple(rows), tuple(found))


def _axis(place: Place, pool: Pool, spec: Any, at: tuple[Any, ...]) -> tuple[Axis, Unit] | None:
    if not labelled(place, spec, at, _AXIS_KEYS):
        return None
    start, end = number_of(spec.get("from")), number_of(spec.get("to"))
    if spec.get("scale", "log") != "log":
        place.report(f"plot `{at[1]}`: unknown scale `{spec['scale']}`", "log, or none for equal steps", at)
    log = "scale" in spec
    if start is None or end is None or not start < end or (log and start <= 0):
        hint = "from: and to:, above 0 with scale: log"
        place.report(f"the axis `{at[-1]}` of plot `{at[1]}` does not rise", hint, at)
        return None
    try:
        unit, _ = pool.unit(str(spec.get("unit", "1")))
    except UnitError as error:
        place.report(f"plot `{at[1]}`: {error}", at=at)
        return None
    if unit.parts != ONE:
        hint = "divide by one unit of it in the formula"
        place.report(f"plot `{at[1]}`: `{unit.name}` is no plain number", hint, at)
        return None
    return Axis(place.words(spec), unit.name, unit.power, start, end, log), unit


def _places(axis: Axis) -> tuple[float, ...]:
    parts = [step / _STEPS for step in range(_STEPS + 1)]
    if axis.log:
        return tuple(axis.start * (axis.end / axis.start) ** part for part in parts)
    return tuple(axis.start + (axis.end - axis.start) * part for part in parts)


def _curve(
    place: Place,
    pool: Pool,
    spec: Any,
    axes: tuple[tuple[Axis, Unit], tuple[Axis, Unit]],
    rows: list[Any],
    at: tuple[Any, ...],
) -> Curve | None:
    if not labelled(place, spec, at, {"formula"}):
        return None
    (x, into), (_, out) = axes
    try:
        tree = formula.parse(spec.get("formula", ""))
        keys = {name: place.key(name) for name in names(tree) if name != SWEPT}
        if not pool.have(place, keys, lambda *said: place.report(f"plot `{at[1]}`: {said[0]}", said[1], at)):
            return None
        if is_comparison(tree):
            raise FormulaError(f"`{spec['formula']}` compares and gives no number")
        declared = {name: pool.parts[key] for name, key in keys.items() if name not in formula.CONSTANTS}
        units: Mapping[str, Any] = {SWEPT: ONE} | declared
        tree = formula.resolve(formula.compile_to(tree, units.get, out.parts), {SWEPT: SWEPT} | keys)

        def value(x_value: float) -> float:
            return out.with_power(evaluate(tree, ChainMap({SWEPT: into.without_power(x_value)}, pool.values)))

        return Curve(place.words(spec), tuple(map(value, _places(x))), tuple(map(value, rows)))
    except formula.ResultUnitError as error:
        place.report(f"plot `{at[1]}`: a curve comes out in {error}", at=at)
    except (FormulaError, UnitError, ValueError, ArithmeticError) as error:
        place.report(f"plot `{at[1]}`: {error}", at=at)
    return None
