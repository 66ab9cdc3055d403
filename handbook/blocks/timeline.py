"""`{{ timeline }}`: what is drawn on the whiteboard from minute to minute, and why."""

from __future__ import annotations

from handbook.writer import Writer, span


def write(writer: Writer, argument: str) -> str:
    """Return the whiteboard timeline as a table; its last row is the buffer, whose reason the table of the stages gives."""
    book, language = writer.book, writer.language
    head = [writer.text(key) for key in ("clock", "stage", "draw", "why")]
    names = {stage.id: stage.labels[language] for stage in book.stages}
    rows = [
        [
            span(entry.start, entry.end),
            writer.speech.typography.list.join(names[id_] for id_ in entry.stages),
            entry.what[language],
            entry.why[language],
        ]
        for entry in book.timeline
    ]
    buffer = book.buffer
    rows.append(
        [
            span(buffer.start, buffer.end),
            buffer.labels[language],
            buffer.establish[language],
            "",
        ]
    )
    return writer.table(head, rows)
