"""Every page stands in both languages, and the Chinese page names the English text it was written against.

Why: an English page that changes alone leaves a Chinese page that is wrong and looks right.
Right: `translates: "3f8fd14dc798"`, written by `make translated` after the Chinese page was mended.
Wrong: a fingerprint of an older English text; a page in one language only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from handbook.numbers import LANGUAGES
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "translation"


def fingerprint(page: Page) -> str:
    """Return the content hash of a page: 12 hex digits of SHA-256."""
    return hashlib.sha256(page.text.encode()).hexdigest()[:12]


def check(book: Book) -> Iterator[Problem]:
    """Report pages of one language, and Chinese pages that are older than their English page."""
    first, second = (book.pages[language] for language in LANGUAGES)
    for slug in sorted(set(first) ^ set(second)):
        page = first.get(slug) or second[slug]
        other = LANGUAGES[1] if slug in first else LANGUAGES[0]
        sibling = page.path.replace(f"/{page.language}/", f"/{other}/", 1)
        yield Problem(page.path, 1, ID, f"the page exists in `{page.language}` only", f"write {sibling}")
    for slug, page in book.pages["zh"].items():
        original = book.pages["en"].get(slug)
        if original is None or page.problems:
            continue
        line, recorded = _recorded(page)
        if recorded != fingerprint(original):
            message = (
                f"stale: written against {recorded}, {original.path} is {fingerprint(original)}"
                if recorded
                else f"does not say which {original.path} it was written against"
            )
            yield Problem(
                page.path,
                line,
                ID,
                message,
                f"bring it up to date, then run `make translated PAGE={page.path}`",
            )


def _recorded(page: Page) -> tuple[int, str]:
    """Return the line and the hash as written; YAML would read some hashes as numbers."""
    for number, text in enumerate(page.lines[: page.body_line - 1], 1):
        if text.startswith("translates:"):
            return number, text.partition(":")[2].strip(" \r'\"")
    return 1, ""


def stamp(book: Book, page: Page) -> None:
    """Record in a Chinese page the hash of the English page as it is now."""
    # Quoted: YAML would read some hashes as numbers.
    line = f'translates: "{fingerprint(book.pages["en"][page.slug])}"'
    if _recorded(page) != (1, ""):
        text = re.sub(r"^translates:.*$", line, page.text, count=1, flags=re.M)
    else:
        text = page.text.replace("\n", f"\n{line}\n", 1)
    Path(book.root, page.path).write_text(text, encoding="utf-8")


RULE = Rule(ID, Scope.BOOK, __doc__, check, needs_data=False)
