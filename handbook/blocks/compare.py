"""`{{ compare }}`: the worked designs side by side, from `compare` in `data/designs.yml`.

A row for each of `designs.ROWS`, a column for each design. On a phone each design is a card, see `.compare`
in the style sheet; the labels that it needs there come from `handbook.render.finish`.
"""

from __future__ import annotations

from handbook.source.designs import HARDEST, ROWS, Design
from handbook.writer import BrokenError, WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a table of all designs that have a page in this language."""
    designs = writer.designs()
    if not designs:
        return ""
    head = ["", *(f"[{design.labels[writer.language]}]({writer.path_to(design.slug)})" for design in designs)]
    rows = [[writer.text(f"compare.{row}"), *(_cell(writer, each, row) for each in designs)] for row in ROWS]
    rows.append([writer.text(f"compare.{HARDEST}"), *(_hardest(writer, design) for design in designs)])
    return f'<div class="compare" data-search-exclude markdown>\n\n{writer.table(head, rows)}\n\n</div>'


def _cell(writer: Writer, design: Design, row: str) -> str:
    try:
        return writer.of_page(design.slug, design.compare[row].texts[writer.language])
    except WriteError as error:  # rule `values` reports it where it stands
        raise BrokenError(str(error), error.hint) from error


def _hardest(writer: Writer, design: Design) -> str:
    stage = next((stage for stage in writer.book.stages if stage.id == design.hardest), None)
    if stage is None:
        raise BrokenError(f"no stage `{design.hardest}`")
    link = f"[{stage.labels[writer.language]}]({writer.path_to(design.slug, stage.id)})"
    return f"{link}{writer.speech.typography.colon}{design.stages[stage.id][writer.language]}"
