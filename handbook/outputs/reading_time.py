"""How long a page takes to read: its words at the pace of somebody who reads closely.

The pace is that of `handbook.source.pace`. Formulas, drawings and code are not counted.
"""

from __future__ import annotations

import html
import re

from handbook.source import pace

_SKIPPED = re.compile(r"<(svg|math|pre|nav|button)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]+>")


def minutes(page: str) -> int:
    """Return the minutes that a page takes, one at least.

    Args:
        page: Its HTML.
    """
    text = html.unescape(_TAG.sub(" ", _SKIPPED.sub(" ", page)))
    return max(1, round(pace.of(text)))
