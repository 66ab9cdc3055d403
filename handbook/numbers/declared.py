"""The numbers of a page: declared once as inputs with units and formulas, computed by the build.

One file `data/numbers/<slug of the page>.yml` serves both languages; what several pages share stands in
a place of its own, `world:gpu_hour`. Inputs carry a unit and a source; results carry a formula and the
unit that they must come out in, so a wrong dimension fails; latency budgets and shares have to add up.
"""

from __future__ import annotations

import graphlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handbook import yamlfile
from handbook.numbers import border, derivation, formula, units
from handbook.numbers.border import Model
from handbook.numbers.quantities import STYLES, Budget, ModelRun, Numbers, Quantity, Step, full_key
from handbook.numbers.tree import FormulaError, Tree, evaluate, holds, is_comparison, names
from handbook.numbers.units import Parts, Unit, UnitError
from handbook.problems import Problem

RULE = "numbers"
#: Translations by the original text, for each language that the files do not have.
Overlays = Mapping[str, Mapping[str, str]]
#: `{{ framework:total }}` and so on are the minutes of data/framework.yml.
RESERVED = "framework"
_SECTIONS = {"inputs", "results", "models", "tables", "budgets", "sums", "asserts", "card"}
_SHOWN = {"unit", "digits", "style", "differs"}
_INPUT_KEYS = {"value", "source", *_SHOWN}
_RESULT_KEYS = {"formula", *_SHOWN}
_OUTPUT_KEYS = {"of", *_SHOWN}
_MODEL_KEYS = {"module", "explained", "inputs", "outputs", "steps"}


@dataclass
class _Place:
    """A numbers file while it is read."""

    slug: str
    file: yamlfile.YamlFile
    languages: tuple[str, ...]
    unreadable: bool = False
    quantities: dict[str, Quantity] = field(default_factory=dict)
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)
    models: dict[str, ModelRun] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def report(self, message: str, hint: str = "", at: yamlfile.Keys = ()) -> None:
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

    def key(self, name: str) -> str:
        """Return the key of a name in a formula; a name of nothing stays as it is."""
        return full_key(self.slug, name) if name in self.declared else name


@dataclass(frozen=True)
class _Result:
    """A result that waits to be computed."""

    place: _Place
    name: str
    spec: Mapping[str, Any]
    tree: Tree

    @property
    def key(self) -> str:
        return f"{self.place.slug}:{self.name}"

    @property
    def gives(self) -> list[str]:
        """Keys of the quantities that come out."""
        return [self.key]

    @property
    def needs(self) -> list[str]:
        """Keys of the quantities that go in."""
        return [self.place.key(other) for other in names(self.tree)]

    def compute(self, pool: _Pool) -> None:
        _compute_result(self, pool)

    def report(self, message: str) -> None:
        self.place.report(f"`{self.name}` {message}", at=("results", self.name))


@dataclass(frozen=True)
class _Run:
    """A model that waits to be run."""

    place: _Place
    name: str
    spec: Mapping[str, Any]
    model: Model

    @property
    def key(self) -> str:
        return f"{self.place.slug}:model {self.name}"

    @property
    def gives(self) -> list[str]:
        """Keys of the quantities that come out."""
        return [full_key(self.place.slug, str(name)) for name in self.spec["outputs"]]

    @property
    def needs(self) -> list[str]:
        """Keys of the quantities that go in."""
        return [key for keys in self.inputs.values() for key in keys]

    @property
    def inputs(self) -> dict[str, list[str]]:
        """Keys of the quantities of each input; a list of one where the model takes one."""
        given = self.spec["inputs"]
        listed = {field: names if isinstance(names, list) else [names] for field, names in given.items()}
        return {str(field): [self.place.key(str(name)) for name in names] for field, names in listed.items()}

    def compute(self, pool: _Pool) -> None:
        _compute_run(self, pool)

    def report(self, message: str) -> None:
        self.place.report(f"model `{self.name}` {message}", at=("models", self.name))


