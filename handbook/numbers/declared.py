"""The numbers of a page: declared once as inputs with units and formulas, computed by the build.

One file `data/numbers/<slug of the page>.yml` serves both languages; what several pages share stands in
a place of its own, `world:gpu_hour`. Inputs carry a unit and a source; results carry a formula and the
unit that they must come out in, so a wrong dimension fails; latency budgets and shares have to add up.
"""

from __future__ import annotations

import graphlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handbook import yamlfile
from handbook.numbers import formula
from handbook.numbers.checks import check_asserts, check_sums, read_budgets, read_card, read_tables
from handbook.numbers.place import RULE, Place, Pool
from handbook.numbers.plots import read_plots
from handbook.numbers.quantities import Numbers
from handbook.numbers.remembered import Memory
from handbook.numbers.results import Result, read_inputs, read_results
from handbook.numbers.runs import Run, read_runs
from handbook.numbers.scenarios import expand

#: Translations by the original text, for each language that the files do not have.
Overlays = Mapping[str, Mapping[str, str]]
#: `{{ framework:total }}` and so on are the minutes of data/framework.yml.
RESERVED = "framework"
_SECTIONS = {"inputs", "results", "models", "tables", "budgets", "sums", "asserts", "card", "plots", "scenarios"}


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
    expand(places)
    written = yamlfile.load(root, "data/units.yml").data
    pool = Pool(written if isinstance(written, dict) else {}, Memory(root))
    waiting: list[Result | Run] = []
    for place in places:
        for section in ("inputs", "results"):
            place.declared.update(map(str, place.entries(section, dict)))
        for spec in place.entries("models", dict).values():
            outputs = spec.get("outputs") if isinstance(spec, dict) else None
            place.declared.update(map(str, outputs) if isinstance(outputs, dict) else ())
    for place in places:
        read_inputs(place, pool)
    for place in places:
        waiting += read_results(place, pool)
        waiting += read_runs(place, pool)
    _compute(waiting, pool)
    pool.memory.keep()
    for place in places:
        read_tables(place, pool)
        read_budgets(place, pool)
        read_plots(place, pool)
        check_sums(place, pool)
        check_asserts(place, pool)
        read_card(place)
    for key in pool.broken:
        slug, _, name = key.rpartition(":")
        for place in places:
            if place.slug == slug:
                place.broken.add(("quantities", name))
    return {place.slug: _numbers(place) for place in places}


def _open(slug: str, root: Path, path: Path, languages: tuple[str, ...], overlays: Overlays) -> Place:
    file = yamlfile.load(root, path.relative_to(root).as_posix(), RULE)
    place = Place(slug, file, languages, bool(file.problems), problems=list(file.problems))
    if not isinstance(file.data, dict):
        place.report("the file is not a mapping")
        place.unreadable = True
    if place.unreadable:
        file.data = {}
    if overlays:
        _translate(file.data, languages[0], overlays)
    place.know(file.data, _SECTIONS, ())
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


def _numbers(place: Place) -> Numbers:
    return Numbers(
        place.file.path,
        place.quantities,
        place.tables,
        place.budgets,
        place.models,
        place.plots,
        tuple(place.card),
        tuple(place.file.texts(place.languages)),
        frozenset(place.used),
        tuple(dict.fromkeys(place.problems)),
        frozenset(place.broken),
        place.unreadable,
    )


def _report_shared_keys(places: list[Place]) -> None:
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


def _compute(waiting: list[Result | Run], pool: Pool) -> None:
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
