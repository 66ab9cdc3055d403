"""`{{ decisions: data }}`: what every worked design decides in one stage, from the box on its own page."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import guess
from handbook.source import Page
from handbook.source.framework import Stage
from handbook.writer import WriteError, Writer


def write(writer: Writer, argument: str) -> str:
    """Return a box for each design that has a page in this language; search finds it on the design's page."""
    stages = {stage.id: stage for stage in writer.book.stages}
    if argument not in stages:
        raise WriteError(f"unknown stage `{argument}`", guess(argument, stages))
    boxes = "\n\n".join(_boxes(writer, stages[argument]))
    return f'<div data-search-exclude markdown>\n\n{boxes}\n\n</div>' if boxes else ""


def _boxes(writer: Writer, stage: Stage) -> Iterator[str]:
    language = writer.language
    for design in writer.designs():
        decided = _decided(writer.book.pages[language][design.slug], stage)
        if not decided:
            continue  # rule `designs` reports it
        name = design.labels[language]
        title = f"{name}{writer.speech.typography.colon}{design.stages[stage.id][language]}"
        read = writer.text("decision_of", design=name, stage=stage.labels[language])
        body = f"{writer.of_page(design.slug, decided)}\n\n[{read}]({writer.path_to(design.slug, stage.id)})"
        lines = (f"    {line}" if line else line for line in body.split("\n"))
        yield "\n".join([f'!!! decision "{title}"', *lines])


def _decided(page: Page, stage: Stage) -> str:
    """Return what the decision box of a stage says."""
    heading = page.heading(stage.id)
    if heading is None:
        return ""
    start, end = page.section(heading)
    boxes = (box for box in page.admonitions if box.kind == "decision" and start <= box.line <= end)
    box = next(boxes, None)
    return "\n".join(line.removeprefix("    ") for line in page.lines[box.line : box.end]) if box else ""
