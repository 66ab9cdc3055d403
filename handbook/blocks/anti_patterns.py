"""`{{ anti-patterns }}`: what `make review` looks for, from the data that it runs on."""

from __future__ import annotations

from handbook import yamlfile
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the table of anti-patterns: how a novice and an expert sound, and how it is detected."""
    file = yamlfile.load(writer.book.root, "data/review.yml")
    head = [writer.text(key) for key in ("anti_pattern", "novice", "expert", "detect")]
    try:
        rows = [
            [f"**{pattern['name'][writer.language]}**"]
            + [pattern[key][writer.language] for key in ("novice", "expert", "detect")]
            for pattern in file.data["anti_patterns"]
        ]
    except (KeyError, TypeError) as error:
        raise WriteError(f"data/review.yml: no {error}") from error
    return writer.table(head, rows)
