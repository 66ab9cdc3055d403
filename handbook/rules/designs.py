"""A worked design has the skeleton, the artefacts and the points of its problem.

Why: readers compare designs section by section, and the stage pages link into them by these ids.
Right: the card, seven stages with their boxes, a metrics table, a serving diagram with `ms` on it,
    dotted arrows from monitoring back to data and model, twelve questions linked to stages.
Wrong: a question whose answer links to no stage; a serving diagram without a latency.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from handbook import diagrams
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.writer import WriteError, Writer

ID = "designs"

#: Sections beside the stages, with their order on the page.
SECTIONS = (
    "board",
    "board-over-time",
    "trade-offs",
    "build-first",
    "degradation",
    "organisation",
    "levels",
    "rubric",
    "follow-ups",
    "sources",
)
FOLLOW_UPS = 12
_MILLISECONDS = re.compile(r"\d\s*ms\b")

#: What each stage's admonitions must bring.
ADMONITIONS = ("decision", "board", "signal", "trap")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check a worked design."""
    if not page.is_design or not book.stages:
        return
    yield from _skeleton(book, page)
    yield from _artefacts(book, page)
    id_ = page.slug.removeprefix("designs/")
    if id_ not in book.designs:
        yield Problem(page.path, 1, ID, f"`{id_}` is not in data/designs.yml", "add it with its points")
        return
    text = "\n".join(page.prose)
    for point in book.designs[id_].must_discuss:
        pattern = point.patterns[page.language]
        if not pattern.search(text):
            message = f"the page never discusses: {point.labels[page.language]}"
            yield Problem(page.path, 1, ID, message, f"looked for /{pattern.pattern}/")


def _skeleton(book: Book, page: Page) -> Iterator[Problem]:
    if not any(block.text == "card" for block in page.blocks):
        yield Problem(page.path, page.body_line, ID, "no card of key numbers", "add `{{ card }}`")
    for id_ in SECTIONS:
        if page.heading(id_) is None:
            yield Problem(page.path, 1, ID, f"no section `#{id_}`")
    present = [heading for heading in page.headings if heading.id in SECTIONS]
    for first, second in itertools.pairwise(present):
        if SECTIONS.index(first.id) > SECTIONS.index(second.id):
            yield Problem(page.path, second.line, ID, f"`#{second.id}` comes after `#{first.id}`")
    for stage in book.stages:
        heading = page.heading(stage.id)
        if heading is None:
            continue
        start, end = page.section(heading)
        said = "\n".join(page.lines[start - 1 : end])
        for point in stage.must_name:
            if not point.patterns[page.language].search(said):
                name = point.labels[book.languages.original.code]
                yield Problem(page.path, heading.line, ID, f"the {stage.id} stage has no {name}")
        kinds = {a.kind for a in page.admonitions if start <= a.line <= end}
        for kind in ADMONITIONS:
            if kind not in kinds:
                yield Problem(
                    page.path,
                    heading.line,
                    ID,
                    f"{stage.labels[page.language]} has no `{kind}` box",
                    f'add `!!! {kind} "…"`',
                )
    questions = [a for a in page.admonitions if a.kind == "question"]
    if len(questions) < FOLLOW_UPS:
        heading = page.heading("follow-ups")
        yield Problem(
            page.path,
            heading.line if heading else 1,
            ID,
            f"{len(questions)} follow-up questions of at least {FOLLOW_UPS}",
        )
    stages = {f"#{stage.id}" for stage in book.stages}
    headings = {h.id: h.line for h in page.headings}
    for question in questions:
        targets = {link.target for link in page.links if question.line <= link.line <= question.end}
        # A deeper anchor counts for the stage that it stands in.
        if not any(target in stages or _stage_of(book, page, headings, target) for target in targets):
            yield Problem(
                page.path,
                question.line,
                ID,
                f"the answer to “{question.title}” links to no stage",
                f"for example [{book.stages[0].labels[page.language]}](#{book.stages[0].id})",
            )


def _stage_of(book: Book, page: Page, headings: dict[str, int], target: str) -> bool:
    line = headings.get(target.removeprefix("#"))
    if not target.startswith("#") or line is None:
        return False
    for stage in book.stages:
        heading = page.heading(stage.id)
        if heading is not None and heading.line <= line <= page.section(heading)[1]:
            return True
    return False


def _artefacts(book: Book, page: Page) -> Iterator[Problem]:
    metrics, serving, monitoring = (page.heading(id_) for id_ in ("metrics", "serving", "monitoring"))
    if metrics is not None:
        start, end = page.section(metrics)
        if not any(start <= table.line <= end for table in page.tables):
            yield Problem(page.path, metrics.line, ID, "the metrics stage has no table")
    if serving is not None:
        drawn = _drawn(book, page, *page.section(serving))
        if not drawn:
            yield Problem(page.path, serving.line, ID, "the serving stage has no diagram")
        elif not any("{{" in source or _MILLISECONDS.search(source) for source in drawn):
            yield Problem(
                page.path,
                serving.line,
                ID,
                "the serving diagram has no latency on it",
                "write `{{ budget.step }}` on the arrows",
            )
    if monitoring is not None:
        start, end = page.section(monitoring)
        sources = _drawn(book, page, start, end)
        for loop in book.loops:
            if not any(_has_loop(source, loop.origin, loop.target) for source in sources):
                yield Problem(
                    page.path,
                    monitoring.line,
                    ID,
                    f"no arrow from {loop.origin} back to {loop.target}",
                    f"draw `{loop.origin} -.-> {loop.target}` in the monitoring diagram; node ids are these names or begin with them and `_`",
                )


def _drawn(book: Book, page: Page, start: int, end: int) -> list[str]:
    """Return the diagrams between two lines, with their values filled in."""
    writer, drawn = Writer(book, page), []
    for fence in page.diagrams:
        if start <= fence.line <= end:
            try:
                drawn.append(writer.values(fence.source))
            except WriteError:
                drawn.append(fence.source)  # rule `values` reports it
    return drawn


def _has_loop(source: str, origin: str, target: str) -> bool:
    try:
        edges = diagrams.structure(source).edges
    except diagrams.DiagramError:
        return True  # rule `diagrams` reports it
    # `monitoring_scores -.-> model` closes the loop as `monitoring -.-> model` does.
    return any(edge[0].split("_")[0] == origin and edge[1].split("_")[0] == target for edge in edges)


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True)
