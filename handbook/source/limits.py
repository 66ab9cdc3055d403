"""How much a page may hold, so that nothing that reads it later takes long.

Markdown and patterns take time that grows with the square of a line or of a paragraph's marks. What is
beyond the limits is reported and left out before anything else looks at the page; within them every
rule and the renderer are done in well under a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem

RULE = "markup"

LONGEST_LINE = 4_000
LONGEST_PARAGRAPH = 12_000
MOST_MARKS = 1_000
DEEPEST_INDENT = 40
DEEPEST_NESTING = 8
MOST_LINES = 20_000

#: Characters that may begin Markdown.
_MARKS = re.compile(r"[\[`<\\*_{:]")
#: The marks of quotes and lists that a line begins with.
_NESTING = re.compile(r"(?:\s|>|[-*+](?=\s)|\d{1,9}\.(?=\s))*")


def cut(path: str, text: str) -> tuple[str, list[Problem]]:
    """Return a page's text without what is beyond the limits, and what that was.

    A line that is left out becomes empty, so that the others keep their numbers.
    """
    lines = text.split("\n")
    problems = []
    if len(lines) > MOST_LINES:
        problems.append(_problem(path, MOST_LINES + 1, f"{len(lines):,} lines", MOST_LINES))
        lines = lines[:MOST_LINES]
    for start, end in list(_paragraphs(lines)):
        for index in range(start, end):
            if found := _line_problem(path, index + 1, lines[index]):
                problems.append(found)
                lines[index] = ""
        size = sum(map(len, lines[start:end]))
        marks = sum(len(_MARKS.findall(line)) for line in lines[start:end])
        if size > LONGEST_PARAGRAPH:
            message, limit = f"a paragraph of {size:,} characters", LONGEST_PARAGRAPH
        elif marks > MOST_MARKS:
            message, limit = f"a paragraph with {marks:,} marks of Markdown", MOST_MARKS
        else:
            continue
        problems.append(_problem(path, start + 1, message, limit))
        lines[start:end] = [""] * (end - start)
    return "\n".join(lines), problems


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of lines that are not empty."""
    start = None
    for index, line in enumerate([*lines, ""]):
        if line.strip() and start is None:
            start = index
        elif not line.strip() and start is not None:
            yield start, index
            start = None


def _line_problem(path: str, number: int, line: str) -> Problem | None:
    indent = len(line) - len(line.lstrip())
    marks = _NESTING.match(line)
    nested = len(marks[0].replace(">", "> ").split()) if marks else 0
    for value, limit, what in (
        (len(line), LONGEST_LINE, "a line of {:,} characters"),
        (indent, DEEPEST_INDENT, "a line that is indented by {:,}"),
        (nested, DEEPEST_NESTING, "{:,} quotes and lists inside each other"),
    ):
        if value > limit:
            return _problem(path, number, what.format(value), limit)
    return None


def _problem(path: str, line: int, message: str, limit: int) -> Problem:
    return Problem(path, line, RULE, message, f"at most {limit:,}")
