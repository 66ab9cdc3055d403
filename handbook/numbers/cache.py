"""Computed numbers, kept by content.

As long as no numbers file, no unit and no code of this package has
changed, nothing is read or computed again. A cache that cannot be read is ignored and written anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handbook import kept
from handbook.numbers import declared
from handbook.numbers.declared import Overlays
from handbook.numbers.quantities import (
    Axis,
    Budget,
    CardRow,
    Curve,
    ModelRun,
    Numbers,
    Plot,
    Quantity,
    Step,
)
from handbook.numbers.tree import from_json, to_json
from handbook.problems import Problem

_FILE = ".cache/numbers.json"
_CODE = Path(__file__).resolve().parents[1]


def load_all(
    root: Path, languages: tuple[str, ...], overlays: Overlays = MappingProxyType({})
) -> dict[str, Numbers]:
    """Return the numbers of each place, by the slug of its page; computed only if something changed.

    Args:
        root: The repository.
        languages: Codes of the languages in which the numbers have words.
        overlays: Translations by the original text, for languages that the files do not have.
    """
    key = _key(root, languages, overlays)
    found = kept.read(root / _FILE)
    try:
        if found["key"] == key:
            return {slug: _numbers(data) for slug, data in found["places"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        pass
    loaded = declared.read_all(root, languages, overlays)
    kept.write(root / _FILE, {"key": key, "places": {slug: _data(numbers) for slug, numbers in loaded.items()}})
    return loaded


def _key(root: Path, languages: tuple[str, ...], overlays: Overlays) -> str:
    translated = json.dumps({code: dict(texts) for code, texts in overlays.items()}, sort_keys=True)
    digest = hashlib.sha256(f"{' '.join(languages)}\0{translated}".encode())
    for name, path in _read(root):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _read(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that the numbers depend on, with a name that no folder changes."""
    for base, pattern in ((root, "data/numbers/**/*.yml"), (root, "data/units.yml")):
        yield from ((path.relative_to(base).as_posix(), path) for path in sorted(base.glob(pattern)))
    for pattern in ("numbers/*.py", "models/*.py", "yamlfile.py", "problems.py"):
        yield from ((path.relative_to(_CODE).as_posix(), path) for path in sorted(_CODE.glob(pattern)))


def _data(numbers: Numbers) -> dict[str, Any]:
    return {
        "path": numbers.path,
        "quantities": [
            {**vars(quantity), "tree": None if quantity.tree is None else to_json(quantity.tree)}
            for quantity in numbers.quantities.values()
        ],
        "tables": numbers.tables,
        "budgets": [
            {**asdict(budget), "limit": vars(budget.limit) | {"tree": None}}
            for budget in numbers.budgets.values()
        ],
        "models": [asdict(model) for model in numbers.models.values()],
        "plots": [asdict(plot) for plot in numbers.plots.values()],
        "card": [asdict(row) for row in numbers.card],
        "texts": numbers.texts,
        "used": sorted(numbers.used),
        "problems": [vars(problem) for problem in numbers.problems],
        "broken": sorted(numbers.broken),
        "unreadable": numbers.unreadable,
    }


def _numbers(data: dict[str, Any]) -> Numbers:
    quantities = [_quantity(quantity) for quantity in data["quantities"]]
    return Numbers(
        data["path"],
        {quantity.name: quantity for quantity in quantities},
        {name: tuple(rows) for name, rows in data["tables"].items()},
        {budget["name"]: _budget(budget) for budget in data["budgets"]},
        {model["name"]: _model(model) for model in data["models"]},
        {plot["name"]: _plot(plot) for plot in data["plots"]},
        tuple(CardRow(**row) for row in data["card"]),
        tuple((line, language, text) for line, language, text in data["texts"]),
        frozenset(data["used"]),
        tuple(Problem(**problem) for problem in data["problems"]),
        frozenset((section, name) for section, name in data["broken"]),
        data["unreadable"],
    )


def _quantity(data: dict[str, Any]) -> Quantity:
    tree, operands = data.pop("tree"), tuple(data.pop("operands"))
    return Quantity(**data, tree=None if tree is None else from_json(tree), operands=operands)


def _budget(data: dict[str, Any]) -> Budget:
    limit, steps = _quantity(data.pop("limit")), tuple(map(_step, data.pop("steps")))
    return Budget(**data, limit=limit, steps=steps)


def _model(data: dict[str, Any]) -> ModelRun:
    tuples = {key: tuple(data.pop(key)) for key in ("inputs", "outputs")}
    sensitivity = tuple((key, step, tuple(values)) for key, step, values in data.pop("sensitivity"))
    return ModelRun(**data, **tuples, sensitivity=sensitivity)


def _plot(data: dict[str, Any]) -> Plot:
    axes = {key: Axis(**data.pop(key)) for key in ("x", "y")}
    tuples = {key: tuple(data.pop(key)) for key in ("places", "rows")}
    curves = [
        Curve(curve["labels"], tuple(curve["values"]), tuple(curve["rows"])) for curve in data.pop("curves")
    ]
    return Plot(**data, **axes, **tuples, curves=tuple(curves))


def _step(data: dict[str, Any]) -> Step:
    return Step(**{**data, "parallel": tuple(map(_step, data["parallel"]))})
