"""`{{ same-stage: data }}`: links to one stage in every worked design."""

from __future__ import annotations

import posixpath

from handbook.problems import guess
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a list with an entry for each design that has a page in this language."""
    stages = [stage.id for stage in writer.book.stages]
    if argument not in stages:
        raise WriteError(f"unknown stage `{argument}`", guess(argument, stages))
    here = posixpath.dirname(writer.page.slug)
    return "\n".join(
        f"- [{name}]({posixpath.relpath(slug, here or '.')}.md#{argument})"
        for slug, name in writer.designs().items()
    )
