"""No label leaves its box or its drawing, none lies on another, and no arrow runs behind either.

One page shows every kind of diagram with every kind of label (`corpus.py`), and every diagram of the
handbook. What the browser measures has to be what the rule `diagrams` tells an author without one.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from diagrams.corpus import SOURCES
from handbook import diagrams, languages, source
from handbook.diagrams import arrows, drawing
from handbook.writer import Writer

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
SNAPSHOTS = sorted((Path(__file__).parent / "snapshots").glob("*.mmd"))
#: Labels of 47 and 60 letters that nothing can make room for; the rule refuses each of them.
REFUSED = {
    "flowchart-en-long",
    "flowchart-zh-long",
    "gantt-en-long",
    "gantt-zh-long",
    "quadrant-zh-long",
    "xychart-zh-long",
}

MEASURE = """() => {
  const faults = {}
  for (const svg of document.querySelectorAll('svg.dg')) {
    const found = faults[svg.closest('[data-name]').dataset.name] = []
    const rows = []
    for (const text of svg.querySelectorAll('text')) {
      const own = [...text.children].filter(part => part.hasAttribute('x') || part.hasAttribute('dy'))
      for (const row of own.length ? own : [text])
        if (row.textContent.trim()) rows.push({text, label: row.textContent.trim(), ink: inkOf(row, text)})
    }
    for (const {text, label, ink} of rows) {
      if (leaves(ink, svg.getBoundingClientRect())) found.push(`leaves the drawing: ${label}`)
      const shape = shapeOf(text)
      if (shape && leaves(ink, shape.getBoundingClientRect())) found.push(`leaves its box: ${label}`)
      else if (shape && isDiamond(shape)) {
        const box = shape.getBoundingClientRect(), all = text.getBoundingClientRect()
        const height = all.height - 6 * Math.max(own(text).length, 1)
        if (all.width / box.width + height / box.height > 1) found.push(`leaves its diamond: ${label}`)
      }
    }
    for (const [one, other] of pairs(rows)) {
      const width = Math.min(one.ink.right, other.ink.right) - Math.max(one.ink.left, other.ink.left)
      const height = Math.min(one.ink.bottom, other.ink.bottom) - Math.max(one.ink.top, other.ink.top)
      if (one.text != other.text && Math.min(width, height) > 2)
        found.push(`on each other: ${one.label} | ${other.label}`)
    }
  }
  return faults

  function own(text) { return [...text.children].filter(part => part.hasAttribute('x')) }
  // The box of a line has room above and below that no letter reaches.
  function inkOf(row, text) {
    const box = row.getBoundingClientRect()
    if (Math.abs(text.getCTM().b) > 0.01) return box
    const middle = box.top + box.height / 2, half = 0.42 * parseFloat(getComputedStyle(row).fontSize)
    return {left: box.left, right: box.right, top: middle - half, bottom: middle + half}
  }
  function leaves(ink, box) {
    return ink.left < box.left - 0.5 || ink.right > box.right + 0.5 ||
      ink.top < box.top - 0.5 || ink.bottom > box.bottom + 0.5
  }
  function shapeOf(text) {
    const patch = text.previousElementSibling
    if (patch?.classList.contains('edge-box')) return patch
    const cluster = text.closest('.cluster-label') && text.closest('.cluster')
    if (cluster) return cluster.querySelector(':scope > rect')
    const shapes = ':scope > :is(.label-container, .basic, rect.actor, .note, .node-bkg)'
    for (let group = text.parentNode; group.nodeName == 'g'; group = group.parentNode)
      if (group.querySelector(shapes)) return group.querySelector(shapes)
  }
  function isDiamond(shape) {
    return shape.nodeName == 'polygon' && shape.points.length == 4 &&
      Math.abs(shape.points[0].x - shape.points[2].x) < 1
  }
  function* pairs(rows) {
    for (let i = 0; i < rows.length; i++) for (let j = i + 1; j < rows.length; j++) yield [rows[i], rows[j]]
  }
}"""


def every_shape() -> str:
    words = ["Online features", "p99 ≤ 100 ms", "特征存储 Redis", "在线特征<br/>每 5 分钟", "WWWWWW"]
    shapes = ["[]", "()", "([])", "[[]]", "[()]", "(())", "{}", "[//]"]
    lines = []
    for number, (shape, word) in enumerate(itertools.product(shapes, words)):
        half = len(shape) // 2
        lines.append(f'  N{number}{shape[:half]}"{word}"{shape[half:]} -->|{word}| M{number}')
    return "flowchart LR\n" + "\n".join(lines)


def published() -> dict[str, tuple[str, str]]:
    """Language and source of every diagram of the handbook, by its place."""
    book = source.load(ROOT)
    found = {}
    for page in book.all_pages():
        writer = Writer(book, page)
        for fence in page.diagrams:
            found[f"{page.path}:{fence.line}"] = (page.language, writer.values(fence.source))
    return found


@pytest.fixture(scope="module")
def drawings() -> dict[str, diagrams.Drawing]:
    """Every drawing to be measured, by name."""
    sources = {name: (name.split("-")[1], text) for name, text in SOURCES.items()}
    sources |= {path.stem: (path.stem[-2:], path.read_text(encoding="utf-8")) for path in SNAPSHOTS}
    sources |= {"every shape": ("en", every_shape())}
    sources |= published()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(drawing.CACHE_VARIABLE, "")
        return {name: diagrams.draw(text, LANGUAGES[code]) for name, (code, text) in sources.items()}


@pytest.fixture(scope="module")
def measured(browser: Browser, drawings: dict[str, diagrams.Drawing]) -> dict[str, list[str]]:
    """What a browser finds wrong with each drawing, all shown on one page at their natural size."""
    figures = "".join(
        f'<div data-name="{name}" style="width:{drawing.width}px">{drawing.named(f"d{number}").svg}</div>'
        for number, (name, drawing) in enumerate(drawings.items())
    )
    page = browser.new_page(viewport={"width": 4000, "height": 900})
    page.set_content(f'<!doctype html><meta charset="utf-8"><style>{diagrams.stylesheet()}</style>{figures}')
    assert page.locator("svg.dg text").count() > 2000
    found = page.evaluate(MEASURE)
    page.close()
    return found


@pytest.mark.browser
def test_no_label_of_the_handbook_lies_badly(measured: dict[str, list[str]]) -> None:
    pages = {name: faults for name, faults in measured.items() if ":" in name}
    assert len(pages) > 40
    assert {name: faults for name, faults in pages.items() if faults} == {}


@pytest.mark.browser
def test_labels_of_every_kind_lie_well_or_are_refused(measured: dict[str, list[str]]) -> None:
    assert {name: faults for name, faults in measured.items() if faults and name not in REFUSED} == {}


def test_the_rule_knows_it_without_a_browser(drawings: dict[str, diagrams.Drawing]) -> None:
    assert {name for name, drawing in drawings.items() if drawing.faults} == REFUSED


def test_no_arrow_of_the_handbook_runs_behind_what_is_not_its_own(
    drawings: dict[str, diagrams.Drawing],
) -> None:
    pages = {name: drawing for name, drawing in drawings.items() if ":" in name}
    assert sum(drawing.kind == "flowchart" for drawing in pages.values()) > 40
    found = {name: arrows.crossings(drawing.svg, drawing.kind) for name, drawing in pages.items()}
    assert {name: crossings for name, crossings in found.items() if crossings} == {}


MERGED = ["A[A wide box] --> M", "B[Another wide box] --> M", "C[A third wide box] --> M", "M --> F{Seen?}"]
ASKED = ["B[Buyer] -->|query| S[Search]", "S -->|results seen| B"]


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (
            [*MERGED, "S[Box in the way] --> F"],
            7,
            "the arrow from “A third wide box” to “M” runs behind the box “Box in the way”",
        ),
        ([*MERGED, "S[Box in the way] ---> F"], 0, ""),
        (
            [*ASKED, "B -->|clicks, purchases| L[Log]", "L --> S"],
            5,
            "the label “clicks, purchases” lies on an arrow that is not its own",
        ),
        ([*ASKED, "B -->|clicks, purchases| L[Log]"], 0, ""),
        (["A -->|one| B", "A -->|other| B", "B -->|again| B"], 0, ""),
        (["A --> g", "subgraph g [Group]", "X --> Y", "end", "g --> B"], 0, ""),
    ],
)
def test_an_author_is_told_of_an_arrow_that_runs_behind_what_is_not_its_own(
    lines: list[str], line: int, message: str
) -> None:
    source = "\n  ".join(["flowchart TD", "accTitle: T", "accDescr: D", *lines])
    hint = "put its line elsewhere, or make an arrow longer: `--->`"
    assert diagrams.problems(source, LANGUAGES["en"]) == ([(line, message, hint)] if message else [])


def test_an_author_is_told_at_the_line_of_the_label() -> None:
    label = "A very long name of a group of services"
    found = diagrams.problems(
        f"flowchart TD\n  accTitle: T\n  accDescr: D\n  subgraph g [{label}]\n    A\n  end\n", LANGUAGES["en"]
    )
    hint = "shorten it, or break it with <br/>"
    assert found == [(3, f"the label “{label}” leaves its box", hint)]


def test_a_chinese_entry_of_a_timeline_wraps() -> None:
    entry = "用户在多个设备与多个渠道上的行为合并成"
    drawn = diagrams.draw(f"timeline\n  2024 : {entry} : 短\n", LANGUAGES["zh"])
    assert drawn.faults == ()
    assert drawn.texts == ("2024", entry, "短")
    rows = ["用户在多个设备与多", "个渠道上的行为合并", "成"]
    assert re.findall(r"<tspan[^>]*>([^<]+)</tspan>", drawn.svg) == ["2024", *rows, "短"]


@pytest.mark.parametrize("label", ["每秒 5,560，突发每秒 21.1\u00a0万", "每秒 5.28\u00a0万，最多等 15\u00a0分钟，一共 20\u00a0万美元"])
def test_a_number_and_its_unit_stay_on_a_line(label: str) -> None:
    drawn = diagrams.draw(f'flowchart TD\n  A["甲"] -->|"{label}"| B["{label}"]\n', LANGUAGES["zh"])
    rows = re.findall(r"<(?:text|tspan)\b[^>]*>([^<]+)</", drawn.svg)
    for value in re.findall("[0-9.]+\u00a0[分万][钟美]?元?", label):
        assert sum(value in row.replace(" ", "\u00a0") for row in rows) == 2, rows


def test_blocks_of_a_sequence_are_named_in_the_readers_language() -> None:
    texts = diagrams.draw(SOURCES["sequence-zh-short"], LANGUAGES["zh"]).texts
    assert {"循环", "分支", "可选", "并行", "关键", "中断"} <= {*texts}
    assert {"loop", "alt", "opt", "par", "critical", "break"} <= {
        *diagrams.draw(SOURCES["sequence-en-short"], LANGUAGES["en"]).texts
    }


def test_label_of_an_arrow_has_the_ground_of_its_group() -> None:
    lines = "subgraph one\n A -->|x| B\n subgraph two\n C -->|y| D\n end\n class two bad\n end\n E -->|z| F"
    drawn = diagrams.draw(f"flowchart TD\n {lines}\n", LANGUAGES["en"]).svg
    grounds = re.findall(r'<rect class="([^"]*edge-box[^"]*)"[^>]*/><text[^>]*>(.)</text>', drawn)
    assert {label: ground for ground, label in grounds} == {
        "x": "edge-box in-group",
        "y": "edge-box in-group bad",
        "z": "edge-box",
    }
