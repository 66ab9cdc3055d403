"""merman: Mermaid's parsers and layouts as a compiled library, without a browser.

A Rust port of Mermaid 12. It is configured once per process; all that a source can decide is its
content. It asks this package how wide a text is, and so draws the same on every machine.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version

import merman
from merman import MermanTextMeasurementResultKind as ResultKind
from merman import MermanTextMeasureRequest as Request
from merman import MermanTextMeasureResult as Result

from handbook.diagrams import text, theme
from handbook.diagrams.errors import DiagramError

_BOLD_WEIGHTS = {"bold", "bolder", "600", "700", "800", "900"}
_SVG_LINE = 1.15  # em; height of a single line outside of wrapped labels

_BLOCKS = {
    "WRAPPED",
    "WRAPPED_WITH_RAW_WIDTH",
    "MEASURE",
    "MERMAID_CALCULATE_TEXT_DIMENSIONS",
}
_LENGTHS = {
    "COMPUTED_LENGTH",
    "SIMPLE_B_BOX_WIDTH",
    "RAW_B_BOX_WIDTH",
    "TSPAN_B_BOX_WIDTH",
    "WRAP_PROBE_B_BOX_WIDTH",
    "BOUNDING_CLIENT_RECT_WIDTH",
    "CANVAS_MEASURE_TEXT_WIDTH",
}
_EXTENTS = {"B_BOX_X", "B_BOX_X_WITH_ASCII_OVERHANG", "TITLE_B_BOX_X"}


class Merman:
    """The engine that draws what is published."""

    @property
    def version(self) -> str:
        """Changes when the same source may be drawn differently."""
        return f"merman {version('merman')}"

    def svg(self, source: str) -> str:
        """Draw a source; see `handbook.diagrams.engine.Engine`."""
        try:
            return engine().render_svg(source, json.dumps({"svg": {"diagram_id": "d"}}))
        except merman.MermanError as error:
            raise DiagramError(0, f"the engine cannot draw this: {error}") from error


@cache
def engine() -> merman.MermanEngine:
    """One engine per process: it holds nothing but this configuration."""
    options = {
        "version": 2,
        "fixed_today": "2026-01-01",  # a Gantt chart must not depend on the day it is drawn
        "layout": {"container_width": theme.MAX_WIDTH},
        "site_config": theme.engine_configuration(),
    }
    services = merman.MermanEngineServices().with_text_measurer(_Measurer())
    return merman.MermanEngine(json.dumps(options), services)


class _Measurer(merman.MermanTextMeasurer):
    """Answers the engine's questions about text from this package's table of widths."""

    def measure(self, request: Request) -> Result | None:
        """Measure one text; None leaves the question to the engine's own table."""
        operation = request.operation.name
        if operation in _BLOCKS:
            return self._block(request, operation)
        line = text.without_markup(request.text)
        length = text.width(line, request.font_size, bold=_is_bold(request))
        if operation in _LENGTHS:
            return _result(ResultKind.LENGTH, length=length)
        if operation in _EXTENTS:
            half = length / 2
            return _result(ResultKind.HORIZONTAL_EXTENTS, bbox_left=half, bbox_right=half)
        return None

    def _block(self, request: Request, operation: str) -> Result:
        size, bold = request.font_size, _is_bold(request)
        html = request.wrap_mode.name == "HTML_LIKE"
        wrap = text.wrap if html else text.wrap_at_spaces
        lines = wrap(request.text, size, request.max_width, bold=bold)
        raw = max(text.width(line, size, bold=bold) for line in text.unwrapped(request.text))
        block = max(text.width(line, size, bold=bold) for line in lines)
        if html and request.max_width and raw > request.max_width:
            block = request.max_width
        if operation == "MERMAID_CALCULATE_TEXT_DIMENSIONS":
            height = len(lines) * size * _SVG_LINE
        elif html:
            # Not the engine's 1.5 em: our lines are set by svg.py, a little closer.
            height = len(lines) * theme.LINE_HEIGHT * size / 16
        else:
            height = size * _SVG_LINE + (len(lines) - 1) * request.line_height
        kind = (
            ResultKind.WRAPPED_WITH_RAW_WIDTH if operation == "WRAPPED_WITH_RAW_WIDTH" else ResultKind.METRICS
        )
        return _result(
            kind,
            width=block,
            height=height,
            line_count=len(lines),
            raw_width=raw if kind is ResultKind.WRAPPED_WITH_RAW_WIDTH else None,
        )


def _is_bold(request: Request) -> bool:
    return str(request.font_weight or "").lower() in _BOLD_WEIGHTS


def _result(kind: ResultKind, **values: float | None) -> Result:
    fields: dict[str, object] = {
        "width": 0.0,
        "height": 0.0,
        "length": 0.0,
        "line_count": 1,
        "bbox_left": None,
        "bbox_right": None,
        "raw_width": None,
    }
    return Result(result_kind=kind, **(fields | values))
