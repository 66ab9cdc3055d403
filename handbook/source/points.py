"""A point that a text has to make, with the pattern that finds it in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handbook.entry import Entry


@dataclass(frozen=True)
class Point:
    """A point to be made.

    Attributes:
        labels: What it is called, by language.
        patterns: What finds it, by language; upper and lower case are the same.
    """

    labels: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]


def read(entry: Entry) -> Point:
    """Read a point from `en`, `zh`, `pattern_en`, `pattern_zh` and so on."""
    entry.mapping(spoken=("", "pattern_"))
    return Point(entry.texts_of(), entry.in_languages("pattern_", lambda text: text.pattern(re.IGNORECASE)))
