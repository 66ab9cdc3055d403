"""The registry of rules, and the one function that runs them.

A rule is a module of this folder that ends in `RULE = Rule(…)`: its name, its scope, its explanation
(the module's docstring: what it asks, why, right and wrong) and a pure function. To add one, write the
module and add it to `RULES`; `make check`, the MkDocs hooks and the tests all call `check` below.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from handbook.problems import Problem
from handbook.rules import (
    aged,
    anchors,
    anti_patterns,
    boards,
    changes,
    declared_once,
    derivations,
    designs,
    diagrams,
    doubled,
    encoding,
    files,
    formulas,
    front_matter,
    glossary,
    headings,
    inputs,
    labels,
    language,
    links,
    markup,
    navigation,
    network,
    parity,
    placeholders,
    plans,
    questions,
    rendered,
    search_words,
    sources,
    stage_pages,
    stages,
    style,
    tables,
    templates,
    translations,
    typography,
    unused_numbers,
    usage,
    values,
    verified,
)
from handbook.rules.memory import Memory
from handbook.rules.rule import Rule, Scope
from handbook.source import Book, Page

__all__ = ["RULES", "Rule", "Scope", "check", "check_output"]

RULES: tuple[Rule, ...] = (
    files.RULE,
    encoding.RULE,
    front_matter.RULE,
    headings.RULE,
    placeholders.RULE,
    tables.RULE,
    markup.RULE,
    rendered.RULE,
    navigation.RULE,
    links.RULE,
    anchors.RULE,
    values.RULE,
    derivations.RULE,
    inputs.RULE,
    declared_once.RULE,
    unused_numbers.RULE,
    sources.RULE,
    verified.RULE,
    aged.RULE,
    changes.RULE,
    diagrams.RULE,
    boards.RULE,
    formulas.RULE,
    stages.RULE,
    stage_pages.RULE,
    designs.RULE,
    questions.RULE,
    plans.RULE,
    anti_patterns.RULE,
    templates.RULE,
    parity.RULE,
    labels.RULE,
    translations.RULE,
    glossary.RULE,
    typography.RULE,
    language.RULE,
    doubled.RULE,
    usage.RULE,
    style.RULE,
    network.RULE,
    search_words.RULE,
)


def check(book: Book, only: Collection[str] = ()) -> list[Problem]:
    """Run the rules that look at the sources; return all problems at once, sorted by path and line.

    Args:
        book: The handbook.
        only: Ids of the rules to run; none means all but the advice. What could not be read is
            reported in any case.
    """
    # A file that is half merged, or not ours, is that before it is anything else.
    strange = {problem for problem in files.check(book) if files.is_cause(problem)}
    owned = {problem.path for problem in strange}
    found = {problem for problem in book.problems if problem.path not in owned} | strange
    if not book.languages:  # nothing else could be read
        return sorted(found)
    memory = Memory(book)
    for rule in RULES:
        chosen = rule.id in only if only else not rule.advice
        if chosen and not (rule.needs_all and (book.broken or strange)):  # it would repeat the cause
            found.update(each for each in _run(rule, book, memory) if each.path not in owned | book.broken)
    memory.keep(others=bool(only))
    return sorted(found)


def check_output(folder: Path) -> list[Problem]:
    """Run the rules that look at a built site."""
    return sorted({problem for rule in RULES if rule.scope is Scope.OUTPUT for problem in rule.check(folder)})


def _run(rule: Rule, book: Book, memory: Memory) -> Iterator[Problem]:
    """Ask a rule of all that is not as it was when the rule had nothing to say about it."""
    if rule.data is not None:
        yield from memory.ask_data(rule, functools.partial(rule.data, book))
    for pages in _pages(rule.scope, book):
        shown = book.only(pages) if rule.alone else book
        ask = functools.partial(rule.check, shown, *pages)
        if rule.reminds:  # what passed on one day need not on another
            yield from ask()
        else:
            yield from memory.ask(rule, pages, ask)


def _pages(scope: Scope, book: Book) -> Iterable[tuple[Page, ...]]:
    """Return the pages that a rule of a scope is called with beside the book, once for each call."""
    match scope:
        case Scope.PAGE:
            return [(page,) for page in book.all_pages()]
        case Scope.PAIR:
            originals, *others = (book.pages[code] for code in book.languages.codes)
            return [
                (originals[slug], pages[slug]) for pages in others for slug in sorted(set(originals) & set(pages))
            ]
        case Scope.BOOK | Scope.DATA:
            return [()]
        case Scope.OUTPUT:
            return []
