"""Every worked design covers all seven stages, in order, each with its substance.

Why: the stages and their minutes are the framework; a design that skips one does not show it.
Right: `## Data {#data}` with `{{ stage: data }}` below and an argument of at least 150 words.
Wrong: monitoring before serving; a stage of three lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page

ID = "stages"

#: Words and characters below which a stage is a token. A Chinese character counts as half a word.
MINIMUM_WORDS = 150


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check presence, order, names, stage lines and length of the stages."""
    if not page.is_design:
        return
    found = []
    for stage in book.stages:
        heading = next((h for h in page.headings if h.level == 2 and h.id == stage.id), None)
        name = stage.labels[page.language]
        if heading is None:
            yield Problem(
                page.path,
                1,
                ID,
                f"stage {stage.number} is missing: {name}",
                f"add `## {name} {{#{stage.id}}}`",
            )
            continue
        found.append((stage, heading))
        if name.lower() not in heading.text.lower():
            yield Problem(
                page.path,
                heading.line,
                ID,
                f"the heading of `#{stage.id}` says “{heading.text}”, not “{name}”",
            )
        start, end = page.section(heading)
        blocks = [block for block in page.blocks if start <= block.line <= end]
        if not any(block.text == "stage" and block.argument == stage.id for block in blocks):
            yield Problem(
                page.path,
                heading.line,
                ID,
                f"{name}: its minutes are not shown",
                f"add `{{{{ stage: {stage.id} }}}}` below the heading",
            )
        words = count_words("\n".join(page.prose[start - 1 : end]))
        if words < MINIMUM_WORDS:
            yield Problem(
                page.path,
                heading.line,
                ID,
                f"{name} is only a token: {words} words of at least {MINIMUM_WORDS}",
            )
    for (first, heading), (second, later) in itertools.pairwise(found):
        if heading.line > later.line:
            yield Problem(
                page.path,
                later.line,
                ID,
                f"{second.labels[page.language]} comes before {first.labels[page.language]}",
                "the stages go in the framework's order",
            )


def count_words(text: str) -> int:
    """Count words; two Han characters count as one."""
    return len(re.findall(r"[A-Za-z0-9][\w'-]*", text)) + len(re.findall(r"[\u4e00-\u9fff]", text)) // 2


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True)
