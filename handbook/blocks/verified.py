"""`{{ verified: frameworks }}`: the day on which a section of what ages was last verified."""

from __future__ import annotations

from handbook.problems import guess
from handbook.source.verified import PATH
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a line of small print for the section of the page that has this id."""
    known = {each.id: each for each in writer.book.verified.values() if each.page == writer.page.slug}
    if argument not in known:
        raise WriteError(f"nobody said when `{argument}` was verified", guess(argument, known) or f"add it to {PATH}")
    date = known[argument].date.isoformat()
    return f'<p class="verified">{writer.text("verified", date=date)}</p>'
