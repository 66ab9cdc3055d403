"""Damage to the real handbook is noticed: each case harms a copy and says who must report it, and where.

A damage finds its target by structure (the first table of the metrics stage, the first budget), never
by a line number or a wording that an author may change tomorrow.
"""

from __future__ import annotations

import copy
import functools
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook import diagrams, mathml, numbers, review, rules, source, yamlfile
from handbook.problems import Problem
from handbook.rules import anchors, designs, translations, typography
from handbook.source import outline
from handbook.source import page as pages
from handbook.writer import Writer

SOURCES = ("mkdocs.yml", "mkdocs.zh.yml", "data", "docs", "references")
Place = tuple[str, int]


class Copy:
    """A copy of the sources, and what a damage needs to find its target and to harm it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.slug = "designs/fraud-detection"
        self.numbers = "data/numbers/designs/fraud-detection.yml"
        self.sources = "data/sources/designs/fraud-detection.yml"

    def design(self, language: str) -> str:
        return f"docs/{language}/{self.slug}.md"

    def page(self, path: str) -> pages.Page:
        language = path.split("/")[1]
        return pages.parse(path, language, self.slug if self.slug in path else "index", self.read(path))

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.unlink(missing_ok=True)  # a hard link: the original must stay as it is
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def lines(self, path: str) -> list[str]:
        return self.read(path).split("\n")

    def edit(self, path: str, first: int, last: int, *new: str) -> int:
        """Replace the lines from `first` to `last` (1-based); return `first`."""
        lines = self.lines(path)
        lines[first - 1 : last] = new
        self.write(path, "\n".join(lines))
        return first

    def insert(self, path: str, before: int, *new: str) -> int:
        return self.edit(path, before, before - 1, *new)

    def change(self, path: str, line: int, old: str, new: str) -> int:
        """Replace a text on one line, where it must stand."""
        text = self.lines(path)[line - 1]
        assert old in text, f"{old!r} is not in {text!r}"
        return self.edit(path, line, line, text.replace(old, new, 1))

    def append(self, path: str, *new: str) -> int:
        """Add a paragraph at the end of a page; return its first line."""
        lines = self.read(path).rstrip("\n").split("\n")
        self.write(path, "\n".join([*lines, "", *new, ""]))
        return len(lines) + 2

    def find(self, path: str, pattern: str, after: int = 0) -> int:
        """Return the first line after `after` that matches."""
        return next(n for n, line in enumerate(self.lines(path), 1) if n > after and re.search(pattern, line))

    def section(self, path: str, id_: str) -> tuple[pages.Heading, int, int]:
        page = self.page(path)
        heading = page.heading(id_)
        return heading, *page.section(heading)

    def fence(self, path: str, section: str, kind: str = "flowchart") -> pages.Fence:
        """Return the first diagram of a kind in a section."""
        _, start, end = self.section(path, section)
        return next(
            f for f in self.page(path).diagrams if start <= f.line <= end and f.source.startswith(kind)
        )

    def data(self, path: str) -> yamlfile.YamlFile:
        return yamlfile.load(self.root, path)

    def book(self) -> source.Book:
        return source.load(self.root)


# ── running ───────────────────────────────────────────────────────────────────────────────────────


def _cached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute what depends on a text only once for all cases: a damage changes one file of many."""
    for module, name in (
        (diagrams, "problems"),
        (diagrams, "structure"),
        (mathml, "render"),
        (pages, "parse"),
    ):
        monkeypatch.setattr(module, name, functools.cache(getattr(module, name)))
    parse = functools.cache(yamlfile.parse)

    def parse_copy(*arguments: object, **options: object) -> yamlfile.YamlFile:
        file = parse(*arguments, **options)
        return yamlfile.YamlFile(file.path, copy.deepcopy(file.data), file.lines, list(file.problems))

    monkeypatch.setattr(yamlfile, "parse", parse_copy)
    monkeypatch.setattr(numbers, "load_all", _by_content(numbers.load_all, "data/numbers/**/*.yml"))
    lines = functools.cache(lambda *arguments, _check=typography._wrong: tuple(_check(*arguments)))
    monkeypatch.setattr(typography, "_wrong", lines)
    monkeypatch.setattr(review, "findings", _same_criteria(review.findings))


def _contents(root: Path, pattern: str) -> tuple[tuple[str, bytes], ...]:
    return tuple((path.as_posix(), path.read_bytes()) for path in sorted(root.glob(pattern)))


def _by_content(function: Callable, pattern: str) -> Callable:
    """Remember results by the contents of the files that a function reads below its first argument."""
    known: dict = {}

    def wrapper(root: Path, *others: object) -> object:
        key = _contents(root, pattern)
        if key not in known:
            known[key] = function(root, *others)
        return known[key]

    return wrapper


