"""Draws Mermaid sources without a browser, and says where one is wrong.

The engine is merman, a Rust port of Mermaid with the parsers and layouts of
Mermaid 12. It is configured once per process for the look of the handbook; all
that a source can decide is its content.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import merman

from handbook.diagrams import svg, text, theme

MAX_WIDTH = 900  # px at natural size; wider diagrams are unreadable in the book
CACHE_VARIABLE = "DIAGRAM_CACHE"
_DEFAULT_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "diagrams"
_ACCESSIBLE = re.compile(r"^[ \t]*(?:%%[ \t]*)?(accTitle|accDescr)[ \t]*:[ \t]*(.+?)[ \t]*$", re.M)
_FALLBACK = "fallback location"  # merman's word for "I do not know the line"
_HEADER = re.compile(r"^[ \t]*(?:flowchart|graph)[ \t]+(\w+)[ \t]*;?[ \t]*$", re.M)
_DIRECTIONS = {"TB", "TD", "BT", "LR", "RL", "BR", "v"}


class DiagramError(Exception):
    """A source that cannot be drawn.

    Attributes:
        line: 0-based line within the source.
        message: What is wrong there.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line + 1}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Diagram:
    """A finished drawing.

    Attributes:
        svg: Inline SVG that needs the shared style sheet.
        width: Natural width in px.
        height: Natural height in px.
        kind: `flowchart`, `sequence`, `state`, `gantt`, …
        title: Accessible name, from `accTitle`.
        description: Accessible description, from `accDescr`.
    """

    svg: str
    width: int
    height: int
    kind: str
    title: str
    description: str


def render(source: str, diagram_id: str, *, cache_folder: Path | None = None) -> Diagram:
    """Draw a Mermaid source.

    The result is cached on disk under the source's content and the version of
    this package's code, so an unchanged diagram is never drawn twice.

    Args:
        source: The Mermaid source, as between the fences.
        diagram_id: Prefix of the ids inside the drawing; unique on its page.
        cache_folder: Where finished drawings are kept. Without it, the
            environment's `DIAGRAM_CACHE` (empty: no cache), else
            `.cache/diagrams` of this repository.

    Raises:
        DiagramError: The source is not valid Mermaid, or of a kind that the
            handbook has no style for.
    """
    source = normalised(source)
    folder = cache_folder or _cache_folder()
    if folder is None:
        diagram = _draw(source)
    else:
        entry = folder / f"{_content_key(source)}.json"
        diagram = _read(entry)
        if diagram is None:
            diagram = _draw(source)
            _write(entry, diagram)
    return Diagram(**(asdict(diagram) | {"svg": diagram.svg.replace(svg.DIAGRAM_ID, diagram_id)}))


@cache
def syntax_error(source: str) -> DiagramError | None:
    """The first thing that Mermaid does not understand, or None."""
    source = normalised(source)
    report = json.loads(_engine().analyze_json(source, None))
    errors = [entry for entry in report["diagnostics"] if entry["severity"] == "error"]
    if not errors:
        return _direction_error(source)
    error = errors[0]
    line = error["span"]["line"] - 1 if error.get("span") else 0
    unsure = any(_FALLBACK in related["message"] for related in error["related"])
    if unsure or (line == 0 and "no Mermaid diagram" not in error["message"]):
        line = _culprit(source, line)
    last = max(len(source.splitlines()) - 1, 0)
    return DiagramError(min(line, last), error["message"])


@cache
def model(source: str) -> dict[str, Any]:
    """Mermaid's own model of a source, not to be changed: nodes, edges, messages, tasks and so on.

    Raises:
        DiagramError: The source is not valid Mermaid.
    """
    source = normalised(source)
    error = syntax_error(source)
    if error:
        raise error
    return json.loads(_engine().parse_json(source, None))


def accessible_texts(source: str, parsed: dict[str, Any]) -> tuple[str, str]:
    """Title and description for readers who cannot see the drawing.

    Mind maps have no syntax for them: there the two lines may be written as
    comments, `%% accTitle: …`.
    """
    written = dict(_ACCESSIBLE.findall(source))
    title = parsed.get("accTitle") or written.get("accTitle") or ""
    description = parsed.get("accDescr") or written.get("accDescr") or ""
    return text.plain(str(title)), text.plain(str(description))


def normalised(source: str) -> str:
    """The source as it is parsed and cached: line feeds only, no blank end."""
    return source.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"


