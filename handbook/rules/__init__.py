"""The registry of rules, and the one function that runs them.

A rule is a module of this folder with a function `check(book) -> Iterable[Problem]`: the handbook
in, what is wrong out, nothing printed, nothing changed. To add one, write the module and add it
to `RULES`; `make check`, the MkDocs hooks and the tests all call `check` below.
"""

from __future__ import annotations

from handbook.source.book import Book
from handbook.problems import Problem
from handbook.rules import (
    anchors,
    anti_patterns,
    designs,
    diagrams,
    encoding,
    formulas,
    front_matter,
    glossary,
    headings,
    links,
    navigation,
    parity,
    placeholders,
    sources,
    stage_pages,
    stages,
    tables,
    translations,
    typography,
    values,
)

RULES = (
    encoding,
    front_matter,
    headings,
    placeholders,
    tables,
    navigation,
    links,
    anchors,
    values,
    sources,
    diagrams,
    formulas,
    stages,
    stage_pages,
    designs,
    anti_patterns,
    parity,
    translations,
    glossary,
    typography,
)


def check(book: Book) -> list[Problem]:
    """Run every rule; return all problems at once, sorted by path and line."""
    found = list(book.problems)
    for rule in RULES:
        found += rule.check(book)
    return sorted(set(found))
