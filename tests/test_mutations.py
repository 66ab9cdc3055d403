"""Damage to a handbook is noticed: each case harms a copy of the specimen and says who must report it, and where.

A damage finds its target by structure (the first table of the metrics stage, the first budget), never
by a line number or a wording that an author may change tomorrow.
"""

from __future__ import annotations

import copy
import functools
import os
import re
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

import specimens
from handbook import diagrams, mathml, review, rules, source, yamlfile
from handbook.boards import routes
from handbook.problems import Problem
from handbook.rules import anchors, anti_patterns, designs, translations, typography
from handbook.source import figures, outline, texts
from handbook.source import page as pages
from handbook.writer import Writer

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

    def remember(module: object, name: str, key: Callable[..., object] | None = None) -> None:
        monkeypatch.setattr(module, name, _remembered(getattr(module, name), key))

    for module, name in (
        (diagrams, "problems"),
        (diagrams, "structure"),
        (figures, "read"),
        (rules.language, "_chinese"),
        (mathml, "render"),
        (pages, "parse"),
        (typography, "_wrong"),
    ):
        remember(module, name)
    for module in (outline, texts, rules.headings):
        remember(module, "outline", lambda page: (page.path, page.text))
    remember(routes, "routes", str)
    monkeypatch.setattr(texts.Text, "plain", property(_remembered(texts.Text.plain.fget)))
    parse = functools.cache(yamlfile.parse)

    def parse_copy(*arguments: object, **options: object) -> yamlfile.YamlFile:
        file = parse(*arguments, **options)
        return yamlfile.YamlFile(file.path, copy.deepcopy(file.data), file.lines, list(file.problems))

    monkeypatch.setattr(yamlfile, "parse", parse_copy)
    one = _one_folder("review.yml", "framework.yml")
    load = anti_patterns.load_criteria
    monkeypatch.setattr(anti_patterns, "load_criteria", lambda data: load(one(data)))
    findings = functools.cache(review.findings)
    monkeypatch.setattr(review, "findings", lambda text, language, data: findings(text, language, one(data)))


def _remembered(function: Callable, key: Callable[..., object] | None = None) -> Callable:
    """Remember what a function returned, or all that it yielded, by its arguments or a key of them."""
    known: dict = {}

    def wrapper(*arguments: object, **options: object) -> object:
        place = key(*arguments) if key else (*arguments, *options.items())
        if place not in known:
            result = function(*arguments, **options)
            known[place] = tuple(result) if isinstance(result, Generator) else result
        return known[place]

    return wrapper


