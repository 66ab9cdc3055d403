"""Raw HTML is limited to a short list, and text that Markdown cannot read in time is refused.

An author may write `<br>`, `<span>`, `<data>`, `<abbr>`, `<kbd>`, `<sub>`, `<sup>`, `<wbr>` and
`<div markdown>`, with a class, an id, a language and a title. Everything else has a way in Markdown, or
loads, runs or asks for something. Labels, titles and descriptions have no markup at all. The sizes are
those of `handbook.source.limits`.

Why: a page asks nothing of the network and runs no script of its own; a link or an image in raw HTML is
not checked, not rewritten and not printed.
Right: `[text](page.md)`, `![what it shows](drawing.svg)`, `a < b`, `<span class="whole">3–4</span>`.
Wrong: `<a href="page.md">`, `<img src="x.png">`, `<iframe>`, `onclick=`, `description: "p99 <80 ms"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.render import allowed, facts, marks
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import VALUE, Page

ID = "markup"

_INSTEAD = {
    "a": "write [text](page.md)",
    "img": "write ![what it shows](drawing.svg)",
    "b": "write **text**",
    "strong": "write **text**",
    "i": "write *text*",
    "em": "write *text*",
    "code": "write `text`",
    "pre": "write a fence",
    "table": "write | a | b |",
    "p": "leave an empty line",
    "ul": "write - item",
    "ol": "write 1. item",
    "details": 'write ??? question "Title"',
}
_SHOW = "write `&lt;` where it is text"
#: Tags that a diagram's label may have.
_IN_LABELS = ("br", "b", "i")


def check(book: Book) -> Iterator[Problem]:
    """Check the pages, their front matter and the labels of the data files."""
    for page in book.all_pages():
        yield from _front_matter(page)
        yield from _raw_html(page)
        yield from _diagrams(page)
    for path, line, text in _labels(book):
        opened = re.search(r"<(?=[A-Za-z/!?])\S*", text)
        if opened:
            yield Problem(path, line, ID, f"`{opened[0]}` is read as a tag", "a space after `<`, or in words")
            continue
        for _, around, _ in marks.showing([facts.Block("p", VALUE.sub("0", text))]):
            yield Problem(path, line, ID, f"Markdown in a label: `{around.strip()}`", "plain text")


def _labels(book: Book) -> Iterator[tuple[str, int, str]]:
    """Yield path, line and text of what pages, tables and diagrams show from the data files."""
    for said in book.texts:
        yield said.path, said.line, said.text
    for cited in book.sources.values():
        for text in (cited.authors, cited.title, cited.where):
            yield cited.path, cited.line, text


def _raw_html(page: Page) -> Iterator[Problem]:
    text = "\n".join(without_code(page.prose))
    for tag in allowed.tags(text):
        if tag.fault:
            hint = _INSTEAD.get(tag.name, _SHOW) if tag.name not in allowed.AUTHORS else ""
            yield Problem(page.path, text.count("\n", 0, tag.start) + 1, ID, tag.fault, hint)
    for opened in re.finditer("<!--", text):
        line = text.count("\n", 0, opened.start()) + 1
        yield Problem(page.path, line, ID, "a comment is never closed", "close it with -->")


def _diagrams(page: Page) -> Iterator[Problem]:
    for fence in page.diagrams:
        for number, line in enumerate(fence.source.split("\n"), fence.line + 1):
            for tag in allowed.tags(line):
                if tag.name not in _IN_LABELS or tag.attributes:
                    fault = f"`{line[tag.start : tag.end]}` is not allowed in a diagram"
                    yield Problem(page.path, number, ID, fault, "write `#lt;` where it is text")


def _front_matter(page: Page) -> Iterator[Problem]:
    for key in ("title", "description"):
        value = page.meta.get(key)
        wrong = re.search(r'[<>"`]|&(?=[#\w])|\*\*|\{\{|\[[^\]]*\]\(', value) if isinstance(value, str) else None
        if wrong:
            line = next((n for n, text in enumerate(page.lines, 1) if text.startswith(f"{key}:")), 1)
            yield Problem(page.path, line, ID, f"`{wrong[0]}` in the {key}", "plain text, “ ” for quotes")


def without_code(lines: list[str]) -> list[str]:
    """Return the lines with code spans blanked out, also those that go over a line's end.

    A span ends with as many backticks as it begins with, within its paragraph.
    """
    result: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        result += _without_spans("\n".join(paragraph)).split("\n") if paragraph else []
        result.append(line)
        paragraph = []
    return result[:-1]


def _without_spans(text: str) -> str:
    runs = [(run.start(), run.end()) for run in re.finditer(r"(?<![\\`])`+", text)]
    closing: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        closing.setdefault(end - start, []).append(index)
    parts, last, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = closing[end - start]
        while same and same[0] <= index:
            same.pop(0)
        if not same:
            index += 1
            continue
        stop = runs[same[0]][1]
        parts += [text[last:start], re.sub(r"[^\n]", " ", text[start:stop])]
        last, index = stop, same[0] + 1
    return "".join([*parts, text[last:]])


RULE = Rule(ID, Scope.BOOK, __doc__, check)
