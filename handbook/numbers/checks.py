"""What stands on computed quantities: tables, latency budgets, sums and asserts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from handbook.numbers import formula, units
from handbook.numbers.place import Place, Pool, labelled
from handbook.numbers.quantities import Budget, Quantity, Step, full_key
from handbook.numbers.tree import FormulaError, holds, is_comparison, names


def read_tables(place: Place, pool: Pool) -> None:
    """Read the calculation tables: which quantities stand in which row."""
    for name, listed in place.entries("tables", dict).items():
        rows = [str(row) for row in listed] if isinstance(listed, list) else []
        keys = [full_key(place.slug, row) for row in rows]
        for index, (row, key) in enumerate(zip(rows, keys, strict=True)):
            if key not in pool.quantities and key not in pool.broken:
                message = f"table `{name}` lists an unknown quantity `{row}`"
                place.report(message, at=("tables", name, index))
        if not rows:
            place.report(f"table `{name}` is empty", at=("tables", name))
            continue
        place.used.update(keys)
        place.tables[name] = tuple(row for row, key in zip(rows, keys, strict=True) if key in pool.quantities)


def read_budgets(place: Place, pool: Pool) -> None:
    """Read the latency budgets, which have to fill their limit; their parts become quantities."""
    for name, spec in place.entries("budgets", dict).items():
        at = ("budgets", name)
        if not labelled(place, spec, at):
            continue
        key = full_key(place.slug, str(spec.get("limit", "")))
        limit = pool.quantities.get(key)
        if limit is None or units.dimensions(pool.parts[key]) != {"time": 1}:
            message = f"budget `{name}`: `limit` does not name an input with a time unit"
            place.report(message, at=(*at, "limit"))
            continue
        place.used.add(key)
        try:
            steps = tuple(_step(place, step) for step in spec["steps"])
            slack = _milliseconds(spec, "slack")
            _distinct(steps)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else error
            hint = "a step has id, en, zh and ms (or parallel); slack in ms"
            place.report(f"budget `{name}` cannot be read: {reason}", hint, at)
            continue
        if not re.fullmatch(r"p\d+(\.\d+)?", str(spec.get("percentile", ""))):
            place.report(f"budget `{name}` does not state its percentile", "p99", at)
        budget = Budget(name, place.words(spec), str(spec.get("percentile", "")), limit, steps, slack)
        in_ms = units.factor(pool.parts[key], units.parse("ms").parts) * 1000
        allowed = pool.values[key] * float(in_ms)
        total = budget.spent + slack
        sum_ = f"budget `{name}`: steps {budget.spent:g} ms + slack {slack:g} ms = {total:g} ms"
        if total > allowed + 1e-9:
            place.report(f"{sum_} exceed the limit of {allowed:g} ms", "cut a step or raise the SLA", at)
        elif total < allowed - 1e-9:
            place.report(
                f"{sum_} leave {allowed - total:g} ms of {allowed:g} ms unaccounted for",
                "say it as slack",
                at,
            )
        place.budgets[name] = budget
        parts = [
            (part.name, part.milliseconds, part.labels) for step in steps for part in (step, *step.parallel)
        ]
        parts += [
            ("spent", budget.spent, {}),
            ("slack", slack, {}),
            ("total", total, {}),
            ("limit", allowed, {}),
        ]
        for part, milliseconds, words in parts:
            key = f"{place.slug}:{name}.{part}"
            pool.add(place, Quantity(key, milliseconds, "ms", -3, words), units.parse("ms"))


def _milliseconds(spec: Mapping[str, Any], key: str) -> float:
    value = float(spec[key])
    if not 0 <= value < math.inf:  # a negative slack would make room for any step
        raise ValueError(f"`{key}: {spec[key]}` is not a duration")
    return value


def _distinct(steps: tuple[Step, ...]) -> None:
    seen = {"spent", "slack", "total", "limit"}
    for step in steps:
        for part in (step, *step.parallel):
            if part.name in seen:
                raise ValueError(f"the id `{part.name}` is taken")
            seen.add(part.name)


def _step(place: Place, spec: Mapping[str, Any]) -> Step:
    if not isinstance(spec, dict):
        raise TypeError(f"`{spec}` is not a step")
    if "ms" in spec and "parallel" in spec:
        raise ValueError(f"`{spec.get('id')}` has both ms and parallel")
    parallel = tuple(_step(place, part) for part in spec.get("parallel") or ())
    return Step(
        str(spec["id"]),
        {language: str(spec[language]) for language in place.languages},
        place.words(spec, "note_"),
        max(part.milliseconds for part in parallel) if parallel else _milliseconds(spec, "ms"),
        parallel,
    )


def check_sums(place: Place, pool: Pool) -> None:
    """Report parts that do not add up to their total."""
    for name, spec in place.entries("sums", dict).items():
        at = ("sums", name)
        if not labelled(place, spec, at):
            continue
        if not isinstance(spec.get("parts"), list):
            place.report(f"sum `{name}` has no list `parts`", at=at)
            continue
        keys = [full_key(place.slug, str(part)) for part in spec["parts"]]
        place.used.update(keys)
        if pool.broken.intersection(keys):
            continue
        try:
            unknown = [part for part, key in zip(spec["parts"], keys, strict=True) if key not in pool.values]
            if unknown:
                raise KeyError(unknown[0])
            unit = units.parse(spec["unit"], pool.things)
            parts = [
                unit.with_power(pool.values[key] * float(units.factor(pool.parts[key], unit.parts)))
                for key in keys
            ]
            wanted = float(spec["total"])
        except KeyError as error:
            place.report(f"sum `{name}`: no {error}", at=at)
            continue
        except (TypeError, ValueError) as error:
            place.report(f"sum `{name}`: {error}", at=at)
            continue
        if abs(sum(parts) - wanted) > 1e-9 * max(1.0, abs(wanted)):
            message = f"sum `{name}`: the parts add to {sum(parts):g} {spec['unit']}, not to {wanted:g}"
            place.report(message, at=at)


def check_asserts(place: Place, pool: Pool) -> None:
    """Report comparisons that do not hold."""
    for index, spec in enumerate(place.entries("asserts", list)):
        at = ("asserts", index)
        if not isinstance(spec, dict) or "formula" not in spec:
            place.report("an assert has no formula", at=at)
            continue
        try:
            tree = formula.parse(spec["formula"])
            if not is_comparison(tree):
                raise FormulaError(f"`{spec['formula']}` compares nothing")
            keys = {name: place.key(name) for name in names(tree)}
            place.used.update(keys.values())
            if pool.broken.intersection(keys.values()):
                continue
            compiled = formula.compile_comparison(tree, lambda name, keys=keys: pool.parts.get(keys[name]))
            true = holds(formula.resolve(compiled, keys), pool.values)
        except FormulaError as error:
            place.report(f"assert: {error}", at=at)
            continue
        if not true:
            place.report(f"does not hold: {spec['formula']}", str(spec.get(place.languages[0], "")), at)
