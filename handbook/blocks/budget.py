"""`{{ budget: name }}`: a latency budget, component by component, against what the SLA allows."""

from __future__ import annotations

from handbook.problems import guess
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the budget as a table that ends in its sum."""
    budgets = writer.numbers().budgets
    if argument not in budgets:
        raise WriteError(f"unknown budget `{argument}`", guess(argument, budgets))
    budget, language = budgets[argument], writer.language
    rows: list[list[str]] = []
    for step in budget.steps:
        notes = [writer.text("parallel") if step.parallel else "", step.notes[language]]
        note = writer.speech.typography.semicolon.join(filter(None, notes))
        rows.append([step.labels[language], f"{step.milliseconds:g}", note])
        rows += [
            [f"∥ {part.labels[language]}", f"({part.milliseconds:g})", part.notes[language]]
            for part in step.parallel
        ]
    rows.append([writer.text("slack"), f"{budget.slack:g}", writer.text("slack_note")])
    limit = writer.text("of", limit=writer.written(budget.limit))
    rows.append([f"**{writer.text('sum')}**", f"**{budget.spent + budget.slack:g}**", limit])
    head = [writer.text("component"), f"{budget.percentile} (ms)", writer.text("note")]
    return writer.table(head, rows, right=(1,))
