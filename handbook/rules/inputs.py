"""Each number in a derivation stands somewhere with its name.

Why: `3,000 tx/s × 0.1%` says nothing to a reader who cannot find what the 0.1% is.
Right: a row of a table of the page, `{{ name }}` in its text, a row on the page that declares it, or
`{{ inputs }}` on the page, which lists all the rest.
Wrong: a result in `{{ calculation: load }}` whose input no table shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rows import CALCULATION, INPUTS, Rows
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book

ID = "inputs"


def check(book: Book) -> Iterator[Problem]:
    """Check every page that calculates."""
    for language in book.languages:
        rows = Rows(book, language.code)
        for page in book.pages[language.code].values():
            calculations = [block for block in page.blocks if block.text == CALCULATION]
            if not calculations or any(block.text == INPUTS for block in page.blocks):
                continue
            missing = rows.further(page)
            if missing:
                names = ", ".join(f"`{key.removeprefix(f'{page.slug}:')}`" for key in missing)
                message = f"derivations of this page calculate with what stands nowhere: {names}"
                hint = "add them to a table, or `{{ inputs }}` to the page"
                yield Problem(page.path, calculations[0].line, ID, message, hint)


RULE = Rule(ID, Scope.BOOK, __doc__, check)
