"""Diagrams in a browser: the same as official Mermaid's, light and dark, and the zoom.

Official Mermaid (`npm ci`, exact version in package-lock.json) is the reference for
what is valid and for what a source contains; it is not part of the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from handbook import diagrams, languages
from handbook.diagrams import drawing, official, parse, theme

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
EN, ZH = LANGUAGES["en"], LANGUAGES["zh"]
SNAPSHOTS = Path(__file__).parent / "snapshots"
MERMAID = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
ZOOM = ROOT / "web" / "diagram-zoom.js"
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SNAPSHOTS.glob("*.mmd"))}


@pytest.fixture(autouse=True)
def no_shared_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drawing.CACHE_VARIABLE, "")


# --- official Mermaid -----------------------------------------------------------------


@pytest.fixture(scope="module")
def mermaid(browser: Browser) -> Iterator[Page]:
    if not MERMAID.exists():
        pytest.fail("official Mermaid is not installed: run `npm ci --ignore-scripts`")
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())  # a reference that needs no network
    page.set_content("<body></body>")
    page.add_script_tag(path=MERMAID)
    page.evaluate(
        "mermaid.initialize({startOnLoad: false, deterministicIds: true, look: 'classic', "
        "layout: 'dagre', theme: 'base', sequence: {mirrorActors: false}})"
    )
    yield page
    page.close()


VERDICTS = {
    "edge styles": "flowchart TD\n  A --> B -.-> C ==> D --- E ~~~ F\n",
    "labels on edges": 'flowchart TD\n  A -->|"25 ms"| B\n  A -. "x y" .-> C\n  A -- text --> D\n',
    "shapes": "flowchart LR\n  A([a]) --> B[(b)] --> C{c} --> D[/d/] --> E((e)) --> F[[f]]\n",
    "classes": "flowchart TD\n  A:::store --> B\n  class B,A bad\n  classDef x fill:#fff\n",
    "several ends": "flowchart TD\n  A & B --> C & D\n",
    "subgraph": "flowchart TD\n  subgraph s [Online path]\n    A --> B\n  end\n  s --> C\n",
    "markdown": 'flowchart TD\n  A["`**Bold** and *italic*<br/>line`"] --> B\n',
    "Chinese": 'flowchart TD\n  A[特征存储] -->|"25 毫秒"| 模型{阈值？}\n',
    "entity code": 'flowchart TD\n  A["p #lt; 0.05"] --> B["≥ 3"]\n',
    "front matter": "---\nconfig:\n  layout: elk\n---\nflowchart TD\n  A --> B\n",
    "comment": "%% why\nflowchart TD\n  %% more\n  A --> B\n",
    "description block": "flowchart TD\n  accDescr {\n    two\n    lines\n  }\n  A --> B\n",
    "parentheses in quotes": 'flowchart TD\n  A["p99 (ms)"] --> B\n',
    "parentheses": "flowchart TD\n  A[p99 (ms)] --> B\n",
    "unclosed label": "flowchart TD\n  A --> B[x\n",
    "unclosed quote": 'flowchart TD\n  A --> B["x]\n',
    "unclosed subgraph": "flowchart TD\n  subgraph s\n  A --> B\n",
    "arrow to nothing": "flowchart TD\n  A -->\n",
    "half an arrow": "flowchart TD\n  A -> B\n",
    "reserved word": "flowchart TD\n  A --> end\n",
    "wrong direction": "flowchart XY\n  A --> B\n",
    "no kind": "A --> B\n",
    "empty": "\n",
    "messages": "sequenceDiagram\n  A->>B: x\n  B-->>A: y\n  A-)B: z\n  A-xB: w\n",
    "blocks": "sequenceDiagram\n  A->>B: x\n  alt a\n    B->>A: y\n  else b\n    B->>A: z\n  end\n",
    "note": "sequenceDiagram\n  Note over A,B: x<br/>y\n  A->>B: z\n",
    "message without text": "sequenceDiagram\n  A->>B\n",
    "unclosed block": "sequenceDiagram\n  loop x\n  A->>B: y\n",
    "deactivated twice": "sequenceDiagram\n  activate A\n  A->>B: x\n  deactivate A\n  deactivate A\n",
    "unknown arrow": "sequenceDiagram\n  A=>B: x\n",
    "states": "stateDiagram-v2\n  [*] --> A\n  A --> B: go\n  B --> [*]\n",
    "composite state": "stateDiagram-v2\n  state A {\n    [*] --> B\n  }\n  A --> C\n",
    "unclosed state": "stateDiagram-v2\n  state A {\n    [*] --> B\n",
    "state arrow": "stateDiagram-v2\n  A -> B\n",
    "gantt": "gantt\n  dateFormat HH:mm\n  section S\n  One :a, 00:00, 5m\n  Two :b, after a, 3m\n",
    "pie": 'pie title T\n  "A" : 3\n  "B" : 4\n',
    "pie without number": 'pie\n  "A" : x\n',
    "mindmap": "mindmap\n  root((R))\n    A\n      B\n",
    "timeline": "timeline\n  title T\n  2020 : A : B\n",
    "quadrant": "quadrantChart\n  x-axis L --> H\n  A: [0.2, 0.3]\n",
    "quadrant outside": "quadrantChart\n  x-axis L --> H\n  A: [2, x]\n",
    "xychart": 'xychart-beta\n  x-axis [a, b]\n  y-axis "y" 0 --> 5\n  bar [1, 2]\n',
    "class": "classDiagram\n  class A {\n    +int n\n  }\n  A <|-- B : is\n",
    "entities": 'erDiagram\n  A ||--o{ B : "has"\n',
    "entities unlabelled arrow": "erDiagram\n  A --> B\n",
}


@pytest.mark.parametrize("source", VERDICTS.values(), ids=VERDICTS)
def test_same_verdict_as_official_mermaid(mermaid: Page, source: str) -> None:
    official = mermaid.evaluate("source => mermaid.parse(source).then(() => true, () => false)", source)
    assert (parse.syntax_error(source) is None) == official


def test_stricter_than_official_mermaid_about_tasks_without_a_time(mermaid: Page) -> None:
    source = "gantt\n  dateFormat HH:mm\n  section S\n  One a 00:00\n"
    assert mermaid.evaluate("source => mermaid.parse(source).then(() => true)", source)
    assert parse.syntax_error(source).line == 3


COUNT = """async ([source, kind]) => {
  const {svg} = await mermaid.render('official', source)
  const host = document.createElement('div')
  host.innerHTML = svg
  document.body.append(host)
  const count = selector => host.querySelectorAll(selector).length
  const counts = {
    flowchart: ['.node', 'path[data-edge=true]'],
    state: ['.node:not(.statediagram-note), .statediagram-cluster',
            '.edgePaths path.transition:not(.note-edge)'],
    sequence: ['.actor-line', '[class^=messageLine]'],
    gantt: ['rect.task', 'nothing'],
    class: ['.node', '.edgePaths path.relation'],
    er: ['.node', '.edgePaths path'],
    mindmap: ['.node', '.edgePaths path'],
    pie: ['.pieCircle', 'nothing'],
    quadrant: ['.data-point', 'nothing'],
    xychart: ['.plot > g', 'nothing'],
    timeline: ['.taskWrapper', 'nothing'],
  }[kind].map(count)
  host.querySelectorAll('style, title, desc').forEach(element => element.remove())
  host.querySelectorAll('br').forEach(element => element.replaceWith(' '))
  const words = [...host.querySelectorAll('text, foreignObject')].map(label => label.textContent)
  host.remove()
  return [...counts, words]
}"""


@pytest.mark.parametrize("name", SOURCES)
def test_same_nodes_and_edges_as_official_mermaid(mermaid: Page, name: str) -> None:
    found = diagrams.structure(SOURCES[name])
    nodes, edges, _ = mermaid.evaluate(COUNT, [SOURCES[name], found.kind])
    drawn_edges = 0 if found.kind == "gantt" else len(found.edges)
    assert (len(found.nodes), drawn_edges) == (nodes, edges)


@pytest.mark.parametrize("name", SOURCES)
def test_drawing_loses_no_letter_of_official_mermaids(mermaid: Page, name: str) -> None:
    diagram = diagrams.draw(SOURCES[name], EN)
    *_, official = mermaid.evaluate(COUNT, [SOURCES[name], diagram.kind])
    drawn = re.sub(r"<title.*?</title>|<desc.*?</desc>", "", diagram.svg)
    ours = re.findall(r"<text[^>]*>(.*?)</text>", drawn)

    def letters(labels: list[str]) -> set[str]:
        plain = (unescape(re.sub(r"</?[a-z][^>]*>", "", label)) for label in labels)
        return {re.sub(r"\s+", "", label) for label in plain} - {""}

    # Official Mermaid repeats nothing and hides nothing, but splits lines elsewhere.
    assert sorted("".join(letters(ours))) == sorted("".join(letters(official)))


# --- the fallback engine ----------------------------------------------------------------


@pytest.fixture(scope="module")
def fallback(browser: Browser) -> Iterator[official.Mermaid]:
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    yield official.Mermaid(page)
    page.close()


KINDS = {diagrams.structure(source).kind: name for name, source in SOURCES.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_official_mermaid_can_draw_what_is_published(fallback: official.Mermaid, kind: str) -> None:
    source = SOURCES[KINDS[kind]]
    ours = diagrams.draw(source, ZH)
    drawing = diagrams.draw(source, ZH, drawn_by=fallback)
    assert drawing.key != ours.key
    assert (drawing.kind, drawing.title, drawing.description) == (kind, ours.title, ours.description)

    def letters(texts: tuple[str, ...]) -> list[str]:
        return sorted(re.sub(r"\s", "", "".join(texts)))

    assert letters(drawing.texts) == letters(ours.texts)
    assert not re.search(r"foreignObject|<style|#[0-9a-fA-F]{6}", drawing.svg)
    for shape in ("<rect", "<path", "<circle", "<polygon", "marker-end="):
        assert bool(drawing.svg.count(shape)) == bool(ours.svg.count(shape)), shape
    assert 0.7 < drawing.width / ours.width < 1.4
    assert 0.7 < drawing.height / ours.height < 1.4


def test_fallback_says_what_it_cannot_draw(fallback: official.Mermaid) -> None:
    with pytest.raises(diagrams.DiagramError, match="the engine cannot draw this"):
        fallback.svg("flowchart TD\n  A --> [B\n")


# --- our drawings in the browser --------------------------------------------------------


def document(names: list[str], scheme: str = "default", language: str = "en") -> str:
    figures = "".join(
        diagrams.figure(
            diagrams.draw(SOURCES[name], LANGUAGES[name[-2:]]), f"d{number}", LANGUAGES[name[-2:]]
        )
        for number, name in enumerate(names)
    )
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<style>body{{margin:0}}{diagrams.stylesheet()}{diagrams.widths([figures])}</style>"
        f'<body data-md-color-scheme="{scheme}">{figures}</body></html>'
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scheme_reaches_the_drawing(browser: Browser, scheme: str) -> None:
    page = browser.new_page()
    page.set_content(document(["flow-en"], "slate" if scheme == "dark" else "default"))
    fill = "getComputedStyle(document.querySelector('.bad .label-container')).fill"
    on_screen = theme.rgb(getattr(theme.PALETTE["bad"], scheme))
    assert page.evaluate(fill) == "rgb({}, {}, {})".format(*on_screen)
    page.emulate_media(media="print")
    on_paper = theme.rgb(theme.PALETTE["bad"].light)
    assert page.evaluate(fill) == "rgb({}, {}, {})".format(*on_paper)
    page.close()


def test_phone_scrolls_inside_the_figure_at_a_readable_size(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_content(document(["flow-en", "gantt-zh"]))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for svg in page.locator("svg.dg").all():
        natural = int(svg.get_attribute("width"))
        # 12 px: three quarters of 16 px, and most of a Gantt chart's 14 px.
        share = 0.86 if "dg-gantt" in svg.get_attribute("class") else 0.75
        assert svg.bounding_box()["width"] == pytest.approx(share * natural, abs=1)
    page.close()


# --- zoom -------------------------------------------------------------------------------


@pytest.fixture
def zoom(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.set_content(document(["flow-zh", "gantt-zh"], language="zh"))
    assert page.locator(".diagram-zoom:visible").count() == 0  # without the script
    page.add_script_tag(path=ZOOM)
    yield page
    page.close()


def transform(page: Page) -> list[float]:
    matrix = page.evaluate("getComputedStyle(document.querySelector('dialog svg')).transform")
    scale, _, _, _, x, y = (float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", matrix))
    return [scale, x, y]


def test_zoom_opens_and_gives_everything_back(zoom: Page) -> None:
    button = zoom.locator(".diagram-zoom").first
    height = zoom.evaluate("document.documentElement.scrollHeight")
    button.click()
    dialog = zoom.get_by_role("dialog", name="放大：风控决策流程")
    assert dialog.is_visible()
    assert zoom.evaluate("document.activeElement.ariaLabel") == "关闭"
    assert transform(zoom)[0] == 1  # as tall as it is, and no smaller than on the page
    zoom.keyboard.press("0")
    box = zoom.locator("dialog svg").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 1000
    assert box["y"] + box["height"] <= 700
    assert zoom.evaluate("document.documentElement.scrollHeight") == height
    zoom.keyboard.press("Escape")
    zoom.locator("dialog").wait_for(state="detached")
    assert zoom.locator("figure").first.locator("svg").count() == 1
    assert zoom.evaluate("document.activeElement === document.querySelector('.diagram-zoom')")


def test_zoom_by_keyboard_and_buttons(zoom: Page) -> None:
    zoom.locator(".diagram-zoom").last.click()
    zoom.keyboard.press("0")
    scale, x, y = transform(zoom)
    zoom.keyboard.press("+")
    assert transform(zoom)[0] == pytest.approx(scale * 1.25, rel=0.01)
    zoom.get_by_label("缩小").click()
    assert transform(zoom) == pytest.approx([scale, x, y], rel=0.01)
    zoom.keyboard.press("ArrowRight")
    assert transform(zoom) == pytest.approx([scale, x - 60, y], rel=0.01)
    zoom.keyboard.press("0")
    assert transform(zoom) == pytest.approx([scale, x, y], rel=0.01)
    zoom.get_by_label("关闭").click()
    zoom.locator("dialog").wait_for(state="detached")


def test_zoom_by_wheel_keeps_the_point_under_the_pointer_and_drag_moves(zoom: Page) -> None:
    zoom.locator(".diagram-zoom").first.click()
    scale, x, y = transform(zoom)
    zoom.mouse.move(300, 400)
    zoom.mouse.wheel(0, -200)
    zoom.wait_for_function(f"new DOMMatrix(document.querySelector('dialog svg').style.transform).a > {scale}")
    bigger, x2, y2 = transform(zoom)
    assert (300 - x2) / bigger == pytest.approx((300 - x) / scale, abs=0.5)
    assert (400 - y2) / bigger == pytest.approx((400 - y) / scale, abs=0.5)
    zoom.mouse.down()
    zoom.mouse.move(340, 430)
    zoom.mouse.up()
    assert transform(zoom) == pytest.approx([bigger, x2 + 40, y2 + 30], abs=0.5)


def test_zoom_by_two_fingers(zoom: Page) -> None:
    zoom.locator(".diagram-zoom").first.click()
    scale, *_ = transform(zoom)
    zoom.evaluate(
        """() => {
          const pan = document.querySelector('.diagram-pan')
          pan.setPointerCapture = () => {}
          const send = (type, pointerId, clientX) => pan.dispatchEvent(
            new PointerEvent(type, {pointerId, clientX, clientY: 300, bubbles: true}))
          send('pointerdown', 1, 300); send('pointerdown', 2, 400); send('pointermove', 2, 500)
          send('pointerup', 1, 300); send('pointerup', 2, 500)
        }"""
    )
    assert transform(zoom)[0] == pytest.approx(2 * scale, rel=0.01)


def test_zoom_buttons_appear_after_instant_navigation(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(document(["gantt-en"]))
    page.evaluate("window.document$ = {subscribe: callback => (window.arrive = callback)}")
    page.add_script_tag(path=ZOOM)
    page.evaluate("html => { document.body.innerHTML = html; arrive() }", document(["flow-en"]))
    button = page.locator(".diagram-zoom")
    assert button.get_attribute("hidden") is None
    button.click()
    assert page.get_by_role("dialog", name="Enlarge: Fraud decision flow").is_visible()
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    page.locator("dialog").wait_for(state="detached")
    page.close()
