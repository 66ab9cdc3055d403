"""`{{ practice-plan: weeks }}`: a plan of data/plans.yml, whose steps web/plans.js lets a reader tick."""

from __future__ import annotations

import html
import json

from handbook.problems import guess
from handbook.writer import WriteError, Writer

BOX = "☐"


def write(writer: Writer, argument: str) -> str:
    """Return a table for each part, with the sums of the minutes."""
    plans = writer.book.plans
    if argument not in plans:
        raise WriteError(f"unknown plan `{argument}`", guess(argument, plans) or "add it to data/plans.yml")
    plan = plans[argument]
    pages = writer.book.pages[writer.language]
    said = words(writer, "progress", "time", "short")
    blocks = [f'<div class="plan" data-plan="{plan.id}" data-words="{said}" markdown>']
    for part in plan.parts:
        ids = " ".join(step.id for step in part.steps)
        head = [writer.text(f"plans.{key}") for key in ("done", "step", "where")] + [writer.text("minutes")]
        rows = [
            [BOX, step.texts[writer.language], writer.link_to(step.to), str(step.takes(pages))]
            for step in part.steps
        ]
        blocks += [
            f"**{part.labels[writer.language]}** · {time(writer, part.takes(pages))}",
            f'<div class="plan-part" data-steps="{ids}" markdown>',
            writer.table(head, rows, right=(3,)),
            "</div>",
        ]
    if len(plan.parts) > 1:
        blocks.append(writer.text("plans.sum", time=time(writer, plan.takes(pages))))
    return "\n\n".join([*blocks, "</div>"])


def time(writer: Writer, minutes: int) -> str:
    """Return minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    return writer.text("plans.time" if hours else "plans.short", h=hours, m=rest)


def words(writer: Writer, *keys: str) -> str:
    """Return words for the script, as the value of an attribute; what it fills in keeps its braces."""
    fields = {name: f"{{{name}}}" for name in ("done", "all", "left", "h", "m", "time")}
    said = {key: writer.text(f"plans.{key}", **fields) for key in keys}
    return html.escape(json.dumps(said, ensure_ascii=False), quote=True)
