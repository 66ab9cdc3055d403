"""What stands on computed quantities: tables, latency budgets, sums and asserts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handbook.numbers import formula, units
from handbook.numbers.place import Place, Pool, labelled, number_of
from handbook.numbers.quantities import Budget, CardRow, Quantity, Step, full_key
from handbook.numbers.tree import FormulaError, holds, is_comparison, names

_BUDGET_KEYS = {"percentile", "limit", "steps", "slack"}
_SUM_KEYS = {"parts", "total", "unit"}


def read_tables(place: Place, pool: Pool) -> None:
    """Read the calculation tables: which quantities stand in which row."""
    for name, listed in place.entries("tables", dict).items():
        rows = [str(row) for row in listed] if isinstance(listed, list) else []
        keys = [full_key(place.slug, row) for row in rows]
        for index, (row, key) in enumerate(zip(rows, keys, strict=True)):
            at = ("tables", name, index)
            pool.have(place, {row: key}, lambda *said, at=at: place.report(f"table `{name}`: {said[0]}", said[1], at))
        if not rows:
            place.report(f"table `{name}` is empty", at=("tables", name))
            place.broken.add(("tables", name))
            continue
        place.tables[name] = tuple(row for row, key in zip(rows, keys, strict=True) if key in pool.quantities)


def read_budgets(place: Place, pool: Pool) -> None:
    """Read the latency budgets, which have to fill their limit; their parts become quantities."""
    for name, spec in place.entries("budgets", dict).items():
        at = ("budgets", name)
        place.broken.add(at)
        if not labelled(place, spec, at, _BUDGET_KEYS):
            continue
        limited = str(spec.get("limit", ""))
        key = full_key(place.slug, limited)
        message, line = f"budget `{name}`: `limit` does not name an input with a time unit", (*at, "limit")
        if not pool.have(place, {limited: key}, lambda *said: place.report(message, said[1], line)):
            continue
        limit = pool.quantities.get(key)
        if limit is None or units.dimensions(pool.parts[key]) != {"time": 1}:
            place.report(message, at=line)
            continue
        try:
            if not isinstance(spec["steps"], list):
                raise TypeError("`steps` is not a list")
            steps = tuple(_step(place, pool, step) for step in spec["steps"])
            slack = _milliseconds(spec, "slack")
            _distinct(steps)
        except _BrokenError:
            continue
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
        place.broken.discard(at)
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
    value = number_of(spec[key])
    if value is None or value < 0:  # a negative slack would make room for any step
        raise ValueError(f"`{key}: {spec[key]}` is not a duration")
    return value


class _BrokenError(Exception):
    """What a budget needs was reported already."""


def _duration(place: Place, pool: Pool, spec: Mapping[str, Any]) -> float:
    """Return the `ms` of a step: a number, or a quantity by its name."""
    if not isinstance(spec["ms"], str):
        return _milliseconds(spec, "ms")
    key = full_key(place.slug, spec["ms"])
    if key in pool.broken:
        raise _BrokenError
    parts = pool.parts.get(key)
    if parts is None or units.dimensions(parts) != {"time": 1}:
        raise ValueError(f"`ms: {spec['ms']}` is neither a number nor a quantity with a time unit")
    place.used.add(key)
    return round(pool.values[key] * float(units.factor(parts, units.parse("ms").parts) * 1000), 9)


def _distinct(steps: tuple[Step, ...]) -> None:
    seen = {"spent", "slack", "total", "limit"}
    for step in steps:
        for part in (step, *step.parallel):
            if part.name in seen:
                raise ValueError(f"the id `{part.name}` is taken")
            seen.add(part.name)


def _step(place: Place, pool: Pool, spec: Mapping[str, Any]) -> Step:
    if not isinstance(spec, dict):
        raise TypeError(f"`{spec}` is not a step")
    if "ms" in spec and "parallel" in spec:
        raise ValueError(f"`{spec.get('id')}` has both ms and parallel")
    parts = spec.get("parallel", [])
    if not isinstance(parts, list):
        raise TypeError(f"`parallel` of `{spec.get('id')}` is not a list")
    parallel = tuple(_step(place, pool, part) for part in parts)
    return Step(
        str(spec["id"]),
        {language: str(spec[language]) for language in place.languages},
        place.words(spec, "note_"),
        max(part.milliseconds for part in parallel) if parallel else _duration(place, pool, spec),
        parallel,
    )


def check_sums(place: Place, pool: Pool) -> None:
    """Report parts that do not add up to their total."""
    for name, spec in place.entries("sums", dict).items():
        at = ("sums", name)
        if not labelled(place, spec, at, _SUM_KEYS):
            continue
        if not isinstance(spec.get("parts"), list):
            place.report(f"sum `{name}` has no list `parts`", at=at)
            continue
        named = {str(part): full_key(place.slug, str(part)) for part in spec["parts"]}
        keys = [named[str(part)] for part in spec["parts"]]
        if not pool.have(place, named, lambda *said: place.report(f"sum `{name}`: {said[0]}", said[1], at)):
            continue
        try:
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


def read_card(place: Place) -> None:
    """Read the rows of the card: in each language what it is, and its value."""
    for index, row in enumerate(place.entries("card", list)):
        at = ("card", index)
        needed = [prefix + language for language in place.languages for prefix in ("", "value_")]
        if not isinstance(row, dict):
            place.report("a row of the card is not a mapping", at=at)
            place.broken.add(("card", ""))
            continue
        place.know(row, needed, at)
        missing = [key for key in needed if not str(row.get(key) or "").strip()]
        for key in missing:
            place.report(f"a row of the card has no `{key}`", at=at)
        if missing:
            place.broken.add(("card", ""))
        else:
            place.card.append(CardRow(place.file.line(*at), place.words(row), place.words(row, "value_")))


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
            if not pool.have(place, keys, lambda *said: place.report(f"assert: {said[0]}", said[1], at)):
                continue
            compiled = formula.compile_comparison(tree, lambda name, keys=keys: pool.parts.get(keys[name]))
            true = holds(formula.resolve(compiled, keys), pool.values)
        except FormulaError as error:
            place.report(f"assert: {error}", at=at)
            continue
        if not true:
            place.report(f"does not hold: {spec['formula']}", str(spec.get(place.languages[0], "")), at)
