"""A page is clean UTF-8 text with Unix line ends.

Why: what nobody can see breaks search, copies of commands and the comparison of two languages.
Right: text as an editor saves it in UTF-8.
Wrong: a zero-width space pasted from a chat, a carriage return, a byte-order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.source.book import Book
from handbook.source.page import Page
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "encoding"

_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ufffd]")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Report byte-order marks, carriage returns, control and invisible characters."""
    for number, line in enumerate(page.lines, 1):
        match = _STRAY.search(line)
        if match:
            name = "a carriage return" if match[0] == "\r" else f"U+{ord(match[0]):04X}"
            hint = "use Unix line ends" if match[0] == "\r" else "remove it"
            yield Problem(page.path, number, ID, f"{name} in the text", hint)
            if match[0] == "\r":
                break  # the whole file has them; one line says it


RULE = Rule(ID, Scope.PAGE, __doc__, check, needs_data=False)
