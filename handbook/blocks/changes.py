"""`{{ changes }}`: what changed, day by day, the latest first, and the address of the feed."""

from __future__ import annotations

from itertools import groupby

from handbook.source.changes import FEED, Change
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a list for each day of data/changes.yml."""
    if not writer.book.changes:
        raise WriteError("no changes in data/changes.yml")
    parts = [f"[{writer.text('feed_link')}]({FEED})"]
    for date, changes in groupby(writer.book.changes, key=lambda change: change.date):
        parts += [f"**{date.isoformat()}**", "\n".join(_item(writer, change) for change in changes)]
    return "\n\n".join(parts)


def _item(writer: Writer, change: Change) -> str:
    return f"- {writer.link_to(change.place)}{writer.speech.typography.colon}{change.texts[writer.language]}"
