"""`{{ sources }}`: the bibliography of a page: all that it cites, in its text and in its tables."""

from __future__ import annotations

import html

from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the list of sources, each with an id that citations and links lead to."""
    sources = writer.bibliography()
    if not sources:
        raise WriteError("the page cites nothing")
    items, typography = [], writer.speech.typography
    for source in sources:
        authors, title, where = (
            html.escape(text) for text in (writer.authors(source), source.title, writer.where(source))
        )
        # A title that ends in a mark of its own gets no full stop.
        stop = typography.stop if title[-1] not in "?!？！" else " " if title[-1].isascii() else ""
        date = f'<span class="whole">{writer.text("checked", date=source.checked)}</span>'
        items.append(
            f'<li id="source-{source.key}">{authors}{typography.aside.format(writer.year(source))}'
            f'{typography.stop}<a href="{html.escape(source.url)}">{title}</a>{stop}'
            f"{where}{typography.semicolon}{date}</li>"
        )
    return '<ul class="sources">\n' + "\n".join(items) + "\n</ul>"