class _Pool:
    """All quantities of all places while they are computed, by key.

    Attributes:
        things: What is counted.
        written: data/units.yml.
        quantities: What is known.
        parts: Unit of each.
        values: Number of each in its unit without powers of ten.
        broken: Keys that are declared but have no value; their cause is reported already.
    """

    def __init__(self, written: Mapping[str, Any]) -> None:
        self.written = written
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

    def add(self, place: _Place, quantity: Quantity, unit: Unit) -> None:
        place.quantities[quantity.name] = quantity
        self.quantities[quantity.key] = quantity
        self.parts[quantity.key] = unit.parts
        self.values[quantity.key] = quantity.plain


def read_all(
    root: Path, languages: tuple[str, ...], overlays: Overlays = MappingProxyType({})
) -> dict[str, Numbers]:
    """Read and compute every numbers file below `data/numbers`, with words in these languages.

    The key of a file is its path there without suffix, which is the slug of its page; files may use
    each other's quantities as `framework/model:candidates`.
    """
    folder = root / "data" / "numbers"
    places = [
        _open(path.relative_to(folder).with_suffix("").as_posix(), root, path, languages, overlays)
        for path in sorted(folder.rglob("*.yml"))
    ]
    _report_shared_keys(places)
    written = yamlfile.load(root, "data/units.yml").data
    pool = _Pool(written if isinstance(written, dict) else {})
    waiting: list[_Result | _Run] = []
    for place in places:
        for section in ("inputs", "results"):
            place.declared.update(map(str, place.entries(section, dict)))
        for spec in place.entries("models", dict).values():
            outputs = spec.get("outputs") if isinstance(spec, dict) else None
            place.declared.update(map(str, outputs) if isinstance(outputs, dict) else ())
    for place in places:
        _inputs(place, pool)
    for place in places:
        waiting += _results(place, pool)
        waiting += _runs(place, pool)
    _compute(waiting, pool)
    for place in places:
        _tables(place, pool)
        _budgets(place, pool)
        _sums(place, pool)
        _asserts(place, pool)
    return {place.slug: _numbers(place) for place in places}


def _open(
    slug: str, root: Path, path: Path, languages: tuple[str, ...], overlays: Overlays
) -> _Place:
    file = yamlfile.load(root, path.relative_to(root).as_posix(), RULE)
    place = _Place(slug, file, languages, bool(file.problems), problems=list(file.problems))
    if not isinstance(file.data, dict):
        place.report("the file is not a mapping")
        place.unreadable = True
    if place.unreadable:
        file.data = {}
    if overlays:
        _translate(file.data, languages[0], overlays)
    for key in sorted(set(file.data) - _SECTIONS, key=str):
        place.report(f"unknown key `{key}`", at=(key,))
    return place


def _translate(value: Any, original: str, overlays: Overlays) -> None:
    """Put the translations of texts beside them, where the file has none: `fr` beside `en`."""
    if isinstance(value, list):
        for item in value:
            _translate(item, original, overlays)
    elif isinstance(value, dict):
        for key, text in list(value.items()):
            _translate(text, original, overlays)
            if isinstance(text, str) and (key == original or key.endswith(f"_{original}")):
                for code, texts in overlays.items():
                    if text in texts:
                        value.setdefault(f"{key.removesuffix(original)}{code}", texts[text])


def _numbers(place: _Place) -> Numbers:
    return Numbers(
        place.file.path,
        place.quantities,
        place.tables,
        place.budgets,
        place.models,
        tuple(place.entries("card", list)),
        tuple(place.file.texts(place.languages)),
        frozenset(place.used),
        tuple(dict.fromkeys(place.problems)),
        place.unreadable,
    )


