r"""Every formula can be drawn.

Why: a formula that MathML cannot show is printed as source, backslashes and all.
Right: `\( p > 0.5 \)`
Wrong: `\( \frac{1}{2 \)`, `\(` without `\)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook import mathml
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import CODE_SPAN, Page

ID = "formulas"

_MARK = re.compile(r"(?<!\\)\\[()\[\]]")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Draw each formula once."""
    text = "\n".join(CODE_SPAN.sub("", line) for line in page.prose)
    for pattern, block in ((mathml.INLINE, False), (mathml.BLOCK, True)):
        for match in pattern.finditer(text):
            try:
                mathml.render(match[1], block=block)
            except mathml.MathError as error:
                line = text.count("\n", 0, match.start()) + 1
                yield Problem(page.path, line, ID, str(error))
        text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(text.split("\n"), 1):
        mark = _MARK.search(line)
        if mark:
            yield Problem(page.path, number, ID, f"`{mark[0]}` has no counterpart")


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, needs_all=False)
