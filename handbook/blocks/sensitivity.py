"""`{{ sensitivity: model }}`: what the outputs of a model become when one input at a time moves by a step."""

from __future__ import annotations

from dataclasses import replace

from handbook.writer import WriteError, Writer, declared


def write(writer: Writer, argument: str) -> str:
    """Return a table: a row as declared, then one for each step, a column for each output."""
    numbers = writer.numbers()
    model = declared(numbers, "models", numbers.models, argument, "model")
    if not model.sensitivity:
        raise WriteError(f"the model `{argument}` has no steps", "steps: {input: change}")
    outputs = [numbers.quantities[name] for name in model.outputs]
    head = [writer.text("step"), *(output.labels[writer.language] for output in outputs)]
    rows = [["–", *map(writer.written, outputs)]]
    for key, step, values in model.sensitivity:
        moved = writer.quantity(*key.rsplit(":", 1))
        sign = "+" if step > 0 else ""
        change = writer.written(replace(moved, value=step, digits=None))
        after = [writer.written(replace(of, value=value)) for of, value in zip(outputs, values, strict=True)]
        rows.append([f"{moved.labels[writer.language]} {sign}{change}", *after])
    return writer.table(head, rows, right=tuple(range(1, len(head))))
