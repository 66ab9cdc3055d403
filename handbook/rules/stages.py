"""Rule `stages`: every worked design covers all seven stages, in order, each with its substance."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from handbook.source.book import Book, Stage
from handbook.source.page import Page
from handbook.problems import Problem

RULE = "stages"

#: Words and characters below which a stage is a token. A Chinese character counts as half a word.
MINIMUM_WORDS = 150


def check(book: Book) -> Iterator[Problem]:
    """Check presence, order, names, stage lines and length of the stages."""
    for page in book.all_pages():
        if page.is_design:
            yield from _check_design(book.stages, page)


def _check_design(stages: list[Stage], page: Page) -> Iterator[Problem]:
    found = []
    for stage in stages:
        heading = next((h for h in page.headings if h.level == 2 and h.id == stage.id), None)
        name = stage.labels[page.language]
        if heading is None:
            yield Problem(
                page.path,
                1,
                RULE,
                f"stage {stage.number} is missing: {name}",
                f"add `## {name} {{#{stage.id}}}`",
            )
            continue
        found.append((stage, heading))
        if name.lower() not in heading.text.lower():
            yield Problem(
                page.path,
                heading.line,
                RULE,
                f"the heading of `#{stage.id}` says “{heading.text}”, not “{name}”",
            )
        start, end = page.section(heading)
        blocks = [block for block in page.blocks if start <= block.line <= end]
        if not any(block.text == "stage" and block.argument == stage.id for block in blocks):
            yield Problem(
                page.path,
                heading.line,
                RULE,
                f"{name}: its minutes are not shown",
                f"add `{{{{ stage: {stage.id} }}}}` below the heading",
            )
        words = count_words("\n".join(page.prose[start - 1 : end]))
        if words < MINIMUM_WORDS:
            yield Problem(
                page.path,
                heading.line,
                RULE,
                f"{name} is only a token: {words} words of at least {MINIMUM_WORDS}",
            )
    for (first, heading), (second, later) in itertools.pairwise(found):
        if heading.line > later.line:
            yield Problem(
                page.path,
                later.line,
                RULE,
                f"{second.labels[page.language]} comes before {first.labels[page.language]}",
                "the stages go in the framework's order",
            )


def count_words(text: str) -> int:
    """Count words; two Han characters count as one."""
    return len(re.findall(r"[A-Za-z0-9][\w'-]*", text)) + len(re.findall(r"[\u4e00-\u9fff]", text)) // 2
