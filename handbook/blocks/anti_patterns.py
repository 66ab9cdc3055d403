"""`{{ anti-patterns }}`: what `make review` looks for, from the data that it runs on."""

from __future__ import annotations

from handbook.writer import Writer


def write(writer: Writer, argument: str) -> str:
    """Return the table of anti-patterns: how a novice and an expert sound, and how it is detected."""
    code = writer.language
    head = [writer.text(key) for key in ("anti_pattern", "novice", "expert", "detect")]
    rows = [
        [f"**{pattern.name[code]}**", pattern.novice[code], pattern.expert[code], pattern.detect[code]]
        for pattern in writer.book.anti_patterns
    ]
    return writer.table(head, rows)