def _one_folder(*names: str) -> Callable[[Path], Path]:
    """Return what gives the first folder in which the files of some names were as they are in a folder."""
    known: dict = {}

    def first(folder: Path) -> Path:
        files = [folder / name for name in names]
        return known.setdefault(tuple(file.is_file() and file.read_bytes() for file in files), folder)

    return first


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The sources, translations stamped and anchors published, and their problems: none at the end."""
    patch = pytest.MonkeyPatch()
    _cached(patch)
    root = specimens.copy(tmp_path_factory.mktemp("original") / "specimen")
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


@damage("stage page without the same stage of the designs", "stage-pages", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = f"docs/{language}/framework/data.md"
    line = book.find(path, r"^\{\{ same-stage: data \}\}")
    book.edit(path, line, line + 1)
    return path, book.section(path, "see-also")[0].line


@damage("design without a note on a stage", "designs")
def _(book: Copy) -> Place:
    path = "data/designs.yml"
    line = book.data(path).line("designs", 0, "stages", "model")
    book.edit(path, line, line)
    return path, book.data(path).line("designs", 0, "stages")


# ── the question bank ─────────────────────────────────────────────────────────────────────────────


def _bank(book: Copy, slug: str, id_: str, nearest: str = "index") -> str:
    """Write a data file with one question; return its path."""
    facts = f"{{hardest: data, difficulty: 2, minutes: 45, nearest: {nearest}}}"
    book.write("data/questions.yml", f"questions:\n  {slug}:\n    {id_}: {facts}\n")
    return "data/questions.yml"


@damage("question without its section", "questions", "en", "zh")
def _(book: Copy, language: str) -> Place:
    _bank(book, "framework/index", "nowhere")
    return f"docs/{language}/framework/index.md", 1


@damage("question without its parts", "questions", "en", "zh")
def _(book: Copy, language: str) -> Place:
    _bank(book, "framework/data", "numbers")
    path = f"docs/{language}/framework/data.md"
    return path, book.section(path, "numbers")[1] + 1


@damage("question of a page that does not exist", "questions")
def _(book: Copy) -> Place:
    return _bank(book, "practice/nowhere", "toy"), 3


@damage("question that leads nowhere", "questions")
def _(book: Copy) -> Place:
    return _bank(book, "framework/data", "numbers", "framework/nowhere"), 3


# ── plans of practice ─────────────────────────────────────────────────────────────────────────────


def _plan(book: Copy, to: str, limit: int = 45) -> str:
    """Write a data file with one plan of one step, which a page prints; return its path."""
    step = f"{{id: read, minutes: 30, to: {to}, en: Read it, zh: 读一遍}}"
    parts = f"    parts:\n      - en: Day\n        zh: 一天\n        steps:\n          - {step}\n"
    book.write("data/plans.yml", f"plans:\n  day:\n    limit: {limit}\n{parts}")
    for language in ("en", "zh"):
        book.append(f"docs/{language}/framework/data.md", "", "{{ practice-plan: day }}")
    return "data/plans.yml"


@damage("step that leads nowhere", "plans")
def _(book: Copy) -> Place:
    return _plan(book, "framework/nowhere"), 8


@damage("plan over its limit", "plans")
def _(book: Copy) -> Place:
    return _plan(book, "framework/data", 20), 2


@damage("plan that no page prints", "plans")
def _(book: Copy) -> Place:
    path = _plan(book, "framework/data")
    step = "{id: a, minutes: 5, to: index, en: A, zh: 甲}"
    book.write(path, f"plans: {{other: {{parts: [{{en: Day, zh: 一天, steps: [{step}]}}]}}}}\n")
    return path, 1


# ── what ages ─────────────────────────────────────────────────────────────────────────────────────


def _verified(book: Copy, slug: str, id_: str, day: str = "2026-01-31") -> str:
    """Write a data file with one section that ages; return its path."""
    book.write("data/verified.yml", f"verified:\n  {slug}:\n    {id_}: {day}\n")
    return "data/verified.yml"


@damage("section that does not say when it was verified", "verified", "en", "zh")
def _(book: Copy, language: str) -> Place:
    _verified(book, "framework/data", "numbers")
    return f"docs/{language}/framework/data.md", 1


@damage("section that says it elsewhere", "verified", "en", "zh")
def _(book: Copy, language: str) -> Place:
    _verified(book, "framework/data", "numbers")
    path = f"docs/{language}/framework/data.md"
    line = book.section(path, "numbers")[0].line
    book.insert(path, line, "{{ verified: numbers }}")
    return path, line


@damage("section verified on a day to come", "verified")
def _(book: Copy) -> Place:
    return _verified(book, "framework/data", "numbers", "2999-01-01"), 3


@damage("section verified on no day", "verified")
def _(book: Copy) -> Place:
    return _verified(book, "framework/data", "numbers", "soon"), 3


@damage("section verified of a page that does not exist", "verified")
def _(book: Copy) -> Place:
    return _verified(book, "framework/nowhere", "numbers"), 3


# ── changes ───────────────────────────────────────────────────────────────────────────────────────


def _changes(book: Copy, *entries: str) -> Place:
    """Write a data file with changes; return the line of the last one."""
    lines = [f"  - {{{entry}, en: New., zh: 新。}}" for entry in entries]
    book.write("data/changes.yml", "\n".join(["changes:", *lines, ""]))
    return "data/changes.yml", len(entries) + 1


@damage("change on a day to come", "changes")
def _(book: Copy) -> Place:
    return _changes(book, "date: 2999-01-01, place: index")


@damage("change on no day", "changes")
def _(book: Copy) -> Place:
    return _changes(book, "date: soon, place: index")


@damage("change of a page that does not exist", "changes")
def _(book: Copy) -> Place:
    return _changes(book, "date: 2026-11-29, place: framework/nowhere")


@damage("change of a section that does not exist", "changes")
def _(book: Copy) -> Place:
    return _changes(book, 'date: 2026-11-29, place: "index#nowhere"')


@damage("change below an older one", "changes")
def _(book: Copy) -> Place:
    return _changes(book, "date: 2026-11-21, place: index", "date: 2026-11-29, place: index")


@damage("comparison without a row", "designs")
def _(book: Copy) -> Place:
    path = "data/designs.yml"
    line = book.data(path).line("designs", 0, "compare", "cost")
    book.edit(path, line, line)
    return path, book.data(path).line("designs", 0, "compare")


@damage("design that is not compared", "designs")
def _(book: Copy) -> Place:
    path = "data/designs.yml"
    first, last = (book.data(path).line("designs", 0, "compare", *key) for key in ((), ("hardest",)))
    book.edit(path, first, last)
    return path, book.data(path).line("designs", 0)


@damage("comparison with a number that its design does not have", "values")
def _(book: Copy) -> Place:
    path = "data/designs.yml"
    line = book.data(path).line("designs", 0, "compare", "load")
    return path, book.edit(path, line, line, '      load: {en: "{{ no_such }}", zh: "{{ no_such }}"}')


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


@damage(
    "opening that names a model",
    "anti-patterns",
    ("en", "en", "We train a transformer on everything."),
    ("zh", "zh", "先训练一个 transformer 模型。"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, language, text = variant
    path = book.design(language)
    return path, book.insert(path, book.page(path).headings[0].line + 1, "", text) + 1


@damage(
    "stage that is only left out",
    "anti-patterns",
    ("monitoring, en", "en", "monitoring", "We skip monitoring for now."),
    ("monitoring, zh", "zh", "monitoring", "监控先不讲。"),
    ("data, en", "en", "data", "We skip the data for now."),
    ("data, zh", "zh", "data", "数据先不讲。"),
)
def _(book: Copy, variant: tuple[str, str, str, str]) -> Place:
    _, language, stage, text = variant
    path = book.design(language)
    _, start, end = book.section(path, stage)
    return path, book.edit(path, start, end, "", text, "") + 1


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


@damage(
    "figure that differs in one language",
    "parity",
    ("unit of time", "80 ms", "80 秒"),
    ("end of a range", "10-20%", "10-30%"),
    ("end of a scaled range", "10–20K", "1–3 万"),
    ("number in words", "2 weeks", "三周"),
    ("formula", r"\(x = 2^{10}\)", r"\(x = 2^{11}\)"),
    ("code", "`top_k=50`", "`top_k=60`"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, english, chinese = variant
    for language, text in (("en", english), ("zh", chinese)):
        line = book.append(book.design(language), f"So {text}." if language == "en" else f"即 {text}。")
    return book.design("zh"), line


@damage("two figures that have changed places in one language", "parity")
def _(book: Copy) -> Place:
    book.append(book.design("en"), "It takes 11 ms.", "", "Then it takes 22 ms.")
    path = book.design("zh")
    return path, book.append(path, "先用 22 毫秒。", "", "再用 11 毫秒。")


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


@damage("sentence left in English", "language")
def _(book: Copy) -> Place:
    path = book.design("zh")
    paragraph = next(block for block in blocks(book, path, "paragraph") if block.text.endswith("。"))
    line = paragraph.line + paragraph.text.count("\n")
    text = book.lines(path)[line - 1]
    return path, book.edit(path, line, line, f"{text}This sentence was left as it is.")


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


@damage(
    "diagram with",
    "diagrams",
    ("arrow behind a box", *(f"zz{n}[Box number {n}] --> zm" for n in range(3)), "zm --> zf{?}", "zs[In the way] --> zf"),
    ("label on an arrow", "zb -->|query| zs", "zs -->|seen| zb", "zl --> zs", "zb -->|clicks, purchases| zl"),
)
def _(book: Copy, variant: tuple[str, ...]) -> Place:
    path = book.design("en")
    fence = book.fence(path, "serving")
    begin = book.find(path, "accDescr:", fence.line) + 1
    return path, book.edit(path, begin, fence.end - 1, *variant[1:]) + len(variant) - 2


@damage("fence that would print its source", "diagrams", "Mermaid", 'mermaid title="x"', "mermaid {.wide}")
def _(book: Copy, info: str) -> Place:
    path = book.design("en")
    fence = book.fence(path, "serving")
    return path, book.change(path, fence.line, "mermaid", info)


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


# ── Markdown that is not shown as it is meant ─────────────────────────────────────────────────────


@damage(
    "Markdown",
    "rendered",
    *[
        (f"{name}, {language}", language, text, line)
        for language in ("en", "zh")
        for name, text, line in (
            ("box in other quotes", "!!! trap “T”\n    {text}", 0),
            ("box of an unknown kind", '!!! notte "T"\n    {text}', 0),
            ("box that is not indented", '!!! trap "T"\n{text}', 0),
            ("box inside a list item, by two spaces", '- {text}\n  !!! note "T"\n      {text}', 1),
            ("list nested by two spaces", "- {text}\n  - {text}", 1),
            ("list without a line before it", "{text}\n- {text}", 1),
            ("table without a line before it", "{text}\n| {text} |\n|---|\n| {text} |", 1),
            ("table whose rule is too short", "| {text} | {text} |\n|---|\n| {text} | {text} |", 0),
            ("fence that ends with four ticks", "```text\n{text}\n````", 0),
            ("heading in a quote", "> ## {text}", 0),
            ("heading in a list", "- ## {text}", 0),
            ("heading in a box", '!!! trap "T"\n    ## {text}', 1),
            ("id with a full stop", "## {text} {{#v1.2}}\n\n{text}", 0),
            ("bold text that never ends", "**{text}", 0),
            ("code that never ends", "`{text}", 0),
            ("link with a space", "[{text}] (serving.md)", 0),
            ("attributes with spaces", "{text} {{ .wide }} {text}", 0),
            ("picture from elsewhere", "![{text}](https://example.com/x.png)", 0),
            ("script in a list of attributes", '*{text}*{{: onclick="a()" }}', 0),
        )
    ],
)
def _(book: Copy, variant: tuple[str, str, str, int]) -> Place:
    _, language, pattern, line = variant
    path = book.design(language)
    text = pattern.format(text="text" if language == "en" else "文字")
    return path, book.append(path, *text.split("\n")) + line


@damage(
    "raw HTML",
    "markup",
    *[
        (f"{name}, {language}", language, text, line)
        for language in ("en", "zh")
        for name, text, line in (
            ("link", '<a href="serving.md">x</a>', 0),
            ("picture over two lines", '<img src=\n"x.png">', 0),
            ("frame", '<iframe src="https://example.com"></iframe>', 0),
            ("script in a cell", "| a |\n|---|\n| <script>x()</script> |", 2),
            ("emphasis in the title of a box", '!!! trap "<i>T</i>"\n    x', 0),
            ("comment that never ends", "<!-- x", 0),
            ("spaces without end", "{{" + " " * 5_000, 0),
        )
    ],
)
def _(book: Copy, variant: tuple[str, str, str, int]) -> Place:
    _, language, text, line = variant
    path = book.design(language)
    return path, book.append(path, *text.split("\n")) + line


@damage("label that is read as a tag", "markup", "en", "zh")
def _(book: Copy, language: str) -> Place:
    file = book.data(book.numbers)
    name, spec = next(iter(file.data["inputs"].items()))
    return book.numbers, book.change(
        book.numbers, file.line("inputs", name), f"{language}: {spec[language]}", f'{language}: "a<b && c>d"'
    )


@damage("front matter in quotes", "front-matter", "title", "description")
def _(book: Copy, key: str) -> Place:
    path = book.design("en")
    line = book.find(path, f"^{key}:")
    return path, book.edit(path, line, line, f"{key}: 'The \"best\" one'")


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
    ("of a place in one language", "en/old", "framework/index"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, old, new = variant
    book.write("data/redirects.yml", f"# moved\nredirects:\n  {old}: {new}\n")
    return "data/redirects.yml", 3


@damage(
    "redirect out of the site",
    "redirects",
    ("to another host", "old", "//example.com/framework/index"),
    ("to a folder above", "old", "../../evil"),
    ("from a folder above", '"../../evil"', "framework/index"),
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
    line = book.find(SITE, r"^  designs:")
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
    data = book.data(book.numbers).data
    # What the data file itself names would be missed there first.
    named = re.findall(r"\w+", str({key: part for key, part in data.items() if key not in ("inputs", "results")}))
    named += re.findall(r"\w+", " ".join(str(result["formula"]) for result in data["results"].values()))
    mark = next(m for m in book.page(path).values if m.text in data["results"] and m.text not in named)
    line = book.data(book.numbers).line("results", mark.text)
    book.change(book.numbers, line, f"{mark.text}:", f"{mark.text}_x:")
    return path, mark.line


@damage("unit without a way to write it", "values")
def _(book: Copy) -> Place:
    path = book.design("en")
    known = book.book().numbers["designs/fraud-detection"].quantities
    mark = next(mark for mark in book.page(path).values if mark.text in known)
    line = book.data("data/units.yml").line(known[mark.text].unit)
    book.edit("data/units.yml", line, line)
    return path, mark.line


@damage("card row without a value", "numbers", "en", "zh")
def _(book: Copy, language: str) -> Place:
    line = book.data(book.numbers).line("card", 0)
    book.change(book.numbers, line, f"value_{language}:", f"worth_{language}:")
    return book.numbers, line


@damage("source renamed that a page cites", "values")
def _(book: Copy) -> Place:
    path = book.design("en")
    mark = next(m for m in book.page(path).citations if m.text in book.data(book.sources).data)
    line = book.data(book.sources).line(mark.text)
    book.change(book.sources, line, mark.text, f"{mark.text}x")
    return path, mark.line


@damage("unit that nobody can read back", "derivations", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = "data/units.yml"
    line = book.data(path).line("tx/s")
    pattern = book.data(path).data["tx/s"][language]
    book.change(path, line, pattern, f"{pattern} {{n}}")
    name = next(n for n, s in book.data(book.numbers).data["results"].items() if "tps_mean" in s["formula"])
    return book.numbers, book.data(book.numbers).line("results", name)


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
    ("plain http", "url", "http://example.org", False),
    ("empty url", "url", "", True),
    ("year in words", "year", "soon", True),
    ("year without an end", "year", ".inf", True),
    ("no date", "checked", "2026-13-45", False),
    ("a date to come", "checked", "2999-01-01", False),
    ("a place in lower case", "where", "as quoted by others", False),
)
def _(book: Copy, variant: tuple[str, str, str, bool]) -> Place:
    _, key, value, at_the_key = variant
    name = next(iter(book.data(book.sources).data))
    line = book.data(book.sources).line(name, key)
    book.edit(book.sources, line, line, f"  {key}: {value}")
    return book.sources, line if at_the_key else book.data(book.sources).line(name)


@damage("source that nobody cites", "sources")
def _(book: Copy) -> Place:
    text = book.read(book.sources).rstrip("\n") + "\n"
    name = next(iter(book.data(book.sources).data))
    entry = text[text.index(f"{name}:") :].split("\n")
    last = next(n for n, line in enumerate(entry) if n and not line.startswith(" "))
    book.write(book.sources, text + "\n".join(["zzz2020:", *entry[1:last]]) + "\n")
    return book.sources, text.count("\n") + 1


@damage("source whose address stands under another key", "sources")
def _(book: Copy) -> Place:
    entries = book.data(book.sources).data
    first, second = list(entries)[:2]
    line = book.data(book.sources).line(second, "url")
    book.edit(book.sources, line, line, f"  url: {entries[first]['url']}")
    return book.sources, book.data(book.sources).line(second)


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


@damage(
    "input with",
    "numbers",
    ("a time as value", "value", "50:00"),
    ("a value without an end", "value", ".inf"),
    ("an empty label", "zh", "''"),
    ("a unit of other capitals", "unit", "Ms"),
    ("an unknown key", "vale", "1"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, key, value = variant
    file = book.data(book.numbers)
    line = file.line("inputs", next(iter(file.data["inputs"])))
    text = re.sub(rf"\b{key}: [^,}}]+", f"{key}: {value}", book.lines(book.numbers)[line - 1])
    if f"{key}: {value}" not in text:
        text = text.replace("{", f"{{{key}: {value}, ")
    return book.numbers, book.edit(book.numbers, line, line, text)


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
    "data/boards/designs/fraud-detection.yml": "boards",
}
#: Those that a page of its own may lack.
OPTIONAL = ("data/numbers/", "data/sources/", "data/boards/")


def _each_file(name: str, reported_by: str = "") -> Callable[[Callable], Callable]:
    """Register a damage to each data file, which the file's own rule reports if no other is named."""

    def register(function: Callable) -> Callable:
        for path, rule in FILES.items():
            damage(name, reported_by or rule, path)(function)
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
    if not _path.startswith(OPTIONAL):

        @damage("data file missing", _rule, _path)
        def _(book: Copy, path: str) -> Place:
            (book.root / path).unlink()
            return path, 1


