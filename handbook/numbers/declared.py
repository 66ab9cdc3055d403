"""The numbers of a page: declared once as inputs with units and formulas, computed by the build.

One file `data/numbers/<slug of the page>.yml` serves both languages. Inputs carry a unit and a source; results
carry a formula and the unit they must come out in, so a wrong dimension fails; latency budgets and
shares have to add up.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pint

from handbook import yamlfile
from handbook.numbers import formula, units
from handbook.problems import Problem

RULE = "numbers"
#: `{{ framework:total }}` and so on are the minutes of data/framework.yml.
RESERVED = "framework"
STYLES = ("", "plain", "grouped", "scaled", "money", "percent")
_INPUT_KEYS = {"value", "unit", "source", "digits", "style"}
_RESULT_KEYS = {"formula", "unit", "digits", "style"}


@dataclass(frozen=True)
class Quantity:
    """A named number of the handbook.

    Attributes:
        name: As pages and formulas call it.
        value: Magnitude and unit.
        unit: Unit it is shown in, as the data file spells it.
        labels: What it is, per language.
        source: `assumption`, a key of the bibliography, or empty for a result.
        formula: Parsed formula of a result; `None` for an input.
        digits: Significant digits shown; `None` as typed.
        style: See `units.format_number`.
        line: Line of its declaration.
    """

    name: str
    value: pint.Quantity
    unit: str
    labels: Mapping[str, str]
    source: str = ""
    formula: ast.expr | None = None
    digits: int | None = None
    style: str = ""
    line: int = 1

    @property
    def magnitude(self) -> float:
        """The number in the unit that it is shown in."""
        return self.value.magnitude


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


@dataclass
class Numbers:
    """All numbers of one page, in the languages with these codes; `texts` are line, language and text of what its file says in words."""

    path: str
    languages: tuple[str, ...] = ()
    quantities: dict[str, Quantity] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)
    card: list[Mapping[str, str]] = field(default_factory=list)
    texts: list[tuple[int, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load_all(root: Path, languages: tuple[str, ...]) -> dict[str, Numbers]:
    """Load and compute every numbers file below `data/numbers`.

    The key of a file is its path there without suffix, which is the slug of its page; files may use
    each other's quantities as `framework/model:candidates`.
    """
    folder = root / "data" / "numbers"
    files = {
        path.relative_to(folder).with_suffix("").as_posix(): yamlfile.load(
            root, path.relative_to(root).as_posix(), RULE
        )
        for path in sorted(folder.rglob("*.yml"))
    }
    loaded = {
        stem: Numbers(file.path, languages, problems=list(file.problems)) for stem, file in files.items()
    }
    _distinct_keys(loaded)
    shared: dict[str, pint.Quantity] = {}
    # Inputs of every file come first; results follow in the order in which files need each other.
    for stem, file in files.items():
        if not isinstance(file.data, dict):
            loaded[stem].problems.append(file.problem(RULE, "the file is not a mapping"))
            file.data = {}
        unknown = set(file.data) - {
            "inputs",
            "results",
            "tables",
            "budgets",
            "sums",
            "asserts",
            "card",
        }
        for key in sorted(unknown, key=str):
            loaded[stem].problems.append(file.problem(RULE, f"unknown key `{key}`", at=(key,)))
        _inputs(file, loaded[stem])
        _share(stem, loaded[stem], shared)
    for stem in _in_order_of_need(files):
        file = files[stem]
        _results(file, loaded[stem], shared)
        _share(stem, loaded[stem], shared)
        _tables(file, loaded[stem])
        _budgets(file, loaded[stem])
        _sums(file, loaded[stem])
        _asserts(file, loaded[stem], shared)
        loaded[stem].card = _entries(file, loaded[stem], "card", list)
        loaded[stem].texts = list(file.texts(languages))
    return loaded


def _in_order_of_need(files: Mapping[str, yamlfile.YamlFile]) -> list[str]:
    ordered: dict[str, None] = {}
    visiting: set[str] = set()

    def visit(stem: str) -> None:
        if stem in visiting:  # two files that need each other: the later one finds what is missing
            return
        visiting.add(stem)
        formulas = str([files[stem].data.get(key) for key in ("results", "asserts")])
        for other in dict.fromkeys(match["page"] for match in formula.REFERENCE.finditer(formulas)):
            if other in files:
                visit(other)
        ordered[stem] = None

    for stem in files:
        visit(stem)
    return list(ordered)


def _distinct_keys(loaded: Mapping[str, Numbers]) -> None:
    """Report two files with one key where capitals do not count, and a key that has another meaning."""
    seen: dict[str, str] = {}
    for slug, numbers in loaded.items():
        if not formula.SLUG.fullmatch(slug):
            hint = "small letters, digits and hyphens"
            numbers.problems.append(Problem(numbers.path, 1, RULE, f"`{slug}` is no key", hint))
        elif slug == RESERVED:
            hint = "the framework's own page is `framework/index`"
            message = f"`{slug}` is the key of the framework's minutes"
            numbers.problems.append(Problem(numbers.path, 1, RULE, message, hint))
        if slug.casefold() in seen:
            message = f"the key `{slug}` is that of {seen[slug.casefold()]} too"
            numbers.problems.append(Problem(numbers.path, 1, RULE, message, "rename one"))
        seen.setdefault(slug.casefold(), numbers.path)


def _share(stem: str, numbers: Numbers, shared: dict[str, pint.Quantity]) -> None:
    for name, quantity in numbers.quantities.items():
        shared[f"{stem}:{name}"] = quantity.value


def _entries(file: yamlfile.YamlFile, numbers: Numbers, key: str, kind: type) -> Any:
    value = file.data.get(key)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        wanted = "a mapping" if kind is dict else "a list"
        numbers.problems.append(file.problem(RULE, f"`{key}` is not {wanted}", at=(key,)))
        return kind()
    return value


def _labels(file: yamlfile.YamlFile, numbers: Numbers, spec: Any, at: yamlfile.Keys) -> bool:
    """Report a declaration without both labels; they are what the reader sees."""
    name = at[-1]
    if not isinstance(spec, dict):
        numbers.problems.append(file.problem(RULE, f"`{name}` is not a mapping", at=at))
        return False
    for language in numbers.languages:
        if not str(spec.get(language) or "").strip():
            numbers.problems.append(file.problem(RULE, f"`{name}` has no label `{language}`", at=at))
    return True


def _display(
    file: yamlfile.YamlFile, numbers: Numbers, spec: Any, known: set[str], at: yamlfile.Keys
) -> None:
    """Report what would only show when the number is written: its unit, digits and style."""
    name = at[-1]
    for key in sorted(set(spec) - known - set(numbers.languages), key=str):
        numbers.problems.append(
            file.problem(RULE, f"`{name}` has an unknown key `{key}`", ", ".join(sorted({*known, *numbers.languages})), at=at)
        )
    if "unit" not in spec:
        numbers.problems.append(file.problem(RULE, f"`{name}` has no unit", "`1` for a plain number", at=at))
    digits = spec.get("digits")
    if digits is not None and (not isinstance(digits, int) or not 0 < digits < 16):
        numbers.problems.append(
            file.problem(RULE, f"`{name}`: digits is `{digits}`, not a number of digits", at=at)
        )
        del spec["digits"]
    if spec.get("style", "") not in STYLES:
        numbers.problems.append(
            file.problem(RULE, f"`{name}`: unknown style `{spec['style']}`", ", ".join(STYLES[1:]), at=at)
        )


def _broken(file: yamlfile.YamlFile, numbers: Numbers) -> set[str]:
    """Return the names that are declared but could not be computed: their cause is reported already."""
    declared: set[str] = set()
    for key in ("inputs", "results"):
        declared.update(file.data[key] if isinstance(file.data.get(key), dict) else ())
    return declared - set(numbers.quantities)


def _inputs(file: yamlfile.YamlFile, numbers: Numbers) -> None:
    for name, spec in _entries(file, numbers, "inputs", dict).items():
        at = ("inputs", name)
        if not _labels(file, numbers, spec, at):
            continue
        value = spec.get("value")
        if isinstance(value, str):
            try:  # YAML 1.1 reads 1e9 as a string
                value = float(value)
            except ValueError:
                value = None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            numbers.problems.append(file.problem(RULE, f"`{name}` has no number as value", at=at))
            continue
        _display(file, numbers, spec, _INPUT_KEYS, at)
        if not spec.get("source"):
            numbers.problems.append(
                file.problem(RULE, f"`{name}` has no source", "`assumption` or a key of data/sources", at=at)
            )
        try:
            unit = units.parse_unit(spec.get("unit", ""))
        except ValueError as error:
            numbers.problems.append(file.problem(RULE, f"`{name}`: {error}", at=at))
            continue
        numbers.quantities[name] = Quantity(
            name,
            units.registry().Quantity(value, unit),
            str(spec.get("unit", "1")),
            {language: str(spec.get(language, "")) for language in numbers.languages},
            source=str(spec.get("source", "")),
            digits=spec.get("digits"),
            style=str(spec.get("style", "")),
            line=file.line(*at),
        )


def _results(file: yamlfile.YamlFile, numbers: Numbers, shared: Mapping[str, pint.Quantity]) -> None:
    waiting: dict[str, tuple[dict[str, Any], ast.expr]] = {}
    for name, spec in _entries(file, numbers, "results", dict).items():
        at = ("results", name)
        if not _labels(file, numbers, spec, at):
            continue
        if name in numbers.quantities:
            numbers.problems.append(file.problem(RULE, f"`{name}` is an input already", "rename one", at=at))
            continue
        try:
            waiting[name] = (spec, formula.parse(spec.get("formula", "")))
        except formula.FormulaError as error:
            numbers.problems.append(file.problem(RULE, f"`{name}`: {error}", at=at))
            continue
        _display(file, numbers, spec, _RESULT_KEYS, at)
    # A result may stand before the results that it needs; a pass that computes none ends the work.
    broken = _broken(file, numbers) - set(waiting)
    progress = True
    while waiting and progress:
        progress = False
        for name, (spec, tree) in list(waiting.items()):
            needed = formula.names(tree)
            if any(other in waiting for other in needed):
                continue
            del waiting[name]
            progress = True
            at = ("results", name)
            if broken.intersection(needed):  # the cause is reported already
                broken.add(name)
                continue
            try:
                if isinstance(tree, ast.Compare):
                    raise formula.FormulaError(f"`{spec['formula']}` compares and gives no number")
                value = formula.evaluate(tree, {**shared, **_values(numbers)})
                unit = units.parse_unit(spec.get("unit", ""))
                value = units.registry().Quantity(value).to(unit)
            except pint.DimensionalityError as error:
                numbers.problems.append(
                    file.problem(
                        RULE,
                        f"`{name}` comes out in {error.units1 or 'plain numbers'}, not in `{spec.get('unit')}`",
                        f"formula: {spec['formula']}",
                        at=at,
                    )
                )
                broken.add(name)
                continue
            except ValueError as error:
                numbers.problems.append(file.problem(RULE, f"`{name}`: {error}", at=at))
                broken.add(name)
                continue
            numbers.quantities[name] = Quantity(
                name,
                value,
                str(spec.get("unit", "1")),
                {language: str(spec.get(language, "")) for language in numbers.languages},
                formula=tree,
                digits=spec.get("digits", 3),
                style=str(spec.get("style", "")),
                line=file.line(*at),
            )
    for name in waiting:
        numbers.problems.append(file.problem(RULE, f"`{name}` depends on itself", at=("results", name)))


def _values(numbers: Numbers) -> dict[str, pint.Quantity]:
    return {name: quantity.value for name, quantity in numbers.quantities.items()}


def _tables(file: yamlfile.YamlFile, numbers: Numbers) -> None:
    broken = _broken(file, numbers)
    for name, rows in _entries(file, numbers, "tables", dict).items():
        rows = [str(row) for row in rows] if isinstance(rows, list) else []
        for index, row in enumerate(rows):
            if row not in numbers.quantities and row not in broken:
                numbers.problems.append(
                    file.problem(
                        RULE,
                        f"table `{name}` lists an unknown quantity `{row}`",
                        at=("tables", name, index),
                    )
                )
        if not rows:
            numbers.problems.append(file.problem(RULE, f"table `{name}` is empty", at=("tables", name)))
            continue
        numbers.tables[name] = [row for row in rows if row in numbers.quantities]


def _budgets(file: yamlfile.YamlFile, numbers: Numbers) -> None:
    for name, spec in _entries(file, numbers, "budgets", dict).items():
        at = ("budgets", name)
        if not _labels(file, numbers, spec, at):
            continue
        limit = numbers.quantities.get(str(spec.get("limit", "")))
        if limit is None or not limit.value.check("[time]"):
            numbers.problems.append(
                file.problem(
                    RULE,
                    f"budget `{name}`: `limit` does not name an input with a time unit",
                    at=(*at, "limit"),
                )
            )
            continue
        try:
            steps = tuple(_step(step, numbers.languages) for step in spec["steps"])
            slack = _milliseconds(spec, "slack")
            _distinct(steps)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else error
            numbers.problems.append(
                file.problem(
                    RULE,
                    f"budget `{name}` cannot be read: {reason}",
                    "a step has id, en, zh and ms (or parallel); slack in ms",
                    at=at,
                )
            )
            continue
        if not re.fullmatch(r"p\d+(\.\d+)?", str(spec.get("percentile", ""))):
            numbers.problems.append(
                file.problem(RULE, f"budget `{name}` does not state its percentile", "p99", at=at)
            )
        budget = Budget(
            name,
            {language: str(spec.get(language, "")) for language in numbers.languages},
            str(spec.get("percentile", "")),
            limit,
            steps,
            slack,
        )
        allowed = limit.value.to("ms").magnitude
        total = budget.spent + slack
        if total > allowed + 1e-9:
            numbers.problems.append(
                file.problem(
                    RULE,
                    f"budget `{name}`: steps {budget.spent:g} ms + slack {slack:g} ms = {total:g} ms"
                    f" exceed the limit of {allowed:g} ms",
                    "cut a step or raise the SLA",
                    at=at,
                )
            )
        elif total < allowed - 1e-9:
            numbers.problems.append(
                file.problem(
                    RULE,
                    f"budget `{name}`: steps {budget.spent:g} ms + slack {slack:g} ms = {total:g} ms"
                    f" leave {allowed - total:g} ms of {allowed:g} ms unaccounted for",
                    "say it as slack",
                    at=at,
                )
            )
        numbers.budgets[name] = budget
        for step in steps:
            for part in (step, *step.parallel):
                _part(numbers, f"{name}.{part.name}", part.milliseconds, part.labels)
        for part_name, milliseconds in (
            ("spent", budget.spent),
            ("slack", slack),
            ("total", total),
            ("limit", allowed),
        ):
            _part(numbers, f"{name}.{part_name}", milliseconds, {})


def _part(numbers: Numbers, name: str, milliseconds: float, labels: Mapping[str, str]) -> None:
    numbers.quantities[name] = Quantity(name, units.registry().Quantity(milliseconds, "ms"), "ms", labels)


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


def _step(spec: Mapping[str, Any], languages: tuple[str, ...]) -> Step:
    if not isinstance(spec, dict):
        raise TypeError(f"`{spec}` is not a step")
    if "ms" in spec and "parallel" in spec:
        raise ValueError(f"`{spec.get('id')}` has both ms and parallel")
    parallel = tuple(_step(part, languages) for part in spec.get("parallel") or ())
    return Step(
        str(spec["id"]),
        {language: str(spec[language]) for language in languages},
        {language: str(spec.get(f"note_{language}", "")) for language in languages},
        max(part.milliseconds for part in parallel) if parallel else _milliseconds(spec, "ms"),
        parallel,
    )


def _sums(file: yamlfile.YamlFile, numbers: Numbers) -> None:
    broken = _broken(file, numbers)
    for name, spec in _entries(file, numbers, "sums", dict).items():
        at = ("sums", name)
        if not _labels(file, numbers, spec, at):
            continue
        if not isinstance(spec.get("parts"), list):
            numbers.problems.append(file.problem(RULE, f"sum `{name}` has no list `parts`", at=at))
            continue
        if broken.intersection(map(str, spec["parts"])):
            continue
        try:
            unit = units.parse_unit(spec["unit"])
            parts = [numbers.quantities[str(part)].value.to(unit).magnitude for part in spec["parts"]]
            wanted = float(spec["total"])
        except KeyError as error:
            numbers.problems.append(file.problem(RULE, f"sum `{name}`: no {error}", at=at))
            continue
        except (TypeError, ValueError, pint.PintError) as error:
            numbers.problems.append(file.problem(RULE, f"sum `{name}`: {error}", at=at))
            continue
        if abs(sum(parts) - wanted) > 1e-9 * max(1.0, abs(wanted)):
            numbers.problems.append(
                file.problem(
                    RULE,
                    f"sum `{name}`: the parts add to {sum(parts):g} {spec['unit']}, not to {wanted:g}",
                    at=at,
                )
            )


def _asserts(file: yamlfile.YamlFile, numbers: Numbers, shared: Mapping[str, pint.Quantity]) -> None:
    broken = _broken(file, numbers)
    for index, spec in enumerate(_entries(file, numbers, "asserts", list)):
        at = ("asserts", index)
        if not isinstance(spec, dict) or "formula" not in spec:
            numbers.problems.append(file.problem(RULE, "an assert has no formula", at=at))
            continue
        try:
            tree = formula.parse(spec["formula"])
            if not isinstance(tree, ast.Compare):
                raise formula.FormulaError(f"`{spec['formula']}` compares nothing")
            if broken.intersection(formula.names(tree)):
                continue
            holds = formula.evaluate(tree, {**shared, **_values(numbers)})
        except formula.FormulaError as error:
            numbers.problems.append(file.problem(RULE, f"assert: {error}", at=at))
            continue
        if not holds:
            numbers.problems.append(
                file.problem(RULE, f"does not hold: {spec['formula']}", str(spec.get(numbers.languages[0], "")), at=at)
            )
