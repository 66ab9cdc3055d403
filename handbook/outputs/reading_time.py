"""How long a page takes to read: its words at the pace of somebody who reads closely.

A rule of thumb: 220 English words or 400 Chinese characters a minute. Formulas, drawings and code are not counted.
"""

from __future__ import annotations

import html
import re

WORDS, CHARACTERS = 220, 400
_SKIPPED = re.compile(r"<(svg|math|pre|nav|button)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]+>")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][\w.,%/-]*", re.A)


def minutes(page: str) -> int:
    """Return the minutes that a page takes, one at least.

    Args:
        page: Its HTML.
    """
    text = html.unescape(_TAG.sub(" ", _SKIPPED.sub(" ", page)))
    return max(1, round(len(_WORD.findall(text)) / WORDS + len(_HAN.findall(text)) / CHARACTERS))
