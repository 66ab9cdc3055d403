"""What if: the results of another place, computed again by its own formulas from changed inputs.

    scenarios:
      corpus:
        of: designs/enterprise-rag
        changes: {docs: corpus_docs} # its input, and the input of this file that takes its place
        shows: [chunks, index] # its results: here corpus_chunks, corpus_index
        en: "{}, ten times the documents" # its results are called so here
        zh: "{}（文档变成十倍）"

Each result that is shown, and each on the way to it that a change reaches, becomes a result of this file, with
the formula that stands there; what the change does not reach is used as it is. So the answer cannot drift
from the design. What a model gives is not computed again: such a result is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handbook.numbers.formula import CONSTANTS, REFERENCE
from handbook.numbers.place import Place, labelled

_KEYS = {"of", "changes", "shows"}
_NAME = re.compile(r"[^\W\d]\w*")


def expand(places: list[Place]) -> None:
    """Put the results of all scenarios beside the others of their files."""
    known = {place.slug: place for place in places}
    for place in places:
        for name, spec in list(place.entries("scenarios", dict).items()):
            at = ("scenarios", name)
            if not labelled(place, spec, at, _KEYS):
                continue
            of = known.get(str(spec.get("of")))
            if of is None or of is place:
                place.report(f"scenario `{name}`: `{spec.get('of')}` is no other place", at=at)
                continue
            changes = {str(old): str(new) for old, new in place.entries_of(spec, "changes", at).items()}
            shows = [str(show) for show in spec.get("shows") or ()]
            _expand(place, of, name, changes, shows, place.words(spec))


def _expand(
    place: Place, of: Place, name: str, changes: Mapping[str, str], shows: list[str], words: Mapping[str, str]
) -> None:
    at = ("scenarios", name)
    own, theirs = place.entries("inputs", dict), of.entries("inputs", dict)
    for old, new in changes.items():
        if old not in theirs:
            place.report(f"scenario `{name}`: `{old}` is no input of {of.slug}", at=at)
        if new not in own:
            place.report(f"scenario `{name}`: `{new}` is no input here", at=at)
    results = of.entries("results", dict)
    needs = {result: set(_names(of.slug, _formula(spec))) for result, spec in results.items()}
    reached = _reached(needs, set(changes))
    modelled = _reached(needs, _given(of, set(changes) | reached))
    wanted: list[str] = []
    for show in shows:
        if show not in results:
            place.report(f"scenario `{name}`: `{show}` is no result of {of.slug}", at=at)
        elif show not in reached:
            place.report(f"scenario `{name}`: nothing that changes reaches `{show}`", at=at)
        elif show in modelled:
            place.report(f"scenario `{name}`: a model stands between the change and `{show}`", at=at)
        else:
            wanted.append(show)
    if not wanted:
        place.report(f"scenario `{name}` shows nothing", at=at)
    chosen: dict[str, None] = {}
    while wanted:
        result = wanted.pop()
        if result not in chosen:
            chosen[result] = None
            wanted += sorted(needs[result] & reached)
    for result in chosen:
        spec = dict(results[result])
        spec["formula"] = _rewritten(_formula(spec), of.slug, changes, {one: f"{name}_{one}" for one in chosen})
        spec |= {code: word.replace("{}", str(spec[code])) for code, word in words.items() if code in spec}
        own_results = place.file.data.setdefault("results", {})
        if f"{name}_{result}" in own_results:
            place.report(f"scenario `{name}`: `{name}_{result}` is declared already", "rename one", at)
        own_results[f"{name}_{result}"] = spec


def _formula(spec: Any) -> str:
    return str(spec.get("formula", "")) if isinstance(spec, dict) else ""


def _names(slug: str, formula: str) -> Iterator[str]:
    """Yield the names of a formula that are its own place's."""
    for reference in REFERENCE.finditer(formula):
        if reference["page"] == slug:
            yield reference["name"]
    yield from _NAME.findall(REFERENCE.sub(" ", formula))


def _reached(needs: Mapping[str, set[str]], changed: set[str]) -> set[str]:
    """Return the results that depend on what changed."""
    reached: set[str] = set()
    while new := {name for name, parts in needs.items() if name not in reached and parts & (changed | reached)}:
        reached |= new
    return reached


def _given(of: Place, changed: set[str]) -> set[str]:
    """Return what the models give that are given something that changed."""
    given: set[str] = set()
    for spec in of.entries("models", dict).values():
        inputs, outputs = (spec.get(key) if isinstance(spec, dict) else None for key in ("inputs", "outputs"))
        if not isinstance(inputs, dict) or not isinstance(outputs, dict):
            continue
        listed = {str(name) for value in inputs.values() for name in (value if isinstance(value, list) else [value])}
        if listed & changed:
            given.update(map(str, outputs))
    return given


def _rewritten(formula: str, slug: str, changes: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    """Return a formula as another place has to write it, with what changed in place of what it was."""
    declared = {**chosen, **changes}
    parts, last = [], 0
    for reference in REFERENCE.finditer(formula):
        own = reference["page"] == slug and reference["name"] in declared
        parts += [_own(formula[last : reference.start()], slug, declared)]
        parts += [declared[reference["name"]] if own else reference[0]]
        last = reference.end()
    return "".join([*parts, _own(formula[last:], slug, declared)])


def _own(text: str, slug: str, declared: Mapping[str, str]) -> str:
    def name(match: re.Match[str]) -> str:
        called = text[match.end() :].lstrip().startswith("(")
        if called or match[0] in CONSTANTS:
            return match[0]
        return declared.get(match[0]) or f"{slug}:{match[0]}"

    return _NAME.sub(name, text)