@cache
def code_version() -> str:
    """Changes whenever the same source might be drawn differently."""
    digest = hashlib.sha256(f"merman {version('merman')}".encode())
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in (".py", ".css"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _draw(source: str) -> Diagram:
    parsed = model(source)
    title, description = accessible_texts(source, parsed)
    options = json.dumps({"svg": {"diagram_id": "d"}})
    try:
        drawn = _engine().render_svg(source, options)
    except merman.MermanError as error:
        raise DiagramError(0, f"the engine cannot draw this: {error}") from error
    kind = re.search(r'aria-roledescription="([^"]*)"', drawn)
    if not kind or kind[1] not in svg.KINDS:
        known = ", ".join(sorted(set(svg.KINDS.values())))
        raise DiagramError(0, f"no style for this kind of diagram; there is one for {known}")
    drawing = svg.finish(drawn, title, description)
    return Diagram(drawing.svg, drawing.width, drawing.height, drawing.kind, title, description)


@cache
def _engine() -> merman.MermanEngine:
    """One engine per process: it holds nothing but this configuration."""
    options = {
        "version": 2,
        "fixed_today": "2026-01-01",  # a Gantt chart must not depend on the day it is drawn
        "layout": {"container_width": MAX_WIDTH},
        "site_config": _site_config(),
    }
    services = merman.MermanEngineServices().with_text_measurer(text.Measurer())
    return merman.MermanEngine(json.dumps(options), services)


def _site_config() -> dict[str, Any]:
    # Mermaid 12's own defaults (the "neo" look, ELK, 120 px labels) break Chinese
    # labels after seven characters.
    look = {"look": "classic", "theme": "base"}
    layered = look | {"layout": "dagre", "wrappingWidth": 320, "minNodeWidth": 0}
    return {
        "theme": "base",
        "look": "classic",
        "layout": "dagre",
        "htmlLabels": True,
        "fontFamily": theme.FONTS,
        "themeVariables": theme.engine_variables(),
        "flowchart": layered
        | {
            "padding": 10,
            "nodeSpacing": 30,
            "rankSpacing": 40,
            "diagramPadding": 6,
            "subGraphTitleMargin": {"top": 4, "bottom": 8},
        },
        "state": layered | {"padding": 8, "nodeSpacing": 40, "rankSpacing": 44},
        "class": layered,
        "er": layered,
        "mindmap": look | {"layout": "cose-bilkent"},
        "sequence": look
        | {
            "useMaxWidth": True,
            "wrap": False,
            "mirrorActors": False,
            "actorMargin": 24,
            "width": 110,
            "height": 46,
            "boxMargin": 8,
            "messageMargin": 28,
            "diagramMarginX": 10,
            "diagramMarginY": 10,
        },
        "gantt": look
        | {
            "useWidth": MAX_WIDTH,
            "fontSize": 14,
            "sectionFontSize": 14,
            "barHeight": 26,
            "barGap": 6,
            "leftPadding": 110,
            "rightPadding": 40,
        },
        "timeline": look,
        "quadrantChart": look | {"chartWidth": 620, "chartHeight": 520, "pointLabelFontSize": 14},
        "xyChart": look | {"width": 720, "height": 420},
        "pie": look,
    }


def _direction_error(source: str) -> DiagramError | None:
    """Official Mermaid rejects an unknown direction; merman draws top-down."""
    header = _HEADER.search(source)
    if not header or header[1] in _DIRECTIONS:
        return None
    line = source.count("\n", 0, header.start())
    return DiagramError(line, f"unknown direction {header[1]}; write TD, LR, BT or RL")


def _culprit(source: str, fallback: int) -> int:
    """The line without which the source would be valid."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        rest = "\n".join([*lines[:number], "", *lines[number + 1 :]])
        if line.strip() and _engine().validate(rest, None).valid:
            return number
    return fallback


# --- cache ------------------------------------------------------------------------


def _cache_folder() -> Path | None:
    named = os.environ.get(CACHE_VARIABLE)
    if named is None:
        return _DEFAULT_CACHE
    return Path(named) if named else None


def _content_key(source: str) -> str:
    return hashlib.sha256(f"{code_version()}\n{source}".encode()).hexdigest()[:32]


def _read(entry: Path) -> Diagram | None:
    try:
        return Diagram(**json.loads(entry.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # absent, or cut short by a full disk: draw it again


def _write(entry: Path, diagram: Diagram) -> None:
    """Write beside the target and rename: both builds share this folder."""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=entry.parent, suffix=".tmp", delete=False
        ) as draft:
            json.dump(asdict(diagram), draft, ensure_ascii=False)
        os.replace(draft.name, entry)
    except OSError:
        return  # a cache that cannot be written costs time, nothing else
