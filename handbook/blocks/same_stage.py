"""`{{ same-stage: data }}`: links to one stage in every worked design, with what is special about it."""

from __future__ import annotations

from handbook.problems import guess
from handbook.writer import WriteError, Writer

#: The page that shows what the designs decide in each stage.
BY_STAGE = "designs/by-stage"
#: The page that says what to write in each stage.
TEMPLATES = "references/ml-design-templates"


def write(writer: Writer, argument: str) -> str:
    """Return a sentence and a list with an entry for each design that has a page in this language."""
    stages = [stage.id for stage in writer.book.stages]
    if argument not in stages:
        raise WriteError(f"unknown stage `{argument}`", guess(argument, stages))
    typography = writer.speech.typography
    lines = []
    for design in writer.designs():
        link = f"[{design.labels[writer.language]}]({writer.path_to(design.slug, argument)})"
        note = design.stages[argument][writer.language]
        lines.append(f"- {link}{typography.colon}{note}{typography.stop.rstrip()}")
    if not lines:
        return ""
    return "\n".join([_said(writer, argument), "", *lines, *_form(writer, argument)])


def _said(writer: Writer, stage: str) -> str:
    if BY_STAGE not in writer.book.pages[writer.language]:
        return writer.text("same_stage")
    return writer.text("same_stage_row", link=writer.path_to(BY_STAGE, stage))


def _form(writer: Writer, stage: str) -> list[str]:
    """Return where the lines to fill in stand, on the pages that are not that one."""
    if TEMPLATES not in writer.book.pages[writer.language] or writer.page.slug == TEMPLATES:
        return []
    return ["", writer.text("same_stage_form", link=writer.path_to(TEMPLATES, stage))]