def _report_shared_keys(places: list[_Place]) -> None:
    """Report two files with one key where capitals do not count, and a key that has another meaning."""
    seen: dict[str, str] = {}
    for place in places:
        slug = place.slug
        if not formula.SLUG.fullmatch(slug):
            place.report(f"`{slug}` is no key", "small letters, digits and hyphens")
        elif slug == RESERVED:
            hint = "the framework's own page is `framework/index`"
            place.report(f"`{slug}` is the key of the framework's minutes", hint)
        if slug.casefold() in seen:
            place.report(f"the key `{slug}` is that of {seen[slug.casefold()]} too", "rename one")
        seen.setdefault(slug.casefold(), place.file.path)


# ── inputs and results ────────────────────────────────────────────────────────────────────────────


def _labels(place: _Place, spec: Any, at: yamlfile.Keys) -> bool:
    """Report a declaration without both labels; they are what the reader sees."""
    name = at[-1]
    if not isinstance(spec, dict):
        place.report(f"`{name}` is not a mapping", at=at)
        return False
    for language in place.languages:
        if not str(spec.get(language) or "").strip():
            place.report(f"`{name}` has no label `{language}`", at=at)
    return True


def _display(place: _Place, spec: dict[str, Any], known: set[str], at: yamlfile.Keys) -> None:
    """Report what would only show when the number is written: its unit, digits and style."""
    name = at[-1]
    known = {*known, *place.languages}
    for key in sorted(set(spec) - known, key=str):
        place.report(f"`{name}` has an unknown key `{key}`", ", ".join(sorted(known)), at)
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


def _quantity(place: _Place, name: str, spec: Mapping[str, Any], value: float, unit: Unit, **more: Any) -> Quantity:
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


