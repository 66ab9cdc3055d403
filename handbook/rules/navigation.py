"""data/site.yml lists the pages, all of them, once, in sections that every language has a name for.

Why: what is not in the navigation is built and never found.
Right: `framework: [framework/index, framework/data]`, with `sections.framework` in each file of words.
Wrong: a page that is not listed; a slug without a page; a section without a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.navigation import PATH

ID = "navigation"


def check(book: Book) -> Iterator[Problem]:
    """Compare the navigation with the pages of each language and with the words for its sections."""
    if not book.navigation.sections:
        return  # reported where it was read
    listed = {slug for _, slug, _ in book.navigation.pages()}
    seen: set[str] = set()
    for _, slug, line in book.navigation.pages():
        if slug in seen:
            yield Problem(PATH, line, ID, f"`{slug}` is listed twice", "keep one")
        seen.add(slug)
        if not any(slug in pages for pages in book.pages.values()):
            known = {known for pages in book.pages.values() for known in pages}
            yield Problem(PATH, line, ID, f"`{slug}` is not a page", guess(slug, known))
    for pages in book.pages.values():
        for slug, page in pages.items():
            if slug not in listed:
                yield Problem(page.path, 1, ID, "the page is not in the navigation", f"add `{slug}` to {PATH}")
    for section in book.navigation.sections:
        for language in book.languages:
            if f"sections.{section.id}" not in language.words:
                hint = f"add `{section.id}` to `sections` of {language.path}"
                yield Problem(PATH, section.line, ID, f"no {language.name} name for `{section.id}`", hint)


RULE = Rule(ID, Scope.BOOK, __doc__, check)
