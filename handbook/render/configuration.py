"""The Markdown extensions of a language, read from its MkDocs configuration and what it inherits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handbook import yamlfile
from handbook.problems import ProblemsError

RULE = "navigation"

#: What `markdown_extensions` holds: the settings of each extension.
Extensions = dict[str, dict[str, Any]]


def extensions(root: Path, name: str) -> Extensions:
    """Return the Markdown extensions of the configuration `name` below `root`.

    `INHERIT` merges mappings and lets the inheriting file win, as MkDocs does.

    Raises:
        ProblemsError: The file cannot be read, or its extensions are not a mapping.
    """
    file = yamlfile.load(root, name, RULE)
    if file.problems:
        raise ProblemsError(file.problems)
    data = file.data if isinstance(file.data, dict) else {}
    own = data.get("markdown_extensions") or {}
    if not isinstance(own, dict):
        at = ("markdown_extensions",)
        raise ProblemsError([file.problem(RULE, "`markdown_extensions` is not a mapping", at=at)])
    parent = data.get("INHERIT")
    if parent is not None and (str(parent) == name or not (root / str(parent)).is_file()):
        raise ProblemsError([file.problem(RULE, f"`{parent}` cannot be inherited", at=("INHERIT",))])
    inherited = extensions(root, str(parent)) if parent is not None else {}
    return {key: _merged(inherited.get(key), own.get(key)) for key in {**inherited, **own}}


def _merged(base: Any, over: Any) -> dict[str, Any]:
    base, over = base or {}, over or {}
    return {
        key: _merged(base[key], value)
        if isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        else value
        for key, value in {**base, **over}.items()
    }
