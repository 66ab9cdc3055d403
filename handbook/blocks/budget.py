"""`{{ budget: name }}`: a latency budget, component by component, against what the SLA allows."""

from __future__ import annotations

from handbook.writer import Writer, declared


def write(writer: Writer, argument: str) -> str:
    """Return the budget as a table that ends in its sum."""
    numbers, language = writer.numbers(), writer.language
    budget = declared(numbers, "budgets", numbers.budgets, argument, "budget")
    rows: list[list[str]] = []
    for step in budget.steps:
        notes = [writer.text("parallel") if step.parallel else "", step.notes[language]]
        note = writer.speech.typography.semicolon.join(filter(None, notes))
        rows.append([step.labels[language], _number(step.milliseconds), note])
        rows += [
            [f"∥ {part.labels[language]}", f"({_number(part.milliseconds)})", part.notes[language]]
            for part in step.parallel
        ]
    rows.append([writer.text("slack"), _number(budget.slack), writer.text("slack_note")])
    limit = writer.text("of", limit=writer.written(budget.limit))
    rows.append([f"**{writer.text('sum')}**", f"**{_number(budget.spent + budget.slack)}**", limit])
    head = [writer.text("component"), f"{budget.percentile} (ms)", writer.text("note")]
    return writer.table(head, rows, right=(1,))


def _number(milliseconds: float) -> str:
    return f"{milliseconds:,g}"
