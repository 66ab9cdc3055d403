"""Rule `encoding`: a page is clean UTF-8 text with Unix line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.source.book import Book
from handbook.problems import Problem

_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ufffd]")


def check(book: Book) -> Iterator[Problem]:
    """Report byte-order marks, carriage returns, control and invisible characters."""
    for page in book.all_pages():
        for number, line in enumerate(page.lines, 1):
            match = _STRAY.search(line)
            if match:
                name = "a carriage return" if match[0] == "\r" else f"U+{ord(match[0]):04X}"
                hint = "use Unix line ends" if match[0] == "\r" else "remove it"
                yield Problem(page.path, number, "encoding", f"{name} in the text", hint)
                if match[0] == "\r":
                    break  # the whole file has them; one line says it
