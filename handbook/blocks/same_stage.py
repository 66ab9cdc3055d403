"""`{{ same-stage: data }}`: links to one stage in every worked design, with what is special about it."""

from __future__ import annotations

import posixpath

from handbook.problems import guess
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a sentence and a list with an entry for each design that has a page in this language."""
    stages = [stage.id for stage in writer.book.stages]
    if argument not in stages:
        raise WriteError(f"unknown stage `{argument}`", guess(argument, stages))
    here, typography = posixpath.dirname(writer.page.slug) or ".", writer.speech.typography
    lines = []
    for design in writer.designs():
        link = f"[{design.labels[writer.language]}]({posixpath.relpath(design.slug, here)}.md#{argument})"
        note = design.stages[argument][writer.language]
        lines.append(f"- {link}{typography.colon}{note}{typography.stop.rstrip()}")
    return "\n".join([writer.text("same_stage"), "", *lines]) if lines else ""
