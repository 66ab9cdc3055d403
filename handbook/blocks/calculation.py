"""`{{ calculation: table }}`: inputs, formulas and results of one table of the page's numbers file."""

from __future__ import annotations

import ast

from handbook.numbers import Quantity, formula
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
        quantity = numbers.quantities[name]
        value = writer.marked(quantity, name, anchor=writer.row_anchor(argument, name))
        rows.append([quantity.labels[writer.language], value, _origin(writer, quantity)])
    return writer.table(head, rows, right=(1,))


def _origin(writer: Writer, quantity: Quantity) -> str:
    if quantity.formula is None:
        if quantity.source == "assumption":
            return writer.text("assumption")
        return writer.citation(quantity.source)
    operands = {name: _operand(writer, quantity, name) for name in formula.names(quantity.formula)}
    values = {name: operand.value for name, operand in operands.items()}

    def text(name: str) -> str:
        # A constant is one day, one hour and so on; one of something is there for the units.
        if name in formula.CONSTANTS or formula.calculator(values[name]) == 1:
            return ""
        return writer.written(operands[name])

    def hidden(term: ast.expr) -> str:
        return formula.hidden_factor(term, values, quantity.value.units)

    return formula.write(quantity.formula, text, hidden)


def _operand(writer: Writer, result: Quantity, name: str) -> Quantity:
    known = writer.book.numbers
    own = next(numbers.quantities for numbers in known.values() if numbers.quantities.get(result.name) is result)
    if name in own:
        return own[name]
    slug, _, key = name.rpartition(":")
    return known[slug].quantities[key]
