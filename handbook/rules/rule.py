"""What a rule is: a name, what it looks at, why it is asked, and the function that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from handbook.problems import Problem


class Scope(StrEnum):
    """What a rule's `check` is called with."""

    PAGE = "page"  # (book, page), once for each page of each language
    PAIR = "pair"  # (book, original, page), once for each page that stands in both languages
    BOOK = "book"  # (book), once
    DATA = "data"  # (book), once; looks at the data files alone
    OUTPUT = "output"  # (folder of the built site), once, after the build


@dataclass(frozen=True)
class Rule:
    """One rule of the handbook.

    Attributes:
        id: Name, as problems and `make check ARGS="--only …"` say it.
        scope: What `check` looks at.
        explain: What the rule asks, why, and an example of right and of wrong.
        check: Returns what is wrong; prints nothing, changes nothing, never raises.
        advice: Whether it lists what could be better: shown with `--advice` only, fails nothing.
        reminds: Whether every `make check` shows such advice, since time alone brings it about.
        data: What a rule of pages asks of the data files as well; called with the book, once.
        alone: Whether it is shown, of all pages, only those that it is called with: it looks again only where
            they or the data have changed. So are most rules; links and blocks lead to other pages.
        needs_all: Whether it looks at more than single files; such a rule waits while a file cannot be read.
    """

    id: str
    scope: Scope
    explain: str
    check: Callable[..., Iterable[Problem]]
    data: Callable[..., Iterable[Problem]] | None = None
    advice: bool = False
    reminds: bool = False
    alone: bool = False
    needs_all: bool = True
