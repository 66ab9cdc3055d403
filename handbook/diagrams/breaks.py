"""Room that the engine does not leave by itself, written into the source before it is drawn.

A timeline wraps its labels at spaces alone: Chinese, and words that are too long, would leave their
boxes. And a cylinder is as narrow as its text, which would touch its sides.
"""

from __future__ import annotations

import re

from handbook.diagrams import text, theme

_NODE = 150  # px of text in the box of a period or an event
_COLUMN = 200  # px from one period to the next
#: Stands for a space at the side of a label, two thirds of an em wide; never drawn.
PADDING = "\u2401"
_CYLINDER = re.compile(r'(?P<open>\[\((?P<quote>"?))(?P<label>[^"\n]+?)(?P<close>(?P=quote)\)\])')
_BREAK = re.compile(r"<br\s*/?>")
_KEYWORD = re.compile(r"\s*(?:timeline\b|title\b|accTitle\b|accDescr\b|%%|$)")
_SECTION = re.compile(r"(?P<before>\s*section\s+)(?P<label>.*)")
_PART = re.compile(r"(\s*:\s+|\s+:\s*)")


def add(source: str, kind: str) -> str:
    """Add the breaks and the padding that a kind of diagram needs.

    Args:
        source: The Mermaid source, normalised.
        kind: `timeline`, …
    """
    if kind == "timeline":
        return _timeline(source.split("\n"))
    if kind == "flowchart":
        return _CYLINDER.sub(lambda match: match["open"] + _padded(match["label"]) + match["close"], source)
    return source


def _padded(label: str) -> str:
    if label.startswith("`"):  # Markdown would be text with something in front of it
        return label
    return PADDING + _BREAK.sub(rf"{PADDING}\g<0>{PADDING}", label) + PADDING


def _timeline(lines: list[str]) -> str:
    return "\n".join(_timeline_line(lines, number) for number in range(len(lines)))


def _timeline_line(lines: list[str], number: int) -> str:
    line = lines[number]
    section = _SECTION.fullmatch(line)
    if section:
        room = _COLUMN * max(_periods(lines[number + 1 :]), 1) - (_COLUMN - _NODE)
        return section["before"] + _broken(section["label"], room)
    if _KEYWORD.match(line):
        return line
    indent = re.match(r"\s*", line)[0]  # type: ignore[index]
    parts = _PART.split(line[len(indent) :])
    return indent + "".join(part if _PART.fullmatch(part) else _broken(part, _NODE) for part in parts)


def _periods(lines: list[str]) -> int:
    """How many periods there are before the next section."""
    count = 0
    for line in lines:
        if _SECTION.fullmatch(line):
            break
        count += not _KEYWORD.match(line) and not line.lstrip().startswith(":")
    return count


def _broken(label: str, room: float) -> str:
    return "<br>".join(text.wrap(label, theme.FONT_SIZE, room))
