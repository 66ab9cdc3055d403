"""`{{ calculation: table }}`: inputs, formulas and results of one table of the page's numbers file."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.numbers import Quantity, derivation
from handbook.numbers.quantities import ASSUMPTION, full_key, row_anchor
from handbook.problems import guess
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a table with a row for each quantity: what it is, its value, where it comes from."""
    numbers = writer.numbers()
    if argument not in numbers.tables:
        raise WriteError(f"unknown table `{argument}`", guess(argument, numbers.tables))
    return table(writer, [full_key(writer.page.slug, name) for name in numbers.tables[argument]], argument)


def table(writer: Writer, keys: Iterable[str], name: str = "") -> str:
    """Return the rows of quantities as a table.

    Args:
        writer: Writes the page.
        keys: Full keys of the quantities.
        name: Of the calculation table. A row that an earlier table has already gets no second anchor.
    """
    head = [writer.text(key) for key in ("quantity", "value", "from")]
    first = writer.rows.tables(writer.page)
    keys = list(keys)
    rows = []
    for key in keys:
        quantity, own = _quantity(writer, key), key.removeprefix(f"{writer.page.slug}:")
        anchor = row_anchor(own) if first.get(key, name) == name else ""
        value = writer.marked(quantity, own, anchor=anchor)
        rows.append([quantity.labels[writer.language], value, _origin(writer, quantity, keys)])
    return writer.table(head, rows, right=(1,))


def _quantity(writer: Writer, key: str) -> Quantity:
    return writer.quantity(*key.rsplit(":", 1))


def _origin(writer: Writer, quantity: Quantity, beside: list[str]) -> str:
    """Return where a value comes from; operands that stand in no row beside it link to theirs."""
    if quantity.tree is None:
        return writer.text("assumption") if quantity.source == ASSUMPTION else writer.citation(quantity.source)
    parts = derivation.derive(quantity.tree, lambda key: _quantity(writer, key), writer.written)
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        else:
            link = "" if part.key in beside else writer.rows.link(writer.page, part.key)
            texts.append(f"[{part.text}]({link})" if link else part.text)
    return "".join(texts)
