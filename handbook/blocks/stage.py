"""`{{ stage: data }}`: a stage's place in the interview: its number, its minutes, what is drawn then."""

from __future__ import annotations

import html

from handbook.problems import guess
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return one line about a stage."""
    stages = writer.book.stages
    stage = next((stage for stage in stages if stage.id == argument), None)
    if stage is None:
        raise WriteError(f"unknown stage `{argument}`", guess(argument, [stage.id for stage in stages]))
    draws = [entry.what[writer.language] for entry in writer.book.timeline if argument in entry.stages]
    spans = (
        ("stage-number", writer.text("stage_of", k=stage.number, n=len(stages))),
        ("stage-minutes", writer.text("min", n=stage.minutes)),
        ("stage-clock", writer.text("minute_span", a=stage.start, b=stage.end)),
        ("stage-draw", writer.speech.typography.semicolon.join(draws)),
    )
    inner = " ".join(f'<span class="{name}">{html.escape(text)}</span>' for name, text in spans)
    return f'<p class="stage-meta">{inner}</p>'
