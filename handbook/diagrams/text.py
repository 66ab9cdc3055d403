"""Texts of labels, and their widths without a font file.

Readers see the diagrams in whatever their system has for `Arial` and for
Chinese. Arial, Helvetica and Liberation Sans share their advance widths, and
every Chinese font sets its characters on a square, so a table of Arial's widths
plus "East Asian wide is 1 em" predicts the width within a percent or two.
Mermaid's engine has to know it when it lays out boxes; its own estimate clips
labels that mix Chinese and Latin.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

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

_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING = "，。、；：！？）】》」』"  # never at the start of a line
_WORD = rf"(?:[{_HAN}][{_CLOSING}]*|[^\s{_HAN}]+[{_CLOSING}]*)"
_NBSP = "\u00a0"  # between a number and its unit, which stay together
_UNIT = rf"[\u3400-\u9fff]{{1,3}}[{_CLOSING}]*"  # 分钟, 万美元: nothing tells where the word behind a number ends
_HTML_TOKENS = re.compile(rf"{_WORD}(?:{_NBSP}(?:{_UNIT}|{_WORD}))*|\s+")
_SVG_TOKENS = re.compile(rf"\S+(?:{_NBSP}\S+)*|\s+")
_BREAK = re.compile(r"\n|<br\s*/?>")
_MARKUP = re.compile(r"</?(?:strong|em|b|i|p|span|code)\b[^>]*>")

_PLACEHOLDER = re.compile("ﬂ°(°?)([^¶]*)¶ß")  # how Mermaid hides `#lt;` from its parsers
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " "}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in px.

    Args:
        text: The line, without markup.
        size: Font size in px.
        bold: Whether it is set in a bold face.
    """
    return _in_px(sum(map(_advance, text)), size, bold)


def _in_px(advance: int, size: float, bold: bool) -> float:
    return advance / _FULL * size * _SAFETY * (_BOLD if bold else 1)


def _longest(text: str, size: float, limit: float, bold: bool) -> int:
    """Return how many of a text's characters are no wider than the limit."""
    advances = itertools.accumulate(map(_advance, text))
    return sum(1 for _ in itertools.takewhile(lambda advance: _in_px(advance, size, bold) <= limit, advances))


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


def wrap_at_spaces(text: str, size: float, limit: float | None, *, bold: bool = False) -> list[str]:
    """Lines of a label that the engine breaks itself: as `wrap`, but never within Chinese."""
    return _wrap(text, size, limit, bold, _SVG_TOKENS)


def unwrapped(text: str) -> list[str]:
    """Lines of a label as its author broke them, without markup."""
    return _BREAK.split(without_markup(text))


def without_markup(text: str) -> str:
    """A label without bold, italics and code marks."""
    return _MARKUP.sub("", text)


def joined(lines: list[str]) -> str:
    """Lines of a label as one: with a space between words, without one between Chinese characters."""
    whole = ""
    for line in lines:
        space = " " if whole and not (_is_han(whole[-1]) and _is_han(line[:1])) else ""
        whole += space + line
    return whole


def _is_han(character: str) -> bool:
    return bool(re.match(f"[{_HAN}]", character))


def plain(label: str) -> str:
    """A label as one line of text: no line breaks, no markup, no entity codes."""
    label = _PLACEHOLDER.sub(
        lambda m: chr(int(m[2])) if m[1] and m[2].isdigit() else _NAMED.get(m[2], m[0]), label
    )
    label = re.sub(r"<br\s*/?>|\n", " ", label)
    label = label.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    label = re.sub(r"\*\*(.+?)\*\*", r"\1", label.strip("`"))
    return " ".join(label.split())


@lru_cache(maxsize=4096)
def _advance(character: str) -> int:
    """Advance width in thousandths of an em.

    A whole number: from Python 3.12 on `sum` adds floats more exactly than before, and a width
    that differs in its last digit moves the edges of a diagram.
    """
    code = ord(character)
    if 0x20 <= code < 0x7F:
        return _ARIAL[code - 0x20]
    if character == _NBSP:
        return _ARIAL[0]
    if character in _INVISIBLE or unicodedata.ucd_3_2_0.combining(character):
        return 0
    # "Ambiguous" (“ ” … → ≤) is wide in a Chinese font and narrower in Arial. What Unicode 3.2 does
    # not know, such as emoji, is as wide as anything can be: that version is in every Python.
    known = unicodedata.ucd_3_2_0
    wide = known.category(character) == "Cn" or known.east_asian_width(character) in "WFA"
    return _FULL if wide else _OTHER


def _wrap(text: str, size: float, limit: float | None, bold: bool, tokens: re.Pattern[str]) -> list[str]:
    lines: list[str] = []
    for paragraph in unwrapped(text):
        if not limit or width(paragraph, size, bold=bold) <= limit:
            lines.append(paragraph)
            continue
        line = ""
        for token in _fitting(tokens.findall(paragraph), size, limit, bold):
            if line.strip() and width((line + token).rstrip(), size, bold=bold) > limit:
                lines.append(line.rstrip())
                line = token.lstrip()
            else:
                line += token
        lines.append(line.rstrip())
    return lines


def _fitting(tokens: list[str], size: float, limit: float, bold: bool) -> Iterator[str]:
    """Words, those that are wider than a line in pieces: best after a mark such as `_`."""
    for token in tokens:
        while width(token, size, bold=bold) > limit and len(token) > 1:
            fits = max(1, _longest(token, size, limit, bold))
            mark = max((n for n in range(1, fits + 1) if token[n - 1] in "_-/.:"), default=0)
            cut = mark if mark > fits / 3 else fits
            yield token[:cut]
            token = token[cut:]
        yield token
