"""`{{ card }}`: the key numbers of a design, as a list of names and values."""

from __future__ import annotations

import html

from handbook.writer import BrokenError, WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the card that the page's numbers file declares."""
    numbers, language = writer.numbers(), writer.language
    if numbers.is_broken("card"):
        raise BrokenError("the card is broken")
    if not numbers.card:
        raise WriteError(f"{numbers.path} has no card")
    items = []
    for row in numbers.card:
        try:
            value = writer.values_in_html(row.values[language])
        except WriteError as error:  # rule `values` reports it where it stands
            raise BrokenError(str(error), error.hint) from error
        items.append(f"<div><dt>{html.escape(row.labels[language])}</dt><dd>{value}</dd></div>")
    return '<dl class="card">' + "".join(items) + "</dl>"
