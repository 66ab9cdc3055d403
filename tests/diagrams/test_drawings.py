"""Diagrams: drawn the same everywhere, readable in both schemes, checked line by line."""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from handbook import diagrams, kept, languages
from handbook.diagrams import drawing, engine, native, text, theme

SNAPSHOTS = Path(__file__).parent / "snapshots"
SOURCES = sorted(SNAPSHOTS.glob("*.mmd"))
ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
EN, ZH = LANGUAGES["en"], LANGUAGES["zh"]
ACCESSIBLE = "  accTitle: Title\n  accDescr: Description.\n"


@pytest.fixture(autouse=True)
def no_shared_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drawing.CACHE_VARIABLE, "")


def flowchart(*lines: str) -> str:
    return "flowchart TD\n" + ACCESSIBLE + "".join(f"  {line}\n" for line in lines)


def drawn(source: Path) -> diagrams.Drawing:
    return diagrams.draw(source.read_text(encoding="utf-8"), LANGUAGES[source.stem[-2:]])


def by_name(path: Path) -> str:
    return path.stem


# --- drawings ----------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_drawing_is_as_approved(source: Path) -> None:
    """`UPDATE_SNAPSHOTS=1 pytest` approves what is drawn now: look at it first."""
    svg = drawn(source).named("d").svg.replace("><", ">\n<") + "\n"
    approved = source.with_suffix(".svg")
    if os.environ.get("UPDATE_SNAPSHOTS"):
        approved.write_text(svg, encoding="utf-8")
    assert svg == approved.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_samples_have_no_problems(source: Path) -> None:
    wide = {"timeline-en"}
    crossed = {"board-zh"}  # its layout sets two labels on each other's arrows
    found = diagrams.problems(source.read_text(encoding="utf-8"), LANGUAGES[source.stem[-2:]])
    messages = [message for _, message, _ in found if source.stem not in wide]
    assert [message for message in messages if source.stem not in crossed or "not its own" not in message] == []


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_drawing_carries_no_colour_of_its_own(source: Path) -> None:
    svg = drawn(source).named("d").svg
    assert not re.findall(r"#[0-9a-fA-F]{3,8}(?=[\";])|rgba?\(|hsla?\(", svg)
    painted = re.findall(r'(?:fill|stroke)(?:="|:)([^";]*)', svg)
    assert all(value == "none" or value.startswith("var(--diagram-") for value in painted)


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_drawing_is_an_image_with_a_name(source: Path) -> None:
    diagram = drawn(source)
    svg = diagram.named("page-3").svg
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("viewBox").split()[2:] == [str(diagram.width), str(diagram.height)]
    names = {element.get("id"): element.text for element in root if element.get("id")}
    assert names[root.get("aria-labelledby")] == diagram.title
    assert names[root.get("aria-describedby")] == diagram.description
    ids = re.findall(r'\bid="([^"]*)"', svg)
    assert ids
    assert len(ids) == len(set(ids))
    assert all(name.startswith("page-3-") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


@pytest.mark.parametrize("source", SOURCES, ids=by_name)
def test_drawing_is_small_and_plain(source: Path) -> None:
    svg = drawn(source).named("d").svg
    assert "foreignObject" not in svg
    assert "<style" not in svg
    assert "data-" not in svg
    assert len(gzip.compress(svg.encode())) < 4000


def test_drawing_does_not_depend_on_process_or_hash_seed() -> None:
    script = (
        "import sys, hashlib; from pathlib import Path; from handbook import diagrams, languages\n"
        "english = languages.load(Path.cwd())['en']\n"
        "digest = hashlib.sha256(diagrams.stylesheet().encode())\n"
        "for path in sys.argv[1:]:\n"
        "    digest.update(repr(diagrams.draw(Path(path).read_text('utf-8'), english)).encode())\n"
        "print(digest.hexdigest())"
    )
    digests = set()
    for seed in ("0", "1", "4711"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", script, *map(str, SOURCES)]
        run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        digests.add(run.stdout)
    assert len(digests) == 1


def test_width_of_a_text_is_the_same_on_every_python() -> None:
    """Advance widths are whole: `sum` adds floats in another way from Python 3.12 on."""
    advances = {character: text._advance(character) for character in map(chr, range(0x20, 0x11000))}
    assert {type(advance) for advance in advances.values()} == {int}
    assert advances["a"] == 556
    assert {advances[character] for character in "特，“→✅\u0378"} == {1000}
    assert {advances[character] for character in "ñ−"} == {620}
    assert {advances[character] for character in "\u200b\u0301"} == {0}


def test_nothing_else_is_summed_up() -> None:
    """Where a sum of floats is needed, `math.fsum` gives the same one on every Python."""
    package = Path(diagrams.__file__).parent
    calls = [
        (path.name, ast.unparse(node))
        for path in sorted(package.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
        # Ones are whole.
        and not ast.unparse(node).startswith("sum((1 for ")
    ]
    assert calls == [("text.py", "sum(map(_advance, text))")]


def test_sixty_diagrams_take_seconds_of_a_processor_not_minutes() -> None:
    sources = [path.read_text(encoding="utf-8") for path in SOURCES]
    start = time.process_time()
    for number in range(60):
        diagrams.draw(sources[number % len(sources)], EN)
    assert time.process_time() - start < 30


def test_invalid_source_is_an_error_with_a_line() -> None:
    with pytest.raises(diagrams.DiagramError, match="line 4: Unterminated node label") as caught:
        diagrams.draw(flowchart("A --> [B"), EN)
    assert caught.value.line == 3


def test_kind_without_style_is_an_error() -> None:
    with pytest.raises(diagrams.DiagramError, match="no style for this kind"):
        diagrams.draw("gitGraph\n  commit\n", EN)


@pytest.mark.parametrize("name", theme.NODE_CLASSES)
def test_predefined_class_reaches_the_drawing(name: str) -> None:
    assert f'class="{name}"' in diagrams.draw(flowchart(f"A[x]:::{name} --> B"), EN).svg
    state = f"stateDiagram-v2\n{ACCESSIBLE}  A --> B\n  class A {name}\n"
    assert f'class="{name}"' in diagrams.draw(state, EN).svg


def test_chinese_breaks_between_characters_but_not_before_punctuation() -> None:
    assert text.wrap("特征存储，模型", 16, 16 * 4.2) == ["特征存", "储，模型"]


def test_latin_breaks_at_spaces() -> None:
    assert text.wrap("feature store", 16, 70) == ["feature", "store"]


# --- cache -------------------------------------------------------------------------


def test_cached_drawing_equals_a_fresh_one(tmp_path: Path) -> None:
    source = flowchart("A --> B")
    first = diagrams.draw(source, EN, folder=tmp_path)
    assert first == diagrams.draw(source, EN, folder=tmp_path) == diagrams.draw(source, EN)
    assert [path.name for path in tmp_path.iterdir()] == [f"{first.key}.json"]


def test_cached_drawing_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = flowchart("A --> B")
    diagrams.draw(source, EN, folder=tmp_path)
    monkeypatch.setattr(drawing, "_draw", lambda *arguments: pytest.fail("drawn again"))
    diagrams.draw(source, EN, folder=tmp_path)


def test_key_is_of_the_source_the_language_and_the_engine() -> None:
    class Other(native.Merman):
        version = "another"

    source = flowchart("A --> B")
    drawings = [
        diagrams.draw(source, EN),
        diagrams.draw(source, ZH),
        diagrams.draw(flowchart("A --> C"), EN),
        diagrams.draw(source, EN, drawn_by=Other()),
    ]
    assert len({drawing.key for drawing in drawings}) == 4
    assert diagrams.draw(source.replace("\n", "\r\n"), EN).key == drawings[0].key


@pytest.mark.parametrize("damage", ['{"svg": "<svg', "{}", '{"key": 1}', "[]", ""])
def test_damaged_cache_entry_is_replaced(damage: str, tmp_path: Path) -> None:
    source = flowchart("A --> B")
    fresh = diagrams.draw(source, EN, folder=tmp_path)
    entry = next(tmp_path.iterdir())
    entry.write_bytes(hashlib.sha256(damage.encode()).hexdigest().encode() + b"\n" + damage.encode())
    assert diagrams.draw(source, EN, folder=tmp_path) == fresh
    assert kept.read(entry)["width"] == fresh.width


def test_cache_folder_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drawing.CACHE_VARIABLE, str(tmp_path / "drawings"))
    diagrams.draw(flowchart("A --> B"), EN)
    assert len(list((tmp_path / "drawings").iterdir())) == 1


# --- record ------------------------------------------------------------------------


def test_record_says_what_is_in_the_drawing() -> None:
    found = diagrams.draw(flowchart('A["Feature<br/>store"] -->|25 ms| B:::store'), EN)
    assert (found.kind, found.title, found.description) == ("flowchart", "Title", "Description.")
    assert found.texts == ("25 ms", "Feature store", "B")
    assert found.label_size == theme.FONT_SIZE
    assert found.faults == ()
    assert diagrams.Drawing.from_data(json.loads(json.dumps(found.as_data()))) == found


def test_label_size_is_that_of_the_smallest_label() -> None:
    sizes = {path.stem: drawn(path).label_size for path in SOURCES}
    assert {name: sizes[f"{name}-en"] for name in ("gantt", "quadrant", "flow", "sequence", "er")} == {
        "gantt": 14,
        "quadrant": 14,
        "flow": 16,
        "sequence": 16,
        "er": 14,
    }


def test_spans_cover_boxes_and_lines_of_text() -> None:
    found = diagrams.draw(flowchart("A[One<br/>two] --> B[Three]"), EN)
    root = etree.fromstring(found.named("d").svg)
    boxes = [element for element in root.iter("{*}rect")]
    assert len(found.spans) == len(boxes) + 3
    assert all(found.top <= top < bottom <= found.top + found.height for top, bottom in found.spans)
    gap = [
        y for y in range(found.top, found.top + found.height) if not any(a < y < b for a, b in found.spans)
    ]
    assert len(gap) > 30  # between the two boxes a tall drawing can be cut


# --- engines -----------------------------------------------------------------------


def test_unknown_engine_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engine.ENGINE_VARIABLE, "dot")
    engine.chosen.cache_clear()
    with pytest.raises(
        diagrams.DiagramError, match="DIAGRAM_ENGINE=dot is no engine; write merman or mermaid"
    ):
        engine.chosen()
    engine.chosen.cache_clear()


# --- problems ----------------------------------------------------------------------


def test_valid_source_has_no_problems() -> None:
    assert diagrams.problems(flowchart('A["≤ 5 ms"]:::store -.->|"25 ms"| B'), EN) == []


PROBLEMS = {
    "unclosed label": (flowchart("A --> B", "B --> [x"), 4, "invalid Mermaid: Unterminated node label"),
    "bare bracket": (flowchart("A --> B", "B[p99 (ms)] --> C", "C --> D"), 4, "invalid Mermaid"),
    "unknown kind": ("nonsense\n  A --> B\n", 0, "invalid Mermaid: no Mermaid diagram detected"),
    "unknown direction": ("%% c\nflowchart XY\n  A --> B\n", 1, "invalid Mermaid: unknown direction XY"),
    "task without time": (
        "gantt\n  accTitle: t\n  accDescr: d\n  dateFormat HH:mm\n  One a 00:00\n",
        4,
        "invalid Mermaid: task",
    ),
    "empty": ("", 0, "invalid Mermaid: no Mermaid diagram detected"),
    "message without colon": (f"sequenceDiagram\n{ACCESSIBLE}  A-->B x\n", 3, "invalid Mermaid"),
    "no title": ("flowchart TD\n  accDescr: x\n  A --> B\n", 0, "no accTitle"),
    "no description": ("%% c\nflowchart TD\n  accTitle: x\n  A --> B\n", 0, "no accDescr"),
    "entity": (flowchart('A["&lt; 5"] --> B'), 3, "HTML entity &lt;"),
    "numeric entity": (flowchart('A["&#60; 5"] --> B'), 3, "HTML entity &#60;"),
    "hexagon": (flowchart("A --> B", "B{{x}} --> C"), 4, "hexagon `{{ }}`"),
    "classDef": (flowchart("A --> B", "classDef x fill:#fee"), 4, "classDef with a colour"),
    "style": (flowchart("A --> B", "style A stroke:red"), 4, "style with a colour"),
    "linkStyle": (flowchart("A --> B", "linkStyle 0 stroke:#ABCDEF"), 4, "linkStyle with a colour"),
    "coloured block": (
        f"sequenceDiagram\n{ACCESSIBLE}  rect rgb(1,2,3)\n  A->>B: x\n  end\n",
        3,
        "block with a colour",
    ),
    "unknown class": (flowchart("A --> B", "B:::stroe --> C"), 4, 'unknown class "stroe"'),
    "directive": ("%%{init: {'theme': 'dark'}}%%\n" + flowchart("A --> B"), 0, "configures Mermaid"),
    "front matter": (
        "---\nconfig:\n  theme: dark\n---\n" + flowchart("A --> B"),
        2,
        "configures 'theme: dark'",
    ),
    "kind without style": (
        "gitGraph\n  accTitle: t\n  accDescr: d\n  commit\n",
        0,
        "no style for this kind",
    ),
}


@pytest.mark.parametrize(("source", "line", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_problem_is_found_on_its_line(source: str, line: int, message: str) -> None:
    found = diagrams.problems(source, EN)
    assert [at for at, what, _ in found if what.startswith(message)] == [line], found


def test_too_wide_says_how_wide() -> None:
    chain = " --> ".join(f"N{number}[A fairly long label]" for number in range(6))
    source = f"flowchart LR\n{ACCESSIBLE}  {chain}\n"
    [(line, message, hint)] = diagrams.problems(source, EN)
    assert line == 0
    assert re.fullmatch(r"1\d{3} px wide, the limit is 900 px", message)
    assert "top-down" in hint


def test_layout_may_be_chosen() -> None:
    assert diagrams.problems("---\nconfig:\n  layout: elk\n---\n" + flowchart("A --> B"), EN) == []


def test_all_problems_are_reported_in_order() -> None:
    found = diagrams.problems("flowchart TD\n  A{{x}} --> B\n  B --> C[&gt;]\n  style A fill:#fff\n", EN)
    assert [(line, message) for line, message, _ in found] == [
        (0, "no accDescr"),
        (0, "no accTitle"),
        (1, "hexagon `{{ }}`"),
        (2, "HTML entity &gt;"),
        (3, "style with a colour"),
    ]


def test_windows_line_ends_do_not_matter() -> None:
    source = flowchart("A --> B", "B{{x}} --> C")
    assert diagrams.problems(source.replace("\n", "\r\n"), EN) == diagrams.problems(source, EN)


def test_comments_are_not_checked() -> None:
    assert diagrams.problems(flowchart("%% &lt; {{x}}", "A --> B"), EN) == []


# --- colours and style sheet ----------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = (value / 255 for value in theme.rgb(colour))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


FILLS = [
    role
    for role in theme.PALETTE
    if f"{role}-line" in theme.PALETTE or role.startswith("slice-") or role == "bg"
]
LINES = [role for role in theme.PALETTE if role.endswith("line") or role.startswith("series-")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fill", FILLS)
def test_text_can_be_read_on_every_fill(scheme: str, fill: str) -> None:
    text_colour = getattr(theme.PALETTE["fg"], scheme)
    assert contrast(text_colour, getattr(theme.PALETTE[fill], scheme)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("surface", ["bg", "group"])
def test_soft_text_can_be_read_on_the_page_and_in_groups(scheme: str, surface: str) -> None:
    soft = getattr(theme.PALETTE["soft"], scheme)
    assert contrast(soft, getattr(theme.PALETTE[surface], scheme)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", LINES)
def test_lines_can_be_seen_on_the_page(scheme: str, line: str) -> None:
    background = getattr(theme.PALETTE["bg"], scheme)
    assert contrast(getattr(theme.PALETTE[line], scheme), background) >= 3


def test_every_light_colour_stands_for_one_role() -> None:
    assert len(theme.roles_by_colour()) == len(theme.PALETTE)


def test_style_sheet_is_small_and_complete() -> None:
    sheet = diagrams.stylesheet()
    assert len(gzip.compress(sheet.encode(), mtime=0)) < 3000
    assert sheet.count("{") == sheet.count("}")
    assert set(re.findall(r"var\(--diagram-([\w-]+)", sheet)) <= set(theme.PALETTE)
    assert set(theme.NODE_CLASSES) <= theme.styled_classes()


def test_paper_is_light_whatever_the_screen_is() -> None:
    printed = diagrams.stylesheet().split("@media print{")[1].split("\n")[0]
    assert printed.startswith(":root,[data-md-color-scheme=slate]{")
    assert f"--diagram-fg:{theme.PALETTE['fg'].light};" in printed


def test_zoom_script_is_small() -> None:
    script = (ROOT / "web" / "diagram-zoom.js").read_bytes()
    assert len(gzip.compress(script)) <= 2048


# --- figure ------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "label"), [("en", "Enlarge: Load &lt; 5"), ("zh", "放大：Load &lt; 5")])
def test_figure_scrolls_and_can_be_enlarged(language: str, label: str) -> None:
    source = "flowchart TD\n  accTitle: Load #lt; 5\n  accDescr: x\n  A --> B\n"
    diagram = diagrams.draw(source, LANGUAGES[language])
    html = diagrams.figure(diagram, "d", LANGUAGES[language])
    figure = etree.fromstring(html.replace(" data-search-exclude", "").replace(" hidden", ' hidden=""'))
    button, box = figure
    assert " data-search-exclude" in html
    assert figure.get("data-width") == str(diagram.width)
    assert button.get("hidden") is not None
    assert f'aria-label="{label}"' in html
    assert (box.get("tabindex"), box.get("role")) == ("0", "region")
    assert box.get("aria-label") == "Load < 5"
