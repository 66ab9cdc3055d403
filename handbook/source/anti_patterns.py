"""The anti-patterns as a reader sees them, from `data/review.yml`; `handbook.review` judges by the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.entry import Entry

STEM = "review"

_TEXTS = ("name", "novice", "expert", "detect", "notice")


@dataclass(frozen=True)
class AntiPattern:
    """An anti-pattern, each text by language: its name, how each sounds, how `make review` and a person notice it."""

    name: Mapping[str, str]
    novice: Mapping[str, str]
    expert: Mapping[str, str]
    detect: Mapping[str, str]
    notice: Mapping[str, str]


def read(file: Entry) -> tuple[AntiPattern, ...]:
    """Read the anti-patterns."""
    entries = file.mapping("anti_patterns", optional=None)["anti_patterns"].items()
    return tuple(_anti_pattern(entry) for entry in entries)


def _anti_pattern(entry: Entry) -> AntiPattern:
    keys = entry.mapping(*_TEXTS, optional=None)
    return AntiPattern(**{name: keys[name].texts_of() for name in _TEXTS})
