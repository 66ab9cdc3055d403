"""The terms of the handbook, one translation each, from `data/glossary.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.entry import Entry

STEM = "glossary"

_LISTS = ("avoid_", "unless_", "forms_", "aliases_", "reading_")


@dataclass(frozen=True)
class Term:
    """A term.

    Attributes:
        labels: The term, by language.
        meanings: Its definition; empty where there is none.
        avoid: What must not be written instead.
        unless: Phrases in which a word to avoid is right.
        forms: Further spellings that count as the term.
        aliases: What a reader may type for it though the handbook never writes it.
        readings: What an index sorts it by, where a dictionary of sounds would be wrong.
        line: Where it stands in data/glossary.yml.
    """

    labels: Mapping[str, str]
    meanings: Mapping[str, str]
    avoid: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]
    readings: Mapping[str, tuple[str, ...]]
    line: int


def read(file: Entry) -> tuple[Term, ...]:
    """Read the terms in their order."""
    entries = file.mapping("terms")["terms"]
    terms = tuple(_term(entry) for entry in entries.items())
    for code in file.languages[:1]:
        entries.distinct([term.labels[code] for term in terms])
    return terms


def _term(entry: Entry) -> Term:
    entry.mapping(spoken=("", "meaning_", *_LISTS))
    lists = (entry.lists_of(prefix) for prefix in _LISTS)
    return Term(entry.texts_of(), entry.optional_texts_of("meaning_"), *lists, entry.line)
