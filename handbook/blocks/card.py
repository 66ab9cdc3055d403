"""`{{ card }}`: the key numbers of a design, as a list of names and values."""

from __future__ import annotations

import html

from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the card that the page's numbers file declares."""
    numbers = writer.numbers()
    if not numbers.card:
        raise WriteError(f"{numbers.path} has no card")
    items = []
    for row in numbers.card:
        try:
            label, value = row[writer.language], row[f"value_{writer.language}"]
        except KeyError as error:
            raise WriteError(f"a row of the card has no {error}") from error
        except TypeError as error:
            raise WriteError("a row of the card is not a mapping") from error
        items.append(f"<div><dt>{html.escape(str(label))}</dt><dd>{writer.values_in_html(str(value))}</dd></div>")
    return '<dl class="card">' + "".join(items) + "</dl>"
