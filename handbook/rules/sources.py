"""A bibliography entry is complete, and somebody cites it.

Why: a claim about the world is worth what its source says, and the source must be found again.
Right: authors, year, title, where, url, the day of checking, the fact that is taken from it.
Wrong: `checked: soon` or a day to come; one address under two keys; an entry that nothing cites.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from handbook.problems import Problem, guess
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.writer import cited

ID = "sources"
#: An ordinary word at its beginning; a name, such as `scikit-learn documentation`, stays as it is.
_IN_LOWER_CASE = re.compile(r"[a-z][a-z-]* (?!documentation|repository)")


def check(book: Book) -> Iterator[Problem]:
    """Check every entry, and every source that an input names."""
    used = {key for page in book.all_pages() for key in cited(book, page)}
    for numbers in book.numbers.values():
        for quantity in numbers.quantities.values():
            if quantity.source in ("", "assumption"):
                continue
            used.add(quantity.source)
            if quantity.source not in book.sources:
                yield Problem(
                    numbers.path,
                    quantity.line,
                    ID,
                    f"`{quantity.name}` names an unknown source `{quantity.source}`",
                    guess(quantity.source, book.sources),
                )
    today = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)  # anywhere on earth
    addresses: dict[str, str] = {}
    for source in book.sources.values():
        first = addresses.setdefault(source.url.rstrip("/"), source.key)
        if first != source.key:
            hint = f"cite `{first}`"
            yield Problem(source.path, source.line, ID, f"`{source.key}` has the address of `{first}`", hint)
        if not source.url.startswith("https://"):
            yield Problem(source.path, source.line, ID, f"`{source.key}`: the url is not https")
        if _IN_LOWER_CASE.match(source.where):
            hint = f"{source.where[0].upper()}{source.where[1:]}"
            message = f"`{source.key}`: where begins in lower case, behind a full stop"
            yield Problem(source.path, source.line, ID, message, hint)
        if not 1900 < source.year < 2100:
            yield Problem(source.path, source.line, ID, f"`{source.key}`: no such year {source.year}")
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", source.checked) or not _is_date(source.checked):
            yield Problem(
                source.path, source.line, ID, f"`{source.key}`: checked is not a date", "2026-11-20"
            )
        elif source.checked > today.isoformat():
            yield Problem(
                source.path, source.line, ID, f"`{source.key}`: checked on {source.checked}, which is to come"
            )
        elif f"{source.year}" > source.checked[:4]:
            yield Problem(
                source.path, source.line, ID, f"`{source.key}`: of {source.year}, checked before, {source.checked}"
            )
        if source.key not in used:
            yield Problem(
                source.path, source.line, ID, f"nothing cites `{source.key}`", "cite or remove it"
            )


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


RULE = Rule(ID, Scope.BOOK, __doc__, check)
