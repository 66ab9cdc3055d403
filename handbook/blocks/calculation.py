"""`{{ calculation: table }}`: inputs, formulas and results of one table of the page's numbers file."""

from __future__ import annotations

from handbook.numbers import Quantity, derivation
from handbook.numbers.quantities import ASSUMPTION, full_key
from handbook.problems import guess
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a table with a row for each quantity: what it is, its value, where it comes from."""
    numbers = writer.numbers()
    if argument not in numbers.tables:
        raise WriteError(f"unknown table `{argument}`", guess(argument, numbers.tables))
    head = [writer.text(key) for key in ("quantity", "value", "from")]
    rows = []
    for name in numbers.tables[argument]:
        quantity = _quantity(writer, full_key(writer.page.slug, name))
        value = writer.marked(quantity, name, anchor=writer.row_anchor(argument, name))
        rows.append([quantity.labels[writer.language], value, _origin(writer, quantity)])
    return writer.table(head, rows, right=(1,))


def _quantity(writer: Writer, key: str) -> Quantity:
    return writer.quantity(*key.rsplit(":", 1))


def _origin(writer: Writer, quantity: Quantity) -> str:
    if quantity.tree is not None:
        parts = derivation.derive(quantity.tree, lambda key: _quantity(writer, key), writer.written)
        return derivation.text(parts)
    if quantity.source == ASSUMPTION:
        return writer.text("assumption")
    return writer.citation(quantity.source)
