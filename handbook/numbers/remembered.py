"""What models gave before, kept in `.cache/runs.json` by their code and by what they were given.

A model may take seconds, and most edits touch one of them: only those are run again whose code or inputs
have changed. Floats are kept to the last bit, so that what is remembered is what a new run would give.
"""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from types import ModuleType
from typing import Any

from handbook import kept

_FILE = ".cache/runs.json"
_FOLDER = Path(__file__).resolve().parents[1]
_PACKAGES = ("handbook.models", "handbook.numbers")


class Memory:
    """The runs of one computation: what was kept before, and what to keep of it."""

    def __init__(self, root: Path) -> None:
        """Read what was kept below a repository."""
        found = kept.read(root / _FILE)
        self._file = root / _FILE
        self._before: dict[str, list[Any]] = found if isinstance(found, dict) else {}
        self._now: dict[str, list[Any]] = {}

    def ask(self, module: ModuleType, given: Any) -> Any:
        """Return the `Outputs` of a model for its `Inputs`; it is run only if they are not remembered."""
        key = hashlib.sha256(f"{code(module.__name__)}\0{given!r}".encode()).hexdigest()
        values = self._before.get(key)
        if values is None:
            found = module.run(given)
        else:
            found = module.Outputs(*(tuple(value) if isinstance(value, list) else value for value in values))
        self._now[key] = list(astuple(found))
        return found

    def keep(self) -> None:
        """Keep the runs of this computation, and no others."""
        if self._now.keys() != self._before.keys():
            kept.write(self._file, self._now)


@functools.cache
def code(name: str) -> str:
    """Return a hash of a module of `models` or `numbers` with all such modules that it imports."""
    names, waiting, digest = {name}, [name], hashlib.sha256()
    while waiting:
        new = set(_imported(_path(waiting.pop()).read_text("utf-8"))) - names
        names |= new
        waiting += new
    for each in sorted(names):
        digest.update(_path(each).read_bytes())
    return digest.hexdigest()


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module in _PACKAGES:
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith(_PACKAGES):
            yield str(node.module)


def _path(name: str) -> Path:
    return _FOLDER.joinpath(*name.split(".")[1:]).with_suffix(".py")
