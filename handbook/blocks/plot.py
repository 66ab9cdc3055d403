"""`{{ plot: name }}`: curves of formulas over one swept input, and a table of their values, folded."""

from __future__ import annotations

from handbook import plots
from handbook.writer import Writer, declared


def write(writer: Writer, argument: str) -> str:
    """Return a fence that is drawn, in words for readers of Markdown, and the table."""
    numbers = writer.numbers()
    plot = declared(numbers, "plots", numbers.plots, argument, "plot")
    code = writer.language
    title, description = (writer.values(words[code]) for words in (plot.labels, plot.descriptions))
    head = [writer.values(plot.x.labels[code]), *(writer.values(curve.labels[code]) for curve in plot.curves)]
    rows = [
        [
            plots.written(writer, plot.x, place),
            *(plots.written(writer, plot.y, curve.rows[row], 2) for curve in plot.curves),
        ]
        for row, place in enumerate(plot.rows)
    ]
    table = writer.table(head, rows, right=tuple(range(len(head))))
    folded = "\n".join(f"    {line}" if line else "" for line in table.splitlines())
    fence = "\n".join(["```plot", plot.name, title, description, "```"])
    return f'{fence}\n\n??? note "{writer.text("plot.values", title=title)}"\n{folded}'
