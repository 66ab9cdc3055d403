"""`{{ sensitivity: model }}`: what the outputs of a model become when one input at a time moves by a step.

`{{ sensitivity: model, right, worth }}` shows these outputs alone, in this order.
"""

from __future__ import annotations

from dataclasses import replace

from handbook.problems import guess
from handbook.writer import WriteError, Writer, declared


def write(writer: Writer, argument: str) -> str:
    """Return a table: a row as declared, then one for each step, a column for each output."""
    numbers = writer.numbers()
    name, *chosen = (part.strip() for part in argument.split(","))
    model = declared(numbers, "models", numbers.models, name, "model")
    if not model.sensitivity:
        raise WriteError(f"the model `{name}` has no steps", "steps: {input: change}")
    for output in chosen:
        if output not in model.outputs:
            raise WriteError(f"the model `{name}` has no output `{output}`", guess(output, model.outputs))
    columns = [model.outputs.index(output) for output in chosen] or range(len(model.outputs))
    outputs = [numbers.quantities[model.outputs[column]] for column in columns]
    head = [writer.text("step"), *(output.labels[writer.language] for output in outputs)]
    rows = [["–", *map(writer.written, outputs)]]
    for key, step, values in model.sensitivity:
        moved = writer.quantity(*key.rsplit(":", 1))
        sign = "+" if step > 0 else ""
        moved_by = replace(moved, value=step, digits=None)
        # A share that rises from 5% "by 5%" may be at 5.25% or at 10%.
        share = moved.unit == "%"
        change = writer.text("points", n=writer.number(moved_by)) if share else writer.written(moved_by)
        after = [
            writer.written(replace(of, value=values[column]))
            for of, column in zip(outputs, columns, strict=True)
        ]
        rows.append([f"{moved.labels[writer.language]} {sign}{change}", *after])
    return writer.table(head, rows, right=tuple(range(1, len(head))))
