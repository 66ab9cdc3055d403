"""Texts of labels, and their widths without a font file.

Readers see the diagrams in whatever their system has for `Arial` and for
Chinese. Arial, Helvetica and Liberation Sans share their advance widths, and
every Chinese font sets its characters on a square, so a table of Arial's widths
plus "East Asian wide is 1 em" predicts the width within a percent or two.
Mermaid's engine has to know it when it lays out boxes; its own estimate clips
labels that mix Chinese and Latin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import merman
from merman import MermanTextMeasurementResultKind as ResultKind
from merman import MermanTextMeasureRequest as Request
from merman import MermanTextMeasureResult as Result

from handbook.diagrams.theme import LINE_HEIGHT

# Advance widths of Arial for U+0020 to U+007E, in thousandths of an em.
# fmt: off
_ARIAL = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)
# fmt: on
_FULL = 1000
_OTHER = 620  # accented Latin, Greek, symbols that are not East Asian
_INVISIBLE = {"\u200b", "\ufe0f", "\u00ad"}
_SAFETY = 1.02  # systems without Arial substitute fonts that are a little wider
_BOLD = 1.08  # Arial Bold against Arial, on running text
_BOLD_WEIGHTS = {"bold", "bolder", "600", "700", "800", "900"}
_SVG_LINE = 1.15  # em; height of a single line outside of wrapped labels

_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING = "，。、；：！？）】》」』"  # never at the start of a line
_HTML_TOKENS = re.compile(rf"[{_HAN}][{_CLOSING}]*|[^\s{_HAN}]+[{_CLOSING}]*|\s+")
_SVG_TOKENS = re.compile(r"\S+|\s+")
_BREAK = re.compile(r"\n|<br\s*/?>")
_MARKUP = re.compile(r"</?(?:strong|em|b|i|p|span|code)\b[^>]*>")

_PLACEHOLDER = re.compile("ﬂ°(°?)([^¶]*)¶ß")  # how Mermaid hides `#lt;` from its parsers
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " "}

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


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in px.

    Args:
        text: The line, without markup.
        size: Font size in px.
        bold: Whether it is set in a bold face.
    """
    return sum(map(_advance, text)) / _FULL * size * _SAFETY * (_BOLD if bold else 1)


def wrap(text: str, size: float, limit: float | None, *, bold: bool = False) -> list[str]:
    """Lines of an HTML-like label: broken at `<br>`, then to fit the limit.

    Breaks after spaces and between Chinese characters, as a browser does.

    Args:
        text: The label; `<br>` and line feeds break lines.
        size: Font size in px.
        limit: Width in px, or None for no limit.
        bold: Whether it is set in a bold face.
    """
    return _wrap(text, size, limit, bold, _HTML_TOKENS)


def plain(label: str) -> str:
    """A label as one line of text: no line breaks, no markup, no entity codes."""
    label = _PLACEHOLDER.sub(
        lambda m: chr(int(m[2])) if m[1] and m[2].isdigit() else _NAMED.get(m[2], m[0]), label
    )
    label = re.sub(r"<br\s*/?>|\n", " ", label)
    label = label.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    label = re.sub(r"\*\*(.+?)\*\*", r"\1", label.strip("`"))
    return " ".join(label.split())


class Measurer(merman.MermanTextMeasurer):
    """Answers the engine's questions about text from the table above."""

    def measure(self, request: Request) -> Result | None:
        """Measure one text; None leaves the question to the engine's own table."""
        operation = request.operation.name
        if operation in _BLOCKS:
            return self._block(request, operation)
        line = _MARKUP.sub("", request.text)
        length = width(line, request.font_size, bold=_is_bold(request))
        if operation in _LENGTHS:
            return _result(ResultKind.LENGTH, length=length)
        if operation in _EXTENTS:
            half = length / 2
            return _result(ResultKind.HORIZONTAL_EXTENTS, bbox_left=half, bbox_right=half)
        return None

    def _block(self, request: Request, operation: str) -> Result:
        text, size, bold = request.text, request.font_size, _is_bold(request)
        html = request.wrap_mode.name == "HTML_LIKE"
        tokens = _HTML_TOKENS if html else _SVG_TOKENS
        lines = _wrap(text, size, request.max_width, bold, tokens)
        raw = max(width(line, size, bold=bold) for line in _BREAK.split(_MARKUP.sub("", text)))
        block_width = max(width(line, size, bold=bold) for line in lines)
        if html and request.max_width and raw > request.max_width:
            block_width = request.max_width
        if operation == "MERMAID_CALCULATE_TEXT_DIMENSIONS":
            height = len(lines) * size * _SVG_LINE
        elif html:
            # Not the engine's 1.5 em: our lines are set by svg.py, a little closer.
            height = len(lines) * LINE_HEIGHT * size / 16
        else:
            height = size * _SVG_LINE + (len(lines) - 1) * request.line_height
        kind = (
            ResultKind.WRAPPED_WITH_RAW_WIDTH if operation == "WRAPPED_WITH_RAW_WIDTH" else ResultKind.METRICS
        )
        return _result(
            kind,
            width=block_width,
            height=height,
            line_count=len(lines),
            raw_width=raw if kind is ResultKind.WRAPPED_WITH_RAW_WIDTH else None,
        )


@lru_cache(maxsize=4096)
def _advance(character: str) -> int:
    """Advance width in thousandths of an em.

    A whole number: from Python 3.12 on `sum` adds floats more exactly than before, and a width
    that differs in its last digit moves the edges of a diagram.
    """
    code = ord(character)
    if 0x20 <= code < 0x7F:
        return _ARIAL[code - 0x20]
    if character in _INVISIBLE or unicodedata.ucd_3_2_0.combining(character):
        return 0
    # "Ambiguous" (“ ” … → ≤) is wide in a Chinese font and narrower in Arial. What Unicode 3.2 does
    # not know, such as emoji, is as wide as anything can be: that version is in every Python.
    known = unicodedata.ucd_3_2_0
    wide = known.category(character) == "Cn" or known.east_asian_width(character) in "WFA"
    return _FULL if wide else _OTHER


def _wrap(text: str, size: float, limit: float | None, bold: bool, tokens: re.Pattern[str]) -> list[str]:
    lines: list[str] = []
    for paragraph in _BREAK.split(_MARKUP.sub("", text)):
        if not limit or width(paragraph, size, bold=bold) <= limit:
            lines.append(paragraph)
            continue
        line = ""
        for token in tokens.findall(paragraph):
            if line.strip() and width((line + token).rstrip(), size, bold=bold) > limit:
                lines.append(line.rstrip())
                line = token.lstrip()
            else:
                line += token
        lines.append(line.rstrip())
    return lines


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
