"""Markdown pages as records with line numbers: what the rules read.

Parsing is line by line and covers what the handbook writes: front matter, ATX headings with
explicit ids, fences, pipe tables, admonitions, links, blocks and inline values in `{{ }}`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from handbook import blocks, yamlfile
from handbook.problems import Problem
from handbook.source import limits

FENCE = re.compile(r"^(?P<indent>\s*)(?P<marks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
# Markdown needs no space after the marks: `#data` at the start of a line is a title too.
HEADING = re.compile(r"^(?P<marks>#{1,6})(?!#)\s*(?P<text>.*?)(?:\s+\{(?P<attrs>[^{}]*)\})?\s*$")
ADMONITION = re.compile(r'^(?P<indent>\s*)(?:!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?:\s+"(?P<title>.*)")?\s*$')
LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
REFERENCE = re.compile(r"^\s*\[(?P<text>[^\[\]^][^\[\]]*)\]:\s+<?(?P<target>[^\s<>]+)")
HTML_LINK = re.compile(r"\b(?P<name>href|src)=[\"'](?P<target>[^\"']*)[\"']")
CITATION = re.compile(r"\[@(?P<key>[\w-]+)\]")
# Possessive quantifiers: an unclosed value, a thousand spaces long, is given up at once.
VALUE = re.compile(r"\{\{\s*+(?P<name>[^{}\s]*+(?:\s++[^{}\s]++)*)\s*+\}\}")
BLOCK = re.compile(r"^\s*+\{\{\s*+(?P<kind>[a-z-]++)\s*+(?::\s*+(?P<argument>[\w.-]++(?:\s*+,\s*+[\w.-]++)*)\s*+)?\}\}\s*$")
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
#: Pages of the section `designs` that are about all of them.
OVERVIEWS = frozenset(("designs/index", "designs/by-stage"))
TABLE_RULE = re.compile(r"^\s*+\|?\s*+:?-++:?\s*+(\|\s*+:?-++:?\s*+)*\|?\s*$")


@dataclass(frozen=True)
class Heading:
    """A heading; `id` is empty where the author gave none."""

    line: int
    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Fence:
    """A fenced block from its opening line to its closing line; the source begins after `line`."""

    line: int
    info: str
    source: str
    end: int
    closed: bool = True

    @property
    def covered(self) -> range:
        """All its lines, the marks included."""
        return range(self.line, self.end + 1)


@dataclass(frozen=True)
class Table:
    """A pipe table: cells without the separator row."""

    line: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows (with the head) and columns."""
        return len(self.rows), max(len(row) for row in self.rows)


@dataclass(frozen=True)
class Link:
    """A Markdown link or image."""

    line: int
    text: str
    target: str
    image: bool = False


@dataclass(frozen=True)
class Admonition:
    """An admonition or a folded block with its body's lines."""

    line: int
    kind: str
    title: str
    end: int


@dataclass(frozen=True)
class Marked:
    """A `{{ … }}` value, a `{{ … }}` block or a `[@…]` citation."""

    line: int
    text: str
    argument: str = ""


