"""A page as a tree of blocks: what stands in which order, in which box, list or table.

`outline` reads the lines of a page once and nests what it finds: a box holds its title and its blocks, a
list its items, an item its text and its blocks, a table its rows, a row its cells. Fences, tables and
blocks in `{{ }}` are taken where `Page` found them. Two language versions have the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.source.page import ADMONITION, HEADING, Page

_ITEM = re.compile(r"^(?P<indent>\s*)(?P<mark>[-*+]|\d+[.)])\s+(?P<text>.*)$")
_HTML = re.compile(r"^\s*</?(?P<tag>[a-z][\w-]*)(?P<attributes>[^<>]*)>\s*$")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_FORMULA = re.compile(r"^\s*\\\[")

Line = tuple[int, str]  # number on the page, text without the marks of the blocks around it


@dataclass(frozen=True)
class Block:
    """A block of a page.

    Attributes:
        kind: `heading`, `paragraph`, `list`, `item`, `table`, `row`, `cell`, `box`, `title`, `quote`,
            `fence`, `formula`, `block` (a `{{ … }}` alone on its line) or `html` (a tag alone on its).
        line: 1-based first line.
        name: What it must share with its counterpart in another language: id and level of a heading,
            kind of a box, language of a fence, columns of a table, `ordered` of a list.
        text: The Markdown that a reader sees, of those that hold no other blocks.
        blocks: What it holds.
    """

    kind: str
    line: int
    name: str = ""
    text: str = ""
    blocks: tuple[Block, ...] = ()

    def walk(self) -> Iterator[Block]:
        """Yield this block and all that it holds, in order."""
        yield self
        for block in self.blocks:
            yield from block.walk()


def outline(page: Page) -> tuple[Block, ...]:
    """Return the blocks of a page in order, headings among them."""
    return tuple(_read(page, list(enumerate(page.prose, 1))[page.body_line - 1 :]))


def sections(page: Page) -> list[tuple[Block, ...]]:
    """Split a page's blocks before each heading; the first section is what stands above the title."""
    found: list[list[Block]] = [[]]
    for block in outline(page):
        if block.kind == "heading":
            found.append([])
        found[-1].append(block)
    return [tuple(section) for section in found]


def _read(page: Page, lines: list[Line]) -> Iterator[Block]:
    fences = {fence.line: fence for fence in page.fences}
    tables = {table.line: table for table in page.tables}
    marked = {block.line: block for block in page.blocks}
    index = 0
    while index < len(lines):
        number, text = lines[index]
        if number in fences:
            fence = fences[number]
            yield Block("fence", number, fence.info or "plain", fence.source)
            index = _after(lines, index, fence.end)
        elif not text.strip():
            index += 1
        elif number in tables:
            table = tables[number]
            # The line of dashes stands after the head.
            numbers = [number, *range(number + 2, number + 1 + len(table.rows))]
            rows = tuple(
                Block("row", at, blocks=tuple(Block("cell", at, text=cell) for cell in row))
                for at, row in zip(numbers, table.rows, strict=True)
            )
            yield Block("table", number, f"{table.shape[1]} columns", blocks=rows)
            index = _after(lines, index, number + len(table.rows))
        elif box := ADMONITION.match(text):
            end = index + 1
            depth = len(box["indent"]) + 4
            while end < len(lines) and (not lines[end][1].strip() or _indent(lines[end][1]) >= depth):
                end += 1
            title = (Block("title", number, text=box["title"]),) if box["title"] else ()
            inner = [(at, line[depth:]) for at, line in lines[index + 1 : end]]
            yield Block("box", number, box["kind"], blocks=(*title, *_read(page, inner)))
            index = end
        elif heading := HEADING.match(text):
            id_ = re.search(r"#([\w-]+)", heading["attrs"] or "")
            name = f"{heading['marks']} {id_[1] if id_ else ''}".rstrip()
            yield Block("heading", number, name, heading["text"])
            index += 1
        elif number in marked:
            yield Block("block", number, f"{marked[number].text} {marked[number].argument}".rstrip())
            index += 1
        elif html := _HTML.match(text):
            yield Block("html", number, _tag(html))
            index += 1
        elif _ITEM.match(text):
            end = _list_end(lines, index)
            yield from _lists(page, lines[index:end])
            index = end
        elif _QUOTE.match(text):
            end = index
            while end < len(lines) and _QUOTE.match(lines[end][1]):
                end += 1
            inner = [(at, _QUOTE.sub("", line)) for at, line in lines[index:end]]
            yield Block("quote", number, blocks=tuple(_read(page, inner)))
            index = end
        elif _FORMULA.match(text):
            end = index
            while end < len(lines) - 1 and "\\]" not in lines[end][1]:
                end += 1
            yield Block("formula", number, text="\n".join(line for _, line in lines[index : end + 1]))
            index = end + 1
        else:
            end = index + 1
            while end < len(lines) and not _interrupts(page, lines[end]):
                end += 1
            yield Block("paragraph", number, text="\n".join(line.strip() for _, line in lines[index:end]))
            index = end


def _after(lines: list[Line], index: int, last: int) -> int:
    """Return the index of the first line after the line with the number `last`."""
    while index < len(lines) and lines[index][0] <= last:
        index += 1
    return index


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _interrupts(page: Page, line: Line) -> bool:
    """Whether a line ends the paragraph above it."""
    number, text = line
    return (
        not text.strip()
        or any(pattern.match(text) for pattern in (ADMONITION, HEADING, _HTML, _ITEM, _QUOTE, _FORMULA))
        or any(number == found.line for found in (*page.fences, *page.tables, *page.blocks))
    )


def _list_end(lines: list[Line], start: int) -> int:
    """Return the index after a list: where, after an empty line, a line is neither item nor indented."""
    depth = _indent(lines[start][1])
    end = start + 1
    while end < len(lines):
        text = lines[end][1]
        part = not text.strip() or _indent(text) > depth or _ITEM.match(text)
        lazy = lines[end - 1][1].strip() and not any(
            pattern.match(text) for pattern in (ADMONITION, HEADING, _HTML, _QUOTE)
        )
        if not part and not lazy:
            break
        end += 1
    return end


def _lists(page: Page, lines: list[Line]) -> Iterator[Block]:
    """Read the items of a list; a change of its kind of mark begins another list."""
    depth = _indent(lines[0][1])
    starts = [
        index
        for index, (_, text) in enumerate(lines)
        if _ITEM.match(text) and _indent(text) <= depth
    ]
    items: list[Block] = []
    name = ""
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        number, text = lines[start]
        mark = _ITEM.match(text)
        kind = "ordered" if mark["mark"][0].isdigit() else "bullets"
        if items and kind != name:
            yield Block("list", items[0].line, name, blocks=tuple(items))
            items = []
        name = kind
        later = lines[start + 1 : end]
        inner = min((_indent(line) for _, line in later if line.strip()), default=0)
        own = [(number, mark["text"]), *((at, line[inner:]) for at, line in later)]
        items.append(Block("item", number, blocks=tuple(_read(page, own))))
    yield Block("list", items[0].line, name, blocks=tuple(items))


def _tag(html: re.Match[str]) -> str:
    """Return a tag without what differs between languages: texts and targets."""
    kept = re.sub(r'\b(?:alt|title|aria-label|href|src)="[^"]*"', "", html["attributes"])
    return " ".join(f"{'/' if '</' in html[0] else ''}{html['tag']} {kept}".split())
