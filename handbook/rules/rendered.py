"""A page shows what its author wrote: what the rules read in the Markdown is what the HTML has.

The page is rendered as it will be published, with values and blocks left out, and compared: headings
with their ids, tables with their size, boxes, list items with their depth, fences, links. No Markdown
shows through as text.

Why: Markdown never says that it does not understand. A box with wrong quotes becomes a line of text, a
list nested by two spaces becomes flat, a table without an empty line before it becomes bars; every rule
that counts boxes, rows or items then counts what no reader sees.
Right: `!!! trap "Title"`, its text indented by four spaces; an empty line before a list or a table.
Wrong: `!!! trap “Title”`, `- a` with `  - b` below it, `[text] (page.md)`, a heading inside a quote.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from handbook import blocks, mathml, passed
from handbook.problems import Problem, ProblemsError
from handbook.render import Renderer, RenderError, allowed, extensions, facts, marks
from handbook.rules.rule import Rule, Scope
from handbook.source import page as pages
from handbook.source.book import Book
from handbook.source.page import CITATION, VALUE, Page

ID = "rendered"

CONFIGURATION = "mkdocs.yml"
#: What boxes may be: the kinds that the style sheet draws.
KINDS = ("decision", "board", "signal", "trap", "question", "note")

#: As many characters of a text tell where it stands.
_ENOUGH = 8

_Source = TypeVar("_Source")
_Html = TypeVar("_Html")


def check(book: Book) -> Iterator[Problem]:
    """Render each page and compare."""
    try:
        renderer = Renderer(extensions(book.root, CONFIGURATION))
    except ProblemsError as error:
        yield from error.problems
        return
    except RenderError as error:
        yield Problem(CONFIGURATION, 1, ID, " ".join(str(error).split()))
        return
    code = renderer.version + passed.code(Path(__file__), Path(pages.__file__), Path(blocks.__file__))
    before, now = passed.read(book.root, ID), set()
    for page in book.all_pages():
        key = passed.key(code, page.text)
        found = [] if key in before else list(compare(page, renderer))
        yield from found
        if not found:
            now.add(key)
    if now != before:
        passed.write(book.root, ID, now)


def compare(page: Page, renderer: Renderer) -> Iterator[Problem]:
    """Report where a page's HTML is not what its Markdown says."""
    neutral = _Neutral(page)
    try:
        rendered = renderer.render(
            neutral.markdown, draw={"mermaid": lambda source, options: "<figure>drawn</figure>"}
        )
    except RenderError as error:
        yield Problem(page.path, page.body_line, ID, str(error))
        return
    except mathml.MathError:
        return  # the rule `formulas` reports it, at its line
    found = facts.read(rendered.html)
    for line, message, hint in sorted(
        {
            *_headings(neutral, found),
            *_tables(neutral, found),
            *_boxes(neutral, found),
            *_items(neutral, found),
            *_indents(neutral),
            *_fences(neutral, found),
            *_links(neutral, found),
            *_blocks(neutral, found),
            *_shown(neutral, found),
            *_refused(neutral, found),
        }
    ):
        yield Problem(page.path, line, ID, message, hint)


_Found = Iterator[tuple[int, str, str]]


class _Neutral:
    """A page without what is filled in later, line by line."""

    def __init__(self, page: Page) -> None:
        self.before = page.body_line - 1
        blocks = {mark.line: number for number, mark in enumerate(page.blocks)}
        fenced = {number for fence in page.fences for number in fence.covered}
        lines = [""] * self.before
        for number, line in enumerate(page.lines[self.before :], page.body_line):
            if number in blocks:
                line = line[: len(line) - len(line.lstrip())] + _token(blocks[number])
            elif number not in fenced:
                line = CITATION.sub("(0)", VALUE.sub("0", line))
            lines.append(line)
        self.blocks = {_token(number): line for line, number in blocks.items()}
        self.page = pages.Page(
            page.path, page.language, page.slug, "\n".join(lines), page.meta, page.body_line
        )

    @property
    def markdown(self) -> str:
        return "\n".join(self.page.lines[self.before :])

    @cached_property
    def prose(self) -> list[str]:
        return self.page.prose

    def line(self, text: str, default: int | None = None) -> int:
        """Return the line that a text stands on: as it is, or the longest beginning of it."""
        written = "\n".join(self.prose)
        size = bisect.bisect_left(range(1, len(text) + 1), True, key=lambda size: text[:size] not in written)
        if text[:size].strip() and size >= min(len(text), _ENOUGH):
            return written.count("\n", 0, written.index(text[:size])) + 1
        return default if default is not None else self.before + 1


