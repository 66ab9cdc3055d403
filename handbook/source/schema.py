"""The shape of the data files: an entry that cannot be read is reported at its line and left out.

Rules and pages can then rely on what they read, however wrong a file is.
"""

from __future__ import annotations

import re
from functools import partial
from collections.abc import Callable, Iterator
from typing import Any

from handbook.problems import Problem
from handbook.yamlfile import Keys, YamlFile

Reasons = Iterator[str]


def check(file: YamlFile, stem: str, codes: tuple[str, ...]) -> list[Problem]:
    """Report what is wrong with a data file, and reduce it to the entries that can be read."""
    if not isinstance(file.data, dict):
        problem = file.problem(stem, "the file is not a mapping")
        file.data = {}
        return [problem]
    found: list[Problem] = []
    if stem == "units":
        file.data = _entries(file, stem, file.data, (), partial(_unit, codes), found)
    elif stem in _LISTS:
        key, reasons = _LISTS[stem]
        file.data[key] = _section(file, stem, key, list, partial(reasons, codes), found)
    elif stem == "redirects":
        file.data["redirects"] = _section(file, stem, "redirects", dict, _redirect, found)
    elif stem == "search":
        file.data["sections"] = _section(file, stem, "sections", dict, partial(_asked, codes), found)
    return found


def _section(
    file: YamlFile, stem: str, key: str, kind: type, reasons: Callable[[Any], Reasons], found: list[Problem]
) -> Any:
    value = file.data.get(key)
    if not isinstance(value, kind):
        if not file.problems:
            wanted = "mapping" if kind is dict else "list"
            found.append(file.problem(stem, f"no {wanted} `{key}`", at=(key,)))
        return kind()
    return _entries(file, stem, value, (key,), reasons, found)


def _entries(
    file: YamlFile, stem: str, value: Any, at: Keys, reasons: Callable[[Any], Reasons], found: list[Problem]
) -> Any:
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
    kept = {}
    for key, entry in pairs:
        wrong = list(reasons(entry))
        name = f"`{key}`" if isinstance(value, dict) else f"entry {key + 1}"
        found += [file.problem(stem, f"{name}: {reason}", at=(*at, key)) for reason in wrong]
        if not wrong:
            kept[key] = entry
    return kept if isinstance(value, dict) else list(kept.values())


def _texts(entry: Any, *keys: str) -> Reasons:
    if not isinstance(entry, dict):
        yield "not a mapping"
        return
    for key in keys:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"no text `{key}`"


def _unit(codes: tuple[str, ...], entry: Any) -> Reasons:
    yield from _texts(entry, *codes)
    for key, pattern in entry.items() if isinstance(entry, dict) else ():
        if str(key).removesuffix("_one") not in codes:
            yield f"unknown key `{key}`"
        elif isinstance(pattern, str) and "{n}" not in pattern:
            yield f"`{key}` does not say where the number goes, {{n}}"


def _redirect(entry: Any) -> Reasons:
    if not isinstance(entry, str):
        yield "does not forward to a place"


def _asked(codes: tuple[str, ...], entry: Any) -> Reasons:
    for code in codes:
        words = entry.get(code) if isinstance(entry, dict) else None
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip() for w in words):
            yield f"no list of words `{code}`"


def _design(codes: tuple[str, ...], entry: Any) -> Reasons:
    yield from _texts(entry, "id", *codes)
    points = entry.get("must_discuss") if isinstance(entry, dict) else []
    if not isinstance(points, list):
        yield "no list `must_discuss`"
        return
    patterns = [f"pattern_{code}" for code in codes]
    for number, point in enumerate(points, 1):
        wrong = list(_texts(point, *codes, *patterns))
        yield from (f"point {number}: {reason}" for reason in wrong)
        for key in () if wrong else patterns:
            try:
                re.compile(point[key])
            except re.error as error:
                yield f"point {number}: `{key}` is no pattern: {error}"


def _term(codes: tuple[str, ...], entry: Any) -> Reasons:
    yield from _texts(entry, *codes)
    for key in [f"meaning_{code}" for code in codes]:
        if isinstance(entry, dict) and key in entry:
            yield from _texts(entry, key)
    for key in [f"{name}_{code}" for name in ("avoid", "forms", "aliases") for code in codes]:
        words = entry.get(key, []) if isinstance(entry, dict) else []
        if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() for w in words):
            yield f"`{key}` is not a list of words"


_LISTS: dict[str, tuple[str, Callable[[tuple[str, ...], Any], Reasons]]] = {
    "designs": ("designs", _design),
    "glossary": ("terms", _term),
}
