"""Each step of a plan leads to a place that exists, and a plan keeps to its limit.

Why: a plan is followed link by link, and one for 45 minutes that takes 50 is none.
Right: `{id: budget, minutes: 8, to: framework/index#budget, en: …, zh: …}` in data/plans.yml; `limit: 45`
    over steps that take 45 minutes in all.
Wrong: a step that leads to a section which has gone; a plan over its limit; a plan that no page prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.plans import PATH

ID = "plans"

_BLOCK = re.compile(r"^\{\{ practice-plan: (?P<id>\S+) \}\}$", re.M)


def check(book: Book) -> Iterator[Problem]:
    """Check the plans against the pages."""
    pages = book.originals
    printed = {match["id"] for page in pages.values() for match in _BLOCK.finditer(page.text)}
    for plan in book.plans.values():
        if plan.id not in printed:
            hint = f"{{{{ practice-plan: {plan.id} }}}}"
            yield Problem(PATH, plan.line, ID, f"no page prints `{plan.id}`", hint)
        longest = max(plan.takes(spoken) for spoken in book.pages.values())
        if plan.limit and longest > plan.limit:
            message = f"the steps of `{plan.id}` take {longest} minutes of at most {plan.limit}"
            yield Problem(PATH, plan.line, ID, message)
        for step in plan.steps():
            slug, _, anchor = step.to.partition("#")
            if slug not in pages or (anchor and anchor not in pages[slug].anchors):
                message = f"`{step.to}`, where `{step.id}` is done, does not exist"
                hint = guess(slug, pages) if slug not in pages else guess(anchor, pages[slug].anchors)
                yield Problem(PATH, step.line, ID, message, hint)


RULE = Rule(ID, Scope.BOOK, __doc__, check)
