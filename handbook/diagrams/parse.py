"""What a Mermaid source says, and where it is wrong: read by merman, whichever engine draws it.

merman has the parsers of Mermaid 12; that its verdicts and models are those of official Mermaid is
tested against official Mermaid itself.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from handbook.diagrams import native, text
from handbook.diagrams.errors import DiagramError

_ACCESSIBLE = re.compile(r"^[ \t]*(?:%%[ \t]*)?(accTitle|accDescr)[ \t]*:[ \t]*(.+?)[ \t]*$", re.M)
_FALLBACK = "fallback location"  # merman's word for "I do not know the line"
_HEADER = re.compile(r"^[ \t]*(?:flowchart|graph)[ \t]+(\w+)[ \t]*;?[ \t]*$", re.M)
_UNDRAWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # rule `encoding` reports them
_DIRECTIONS = {"TB", "TD", "BT", "LR", "RL", "BR", "v"}


@cache
def syntax_error(source: str) -> DiagramError | None:
    """The first thing that Mermaid does not understand, or None."""
    source = normalised(source)
    report = json.loads(native.engine().analyze_json(source, None))
    errors = [entry for entry in report["diagnostics"] if entry["severity"] == "error"]
    if not errors:
        return _direction_error(source)
    error = errors[0]
    line = error["span"]["line"] - 1 if error.get("span") else 0
    unsure = any(_FALLBACK in related["message"] for related in error["related"])
    if unsure or (line == 0 and "no Mermaid diagram" not in error["message"]):
        line = _culprit(source, line)
    last = max(len(source.splitlines()) - 1, 0)
    return DiagramError(min(line, last), error["message"])


@cache
def model(source: str) -> dict[str, Any]:
    """Mermaid's own model of a source, not to be changed: nodes, edges, messages, tasks and so on.

    Raises:
        DiagramError: The source is not valid Mermaid.
    """
    source = normalised(source)
    error = syntax_error(source)
    if error:
        raise error
    return json.loads(native.engine().parse_json(source, None))


def accessible_texts(source: str, parsed: dict[str, Any]) -> tuple[str, str]:
    """Title and description for readers who cannot see the drawing.

    Mind maps have no syntax for them: there the two lines may be written as
    comments, `%% accTitle: …`.
    """
    written = dict(_ACCESSIBLE.findall(source))
    title = parsed.get("accTitle") or written.get("accTitle") or ""
    description = parsed.get("accDescr") or written.get("accDescr") or ""
    return text.plain(str(title)), text.plain(str(description))


def normalised(source: str) -> str:
    """The source as it is parsed and cached: line feeds only, no blank end, nothing that XML cannot have."""
    return _UNDRAWABLE.sub("", source.replace("\r\n", "\n").replace("\r", "\n")).rstrip() + "\n"


def _direction_error(source: str) -> DiagramError | None:
    """Official Mermaid rejects an unknown direction; merman draws top-down."""
    header = _HEADER.search(source)
    if not header or header[1] in _DIRECTIONS:
        return None
    line = source.count("\n", 0, header.start())
    return DiagramError(line, f"unknown direction {header[1]}; write TD, LR, BT or RL")


def _culprit(source: str, fallback: int) -> int:
    """The line without which the source would be valid."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        rest = "\n".join([*lines[:number], "", *lines[number + 1 :]])
        if line.strip() and native.engine().validate(rest, None).valid:
            return number
    return fallback
