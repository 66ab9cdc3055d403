"""Every page stands in all languages, and a translation names the text that it was written against.

Why: an English page that changes alone leaves a Chinese page that is wrong and looks right.
Right: `translates: "3f8fd14dc798"`, written by `make translated` after the Chinese page was mended.
Wrong: a fingerprint of an older English text; a page in one language only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from handbook.output import rewrite
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "translation"


def fingerprint(page: Page) -> str:
    """Return the content hash of a page: 12 hex digits of SHA-256."""
    return hashlib.sha256(page.text.encode()).hexdigest()[:12]


def check(book: Book) -> Iterator[Problem]:
    """Report pages that a language lacks, and pages that are older than the original they translate."""
    originals = book.pages[book.languages.original.code]
    for language in book.languages.translations:
        translated = book.pages[language.code]
        for slug in sorted(set(originals) ^ set(translated)):
            page = originals.get(slug) or translated[slug]
            other = language.code if slug in originals else book.languages.original.code
            sibling = page.path.replace(f"/{page.language}/", f"/{other}/", 1)
            yield Problem(page.path, 1, ID, f"the page does not exist in `{other}`", f"write {sibling}")
        yield from _stale(originals, translated)


def _stale(originals: Mapping[str, Page], translated: Mapping[str, Page]) -> Iterator[Problem]:
    for slug, page in translated.items():
        original = originals.get(slug)
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
    """Record in a translated page the hash of the original as it is now."""
    original = book.pages[book.languages.original.code][page.slug]
    # Quoted: YAML would read some hashes as numbers.
    line = f'translates: "{fingerprint(original)}"'
    if _recorded(page) != (1, ""):
        text = re.sub(r"^translates:.*$", line, page.text, count=1, flags=re.M)
    else:
        text = page.text.replace("\n", f"\n{line}\n", 1)
    rewrite(book.root, page.path, text)


RULE = Rule(ID, Scope.BOOK, __doc__, check)
