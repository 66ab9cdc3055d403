"""Numbers for other programs: every quantity with its value, words and tree, as numbers.json."""

from __future__ import annotations

import graphlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from handbook.languages import Languages, Numerals
from handbook.numbers import tree
from handbook.numbers.quantities import ASSUMPTION, Numbers, Quantity


def to_data(
    numbers: Mapping[str, Numbers], patterns: Mapping[str, Any], languages: Languages
) -> dict[str, Any]:
    """Return what numbers.json holds, for JSON.

    `quantities` by key, each behind those that its tree reads: `value` in `unit`, `power` of ten that the
    unit's name shows, the label of each language, `digits` and `style` where they are set, `kind`
    (assumption, source, result, model, part of a budget), `source` and `tree`. `units` are the patterns
    in use and `numerals` how each language writes a number; web/numbers.mjs reads all three.
    """
    quantities = {
        quantity.key: quantity for place in numbers.values() for quantity in place.quantities.values()
    }
    ordered = graphlib.TopologicalSorter(
        {key: tree.names(quantity.tree) if quantity.tree else [] for key, quantity in quantities.items()}
    ).static_order()
    used = {quantity.unit for quantity in quantities.values()}
    return {
        "quantities": {key: _data(quantities[key]) for key in ordered},
        "units": {unit: dict(patterns[unit]) for unit in patterns if unit in used},
        "numerals": {language.code: _numerals(language.numerals) for language in languages},
    }


def to_json(data: Mapping[str, Any]) -> str:
    """Return the text of numbers.json; quantities keep their order, which a reader computes them in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _numerals(numerals: Numerals) -> dict[str, Any]:
    return {
        "group": numerals.group,
        "decimal": numerals.decimal,
        "from": numerals.scaled_from,
        "scales": [[scale.size, scale.sign] for scale in numerals.scales],
        "singular": numerals.singular.pattern if numerals.singular else None,
    }


def _data(quantity: Quantity) -> dict[str, Any]:
    data: dict[str, Any] = {"value": quantity.value, "unit": quantity.unit, **quantity.labels}
    optional: Iterable[tuple[str, Any]] = (
        ("power", quantity.power),
        ("digits", quantity.digits),
        ("style", quantity.style),
        ("source", "" if quantity.source == ASSUMPTION else quantity.source),
        ("model", quantity.model),
    )
    data |= {key: value for key, value in optional if value}
    data["kind"] = _kind(quantity)
    if quantity.tree is not None:
        data["tree"] = tree.to_json(quantity.tree)
    return data


def _kind(quantity: Quantity) -> str:
    if quantity.tree is not None:
        return "result"
    if quantity.model:
        return "model"
    if not quantity.source:
        return "budget"
    return "assumption" if quantity.source == ASSUMPTION else "source"
