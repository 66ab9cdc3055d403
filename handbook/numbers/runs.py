"""Models that a numbers file declares: which module, which quantities go in, which come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handbook.numbers import border, units
from handbook.numbers.border import Model
from handbook.numbers.place import SHOWN, Place, Pool, check_display, labelled, number_of, quantity_of
from handbook.numbers.quantities import ModelRun, Quantity, full_key
from handbook.numbers.units import Unit, UnitError

_OUTPUT_KEYS = {"of", *SHOWN}
_MODEL_KEYS = {"module", "explained", "inputs", "outputs", "steps"}


@dataclass(frozen=True)
class Run:
    """A model that waits to be run."""

    place: Place
    name: str
    spec: Mapping[str, Any]
    model: Model

    @property
    def key(self) -> str:
        """Name of the run among all that is computed."""
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

    def compute(self, pool: Pool) -> None:
        """Run the model, or report why it cannot be run."""
        _compute_run(self, pool)

    def report(self, message: str, hint: str = "") -> None:
        """Report what is wrong with it."""
        self.place.report(f"model `{self.name}` {message}", hint, ("models", self.name))


def read_runs(place: Place, pool: Pool) -> Iterator[Run]:
    """Yield the models whose declaration can be read."""
    seen: set[str] = set()
    for name, spec in place.entries("models", dict).items():
        at = ("models", name)
        if not labelled(place, spec, at, _MODEL_KEYS):
            place.broken.add(("models", name))
            continue
        outputs = spec.get("outputs")
        if isinstance(outputs, dict):
            place.declared.update(outputs)
            pool.broken.update(full_key(place.slug, output) for output in outputs)
        wrong = [key for key in ("inputs", "outputs") if not isinstance(spec.get(key), dict) or not spec[key]]
        for key in wrong:
            place.report(f"model `{name}` has no mapping `{key}`", at=at)
        if not str(spec.get("explained") or "").strip():
            place.report(f"model `{name}` is explained nowhere", "explained: '#anchor' of its page", at)
        taken = {*place.entries("inputs", dict), *place.entries("results", dict), *seen} & set(outputs or ())
        for output in sorted(map(str, taken)):
            place.report(f"model `{name}` gives `{output}`, which is declared already", "rename one", at)
        place.broken.add(("models", name))
        if wrong or taken:
            continue
        seen.update(outputs)
        try:
            yield Run(place, name, spec, border.load(str(spec.get("module", ""))))
        except border.ModelError as error:
            place.report(f"model `{name}`: {error}", at=at)


def _compute_run(run: Run, pool: Pool) -> None:
    place, at = run.place, ("models", run.name)
    named = {key.removeprefix(f"{place.slug}:"): key for key in run.needs}
    if not pool.have(place, named, lambda *said: run.report(f"cannot be run: {said[0]}", said[1])):
        return
    try:
        found = border.run(run.model, _arguments(run, pool, {}), pool.things, pool.memory)
        outputs = [_output(run, str(name), spec, found, pool) for name, spec in run.spec["outputs"].items()]
    except (border.ModelError, UnitError) as error:
        run.report(f"cannot be run: {error}")
        return
    for quantity, unit in filter(None, outputs):
        pool.broken.discard(quantity.key)
        pool.add(place, quantity, unit)
    place.broken.discard(("models", run.name))
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
    run: Run, pool: Pool, changed: Mapping[str, float]
) -> dict[str, border.Argument | list[border.Argument]]:
    """Return what a model is given: the plain number of each quantity, or of some of them another one."""
    found: dict[str, border.Argument | list[border.Argument]] = {}
    for field_, keys in run.inputs.items():
        given = [border.Argument(changed.get(key, pool.values[key]), pool.parts[key]) for key in keys]
        found[field_] = given if isinstance(run.spec["inputs"][field_], list) else given[0]
    return found


def _output(
    run: Run, name: str, spec: Any, found: Mapping[str, Any], pool: Pool
) -> tuple[Quantity, Unit] | None:
    """Return an output as a quantity; `of: recall.2` is the third of a list."""
    place, at = run.place, ("models", run.name, "outputs", name)
    if not labelled(place, spec, at, _OUTPUT_KEYS) or not check_display(place, spec, at):
        return None
    unit, _ = pool.unit(spec.get("unit", ""))
    argument = _taken(found, str(spec.get("of", name)))
    value = unit.with_power(argument.value * float(units.factor(argument.parts, unit.parts)))
    digits, line = spec.get("digits", 3), place.file.line(*at)
    given = tuple(dict.fromkeys(run.needs))
    return quantity_of(
        place, name, spec, value, unit, model=run.name, operands=given, digits=digits, line=line
    ), unit


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
    run: Run, pool: Pool, steps: Mapping[str, Any]
) -> Iterator[tuple[str, float, tuple[float, ...]]]:
    """Yield, for each input with a step, the outputs after it; a step is in the input's unit."""
    moves = [(name, one) for name, step in steps.items() for one in (step if isinstance(step, list) else [step])]
    for name, step in moves:
        key, number = run.place.key(str(name)), number_of(step)
        if key not in run.needs or number is None:
            run.report(f"has a step for `{name}`, which is no input with a number")
            continue
        quantity = pool.quantities[key]
        moved = replace(quantity, value=quantity.value + number)
        try:
            found = border.run(run.model, _arguments(run, pool, {key: moved.plain}), pool.things, pool.memory)
            after = [
                _output(run, str(output), spec, found, pool) for output, spec in run.spec["outputs"].items()
            ]
        except (border.ModelError, UnitError) as error:
            run.report(f"cannot be run with `{name}` a step on: {error}")
            continue
        yield key, number, tuple(quantity.value for quantity, _ in filter(None, after))