def _same_criteria(findings: Callable) -> Callable:
    """Let copies with the same criteria share what was compiled from them."""
    folders: dict = {}
    findings = functools.cache(findings)
    return lambda text, language, data: findings(
        text, language, folders.setdefault(_contents(data, "[rf][er][va]*.yml"), data)
    )


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The sources, translations stamped and anchors published, and their problems: none at the end."""
    patch = pytest.MonkeyPatch()
    _cached(patch)
    root = tmp_path_factory.mktemp("original")
    repository = Path(__file__).resolve().parents[1]
    for name in SOURCES:
        place = repository / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, root / name)
    book = source.load(root)
    for slug, page in book.pages["zh"].items():
        if slug in book.pages["en"]:
            translations.stamp(book, page)
    anchors.write(source.load(root))
    yield root, set(rules.check(source.load(root)))
    patch.undo()


def test_undamaged_content_is_clean(original):
    assert sorted(map(str, original[1])) == []


CASES: dict[str, tuple[str, Callable[[Copy], Place]]] = {}


def damage(name: str, rule: str, *variants: object) -> Callable[[Callable], Callable]:
    """Register a damage that `rule` must report; once for each variant, which is its second argument."""

    def register(function: Callable) -> Callable:
        if variants:
            for variant in variants:
                label = variant if isinstance(variant, str) else variant[0]
                CASES[f"{name} ({label})"] = (rule, functools.partial(_swapped, function, variant))
        else:
            CASES[name] = (rule, function)
        return function

    return register


def _swapped(function: Callable, variant: object, book: Copy) -> Place:
    return function(book, variant)


# ── stages ────────────────────────────────────────────────────────────────────────────────────────


@damage("stage removed", "stages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, _, end = book.section(path, "features")
    book.edit(path, heading.line, end)
    return path, 1


@damage("stage renamed", "stages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, *_ = book.section(path, "serving")
    return path, book.change(path, heading.line, heading.text, "Xyz")


@damage("stage emptied", "stages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, start, end = book.section(path, "model")
    book.edit(path, start, end, "", "{{ stage: model }}", "", "...", "")
    return path, heading.line


@damage("stages reordered", "stages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    data, _, middle = book.section(path, "data")
    features, _, end = book.section(path, "features")
    lines = book.lines(path)
    assert middle + 1 == features.line
    book.edit(path, data.line, end, *lines[features.line - 1 : end], *lines[data.line - 1 : middle])
    return path, data.line


@damage("stage made a subsection", "stages", "en")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, *_ = book.section(path, "model")
    book.change(path, heading.line, "## ", "### ")
    return path, 1


@damage("stage line removed", "stages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, *_ = book.section(path, "metrics")
    line = book.find(path, r"^\{\{ stage: metrics \}\}")
    book.edit(path, line, line, "")
    return path, heading.line


@damage("stage line of another stage", "stages", "en")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, *_ = book.section(path, "metrics")
    book.change(path, book.find(path, r"^\{\{ stage: metrics \}\}"), "metrics", "data")
    return path, heading.line


@damage("stage page without its stage line", "stage-pages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = f"docs/{language}/framework/data.md"
    book.write(path, "---\ntitle: T\ndescription: D\n---\n\n# T {#t}\n\ntext\n")
    return path, 5


# ── skeleton and artefacts of a design ────────────────────────────────────────────────────────────


@damage("card removed", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    line = book.find(path, r"^\{\{ card \}\}")
    book.edit(path, line, line, "")
    return path, book.page(path).body_line


@damage("section removed", "designs", *[s for s in designs.SECTIONS if s != "board"])
def _(book: Copy, section: str) -> Place:
    path = book.design("en")
    heading, _, end = book.section(path, section)
    book.edit(path, heading.line, end)
    return path, 1


@damage("box removed", "designs", *designs.ADMONITIONS)
def _(book: Copy, kind: str) -> Place:
    path = book.design("zh")
    heading, start, end = book.section(path, "data")
    for box in reversed(book.page(path).admonitions):
        if box.kind == kind and start <= box.line <= end:
            book.edit(path, box.line, box.end)
    return path, heading.line


@damage("metrics table removed", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, start, end = book.section(path, "metrics")
    for table in reversed(book.page(path).tables):
        if start <= table.line <= end:
            book.edit(path, table.line, table.line + len(table.rows))
    return path, heading.line


@damage("serving diagram removed", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, start, end = book.section(path, "serving")
    for fence in reversed(book.page(path).diagrams):
        if start <= fence.line <= end:
            book.edit(path, fence.line, fence.end)
    return path, heading.line


@damage("latency removed from the serving diagram", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, start, end = book.section(path, "serving")
    for fence in book.page(path).diagrams:
        if start <= fence.line <= end:
            lines = [re.sub(r"\{\{.*?\}\}|\d+ ms", "x", line) for line in fence.source.split("\n")]
            book.edit(path, fence.line + 1, fence.end - 1, *lines)
    return path, heading.line


#: What the monitoring stage of a design names: patterns by language.
MUST_NAME = {
    point.labels["en"]: point.patterns for stage in source.load(Path(__file__).resolve().parents[1]).stages for point in stage.must_name
}


@damage(
    "monitoring without",
    "designs",
    *[(f"{n}, {language}", n, language) for n in MUST_NAME for language in ("en", "zh")],
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, name, language = variant
    path = book.design(language)
    heading, start, end = book.section(path, "monitoring")
    lines = book.lines(path)[start - 1 : end]
    pattern = MUST_NAME[name][language]
    book.edit(path, start, end, *(pattern.sub("zzz", line) for line in lines))
    return path, heading.line


@damage(
    "feedback arrow removed",
    "designs",
    *[(f"{t}, {language}", t, language) for t in ("data", "model") for language in ("en", "zh")],
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, target, language = variant
    path = book.design(language)
    heading, start, end = book.section(path, "monitoring")
    for fence in reversed(book.page(path).diagrams):
        if start <= fence.line <= end:
            arrow = re.compile(rf"monitoring\w*\b(?:\[.*?\])?.*?-\.->.*?\b{target}(?:_\w+)?\b")
            kept = [line for line in fence.source.split("\n") if not arrow.search(line)]
            book.edit(path, fence.line + 1, fence.end - 1, *kept)
    return path, heading.line


@damage("answer without a link to a stage", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    question = next(box for box in book.page(path).admonitions if box.kind == "question")
    for line in range(question.line, question.end + 1):
        book.edit(path, line, line, re.sub(r"\]\(#[\w-]+\)", "]", book.lines(path)[line - 1]))
    return path, question.line


@damage("too few follow-up questions", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    questions = [box for box in book.page(path).admonitions if box.kind == "question"]
    for box in reversed(questions[designs.FOLLOW_UPS - 1 :]):
        book.edit(path, box.line, box.end)
    return path, book.section(path, "follow-ups")[0].line


@damage("point of the problem never discussed", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    points = book.data("data/designs.yml").data["designs"][0]["must_discuss"]
    word = next(p[f"pattern_{language}"] for p in points if re.fullmatch(r"\w+", p[f"pattern_{language}"]))
    book.write(path, re.sub(word, "zzz", book.read(path), flags=re.I))
    return path, 1


@damage("design not in the list", "designs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    book.write("data/designs.yml", book.read("data/designs.yml").replace("id: fraud-detection", "id: other"))
    return book.design(language), 1


# ── parity ────────────────────────────────────────────────────────────────────────────────────────


def prose_line(book: Copy, path: str, pattern: str) -> int:
    """Return the first line of running text that matches."""
    page = book.page(path)
    return next(
        n
        for n, line in enumerate(page.prose, 1)
        if n > page.headings[0].line and not re.match(r"\s*[|#?!]", line) and re.search(pattern, line)
    )


def block_before(book: Copy, path: str, line: int) -> int:
    """Return where the block begins that stands before the one at a line, in whatever holds them."""
    return max(block.line for block in outline.outline(book.page(path)) if block.line < line)


@damage("number changed in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    line = prose_line(book, path, r"(?<![\w.{}@])\d{2,}(?![\w.%}])")
    text = re.sub(r"(?<![\w.{}@])\d{2,}(?![\w.%}])", "7919", book.lines(path)[line - 1], count=1)
    return path, book.edit(path, line, line, text)


@damage("value exchanged in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    line = prose_line(book, path, r"\{\{ \w+ \}\}")
    text = re.sub(r"\{\{ \w+ \}\}", "{{ framework:qa }}", book.lines(path)[line - 1], count=1)
    return path, book.edit(path, line, line, text)


@damage("value lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    line = prose_line(book, path, r"\{\{ \w+ \}\}")
    text = re.sub(r"\{\{ \w+ \}\}", "若干", book.lines(path)[line - 1], count=1)
    return path, book.edit(path, line, line, text)


@damage("citation removed in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    mark = book.page(path).citations[0]
    return path, book.change(path, mark.line, f"[@{mark.text}]", "")


@damage("table row lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    _, start, end = book.section(path, "metrics")
    table = next(table for table in book.page(path).tables if start <= table.line <= end)
    last = table.line + len(table.rows)
    book.edit(path, last, last)
    return path, last - 1


@damage("table column lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    _, start, end = book.section(path, "metrics")
    table = next(table for table in book.page(path).tables if start <= table.line <= end)
    for line in range(table.line, table.line + len(table.rows) + 1):
        cells = book.lines(path)[line - 1].rstrip(" |").rpartition("|")[0]
        book.edit(path, line, line, f"{cells}|")
    return path, table.line


@damage("cell lost in one row", "tables", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    _, start, end = book.section(path, "metrics")
    table = next(table for table in book.page(path).tables if start <= table.line <= end)
    line = table.line + 2
    return path, book.edit(path, line, line, book.lines(path)[line - 1].rstrip(" |").rpartition("|")[0] + "|")


@damage("box lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    first = next(box for box in book.page(path).admonitions if box.kind != "question")
    before = block_before(book, path, first.line)
    book.edit(path, first.line, first.end)
    return path, before


@damage("block exchanged in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    first, second = [block for block in book.page(path).blocks if block.text == "calculation"][:2]
    return path, book.change(path, first.line, first.argument, second.argument)


@damage("link lost in one language", "parity")
def _(book: Copy) -> Place:
    path = "docs/zh/index.md"
    page = book.page(path)
    link = next(k for k in page.links if sum(other.target == k.target for other in page.links) == 1)
    return path, book.change(path, link.line, f"]({link.target})", "]")


@damage("heading renamed in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    heading = next(heading for heading in book.page(path).headings if heading.level == 3)
    return path, book.change(path, heading.line, f"{{#{heading.id}}}", f"{{#{heading.id}-x}}")


@damage("heading of another level in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    heading = [heading for heading in book.page(path).headings if heading.level == 3][-1]
    return path, book.change(path, heading.line, "### ", "#### ")


@damage("page missing in", "translation", ("zh", "zh", "en"), ("en", "en", "zh"))
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, gone, other = variant
    (book.root / book.design(gone)).unlink()
    return book.design(other), 1


@damage("arrow dropped in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    fence = book.fence(path, "serving")
    line = fence.line + next(n for n, text in enumerate(fence.source.split("\n"), 1) if "-->" in text)
    book.edit(path, line, line)
    return path, fence.line


@damage("node renamed in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    fence = book.fence(path, "serving")
    node = diagrams.structure(re.sub(r"\{\{.*?\}\}", "1", fence.source)).nodes[0].id
    book.edit(
        path, fence.line + 1, fence.end - 1, *re.sub(rf"\b{node}\b", f"{node}x", fence.source).split("\n")
    )
    return path, fence.line


@damage("node of another class in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    fence = next(fence for fence in book.page(path).diagrams if ":::store" in fence.source)
    line = fence.line + next(n for n, text in enumerate(fence.source.split("\n"), 1) if ":::store" in text)
    book.change(path, line, ":::store", ":::human")
    return path, fence.line


@damage("dotted arrow drawn solid in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    fence = next(fence for fence in book.page(path).diagrams if "-.->" in fence.source)
    line = fence.line + next(n for n, text in enumerate(fence.source.split("\n"), 1) if "-.->" in text)
    book.change(path, line, "-.->", "-->")
    return path, fence.line


def blocks(book: Copy, path: str, *kinds: str) -> list[outline.Block]:
    """Return the blocks of some kinds, however deep they stand."""
    top = outline.outline(book.page(path))
    return [block for each in top for block in each.walk() if block.kind in kinds]


@damage("paragraph lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    gone = next(
        block
        for block in outline.outline(book.page(path))
        if block.kind == "paragraph" and not re.search(r"[\d@`]|\{\{|\]\(", block.text)
    )
    before = block_before(book, path, gone.line)
    book.edit(path, gone.line, gone.line + gone.text.count("\n"))
    return path, before


@damage("list item lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    items = next(
        found.blocks
        for found in blocks(book, path, "list")
        if len(found.blocks) > 2 and "{{" in str(found.blocks[1])
    )
    book.edit(path, items[1].line, items[2].line - 1)
    return path, items[0].line


@damage("half of a paragraph lost in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    long = next(
        block
        for block in blocks(book, path, "paragraph")
        if len(block.text) > 120 and not re.search(r"[\d@`\[]|\{\{", block.text[len(block.text) // 2 :])
    )
    return path, book.change(path, long.line, long.text[len(long.text) // 2 :], "。")


@damage("unit changed in one language", "parity", ("time", "80 ms", "80 毫秒", "80 秒"), ("range", "10-20%", "10-20%", "10-30%"))
def _(book: Copy, variant: tuple[str, str, str, str]) -> Place:
    _, english, _, chinese = variant
    for language, text in (("en", english), ("zh", chinese)):
        line = book.append(book.design(language), f"So {text}." if language == "en" else f"即 {text}。")
    return book.design("zh"), line


@damage("two rows that have changed places in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    rows = next(table for table in book.page(path).tables if "{{" in str(table.rows[1]) and "{{" in str(table.rows[2]))
    line = rows.line + 2
    first, second = book.lines(path)[line - 1 : line + 1]
    return path, book.edit(path, line, line + 1, second, first)


@damage("links of two answers that have changed places in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    page = book.page(path)
    linked = [link for link in page.links if any(b.kind == "question" and b.line <= link.line <= b.end for b in page.admonitions)]
    first = linked[0]
    second = next(link for link in linked if link.line != first.line and link.target != first.target)
    book.change(path, first.line, f"]({first.target})", f"]({second.target})")
    book.change(path, second.line, f"]({second.target})", f"]({first.target})")
    return path, first.line


@damage("class of a node changed in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    fence = next(fence for fence in book.page(path).diagrams if ":::" in fence.source)
    line = book.find(path, ":::", fence.line)
    text = re.sub(r":::(\w+)", lambda match: ":::good" if match[1] != "good" else ":::bad", book.lines(path)[line - 1])
    book.edit(path, line, line, text)
    return path, fence.line


@damage("figure on a diagram changed in one language", "parity")
def _(book: Copy) -> Place:
    path = book.design("zh")
    fence = next(fence for fence in book.page(path).diagrams if re.search(r"\{\{ \w+[ .|]", fence.source))
    line = book.find(path, r"\{\{ \w+", fence.line)
    text = re.sub(r"\{\{ .*? \}\}", "{{ framework:qa }}", book.lines(path)[line - 1], count=1)
    return path, book.edit(path, line, line, text)


# ── language ────────────────────────────────────────────────────────────────────────────────────────


@damage("paragraph left in English", "language")
def _(book: Copy) -> Place:
    path = book.design("zh")
    theirs, ours = (blocks(book, book.design(language), "paragraph") for language in ("en", "zh"))
    first, second = next(pair for pair in zip(theirs, ours, strict=True) if len(pair[0].text) > 200)
    return path, book.edit(path, second.line, second.line, *first.text.split("\n"))


@damage("table row left in English", "language")
def _(book: Copy) -> Place:
    path = book.design("zh")
    theirs, ours = (blocks(book, book.design(language), "row") for language in ("en", "zh"))
    first, second = next(
        pair for pair in zip(theirs, ours, strict=True) if all(len(cell.text.split()) > 2 for cell in pair[0].blocks)
    )
    line = book.lines(book.design("en"))[first.line - 1]
    return path, book.edit(path, second.line, second.line, line)


@damage(
    "another script on a Chinese page",
    "language",
    ("traditional", "這裡先说结论。"),
    ("kana", "データ先说。"),
    ("full-width digits", "共 １２ 个。"),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("zh")
    return path, book.append(path, variant[1])


@damage("Chinese on an English page", "language")
def _(book: Copy) -> Place:
    path = book.design("en")
    return path, book.append(path, "So it is 这样.")


@damage(
    "doubled",
    "doubled",
    ("word, en", "en", "So the the model decides."),
    ("phrase, zh", "zh", "新奇效应效应。"),
    ("full stop, zh", "zh", "完了。。"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, language, text = variant
    path = book.design(language)
    return path, book.append(path, text)


@damage("doubled phrase in a data file", "doubled")
def _(book: Copy) -> Place:
    path = "data/framework.yml"
    line = book.find(path, "establish_zh: ")
    word = re.search(r"establish_zh: (\w\w)", book.lines(path)[line - 1])[1]
    return path, book.change(path, line, word, word * 2)


# ── diagrams ──────────────────────────────────────────────────────────────────────────────────────


@damage("diagram without accTitle", "diagrams", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    fence = book.fence(path, "serving")
    line = book.find(path, "accTitle:", fence.line)
    book.edit(path, line, line)
    return path, fence.line + 1


@damage("diagram without accDescr", "diagrams", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    fence = book.fence(path, "serving")
    line = book.find(path, "accDescr:", fence.line)
    book.edit(path, line, line)
    return path, fence.line + 1


@damage(
    "diagram with",
    "diagrams",
    ("hex colour", "  style zz fill:#ff0000"),
    ("class definition in colour", "  classDef zz fill:#f00"),
    ("HTML entity", '  zz["a &lt; b"]'),
    ("unknown class", '  zz["a"]:::red'),
    ("invalid Mermaid", "  zz[[[ --> "),
    ("configuration", "%%{init: {'theme': 'dark'}}%%"),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("en")
    return path, book.insert(path, book.fence(path, "serving").end, variant[1])


@damage("diagram wider than a page", "diagrams")
def _(book: Copy) -> Place:
    path = book.design("en")
    fence = book.fence(path, "serving")
    row = "  " + " ~~~ ".join(f"zz{n}[{'wide' * 8}]" for n in range(6))
    chain = "  " + " & ".join(f"zy{n}[{'wide' * 8}]" for n in range(6)) + " --> zz0"
    book.insert(path, fence.end, row, chain)
    return path, fence.line + 1


@damage("fence never closed", "diagrams", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    fence = book.page(path).fences[-1]
    book.edit(path, fence.end, fence.end)
    return path, fence.line


# ── headings ──────────────────────────────────────────────────────────────────────────────────────


@damage("heading without an id", "headings", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading = next(heading for heading in book.page(path).headings if heading.level == 3)
    return path, book.change(path, heading.line, f"{{#{heading.id}}}", "")


@damage("id that stands twice", "headings", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    first, second = [heading for heading in book.page(path).headings if heading.level == 3][:2]
    return path, book.change(path, second.line, f"{{#{second.id}}}", f"{{#{first.id}}}")


@damage("heading that skips a level", "headings", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading = next(heading for heading in book.page(path).headings if heading.level == 3)
    return path, book.change(path, heading.line, "### ", "#### ")


@damage("section left empty", "headings", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    heading, start, end = book.section(path, "rubric")
    book.edit(path, start, end, "", "<!-- later -->", "")
    return path, heading.line


@damage("second title", "headings", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = f"docs/{language}/index.md"
    return path, book.append(path, "# Zzz {#zzz}", "", "text")


@damage("heading whose marks touch the text", "headings")
def _(book: Copy) -> Place:
    path = "docs/en/index.md"
    return path, book.append(path, "##Zzz", "", "text")


# ── links and anchors ─────────────────────────────────────────────────────────────────────────────


@damage(
    "link",
    "links",
    ("dead", "[x](designs/none.md)"),
    ("dead anchor", "[x](designs/fraud-detection.md#none)"),
    ("dead anchor on the page", "[x](#none)"),
    ("absolute", "[x](/designs/fraud-detection.md)"),
    ("not encrypted", "[x](http://example.org)"),
    ("without suffix", "[x](designs/fraud-detection/)"),
    ("in HTML", '<a href="designs/none.md">x</a>'),
    ("by reference", "[x]: designs/none.md"),
    ("image", "![x](none.svg)"),
    ("out of the handbook", "[x](../../README.md)"),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = "docs/zh/index.md"
    return path, book.append(path, variant[1])


@damage("published anchor renamed in both languages", "published-anchors")
def _(book: Copy) -> Place:
    heading = next(heading for heading in book.page(book.design("en")).headings if heading.level == 3)
    for language in ("en", "zh"):
        path = book.design(language)
        book.write(path, book.read(path).replace(f"#{heading.id}", f"#{heading.id}-x"))
    return anchors.PATH, book.find(anchors.PATH, rf"^{book.slug}#{heading.id}$")


@damage("published page removed in both languages", "published-anchors")
def _(book: Copy) -> Place:
    for language in ("en", "zh"):
        (book.root / book.design(language)).unlink()
    return anchors.PATH, book.find(anchors.PATH, rf"^{book.slug}$")


@damage("anchor lost from the published list", "published-anchors")
def _(book: Copy) -> Place:
    heading = next(heading for heading in book.page(book.design("en")).headings if heading.level == 3)
    line = book.find(anchors.PATH, rf"^{book.slug}#{heading.id}$")
    book.edit(anchors.PATH, line, line)
    return book.design("en"), heading.line


@damage(
    "redirect",
    "published-anchors",
    ("to nowhere", "old", "designs/none"),
    ("of a page that exists", "index", "framework/index"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, old, new = variant
    book.write("data/redirects.yml", f"# moved\nredirects:\n  {old}: {new}\n")
    return "data/redirects.yml", 3


# ── navigation ────────────────────────────────────────────────────────────────────────────────────

SITE = "data/site.yml"


@damage("page missing in the navigation", "navigation", "en", "zh")
def _(book: Copy, language: str) -> Place:
    line = book.find(SITE, r"^ *- framework/index$")
    book.edit(SITE, line, line)
    return f"docs/{language}/framework/index.md", 1


@damage("page twice in the navigation", "navigation")
def _(book: Copy) -> Place:
    line = book.find(SITE, r"^ *- framework/index$")
    return SITE, book.insert(SITE, line + 1, book.lines(SITE)[line - 1])


@damage("unknown page in the navigation", "navigation")
def _(book: Copy) -> Place:
    return SITE, book.insert(SITE, book.find(SITE, r"^ *- framework/index$"), "    - none")


@damage("section of the navigation that no language names", "navigation")
def _(book: Copy) -> Place:
    line = book.find(SITE, r"^  references:")
    book.edit(SITE, line, line, "  papers:")
    return SITE, line


# ── values, sources, formulas ─────────────────────────────────────────────────────────────────────


@damage(
    "page with",
    "values",
    ("unknown value", "{{ nosuch }}"),
    ("unknown form", "{{ sla | long }}"),
    ("unknown file", "{{ none:sla }}"),
    ("open braces", "The SLA is {{ sla."),
    ("block inside a sentence", "See {{ card }} there."),
    ("unknown table", "{{ calculation: nosuch }}"),
    ("unknown budget", "{{ budget: nosuch }}"),
    ("unknown stage", "{{ stage: nosuch }}"),
    ("unknown source", "So it is [@nosuch2020]."),
    ("unreadable citation", "So it is [@stripe2023, p. 4]."),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("en")
    return path, book.append(path, variant[1])


@damage("computed number typed", "values", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    loaded = book.book()
    writer = Writer(loaded, loaded.pages[language][book.slug])
    typed = next(
        text
        for quantity in loaded.numbers["designs/fraud-detection"].quantities.values()
        if quantity.tree is not None
        and len(re.sub(r"\D", "", text := writer.number(quantity)).strip("0")) > 2
        and re.fullmatch(r"[\d.,]+", text)
    )
    return path, book.append(path, f"{typed}, x")


@damage("result renamed that a page uses", "values")
def _(book: Copy) -> Place:
    path = book.design("en")
    used = [mark for mark in book.page(path).values if mark.text in book.data(book.numbers).data["results"]]
    line = book.data(book.numbers).line("results", used[0].text)
    book.change(book.numbers, line, f"{used[0].text}:", f"{used[0].text}_x:")
    return path, used[0].line


@damage("unit without a way to write it", "values")
def _(book: Copy) -> Place:
    path = book.design("en")
    known = book.book().numbers["designs/fraud-detection"].quantities
    mark = next(mark for mark in book.page(path).values if mark.text in known)
    line = book.data("data/units.yml").line(known[mark.text].unit)
    book.edit("data/units.yml", line, line)
    return path, mark.line


@damage("card row without a value", "values", "en", "zh")
def _(book: Copy, language: str) -> Place:
    line = book.data(book.numbers).line("card", 0)
    book.change(book.numbers, line, f"value_{language}:", f"worth_{language}:")
    path = book.design(language)
    return path, book.find(path, r"^\{\{ card \}\}")


@damage("source renamed that a page cites", "values")
def _(book: Copy) -> Place:
    path = book.design("en")
    mark = next(m for m in book.page(path).citations if m.text in book.data(book.sources).data)
    line = book.data(book.sources).line(mark.text)
    book.change(book.sources, line, mark.text, f"{mark.text}x")
    return path, mark.line


@damage("further inputs of a page removed", "inputs", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    line = book.find(path, r"\{\{ inputs \}\}")
    book.edit(path, line - 1, line)
    return path, book.find(path, r"^\{\{ calculation: ")


@damage("input declared a second time", "declared-once")
def _(book: Copy) -> Place:
    name = next(iter(book.data(book.numbers).data["inputs"]))
    line = book.data(book.numbers).line("inputs", name)
    text = book.lines(book.numbers)[line - 1]
    return book.numbers, book.insert(book.numbers, line + 1, text.replace(f"{name}:", f"{name}_again:", 1))


@damage("input that nothing uses", "unused-numbers")
def _(book: Copy) -> Place:
    line = book.data(book.numbers).line("inputs") + 1
    spare = "  spare: {value: 1, unit: '1', en: A spare number, zh: 备用的数, source: assumption}"
    return book.numbers, book.insert(book.numbers, line, spare)


@damage("source without", "sources", "url", "year", "authors", "title", "checked", "says", "where")
def _(book: Copy, key: str) -> Place:
    name = next(iter(book.data(book.sources).data))
    line = book.data(book.sources).line(name, key)
    book.edit(book.sources, line, line)
    return book.sources, book.data(book.sources).line(name)


@damage(
    "source with",
    "sources",
    ("plain http", "url", "http://example.org"),
    ("empty url", "url", ""),
    ("year in words", "year", "soon"),
    ("no date", "checked", "2026-13-45"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, key, value = variant
    name = next(iter(book.data(book.sources).data))
    line = book.data(book.sources).line(name, key)
    book.edit(book.sources, line, line, f"  {key}: {value}")
    return book.sources, book.data(book.sources).line(name)


@damage("source that nobody cites", "sources")
def _(book: Copy) -> Place:
    text = book.read(book.sources).rstrip("\n") + "\n"
    name = next(iter(book.data(book.sources).data))
    entry = text[text.index(f"{name}:") :].split("\n")
    last = next(n for n, line in enumerate(entry) if n and not line.startswith(" "))
    book.write(book.sources, text + "\n".join(["zzz2020:", *entry[1:last]]) + "\n")
    return book.sources, text.count("\n") + 1


@damage("input with an unknown source", "sources")
def _(book: Copy) -> Place:
    file = book.data(book.numbers)
    name = next(name for name, spec in file.data["inputs"].items() if spec["source"] == "assumption")
    return book.numbers, book.change(
        book.numbers, file.line("inputs", name), "source: assumption", "source: zzz2020"
    )


@damage(
    "formula",
    "formulas",
    ("broken", r"So \(\frac{1\)."),
    ("with an unknown command", r"\(\fraq{1}{2}\)"),
    ("never closed", r"So \(x = 1."),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("en")
    return path, book.append(path, variant[1])


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────


@damage("wrong sum", "numbers")
def _(book: Copy) -> Place:
    file = book.data(book.numbers)
    name, spec = next(iter(file.data["sums"].items()))
    part = spec["parts"][0]
    line = file.line("inputs", part)
    book.edit(
        book.numbers, line, line, re.sub(r"value: [\d.]+", "value: 3.21", book.lines(book.numbers)[line - 1])
    )
    return book.numbers, file.line("sums", name)


def budget(book: Copy) -> tuple[str, int, dict]:
    file = book.data(book.numbers)
    name, spec = next(iter(file.data["budgets"].items()))
    return name, file.line("budgets", name), spec


@damage("budget", "numbers", ("over its SLA", 1), ("under its SLA", -1))
def _(book: Copy, variant: tuple[str, int]) -> Place:
    _, line, spec = budget(book)
    serial = next(step for step in spec["steps"] if "ms" in step)
    at = book.find(book.numbers, rf"id: {serial['id']}\b", line)
    book.change(book.numbers, at, f"ms: {serial['ms']}", f"ms: {serial['ms'] + variant[1]}")
    return book.numbers, line


@damage("parallel part that becomes the slowest", "numbers")
def _(book: Copy) -> Place:
    _, line, spec = budget(book)
    group = next(step["parallel"] for step in spec["steps"] if "parallel" in step)
    fastest = min(group, key=lambda part: part["ms"])
    at = book.find(book.numbers, rf"id: {fastest['id']}\b", line)
    slowest = max(part["ms"] for part in group)
    book.change(book.numbers, at, f"ms: {fastest['ms']}", f"ms: {slowest + 1}")
    return book.numbers, line


@damage("budget without", "numbers", "slack", "percentile")
def _(book: Copy, key: str) -> Place:
    _, line, _ = budget(book)
    at = book.find(book.numbers, rf"^    {key}:", line)
    book.edit(book.numbers, at, at)
    return book.numbers, line


@damage("budget with negative slack", "numbers")
def _(book: Copy) -> Place:
    _, line, _spec = budget(book)
    at = book.find(book.numbers, r"^    slack:", line)
    book.edit(book.numbers, at, at, "    slack: -5")
    return book.numbers, line


def a_result(book: Copy, unit: str = "") -> tuple[str, int, dict]:
    """Return a result that has a unit, and on which none hangs that has a problem of its own."""
    file = book.data(book.numbers)
    name, spec = next((n, s) for n, s in file.data["results"].items() if str(s["unit"]).startswith(unit))
    return name, file.line("results", name), spec


@damage("result in a unit of another dimension", "numbers")
def _(book: Copy) -> Place:
    _, line, spec = a_result(book, "tx")
    return book.numbers, book.change(book.numbers, line, f"unit: {spec['unit']},", "unit: ms,")


@damage("result in an unknown unit", "numbers")
def _(book: Copy) -> Place:
    _, line, spec = a_result(book, "tx")
    return book.numbers, book.change(book.numbers, line, f"unit: {spec['unit']},", "unit: zzz,")


@damage(
    "formula of a result",
    "numbers",
    ("with an unknown name", "nosuch * 2"),
    ("that depends on itself", "{name} * 2"),
    ("that cannot be read", "2 *"),
    ("that divides by zero", "1 / 0"),
    ("with an unknown function", "open(1)"),
    ("that compares", "1 < 2"),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    name, line, spec = a_result(book)
    return book.numbers, book.change(book.numbers, line, spec["formula"], variant[1].format(name=name))


@damage("two formulas that need each other", "numbers")
def _(book: Copy) -> Place:
    file = book.data(book.numbers)
    (first, one), (second, two) = list(file.data["results"].items())[:2]
    book.change(book.numbers, file.line("results", second), two["formula"], first)
    return book.numbers, book.change(book.numbers, file.line("results", first), one["formula"], second)


@damage("assert that does not hold", "numbers")
def _(book: Copy) -> Place:
    file = book.data(book.numbers)
    index, spec = next((i, s) for i, s in enumerate(file.data["asserts"]) if "<" in s["formula"])
    turned = re.sub("<=?", ">", spec["formula"])
    return book.numbers, book.change(book.numbers, file.line("asserts", index), spec["formula"], turned)


@damage("input without", "numbers", "source", "unit", "value", "en", "zh")
def _(book: Copy, key: str) -> Place:
    file = book.data(book.numbers)
    name = next(iter(file.data["inputs"]))
    line = file.line("inputs", name)
    text = book.lines(book.numbers)[line - 1]
    return book.numbers, book.edit(
        book.numbers, line, line, re.sub(rf"\b{key}: [^,}}]+(, )?", "", text).replace(", }", "}")
    )


@damage("table with an unknown quantity", "numbers")
def _(book: Copy) -> Place:
    file = book.data(book.numbers)
    name = next(iter(file.data["tables"]))
    line = file.line("tables", name)
    return book.numbers, book.change(book.numbers, line, "[", "[nosuch, ")


# ── data files ────────────────────────────────────────────────────────────────────────────────────

FILES = {
    "data/framework.yml": "framework",
    "data/designs.yml": "designs",
    "data/glossary.yml": "glossary",
    "data/units.yml": "units",
    "data/redirects.yml": "redirects",
    "data/search.yml": "search",
    "data/review.yml": "review",
    "data/numbers/designs/fraud-detection.yml": "numbers",
    "data/sources/designs/fraud-detection.yml": "sources",
    "data/site.yml": "site",
    "data/languages/en.yml": "languages",
    "data/languages/zh.yml": "languages",
}


def _each_file(name: str) -> Callable[[Callable], Callable]:
    def register(function: Callable) -> Callable:
        for path, rule in FILES.items():
            damage(name, rule, path)(function)
        return function

    return register


@_each_file("invalid YAML")
def _(book: Copy, path: str) -> Place:
    text = book.read(path).rstrip("\n") + "\n"
    book.write(path, text + "\tzzz: 1\n")
    return path, text.count("\n") + 1


@_each_file("YAML key twice")
def _(book: Copy, path: str) -> Place:
    text = book.read(path).rstrip("\n") + "\n"
    key = re.search(r"^(\"[^\"]+\"|[\w%][^\s:]*):", text, re.M)[1]
    book.write(path, text + f"{key}: {{}}\n")
    return path, text.count("\n") + 1


@_each_file("data file in Latin-1")
def _(book: Copy, path: str) -> Place:
    text = book.read(path).rstrip("\n") + "\n"
    book.write(path, text.encode() + b"# caf\xe9\n")
    return path, text.count("\n") + 1


for _path, _rule in FILES.items():
    if "/numbers/" not in _path and "/sources/" not in _path:

        @damage("data file missing", _rule, _path)
        def _(book: Copy, path: str) -> Place:
            (book.root / path).unlink()
            return path, 1


@damage("stage that takes longer", "framework")
def _(book: Copy) -> Place:
    path = "data/framework.yml"
    line = book.find(path, r"^    minutes:")
    book.edit(path, line, line, "    minutes: 6")
    return path, book.data(path).line("total")


@damage("interview of another length", "framework")
def _(book: Copy) -> Place:
    path = "data/framework.yml"
    line = book.data(path).line("total")
    return path, book.edit(path, line, line, "total: 60")


@damage("timeline shifted", "framework")
def _(book: Copy) -> Place:
    path = "data/framework.yml"
    file = book.data(path)
    line = file.line("timeline", 2, "to")
    book.edit(path, line, line, f"    to: {file.data['timeline'][2]['to'] + 1}")
    return path, file.line("timeline", 2)


@damage("timeline entry removed", "framework")
def _(book: Copy) -> Place:
    path = "data/framework.yml"
    file = book.data(path)
    book.edit(path, file.line("timeline", 2), file.line("timeline", 3) - 1)
    return path, file.line("timeline")


@damage(
    "framework entry without a key",
    "framework",
    ("stage", "stages", "establish_zh"),
    ("timeline", "timeline", "why_en"),
    ("loop", "loops", "to"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, part, key = variant
    path = "data/framework.yml"
    line = book.data(path).line(part, 0, key)
    book.edit(path, line, line)
    return path, book.data(path).line(part, 0)


@damage("unreadable entry", "glossary", ("glossary", "  - {en: zzz, zh: 某, avoid_zh: 某某}"))
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = "data/glossary.yml"
    return path, book.insert(path, book.data(path).line("terms", 0), variant[1])


@damage("unit pattern without a place for the number", "units")
def _(book: Copy) -> Place:
    path = "data/units.yml"
    line = book.find(path, r"^\w+:")
    return path, book.change(path, line, "{n}", "n")


@damage("must-discuss pattern that is none", "designs")
def _(book: Copy) -> Place:
    path = "data/designs.yml"
    file = book.data(path)
    line = file.line("designs", 0, "must_discuss", 0)
    pattern = file.data["designs"][0]["must_discuss"][0]["pattern_en"]
    book.change(path, line, pattern, "(")
    return path, file.line("designs", 0)


# ── translations, glossary, typography, placeholders ──────────────────────────────────────────────


@damage("stale translation", "translation")
def _(book: Copy) -> Place:
    path = book.design("zh")
    line = book.find(path, "^translates:")
    return path, book.edit(path, line, line, 'translates: "0123456789ab"')


@damage("English page edited", "translation")
def _(book: Copy) -> Place:
    book.append(book.design("en"), "One more sentence.")
    path = book.design("zh")
    return path, book.find(path, "^translates:")


@damage("translation without a stamp", "translation")
def _(book: Copy) -> Place:
    path = book.design("zh")
    line = book.find(path, "^translates:")
    book.edit(path, line, line)
    return path, 1


@damage(
    "forbidden term",
    "glossary",
    *[
        (f"{language}, {place}", language, place)
        for language in ("en", "zh")
        for place in ("prose", "diagram")
    ],
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, language, place = variant
    terms = book.data("data/glossary.yml").data["terms"]
    word = next(term[f"avoid_{language}"][0] for term in terms if term.get(f"avoid_{language}"))
    path = book.design(language)
    if place == "prose":
        return path, book.append(path, word)
    return path, book.insert(path, book.fence(path, "serving").end, f'  zz["{word}"]')


@damage("forbidden term in a label of the numbers", "glossary")
def _(book: Copy) -> Place:
    terms = book.data("data/glossary.yml").data["terms"]
    word = next(term["avoid_zh"][0] for term in terms if term.get("avoid_zh"))
    file = book.data(book.numbers)
    name, spec = next(iter(file.data["inputs"].items()))
    return book.numbers, book.change(
        book.numbers, file.line("inputs", name), f"zh: {spec['zh']}", f"zh: {word}"
    )


@damage(
    "Chinese with",
    "typography",
    ("half-width comma", "甲, 乙。"),
    ("half-width full stop", "甲乙."),
    ("half-width brackets", "甲(乙)丙。"),
    ("straight quotes", '甲"乙"丙。'),
    ("three dots", "甲..."),
    ("short dash", "甲—乙。"),
    ("no space before Latin", "用GPU。"),
    ("no space after digits", "共 3个。"),
    ("space beside a comma", "GPU ，快。"),
    ("no space in a table", "| 甲 | 乙 |\n|---|---|\n| 用GPU | 丙 |"),
    ("no space in a diagram", None),
)
def _(book: Copy, variant: tuple[str, str | None]) -> Place:
    path = book.design("zh")
    if variant[1] is None:
        return path, book.insert(path, book.fence(path, "serving").end, '  zz["用GPU"]')
    lines = variant[1].split("\n")
    return path, book.append(path, *lines) + len(lines) - 1


@damage("English with full-width punctuation", "typography")
def _(book: Copy) -> Place:
    path = book.design("en")
    return path, book.append(path, "One，two.")


@damage("placeholder", "placeholders", ("en", "en", "TODO: numbers"), ("zh", "zh", "待补充"))
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    path = book.design(variant[1])
    return path, book.append(path, variant[2])


# ── encoding and front matter ─────────────────────────────────────────────────────────────────────


@damage("byte-order mark", "encoding", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    book.write(path, "\ufeff" + book.read(path))
    return path, 1


@damage("Windows line ends", "encoding", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    book.write(path, book.read(path).replace("\n", "\r\n"))
    return path, 1


@damage("bytes in Latin-1", "encoding", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    text = book.read(path).rstrip("\n") + "\n"
    book.write(path, text.encode() + b"caf\xe9\n")
    return path, text.count("\n") + 1


@damage(
    "stray character", "encoding", ("control", "\x07"), ("zero-width", "\u200b"), ("replacement", "\ufffd")
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("en")
    return path, book.append(path, f"a{variant[1]}b")


@damage("front matter without", "front-matter", "title", "description")
def _(book: Copy, key: str) -> Place:
    path = book.design("zh")
    line = book.find(path, f"^{key}:")
    book.edit(path, line, line)
    return path, 1


@damage(
    "front matter with",
    "front-matter",
    ("invalid YAML", "zzz: a: b"),
    ("a key twice", "title: zzz"),
    ("an unknown key", "zzz: 1"),
    ("a tab", "\tzzz: 1"),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("en")
    return path, book.insert(path, book.page(path).body_line - 1, variant[1])


@damage("front matter", "front-matter", "removed", "never closed", "page emptied")
def _(book: Copy, how: str) -> Place:
    path = "docs/en/index.md"
    page = book.page(path)
    if how == "page emptied":
        book.write(path, "")
    elif how == "removed":
        book.edit(path, 1, page.body_line - 1)
    else:
        book.write(
            path, "\n".join(line for n, line in enumerate(page.lines, 1) if n == 1 or line.strip() != "---")
        )
    return path, 1


# ── all of them ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", CASES)
def test_damage_is_reported_where_it_stands(name, original, tmp_path):
    root, before = original
    book = Copy(shutil.copytree(root, tmp_path / "copy", copy_function=os.link))
    rule, harm = CASES[name]
    path, line = harm(book)
    found: list[Problem] = rules.check(book.book())
    reported = [problem for problem in found if problem not in before]
    assert (path, line, rule) in {(p.path, p.line, p.rule) for p in reported}, "\n".join(map(str, reported))
    assert all(p.message and p.line >= 1 for p in reported)


def test_there_are_damages_for_every_rule():
    names = {rule.id for rule in rules.RULES if not rule.advice}
    assert names - {rule for rule, _ in CASES.values()} == set()
