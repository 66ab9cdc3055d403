"""The page of each stage has what a reader comes to it for.

Why: the seven pages are read side by side; the same section stands at the same place on each.
Right: the ten sections in order, six questions, five pitfalls, a calculation, five self-check questions.
Wrong: a stage page without `{{ stage: data }}`, or whose `#see-also` has no `{{ same-stage: data }}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "stage-pages"

#: Sections in order.
SECTIONS = (
    "establish",
    "questions",
    "on-the-board",
    "numbers",
    "levels",
    "pitfalls",
    "moving-on",
    "sixty-seconds",
    "self-check",
    "see-also",
)
#: Rows of a section's first table, its head not counted.
ROWS = {"questions": 6, "pitfalls": 5}
QUESTIONS = 5


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check the page of a stage."""
    stage = page.slug.removeprefix("framework/")
    if page.slug != f"framework/{stage}" or stage not in {each.id for each in book.stages}:
        return
    if not any(block.text == "stage" and block.argument == stage for block in page.blocks):
        yield Problem(page.path, page.body_line, ID, f"no `{{{{ stage: {stage} }}}}`")
    order = [heading.id for heading in page.headings if heading.level == 2]
    for id_ in SECTIONS:
        if id_ not in order:
            yield Problem(page.path, 1, ID, f"no section `#{id_}`")
    present = [id_ for id_ in order if id_ in SECTIONS]
    if present != sorted(present, key=SECTIONS.index):
        yield Problem(page.path, 1, ID, f"the sections stand as {', '.join(present)}", ", ".join(SECTIONS))
    for id_, wanted in ROWS.items():
        span = _span(page, id_)
        tables = [table for table in page.tables if span and span[0] <= table.line <= span[1]]
        if span and (not tables or len(tables[0].rows) - 1 < wanted):
            rows = len(tables[0].rows) - 1 if tables else 0
            yield Problem(page.path, span[0] - 1, ID, f"`#{id_}` has {rows} rows of at least {wanted}")
    span = _span(page, "numbers")
    if span and not any(
        block.text in ("calculation", "budget") and span[0] <= block.line <= span[1] for block in page.blocks
    ):
        yield Problem(
            page.path, span[0] - 1, ID, "`#numbers` computes nothing", "add `{{ calculation: … }}`"
        )
    span = _span(page, "on-the-board")
    drawn = [*page.diagrams, *page.tables]
    if span and not any(span[0] <= item.line <= span[1] for item in drawn):
        yield Problem(page.path, span[0] - 1, ID, "`#on-the-board` shows no drawing and no table")
    span = _span(page, "self-check")
    asked = [a for a in page.admonitions if a.kind == "question" and span and span[0] <= a.line <= span[1]]
    if span and len(asked) < QUESTIONS:
        yield Problem(
            page.path, span[0] - 1, ID, f"{len(asked)} self-check questions of at least {QUESTIONS}"
        )
    span = _span(page, "see-also")
    if span and not any(
        block.text == "same-stage" and block.argument == stage and span[0] <= block.line <= span[1]
        for block in page.blocks
    ):
        yield Problem(
            page.path, span[0] - 1, ID, "`#see-also` links to no design", f"add `{{{{ same-stage: {stage} }}}}`"
        )


def _span(page: Page, id_: str) -> tuple[int, int] | None:
    heading = page.heading(id_)
    return page.section(heading) if heading else None


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True)
