"""One title, explicit ids that are unique, no level skipped, no empty section.

Why: the id is the published address of a section, the same in both languages; one made from the
text changes with it and is `_1` for a Chinese title.
Right: `## 数据 {#data}`
Wrong: `## 数据`, a second `{#data}`, `{#v1.2}`, `####` below `##`, `> ## 数据`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.outline import outline
from handbook.source.page import HEADING, Page

ID = "headings"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_HINT = "lower-case letters, digits and hyphens"


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
    yield from _ids(page)
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


def _ids(page: Page) -> Iterator[Problem]:
    """Report ids that are none, and headings inside a quote, box or list: their ids would be made up."""
    for number, line in enumerate(page.prose, 1):
        match = HEADING.match(line)
        for id_ in re.findall(r"#(\S+)", match["attrs"] or "") if match else ():
            if not _ID.fullmatch(id_):
                yield Problem(page.path, number, ID, f"`{id_}` is not an id", _ID_HINT)
    for top in outline(page):
        for block in top.walk():
            if block.kind == "heading" and block is not top:
                yield Problem(
                    page.path, block.line, ID, f"“{block.text}” is a heading inside a {top.kind}", "write it bold"
                )


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, needs_all=False)