def _inputs(place: _Place, pool: _Pool) -> None:
    for name, spec in place.entries("inputs", dict).items():
        at = ("inputs", name)
        pool.broken.add(f"{place.slug}:{name}")
        if not _labels(place, spec, at):
            continue
        value = _value(spec.get("value"))
        if value is None:
            place.report(f"`{name}` has no number as value", at=at)
            continue
        _display(place, spec, _INPUT_KEYS, at)
        if not spec.get("source"):
            place.report(f"`{name}` has no source", "`assumption` or a key of data/sources", at)
        try:
            unit, power = pool.unit(spec.get("unit", ""))
        except UnitError as error:
            place.report(f"`{name}`: {error}", at=at)
            continue
        pool.broken.discard(f"{place.slug}:{name}")
        quantity = _quantity(
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


def _value(value: Any) -> float | None:
    """Return the number of an input; YAML 1.1 reads 1e9 as a text."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _results(place: _Place, pool: _Pool) -> Iterator[_Result]:
    inputs = set(map(str, place.entries("inputs", dict)))
    for name, spec in place.entries("results", dict).items():
        at = ("results", name)
        if name in inputs:
            place.report(f"`{name}` is an input already", "rename one", at)
            continue
        pool.broken.add(f"{place.slug}:{name}")
        if not _labels(place, spec, at):
            continue
        try:
            tree = formula.parse(spec.get("formula", ""))
        except FormulaError as error:
            place.report(f"`{name}`: {error}", at=at)
            continue
        _display(place, spec, _RESULT_KEYS, at)
        pool.broken.discard(f"{place.slug}:{name}")
        yield _Result(place, name, spec, tree)


def _compute(waiting: list[_Result | _Run], pool: _Pool) -> None:
    """Compute results and run models in the order in which they need each other."""
    steps = {step.key: step for step in waiting}
    giver = {key: step.key for step in waiting for key in step.gives}
    needs = {step.key: [giver[key] for key in step.needs if key in giver] for step in waiting}
    while True:
        try:
            order = list(graphlib.TopologicalSorter(needs).static_order())
            break
        except graphlib.CycleError as error:
            # Reported where it stands first; what hangs on it is not reported again.
            cycle = error.args[1][:-1]
            first = min(cycle, key=list(steps).index)
            start = cycle.index(first)
            around = [*cycle[start:], *cycle[:start], first][::-1]
            own = [key.removeprefix(f"{steps[first].place.slug}:") for key in around]
            steps[first].report(f"depends on itself: {' → '.join(own)}")
            pool.broken.update(key for name in cycle for key in steps[name].gives)
            needs = {key: others for key, others in needs.items() if key not in cycle}
            needs = {key: [other for other in others if other not in cycle] for key, others in needs.items()}
    for key in order:
        steps[key].compute(pool)


def _compute_result(result: _Result, pool: _Pool) -> None:
    place, name, spec, at = result.place, result.name, result.spec, ("results", result.name)
    keys = {other: place.key(other) for other in names(result.tree)}
    place.used.update(keys.values())
    if pool.broken.intersection(keys.values()):
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
    quantity = _quantity(
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


# ── models ────────────────────────────────────────────────────────────────────────────────────────


def _runs(place: _Place, pool: _Pool) -> Iterator[_Run]:
    seen: set[str] = set()
    for name, spec in place.entries("models", dict).items():
        at = ("models", name)
        if not _labels(place, spec, at):
            continue
        outputs = spec.get("outputs")
        if isinstance(outputs, dict):
            pool.broken.update(full_key(place.slug, str(output)) for output in outputs)
        wrong = [key for key in ("inputs", "outputs") if not isinstance(spec.get(key), dict) or not spec[key]]
        for key in wrong:
            place.report(f"model `{name}` has no mapping `{key}`", at=at)
        for key in sorted(set(spec) - _MODEL_KEYS - set(place.languages), key=str):
            place.report(f"model `{name}` has an unknown key `{key}`", ", ".join(sorted(_MODEL_KEYS)), at)
        if not str(spec.get("explained") or "").strip():
            place.report(f"model `{name}` is explained nowhere", "explained: '#anchor' of its page", at)
        taken = {*place.entries("inputs", dict), *place.entries("results", dict), *seen} & set(outputs or ())
        for output in sorted(map(str, taken)):
            place.report(f"model `{name}` gives `{output}`, which is declared already", "rename one", at)
        if wrong or taken:
            continue
        seen.update(outputs)
        try:
            yield _Run(place, name, spec, border.load(str(spec.get("module", ""))))
        except border.ModelError as error:
            place.report(f"model `{name}`: {error}", at=at)


def _compute_run(run: _Run, pool: _Pool) -> None:
    place, at = run.place, ("models", run.name)
    place.used.update(run.needs)
    if pool.broken.intersection(run.needs):
        return
    try:
        for key in run.needs:
            if key not in pool.values:
                raise border.ModelError(f"unknown quantity `{key.removeprefix(f'{place.slug}:')}`")
        found = border.run(run.model, _arguments(run, pool, {}), pool.things)
        outputs = [_output(run, str(name), spec, found, pool) for name, spec in run.spec["outputs"].items()]
    except (border.ModelError, UnitError) as error:
        run.report(f"cannot be run: {error}")
        return
    for quantity, unit in filter(None, outputs):
        pool.broken.discard(quantity.key)
        pool.add(place, quantity, unit)
    place.models[run.name] = ModelRun(
        run.name,
        run.model.name,
        place.words(run.spec),
        str(run.spec.get("explained", "")),
        tuple(run.needs),
        tuple(quantity.name for quantity, _ in filter(None, outputs)),
        tuple(_sensitivity(run, pool, place.entries_of(run.spec, "steps", at))),
    )


def _arguments(
    run: _Run, pool: _Pool, changed: Mapping[str, float]
) -> dict[str, border.Argument | list[border.Argument]]:
    """Return what a model is given: the plain number of each quantity, or of some of them another one."""
    found: dict[str, border.Argument | list[border.Argument]] = {}
    for field_, keys in run.inputs.items():
        given = [border.Argument(changed.get(key, pool.values[key]), pool.parts[key]) for key in keys]
        found[field_] = given if isinstance(run.spec["inputs"][field_], list) else given[0]
    return found


def _output(
    run: _Run, name: str, spec: Any, found: Mapping[str, Any], pool: _Pool
) -> tuple[Quantity, Unit] | None:
    """Return an output as a quantity; `of: recall.2` is the third of a list."""
    place, at = run.place, ("models", run.name, "outputs", name)
    if not _labels(place, spec, at):
        return None
    _display(place, spec, _OUTPUT_KEYS, at)
    unit, _ = pool.unit(spec.get("unit", ""))
    argument = _taken(found, str(spec.get("of", name)))
    value = unit.with_power(argument.value * float(units.factor(argument.parts, unit.parts)))
    digits, line = spec.get("digits", 3), place.file.line(*at)
    given = tuple(dict.fromkeys(run.needs))
    return _quantity(place, name, spec, value, unit, model=run.name, operands=given, digits=digits, line=line), unit


def _taken(found: Mapping[str, Any], of: str) -> border.Argument:
    field_, _, index = of.partition(".")
    if field_ not in found:
        raise border.ModelError(f"no output `{field_}`; there are {', '.join(found)}")
    taken = found[field_]
    if isinstance(taken, tuple) != index.isdecimal() or (index and int(index) >= len(taken)):
        count = f"a list of {len(taken)}: `{field_}.0` …" if isinstance(taken, tuple) else "one number"
        raise border.ModelError(f"`{of}`: `{field_}` is {count}")
    return taken[int(index)] if index else taken


def _sensitivity(
    run: _Run, pool: _Pool, steps: Mapping[str, Any]
) -> Iterator[tuple[str, float, tuple[float, ...]]]:
    """Yield, for each input with a step, the outputs after it; a step is in the input's unit."""
    for name, step in steps.items():
        key, number = run.place.key(str(name)), _value(step)
        if key not in run.needs or number is None:
            run.report(f"has a step for `{name}`, which is no input with a number")
            continue
        quantity = pool.quantities[key]
        moved = replace(quantity, value=quantity.value + number)
        try:
            found = border.run(run.model, _arguments(run, pool, {key: moved.plain}), pool.things)
            after = [_output(run, str(output), spec, found, pool) for output, spec in run.spec["outputs"].items()]
        except (border.ModelError, UnitError) as error:
            run.report(f"cannot be run with `{name}` a step on: {error}")
            continue
        yield key, number, tuple(quantity.value for quantity, _ in filter(None, after))


# ── tables, budgets, sums and asserts ─────────────────────────────────────────────────────────────


def _tables(place: _Place, pool: _Pool) -> None:
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
        place.tables[name] = tuple(
            row for row, key in zip(rows, keys, strict=True) if key in pool.quantities
        )


def _budgets(place: _Place, pool: _Pool) -> None:
    for name, spec in place.entries("budgets", dict).items():
        at = ("budgets", name)
        if not _labels(place, spec, at):
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
            place.report(
                f"{sum_} exceed the limit of {allowed:g} ms", "cut a step or raise the SLA", at
            )
        elif total < allowed - 1e-9:
            place.report(
                f"{sum_} leave {allowed - total:g} ms of {allowed:g} ms unaccounted for", "say it as slack", at
            )
        place.budgets[name] = budget
        parts = [(part.name, part.milliseconds, part.labels) for step in steps for part in (step, *step.parallel)]
        parts += [("spent", budget.spent, {}), ("slack", slack, {}), ("total", total, {}), ("limit", allowed, {})]
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


def _step(place: _Place, spec: Mapping[str, Any]) -> Step:
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


def _sums(place: _Place, pool: _Pool) -> None:
    for name, spec in place.entries("sums", dict).items():
        at = ("sums", name)
        if not _labels(place, spec, at):
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


def _asserts(place: _Place, pool: _Pool) -> None:
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
