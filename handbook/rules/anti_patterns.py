"""Rule `anti-patterns`: what `make review` would hold against a reader's answer, held against ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handbook import review
from handbook.source.book import Book
from handbook.problems import Problem

RULE = "anti-patterns"


def check(book: Book) -> Iterator[Problem]:
    """Review every worked design as if it were an answer."""
    if not book.stages:  # the framework cannot be read, as has been reported
        return
    try:
        for page in book.all_pages():
            if page.is_design:
                for finding in review.findings(page.text, page.language, book.root / "data"):
                    message = f"{finding.rule}: {finding.message}"
                    yield Problem(page.path, finding.line, RULE, message, finding.hint)
    except review.ReviewDataError as error:
        for problem in error.problems:
            yield replace(problem, rule=RULE)