def _token(number: int) -> str:
    return f"\ue101{number}\ue102"


def _key(text: str) -> str:
    """Return the letters and digits of a text as a reader sees it."""
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)(?:\{[^{}]*\})?", r"\1", text)
    text = re.sub(r"<[^<>]*>|\{[:#.][^{}]*\}|&#?\w+;|\\\(.*?\\\)", "", text)
    return re.sub(r"[\W_]+", "", text)


def _pair(
    source: Sequence[_Source], html: Sequence[_Html], same: Callable[[_Source, _Html], bool]
) -> Iterator[tuple[_Source | None, _Html | None]]:
    """Yield what belongs together, in order; what only one side has stands with None."""
    start = 0
    for one in source:
        match = next((index for index in range(start, len(html)) if same(one, html[index])), None)
        if match is None:
            yield one, None
            continue
        for other in html[start:match]:
            yield None, other
        yield one, html[match]
        start = match + 1
    for other in html[start:]:
        yield None, other


def _headings(neutral: _Neutral, found: facts.Facts) -> _Found:
    headings = neutral.page.headings
    for mine, shown in _pair(
        headings, found.headings, lambda a, b: a.level == b.level and _key(a.text) == _key(b.text)
    ):
        if shown is None and mine is not None:
            yield mine.line, f"“{mine.text}” is not shown as a heading", "an empty line before it; no indentation"
        elif mine is None and shown is not None:
            line = neutral.line(f"# {shown.text}", neutral.line(shown.text))
            message = f"“{shown.text}” is a heading that the rules do not see"
            yield line, message, "bold text inside a quote, a list or a box; elsewhere `## Title {#id}`"
        elif mine is not None and shown is not None and mine.id and mine.id != shown.id:
            hint = "letters, digits, hyphens and underscores"
            yield mine.line, f"the id `{shown.id}` of “{mine.text}” is read as `{mine.id}`", hint


def _tables(neutral: _Neutral, found: facts.Facts) -> _Found:
    hint = "an empty line before it; as many dashes cells as heads"
    for mine, shown in _paired_tables(neutral, found):
        if shown is None and mine is not None:
            yield mine.line, "this table is not shown as a table", hint
        elif mine is None and shown is not None:
            yield neutral.line(shown.head.split(" ")[0]), "a table that the rules do not see", hint
        elif mine is not None and shown is not None:
            rows, columns = mine.shape[0], len(mine.rows[0])
            if (rows, columns) != (shown.rows, shown.columns):
                message = f"the table is shown with {shown.rows} × {shown.columns} cells, not {rows} × {columns}"
                yield mine.line, message, "an empty line after it"


def _paired_tables(
    neutral: _Neutral, found: facts.Facts
) -> Iterator[tuple[pages.Table | None, facts.Table | None]]:
    return _pair(neutral.page.tables, found.tables, lambda a, b: _key("".join(a.rows[0])) == _key(b.head))


def _boxes(neutral: _Neutral, found: facts.Facts) -> _Found:
    def same(box: pages.Admonition, shown: facts.Box) -> bool:
        return box.kind in shown.kind.split() and (not box.title or _key(box.title) == _key(shown.title))

    for mine, shown in _pair(neutral.page.admonitions, found.boxes, same):
        if mine is not None and shown is None:
            yield mine.line, f"the box `{mine.kind}` is not shown as a box", "indent by a multiple of four spaces"
        elif shown is not None and mine is None:
            line = neutral.line(f"!!! {shown.kind}", neutral.line(shown.title))
            yield line, f"a box `{shown.kind}` that the rules do not see", 'write `!!! trap "Title"`'
        elif shown is not None and mine is not None:
            if mine.kind not in KINDS:
                yield mine.line, f"`{mine.kind}` is no kind of box", ", ".join(KINDS)
            if shown.empty:
                yield mine.line, "the box is empty", "indent its text by four spaces"
            if '"' not in neutral.page.lines[mine.line - 1]:
                yield mine.line, "the box has no title", f'write `!!! {mine.kind} "Title"`'


_ITEM = re.compile(r"^(?P<indent> *)(?P<mark>[-*+]|\d{1,3}\.)(?P<space> +)(?P<text>\S.*)$")
_QUOTE = re.compile(r"^(?: {0,3}> ?)+")
_RULE = re.compile(r"^ {0,3}([-*_])(?: *\1){2,} *$")


@dataclass(frozen=True)
class _Item:
    line: int
    depth: int
    numbered: bool
    text: str