@dataclass(frozen=True)
class Page:
    """A page of one language.

    Attributes:
        path: Path relative to the repository's root.
        language: Code of its language.
        slug: Published place without suffix, the same in all languages: `designs/fraud-detection`.
        text: The whole file.
        meta: Front matter; empty where there is none or it is broken.
        body_line: 1-based line of the first line after the front matter.
        problems: What is wrong with the front matter.
    """

    path: str
    language: str
    slug: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    body_line: int = 1
    problems: tuple[Problem, ...] = ()

    @property
    def is_design(self) -> bool:
        """Whether this is a worked design."""
        return self.slug.startswith("designs/") and self.slug not in OVERVIEWS

    @functools.cached_property
    def lines(self) -> tuple[str, ...]:
        """All lines; index 0 is line 1."""
        return tuple(self.text.split("\n"))

    @functools.cached_property
    def prose(self) -> tuple[str, ...]:
        """Like `lines`, with front matter, fences and comments blanked out."""
        lines = list(self.lines)
        for index in range(self.body_line - 1):
            lines[index] = ""
        for fence in self.fences:
            for number in fence.covered:
                lines[number - 1] = ""
        return tuple(_without_comments("\n".join(lines)).split("\n"))

    @functools.cached_property
    def fences(self) -> tuple[Fence, ...]:
        """All fenced blocks."""
        found, opened, start = [], None, 0
        for number, line in enumerate(self.lines, 1):
            if number < self.body_line:
                continue
            match = FENCE.match(line)
            if opened is None:
                if match:
                    opened, start = match, number
            elif match and match["marks"].startswith(opened["marks"]) and not match["info"].strip():
                source = _dedent(self.lines[start : number - 1], len(opened["indent"]))
                found.append(Fence(start, opened["info"].strip(), source, number))
                opened = None
        if opened is not None:
            source = "\n".join(self.lines[start:])
            found.append(Fence(start, opened["info"].strip(), source, len(self.lines), closed=False))
        return tuple(found)

    @property
    def diagrams(self) -> tuple[Fence, ...]:
        """The Mermaid fences; rule `diagrams` refuses every other way to write one."""
        return tuple(fence for fence in self.fences if fence.info == "mermaid")

    @functools.cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All headings in order."""
        found = []
        for number, line in enumerate(self.prose, 1):
            match = HEADING.match(line)
            if match:
                ids = re.findall(r"#([\w-]+)", match["attrs"] or "")
                found.append(Heading(number, len(match["marks"]), match["text"], ids[0] if ids else ""))
        return tuple(found)

    def section(self, heading: Heading) -> tuple[int, int]:
        """Return first and last line of the text below a heading, up to one of its level."""
        for other in self.headings:
            if other.line > heading.line and other.level <= heading.level:
                return heading.line + 1, other.line - 1
        return heading.line + 1, len(self.lines)

    def heading(self, id_: str) -> Heading | None:
        """Return the heading with an id."""
        return next((heading for heading in self.headings if heading.id == id_), None)

    @functools.cached_property
    def anchors(self) -> frozenset[str]:
        """Ids that a link may point at: headings, and elements with an explicit id."""
        ids = {heading.id for heading in self.headings if heading.id}
        for line in self.prose:
            ids.update(re.findall(r'<\w+[^>]*\sid="([\w-]+)"', line))
        return frozenset(ids)

    @functools.cached_property
    def tables(self) -> tuple[Table, ...]:
        """All pipe tables."""
        found, index, lines = [], 0, self.prose
        while index < len(lines) - 1:
            if "|" in lines[index] and "|" in lines[index + 1] and TABLE_RULE.match(lines[index + 1]):
                start = index
                rows = [_cells(lines[index])]
                index += 2
                while index < len(lines) and lines[index].strip() and "|" in lines[index]:
                    rows.append(_cells(lines[index]))
                    index += 1
                found.append(Table(start + 1, tuple(rows)))
            else:
                index += 1
        return tuple(found)

    @functools.cached_property
    def admonitions(self) -> tuple[Admonition, ...]:
        """All admonitions and folded blocks, nested ones included."""
        found = []
        for number, line in enumerate(self.prose, 1):
            match = ADMONITION.match(line)
            if match:
                depth = len(match["indent"]) + 4
                end = number
                for later in range(number, len(self.lines)):
                    text = self.lines[later]
                    if text.strip() and len(text) - len(text.lstrip()) < depth:
                        break
                    if text.strip():
                        end = later + 1
                found.append(Admonition(number, match["kind"], match["title"] or "", end))
        return tuple(found)

    @functools.cached_property
    def links(self) -> tuple[Link, ...]:
        """All links and images outside code: inline, by reference, and in HTML."""
        found = []
        for number, line in enumerate(self.prose, 1):
            text = CODE_SPAN.sub("", line)
            for match in LINK.finditer(text):
                found.append(Link(number, match["text"], match["target"], bool(match["image"])))
            for match in REFERENCE.finditer(text):
                found.append(Link(number, match["text"], match["target"]))
            for match in HTML_LINK.finditer(text):
                found.append(Link(number, "", match["target"], match["name"] == "src"))
        return tuple(found)

    @functools.cached_property
    def citations(self) -> tuple[Marked, ...]:
        """All `[@key]`."""
        return tuple(
            Marked(number, match["key"])
            for number, line in enumerate(self.prose, 1)
            for match in CITATION.finditer(CODE_SPAN.sub("", line))
        )

    @functools.cached_property
    def blocks(self) -> tuple[Marked, ...]:
        """All `{{ kind: argument }}` that stand alone on a line."""
        found = []
        for number, line in enumerate(self.prose, 1):
            match = BLOCK.match(line)
            if match and match["kind"] in blocks.NAMES:
                found.append(Marked(number, match["kind"], match["argument"] or ""))
        return tuple(found)

    @functools.cached_property
    def values(self) -> tuple[Marked, ...]:
        """All inline `{{ name }}`, in prose and in diagrams."""
        hidden = {block.line for block in self.blocks}
        drawn = set()
        for fence in self.fences:
            (drawn if fence in self.diagrams else hidden).update(fence.covered)
        return tuple(
            Marked(number, match["name"])
            for number, line in enumerate(self.lines, 1)
            if number >= self.body_line and number not in hidden
            # Mermaid marks Markdown labels with backticks; elsewhere they mean code.
            for match in VALUE.finditer(line if number in drawn else CODE_SPAN.sub("", line))
        )


def parse(path: str, language: str, slug: str, text: str) -> Page:
    """Parse one page; broken front matter becomes a problem of the page, never an exception."""
    text, beyond = limits.cut(path, text)

    def page(body_line: int, problems: list[Problem], meta: Mapping[str, Any] | None = None) -> Page:
        known = MappingProxyType(dict(meta or {}))
        return Page(path, language, slug, text, known, body_line, (*beyond, *problems))

    lines = text.split("\n")
    if lines[0].strip() != "---":
        hint = "start with --- title, description ---"
        return page(1, [Problem(path, 1, "front-matter", "no front matter", hint)])
    end = next((index for index in range(1, len(lines)) if lines[index].strip() == "---"), None)
    if end is None:
        message = "the front matter is never closed"
        return page(1, [Problem(path, 1, "front-matter", message, "add a line ---")])
    front = yamlfile.parse("\n".join(lines[1:end]), path, "front-matter", before=1)
    problems = list(front.problems)
    if not isinstance(front.data, dict):
        problems.append(Problem(path, 2, "front-matter", "the front matter is not a mapping"))
    return page(end + 2, problems, None if problems else front.data)


def _without_comments(text: str) -> str:
    """Return a text without its comments, on as many lines; one that is never closed stays."""
    parts, last = [], 0
    while (start := text.find("<!--", last)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[last:start], "\n" * text.count("\n", start, end)]
        last = end + 3
    return "".join([*parts, text[last:]])


def _cells(line: str) -> tuple[str, ...]:
    """Split a table row; `|` inside code and inside `{{ x | bare }}` separates nothing."""
    masked = CODE_SPAN.sub(lambda match: match[0].replace("|", "\0"), line.strip())
    masked = VALUE.sub(lambda match: match[0].replace("|", "\0"), masked.replace("\\|", "\0"))
    masked = masked.removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace("\0", "|") for cell in masked.split("|"))


def _dedent(lines: Sequence[str], indent: int) -> str:
    return "\n".join(line[indent:] if line[:indent].isspace() or not indent else line for line in lines)
