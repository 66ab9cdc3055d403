"""What a check reports: one line that names the place, the rule, the culprit and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in the handbook's sources.

    Attributes:
        path: Path relative to the repository's root, with forward slashes.
        line: 1-based line; 1 where the problem is the file as a whole.
        rule: Name of the rule, as `make check` lists it.
        message: What is wrong, with the culprit's name.
        hint: The way out, or what was probably meant; may be empty.
    """

    path: str
    line: int
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        # The culprit may be a link that is broken over two lines.
        return " ".join(f"{self.path}:{self.line}: {self.rule}: {self.message}{hint}".splitlines())


class ProblemsError(Exception):
    """Raised where work cannot go on because of problems; carries all that were found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def nearest(name: str, known: Iterable[str]) -> str:
    """Return what was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


def guess(name: str, known: Iterable[str]) -> str:
    """Return the hint that names what was probably meant, or nothing."""
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else ""