def _written_items(lines: Sequence[str]) -> Iterator[_Item]:
    """Read list items with their depth: an item belongs to the one whose text it stands under."""
    stack: list[int] = []  # where the text of each open item begins
    blank = True
    for number, raw in enumerate(lines, 1):
        line = _QUOTE.sub("", raw)
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            blank = True
            continue
        item = None if _RULE.match(line) else _ITEM.match(line)
        if item:
            while stack and indent < stack[-1]:
                stack.pop()
            stack.append(indent + len(item["mark"]) + len(item["space"]))
            text = re.sub(r"^\[[ xX]\] ", "", item["text"])
            yield _Item(number, len(stack), item["mark"][0].isdigit(), text)
        elif blank or pages.HEADING.match(line) or pages.ADMONITION.match(line):
            while stack and indent < min(stack[-1], 4 * len(stack)):
                stack.pop()
        blank = False


def _items(neutral: _Neutral, found: facts.Facts) -> _Found:
    def same(item: _Item, shown: facts.Item) -> bool:
        return _key(shown.text).startswith(_key(item.text)[:12])

    wrong = False
    for mine, shown in _pair(list(_written_items(neutral.prose)), found.items, same):
        if mine is None:
            continue
        if shown is None:
            yield mine.line, "this is not shown as a list item", "an empty line before the list; indent by four"
        elif mine.depth != shown.depth:
            if not wrong:
                message = f"the list item is shown at level {shown.depth}, not {mine.depth}"
                yield mine.line, message, "indent by four spaces for each level"
        elif mine.numbered != shown.numbered:
            message = "the numbered item is shown with a bullet"
            if shown.numbered:
                message = "the item is shown with a number"
            yield mine.line, message, "text between lists of two kinds"
        wrong = shown is not None and mine.depth != shown.depth


def _indents(neutral: _Neutral) -> _Found:
    """Report text that was to stand in a box or a list, and stands below it."""
    lines = [_QUOTE.sub("", line) for line in neutral.prose]
    for number, (before, line) in enumerate(itertools.pairwise(lines), 2):
        indent = len(line) - len(line.lstrip(" "))
        if _ITEM.match(line) or pages.ADMONITION.match(line):
            continue  # looked at where lists and boxes are
        if line.strip() and not before.strip() and indent % 4:
            yield number, f"the text is indented by {indent} and belongs to nothing", "indent by a multiple of four"


def _fences(neutral: _Neutral, found: facts.Facts) -> _Found:
    drawn = len(neutral.page.diagrams)
    if found.drawings != drawn:
        line = neutral.page.diagrams[0].line if drawn else neutral.before + 1
        message = f"{found.drawings} diagrams are shown, {drawn} are written"
        yield line, message, "close each fence with as many marks as it opens with"
    code = [fence for fence in neutral.page.fences if fence not in neutral.page.diagrams]
    for mine, shown in _pair(code, found.code, lambda a, b: a.source.strip() == b.strip()):
        if shown is None and mine is not None:
            if not mine.closed:
                continue  # rule `diagrams` reports it
            hint = "close it with as many marks as it opens with"
            yield mine.line, "the fence is not shown as written", hint
        elif mine is None and shown is not None:
            first = shown.strip().split("\n")[0]
            yield neutral.line(first), f"`{first[:40]}` is shown as code", "indent by less than four spaces"


def _links(neutral: _Neutral, found: facts.Facts) -> _Found:
    written = {link.target for link in neutral.page.links}
    shown = set(found.targets)
    for link in neutral.page.links:
        if link.target not in shown:
            yield link.line, f"the link to `{link.target}` is not shown as a link", ""
    for target in sorted(shown - written):
        if not target.startswith("mailto:"):
            line = neutral.line(target)
            yield line, f"the link to `{target}` is not read by the rules", "write [text](target)"


def _blocks(neutral: _Neutral, found: facts.Facts) -> _Found:
    alone = {block.text.strip() for block in found.blocks}
    for token, line in neutral.blocks.items():
        if token not in alone:
            yield line, "the block does not stand alone", "leave an empty line before and after it"


def _shown(neutral: _Neutral, found: facts.Facts) -> _Found:
    lost = any(shown is None for _, shown in _paired_tables(neutral, found))
    for name, around, hint in marks.showing(found.blocks):
        if lost and name == "a table":
            continue  # the bars and dashes of the table that is not shown as one
        line = neutral.line(around.strip())
        yield line, f"{name} shows its Markdown: `{around.strip()}`", hint


def _refused(neutral: _Neutral, found: facts.Facts) -> _Found:
    for message, culprit in allowed.faults(found.root):
        yield neutral.line(culprit), message, ""


RULE = Rule(ID, Scope.BOOK, __doc__, check, needs_all=False)
