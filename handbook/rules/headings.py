"""One title, explicit ids that are unique, no level skipped, no empty section.

Why: the id is the published address of a section, the same in both languages; one made from the
text changes with it and is `_1` for a Chinese title.
Right: `## 数据 {#data}`
Wrong: `## 数据`, a second `{#data}`, `####` below `##`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.source.book import Book
from handbook.source.page import Page
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "headings"


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Check the headings of a page."""
    titles = [heading for heading in page.headings if heading.level == 1]
    if len(titles) != 1:
        line = titles[1].line if titles else page.body_line
        yield Problem(page.path, line, ID, f"{len(titles)} level-1 headings, not one")
    for number, line in enumerate(page.prose[1:], 2):
        # A table's rule and a list's dashes look alike; a heading's line stands under plain text.
        if re.fullmatch(r"=+|-{3,}", line.strip()) and re.match(r"[^\s|>#\-*:]", page.prose[number - 2]):
            yield Problem(page.path, number, ID, "an underlined heading", "write `## Text {#id}`")
    seen: dict[str, int] = {}
    level = 0
    for heading in page.headings:
        if not heading.id:
            yield Problem(
                page.path,
                heading.line,
                ID,
                f"“{heading.text}” has no explicit id",
                "write `## Text {#id}`, the same id in both languages",
            )
        elif heading.id in seen:
            yield Problem(
                page.path,
                heading.line,
                ID,
                f"the id `{heading.id}` stands twice",
                f"first at line {seen[heading.id]}",
            )
        seen.setdefault(heading.id, heading.line)
        if heading.level > level + 1:
            yield Problem(
                page.path,
                heading.line,
                ID,
                f"“{heading.text}” jumps from level {level} to level {heading.level}",
            )
        level = heading.level
        start, end = page.section(heading)
        fenced = any(start <= fence.line <= end for fence in page.fences)
        if not fenced and not any(line.strip() for line in page.prose[start - 1 : end]):
            yield Problem(page.path, heading.line, ID, f"“{heading.text}” is an empty section")


RULE = Rule(ID, Scope.PAGE, __doc__, check, needs_data=False)
