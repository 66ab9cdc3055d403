"""The Markdown extensions of a language: those of the MkDocs configuration, with the language's words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handbook import yamlfile
from handbook.languages import Language
from handbook.problems import ProblemsError

RULE = "navigation"

#: What `markdown_extensions` holds: the settings of each extension.
Extensions = dict[str, dict[str, Any]]


def extensions(root: Path, name: str, language: Language | None = None) -> Extensions:
    """Return the Markdown extensions of the configuration `name` below `root`, speaking a language.

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
    for key, options in own.items():
        if options is not None and not isinstance(options, dict):
            at = ("markdown_extensions", key)
            raise ProblemsError([file.problem(RULE, f"the settings of `{key}` are not a mapping", at=at)])
    parent = data.get("INHERIT")
    if parent is not None and (str(parent) == name or not (root / str(parent)).is_file()):
        raise ProblemsError([file.problem(RULE, f"`{parent}` cannot be inherited", at=("INHERIT",))])
    inherited = extensions(root, str(parent)) if parent is not None else {}
    spoken = _words(language) if language else {}
    merged = {key: _merged(inherited.get(key), own.get(key)) for key in {**inherited, **own}}
    return {key: _merged(options, spoken.get(key)) for key, options in merged.items()}


def _words(language: Language) -> Extensions:
    """Return the options by which extensions write words of their own."""
    return {
        "footnotes": {"BACKLINK_TITLE": language.word("page.footnote", number="{}")},
        "toc": {
            "permalink_title": language.word("page.permalink"),
            "title": language.word("page.contents"),
        },
    }


def _merged(base: Any, over: Any) -> dict[str, Any]:
    base, over = base or {}, over or {}
    return {
        key: _merged(base[key], value)
        if isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        else value
        for key, value in {**base, **over}.items()
    }
