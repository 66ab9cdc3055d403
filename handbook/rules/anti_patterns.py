"""What `make review` would hold against a reader's answer is held against ours.

Why: a design that skips what the handbook asks of others teaches the opposite of what it says.
Right: a model section that begins with the baseline and argues for the upgrade.
Wrong: a transformer in the first sentence, no baseline anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handbook import review
from handbook.problems import Problem
from handbook.review.criteria import load_criteria
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "anti-patterns"


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Review a worked design as if it were an answer."""
    if not page.is_design or not book.stages:  # a framework that cannot be read has been reported
        return
    try:
        if page.language not in load_criteria(book.root / "data").wording:
            return  # a review speaks the languages that data/review.yml has words for
        for finding in review.findings(page.text, page.language, book.root / "data"):
            message = f"{finding.rule}: {finding.message}"
            yield Problem(page.path, finding.line, ID, message, finding.hint)
    except review.ReviewDataError as error:
        for problem in error.problems:
            yield replace(problem, rule=ID)


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True)
