"""`python -m handbook review FILE`: what the reader sees, and how the command ends."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from handbook.problems import Problem
from handbook.review.criteria import DATA, ReviewDataError, load_criteria
from handbook.review.judge import review
from handbook.review.reading import ReviewInputError, printable, read_answer
from handbook.review.result import Review

USAGE = "usage: python -m handbook review FILE    (make review FILE=answer.md)"


def report(path: str, result: Review, data: Path = DATA) -> str:
    """Return what the command prints: the findings, the seven stages, the verdict.

    Args:
        path: The file, as the reader named it.
        result: Its review.
        data: Folder that holds review.yml and framework.yml.

    Raises:
        ReviewDataError: If the data files cannot be used.
    """
    wording = load_criteria(data).wording[result.lang]
    shown = printable(path)
    lines = [str(Problem(shown, f.line, f.rule, f.message, f.hint)) for f in result.findings]
    rows = [wording.table]
    for stage in result.stages:
        first_lines = sorted({found[0] for found in stage.evidence.values()})
        rows.append(
            (
                stage.name,
                str(stage.minutes),
                wording.states[stage.state],
                " ".join(map(str, first_lines)) or "-",
                wording.separator.join(stage.absent) or "-",
            )
        )
    return "\n".join([*lines, *([""] if lines else []), *_table(rows), "", result.verdict])


def main(argv: Sequence[str], data: Path = DATA) -> int:
    """Run `python -m handbook review FILE`.

    Args:
        argv: What follows `review` on the command line.
        data: Folder that holds review.yml and framework.yml.

    Returns:
        0 where all seven stages are covered and no anti-pattern shows, 1 where there are
        findings, 2 for wrong usage, unreadable input or unusable criteria.
    """
    if list(argv) in (["-h"], ["--help"]):
        _print(USAGE)
        return 0
    if len(argv) != 1 or not argv[0].strip():
        print(USAGE, file=sys.stderr)
        return 2
    try:
        result = review(read_answer(argv[0]), data=data)
        _print(report(argv[0], result, data))
    except ReviewInputError as error:
        print(f"review: {error}", file=sys.stderr)
        return 2
    except ReviewDataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if result.covered else 1


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _print(text: str) -> None:
    """Print whatever the terminal's encoding is; a reader that has gone away is no error."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    except BrokenPipeError:
        # The interpreter would complain once more when it closes the stream.
        sys.stdout = None  # type: ignore[assignment]
