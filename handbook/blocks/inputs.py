"""`{{ inputs }}`: what the derivations of the page calculate with and no table of it shows."""

from __future__ import annotations

from handbook.blocks import calculation
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a table with a row for each further input."""
    keys = writer.rows.further(writer.page)
    if not keys:
        raise WriteError("no derivation of the page has an input that its tables do not show")
    return calculation.table(writer, keys)
