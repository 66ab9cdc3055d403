"""`{{ plan-ticks }}`: the place where web/plans.js lets a reader copy, save, load and remove ticks."""

from __future__ import annotations

from handbook.blocks import practice_plan
from handbook.writer import Writer

WORDS = ("text", "copy", "copied", "save", "load", "loaded", "file", "refused", "remove", "sure", "removed")


def write(writer: Writer, argument: str) -> str:
    """Return an empty place with the script's words."""
    return f'<div class="plan-ticks" data-words="{practice_plan.words(writer, *WORDS)}" markdown>\n\n</div>'
