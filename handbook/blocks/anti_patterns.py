"""`{{ anti-patterns }}`: what `make review` looks for, from the data that it runs on."""

from __future__ import annotations

from handbook.writer import WriteError, Writer

DETECTED = "detected"


def write(writer: Writer, argument: str) -> str:
    """Return the table of anti-patterns: how a novice and an expert sound, and when one notices it.

    With the argument `detected`, how `make review` detects each.
    """
    if argument not in ("", DETECTED):
        raise WriteError(f"unknown form `{argument}`", f"only `{DETECTED}` exists")
    code = writer.language
    patterns = [(f"**{pattern.name[code]}**", pattern) for pattern in writer.book.anti_patterns]
    if argument:
        head = [writer.text(key) for key in ("anti_pattern", "detect")]
        return writer.table(head, [[name, pattern.detect[code]] for name, pattern in patterns])
    head = [writer.text(key) for key in ("anti_pattern", "novice", "expert", "notice")]
    rows = [[name, each.novice[code], each.expert[code], each.notice[code]] for name, each in patterns]
    return writer.table(head, rows)
