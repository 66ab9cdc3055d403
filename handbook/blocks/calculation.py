"""`{{ calculation: table }}`: inputs, formulas and results of one table of the page's numbers file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from handbook.numbers import Quantity, derivation
from handbook.numbers.quantities import ASSUMPTION, ModelRun, full_key, row_anchor
from handbook.writer import BrokenError, Writer, declared

#: Rows of a model's inputs beside it that are named again; more are only counted.
FEW = 4
#: Inputs of a model that a tip names.
MOST = 8


def write(writer: Writer, argument: str) -> str:
    """Return a table with a row for each quantity: what it is, its value, where it comes from."""
    numbers = writer.numbers()
    names = declared(numbers, "tables", numbers.tables, argument, "table")
    return table(writer, [full_key(writer.page.slug, name) for name in names], argument)


def table(writer: Writer, keys: Iterable[str], name: str = "") -> str:
    """Return the rows of quantities as a table; what a model was given is said in the first of its rows.

    Of later runs of the same model only what the first was not given is said.

    Args:
        writer: Writes the page.
        keys: Full keys of the quantities.
        name: Of the calculation table. A row that an earlier table has already gets no second anchor.
    """
    head = [writer.text(key) for key in ("quantity", "value", "from")]
    first = writer.rows.tables(writer.page)
    keys = list(keys)
    rows = []
    above = None
    runs: dict[str, tuple[str, str]] = {}
    for key in keys:
        quantity, own = _quantity(writer, key), key.removeprefix(f"{writer.page.slug}:")
        anchor = row_anchor(own) if first.get(key, name) == name else ""
        value = writer.marked(quantity, own, anchor=anchor)
        model = (quantity.place, quantity.model) if quantity.model else None
        if model and model == above:
            came = writer.text("same_model")
        else:
            came = origin(writer, quantity, keys, _told(writer, model, runs) if model else ())
        rows.append([quantity.labels[writer.language], value, came])
        above = model
    return writer.table(head, rows, right=(1,))


def _told(writer: Writer, run: tuple[str, str], runs: dict[str, tuple[str, str]]) -> Sequence[str]:
    """Return what the first run of the same model in this table was given, if that is another run."""
    first = runs.setdefault(_run(writer, *run).module, run)
    return () if first == run else _run(writer, *first).inputs


def _run(writer: Writer, place: str, name: str) -> ModelRun:
    return writer.book.numbers[place].models[name]


def _quantity(writer: Writer, key: str) -> Quantity:
    return writer.quantity(*key.rsplit(":", 1))


def origin(
    writer: Writer, quantity: Quantity, beside: Sequence[str] = (), told: Sequence[str] = ()
) -> str:
    """Return where a value comes from; operands that stand in no row beside it link to theirs.

    Args:
        writer: Writes the page.
        quantity: The value.
        beside: Full keys of the rows of its table.
        told: Inputs of its model that another row has said.
    """
    if quantity.model:
        return _from_model(writer, quantity, beside, told)
    if quantity.tree is None and "." in quantity.name:  # a part of a budget
        return _from_budget(writer, quantity)
    if quantity.tree is None:
        if quantity.source == ASSUMPTION:
            return writer.text("assumption")
        if quantity.source not in writer.book.sources:  # rule `sources` reports it where it is declared
            raise BrokenError(f"the source of `{quantity.name}` is broken")
        return writer.citation(quantity.source)
    parts = derivation.derive(quantity.tree, lambda key: _quantity(writer, key), writer.written)
    return "".join(
        part if isinstance(part, str) else _linked(writer, part.key, part.text, beside) for part in parts
    )


def _from_budget(writer: Writer, quantity: Quantity) -> str:
    budget = writer.book.numbers[quantity.place].budgets[quantity.name.partition(".")[0]]
    name, limit = budget.labels[writer.language], writer.written(budget.limit)
    return writer.text("from_budget", name=name, percentile=budget.percentile, limit=limit)


def _linked(writer: Writer, key: str, text: str, beside: Sequence[str]) -> str:
    link = "" if key in beside else writer.rows.link(writer.page, key)
    return f"[{text}]({link})" if link else text


def _from_model(writer: Writer, quantity: Quantity, beside: Sequence[str], told: Sequence[str]) -> str:
    """Return the model that gives a quantity, with a link to where it is explained, and what it is given."""
    model = _run(writer, quantity.place, quantity.model)
    explained = model.explained
    if explained.startswith("#") and quantity.place != writer.page.slug:
        way = posixpath.relpath(quantity.place, posixpath.dirname(writer.page.slug) or ".")
        explained = f"{way}.md{explained}"
    # What stands in rows beside it is counted there, and a tip is no table.
    inputs = list(dict.fromkeys(model.inputs))
    rows = [key for key in inputs if key in beside]
    shown = inputs if len(rows) < FEW else [key for key in inputs if key not in beside]
    shown = [key for key in shown if key not in told]
    cut = [] if beside else shown[MOST:]
    given = [
        _linked(writer, key, f"{of.labels[writer.language]} {writer.written(of)}", beside)
        for key in shown[: len(shown) - len(cut)]
        for of in [_quantity(writer, key)]
    ]
    if not told and len(shown) < len(inputs):
        given.append(writer.text("model_rows", n=len(rows)))
    if cut:
        given.append(writer.text("model_more", n=len(cut)))
    name = f"[{model.labels[writer.language]}]({explained})"
    if told:
        given.append(writer.text("model_again"))
    return writer.text("model", name=name, inputs=writer.speech.typography.semicolon.join(given))