@_each_file("merge conflict", "files")
def _(book: Copy, path: str) -> Place:
    text = book.read(path).rstrip("\n") + "\n"
    book.write(path, f"{text}<<<<<<< ours\n# a\n=======\n# b\n>>>>>>> theirs\n")
    return path, text.count("\n") + 1


@damage("merge conflict", "files", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    return path, book.append(path, "<<<<<<< ours", "text", "=======", "others", ">>>>>>> theirs")


@damage("file that is no page", "files", "docs/en/index.md.orig", "docs/zh/framework/.DS_Store", "docs/zh/index.md~")
def _(book: Copy, path: str) -> Place:
    book.write(path, "x\n")
    return path, 1


@damage("link out of the handbook", "files", "docs/en/notes.md", "docs/zh/notes.txt", "data/numbers/notes.yml")
def _(book: Copy, path: str) -> Place:
    (book.root / path).symlink_to("/etc/passwd")
    return path, 1


@damage("page whose path is no address", "files", "docs/en/My Page.md", "docs/zh/数据.md")
def _(book: Copy, path: str) -> Place:
    book.write(path, book.read("docs/en/index.md"))
    return path, 1


@damage("file without a page", "files", "data/numbers/designs/old.yml", "data/sources/designs/old.yml")
def _(book: Copy, path: str) -> Place:
    book.write(path, "{}\n")
    return path, 1


@damage("document to copy without its page", "templates", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = f"data/templates/{language}/form.md"
    (book.root / path).parent.mkdir(parents=True)
    book.write(path, "# Form\n")
    return path, 1


@damage("words for a section that is not there", "search-words", "framework/index#budgets", "framework/indx")
def _(book: Copy, place: str) -> Place:
    path = "data/search.yml"
    line = book.find(path, r"^  framework/index#budget:")
    return path, book.change(path, line, "framework/index#budget", place)


@damage(
    "stage of another id",
    "framework",
    ("in the timeline", "timeline", "stages"),
    ("in a loop", "loops", "to"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, part, key = variant
    path = "data/framework.yml"
    line = book.data(path).line(part, 0, key)
    text = book.lines(path)[line - 1]
    stage = re.search(r"requirements|data|model", text)[0]
    return path, book.change(path, line, stage, f"{stage}x")


@damage("key that is a number", "designs", "2024")
def _(book: Copy, key: str) -> Place:
    path = "data/designs.yml"
    text = book.read(path).rstrip("\n") + "\n"
    book.write(path, f"{text}{key}: x\n")
    return path, text.count("\n") + 1


# ── boards ────────────────────────────────────────────────────────────────────────────────────────

BOARD = "data/boards/designs/fraud-detection.yml"


@damage(
    "label of a board that leaves its box",
    "boards",
    ("en", "en", "A name that is much too long for any box of this size on any board"),
    ("zh", "zh", "这里的字实在太多了所以无论如何怎么写也写不进三列两行的这个小框里去只好写短一点"),
)
def _(book: Copy, variant: tuple[str, str, str]) -> Place:
    _, language, text = variant
    file = book.data(BOARD)
    line = file.line("boxes", 0)
    return BOARD, book.change(BOARD, line, f"{language}: {file.data['boxes'][0][language]}", f"{language}: {text}")


@damage("boxes of a board without room for a label", "boards")
def _(book: Copy) -> Place:
    book.change(BOARD, book.data(BOARD).line("boxes", 1), "at: [7, 0]", "at: [4, 0]")
    return BOARD, book.data(BOARD).line("arrows", 0)


@damage("box of a board beside its neighbour", "boards")
def _(book: Copy) -> Place:
    return BOARD, book.change(BOARD, book.data(BOARD).line("boxes", 1), "at: [7, 0]", "at: [3, 0]")


@damage("board that is taller than it is wide", "boards")
def _(book: Copy) -> Place:
    for box, place in ((2, "[0, 12]"), (3, "[6, 18]")):
        book.change(BOARD, book.data(BOARD).line("boxes", box), ("at: [16, 0]", "at: [16, 6]")[box - 2], f"at: {place}")
    return BOARD, 1


@damage("box of a board on top of another", "boards")
def _(book: Copy) -> Place:
    return BOARD, book.change(BOARD, book.data(BOARD).line("boxes", 1), "at: [7, 0]", "at: [1, 0]")


@damage("arrow of a board to an unknown box", "boards")
def _(book: Copy) -> Place:
    return BOARD, book.change(BOARD, book.data(BOARD).line("arrows", 0), "to: store", "to: stroe")


@damage("unknown value on a board", "boards", "en", "zh")
def _(book: Copy, language: str) -> Place:
    line = book.data(BOARD).line("arrows", 0)
    return BOARD, book.change(BOARD, line, f'{language}: "{{{{ decision.resolve', f'{language}: "{{{{ decision.resolv')


@damage("board of a page that is not there", "boards")
def _(book: Copy) -> Place:
    path = "data/boards/designs/other.yml"
    book.write(path, book.read(BOARD))
    return path, 1


@damage("board removed that a page shows", "values", "en", "zh")
def _(book: Copy, language: str) -> Place:
    (book.root / BOARD).unlink()
    path = book.design(language)
    return path, book.find(path, r"^\{\{ board \}\}")


@damage("board at a minute that is not shown", "values", "en", "zh")
def _(book: Copy, language: str) -> Place:
    path = book.design(language)
    return path, book.change(path, book.find(path, r"^\{\{ board \}\}"), "board", "board: 9")


# ── labels in two languages ───────────────────────────────────────────────────────────────────────


@damage("number in one label only", "labels", ("plain", "{} 3"), ("percentile", "{} p95"), ("time", "80 秒的{}"))
def _(book: Copy, variant: tuple[str, str]) -> Place:
    file = book.data(book.numbers)
    name, spec = next(iter(file.data["inputs"].items()))
    line = file.line("inputs", name)
    return book.numbers, book.change(book.numbers, line, f"zh: {spec['zh']}", f"zh: {variant[1].format(spec['zh'])}")


@damage("number changed in the label of a result", "labels", "en", "zh")
def _(book: Copy, language: str) -> Place:
    file = book.data(book.numbers)
    name, label = next((n, s[language]) for n, s in file.data["results"].items() if "0.1%" in s[language])
    return book.numbers, book.change(
        book.numbers, file.line("results", name), f"{language}: {label}", f"{language}: {label.replace('0.1%', '0.2%')}"
    )


@damage("value exchanged in one language of the card", "labels", "en", "zh")
def _(book: Copy, language: str) -> Place:
    line = book.data(book.numbers).line("card", 0)
    text = book.lines(book.numbers)[line - 1]
    at = text.index(f"value_{language}:")
    return book.numbers, book.edit(book.numbers, line, line, text[:at] + text[at:].replace("tps_peak", "tx_day", 1))


@damage(
    "number in one text only",
    "labels",
    ("framework", "data/framework.yml", ("stages", 0, "establish_zh")),
    ("timeline", "data/framework.yml", ("timeline", 0, "why_zh")),
    ("design", "data/designs.yml", ("designs", 0, "zh")),
    ("glossary", "data/glossary.yml", ("terms", 0, "meaning_zh")),
    ("board", BOARD, ("description",)),
)
def _(book: Copy, variant: tuple[str, str, tuple[str | int, ...]]) -> Place:
    _, path, keys = variant
    line = book.data(path).line(*keys)
    text = re.sub(r"(\bzh|_zh): ", r"\1: 7 项", book.lines(path)[line - 1], count=1)
    return path, book.edit(path, line, line, text)


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
    return path, book.change(path, line, pattern, "(")


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
    "Chinese that has",
    "usage",
    ("他 for a person", "面试官会追问，他想听理由。"),
    ("a lead-in in another form", "**结论：**甲。"),
    ("a range in another form", "30–120 天，5 到 7 天。"),
    ("thousands beside 万", "7.6 万张、122,000 张。"),
)
def _(book: Copy, variant: tuple[str, str]) -> Place:
    path = book.design("zh")
    return path, book.append(path, variant[1])


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
    ("space behind a sign", "订单 − 5%。"),
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


@damage("sign apart from its number", "typography", "Orders + 5%.", "Known to ± 5 points.", "± {{ designs/fraud-detection:sla }}")
def _(book: Copy, text: str) -> Place:
    path = book.design("en")
    return path, book.append(path, text)


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


#: The rules that look at each damage. The review takes longest and sees a page alone: it has cases of its own.
WITHOUT_REVIEW = {rule.id for rule in rules.RULES if not rule.advice} - {anti_patterns.ID}


@pytest.mark.parametrize("name", CASES)
def test_damage_is_reported_where_it_stands(name, original, tmp_path):
    root, before = original
    book = Copy(shutil.copytree(root, tmp_path / "copy", copy_function=os.link))
    rule, harm = CASES[name]
    path, line = harm(book)
    found: list[Problem] = rules.check(book.book(), {*WITHOUT_REVIEW, rule})
    reported = [problem for problem in found if problem not in before]
    assert (path, line, rule) in {(p.path, p.line, p.rule) for p in reported}, "\n".join(map(str, reported))
    assert all(p.message and p.line >= 1 for p in reported)


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_cannot_be_read_is_reported_once(path, original, tmp_path):
    """What depends on the file is not reported beside it."""
    root, _ = original
    book = Copy(shutil.copytree(root, tmp_path / "copy", copy_function=os.link))
    _, harm = CASES[f"invalid YAML ({path})"]
    place = harm(book)
    assert [(problem.path, problem.line) for problem in rules.check(book.book())] == [place]


def test_there_are_damages_for_every_rule():
    """But for advice, which fails nothing, and for rules of the built site, which no source shows: test_network.py."""
    names = {rule.id for rule in rules.RULES if not rule.advice and rule.scope is not rules.Scope.OUTPUT}
    assert names - {rule for rule, _ in CASES.values()} == set()
