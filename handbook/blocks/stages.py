"""`{{ stages }}`: the seven stages and the buffer, with their minutes and what each must establish."""

from __future__ import annotations

from handbook.writer import Writer, span


def write(writer: Writer, argument: str) -> str:
    """Return the table of the stages, which ends in the sum of their minutes."""
    book, language = writer.book, writer.language
    head = ["#", *(writer.text(key) for key in ("stage", "minutes", "clock", "establish", "why"))]
    rows = [
        [
            str(stage.number) if stage in book.stages else "",
            f"**{stage.labels[language]}**",
            str(stage.minutes),
            span(stage.start, stage.end),
            stage.establish[language],
            stage.reason[language],
        ]
        for stage in [*book.stages, book.buffer]
    ]
    rows.append(["", f"**{writer.text('sum')}**", f"**{book.minutes}**", "", "", ""])
    return writer.table(head, rows, right=(0, 2))
