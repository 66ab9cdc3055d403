"""`{{ sources }}`: the bibliography of a page: all that it cites, in its text and in its tables."""

from __future__ import annotations

import html

from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return the list of sources, each with an id that citations and links lead to."""
    sources = writer.bibliography()
    if not sources:
        raise WriteError("the page cites nothing")
    items = []
    for source in sources:
        authors, title, where = (
            html.escape(text) for text in (writer.authors(source), source.title, writer.where(source))
        )
        around, behind = writer.set_like(source.title), writer.set_like(source.where)
        # A title that ends in a mark of its own gets no full stop.
        stop = around.stop if title[-1] not in "?!？！" else " " if title[-1].isascii() else ""
        date = f'<span class="whole">{writer.text("checked", date=source.checked)}</span>'
        items.append(
            f'<li id="source-{source.key}">{authors}{around.aside.format(writer.year(source))}'
            f'{around.stop}<a href="{html.escape(source.url)}">{title}</a>{stop}'
            f"{where}{behind.semicolon}{date}</li>"
        )
    return '<ul class="sources">\n' + "\n".join(items) + "\n</ul>"
