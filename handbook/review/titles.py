"""Which lines of an answer name a stage: headings, and words that stand like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handbook.review.criteria import Criteria, StageCriteria
from handbook.review.folding import count_words

_HEADING = re.compile(r"\s*(#{1,6})\s")
_MARKER = re.compile(r"\s*(?:[-*+•>|]|\d{1,2}[.)、]|[一二三四五六七八九十]{1,2}[、.]|!!!|\?\?\?|:::)")
_NUMBERING = re.compile(
    r"[\s#>*+•-]*(?:(?:stage|step|part|section|phase)\s)?"
    r"(?:第?[\d一二三四五六七八九十]{1,2}(?:步|阶段|部分)?[.):、]?\s?)?"
)
_SLUG = re.compile(r"\{\s?#([\w-]{1,80})\s?\}")
_LEAD = re.compile(r"([^.:\n]{1,40})[.:]")  # "Data. We log …", "指标:离线看…"
_JOINT = re.compile(r"\s?(?:,|&|/|\+|、|and|与|和|及)\s?")
_REST_OF_WORD = re.compile("[a-z]*")


@dataclass(frozen=True)
class Title:
    """A line that names stages.

    Attributes:
        line: Its 1-based line.
        start: Its offset in the folded text.
        stages: Ids of the stages.
        level: 1–6 for a Markdown heading, 0 for a plain line.
    """

    line: int
    start: int
    stages: tuple[str, ...]
    level: int


def heading_level(raw: str) -> int:
    """Return the level of a Markdown heading, 0 for any other line."""
    heading = _HEADING.match(raw)
    return len(heading[1]) if heading else 0


def is_marked(raw: str) -> bool:
    """Return whether a line begins with the mark of a list, a quotation, a table or a block."""
    return _MARKER.match(raw) is not None


class TitleReader:
    """Reads the titles of one answer; what repeats in it is looked at once."""

    def __init__(self, criteria: Criteria) -> None:
        self._stages = criteria.stages
        self._any_name = criteria.any_name
        self._known: dict[tuple[str, bool], tuple[str, ...]] = {}

    def stages(self, raw: str, folded: str, level: int, *, apart: bool) -> tuple[str, ...]:
        """Return the ids of the stages that a line names as a title, none where it is no title.

        Args:
            raw: The line.
            folded: The same, folded.
            level: Its level as a Markdown heading, or 0.
            apart: Whether nothing stands directly above it.
        """
        if raw.lstrip().startswith("|"):
            return ()
        slug = _SLUG.search(raw)
        if level and slug:  # the handbook's own pages: the id says it
            return tuple(stage.id for stage in self._stages if stage.id == slug[1])
        if not self._any_name.search(folded[:160]):
            return ()
        bare = _NUMBERING.sub("", folded[:160], count=1).strip()
        marked = level or raw.strip().startswith("**") or is_marked(raw) or bare.endswith(":")
        if not (marked or apart):
            return ()
        if not level and (lead := _LEAD.match(bare)):
            bare = lead[1].strip()
        if count_words(bare) > (8 if level else 5):
            return ()
        key = bare, bool(level)
        if key not in self._known:
            self._known[key] = self._named(bare, anywhere=bool(level))
        return self._known[key]

    def _named(self, bare: str, *, anywhere: bool) -> tuple[str, ...]:
        """Return the stages that a title names: one, or several joined by "and"."""
        found: list[str] = []
        position = end = 0
        while True:
            named = _first_named(self._stages, bare, position, anywhere=anywhere and not found)
            if named is None:
                break
            stage, end = named
            found.append(stage)
            joint = _JOINT.match(bare, end)
            if not joint:
                break
            position = joint.end()
        # "Monitoring is out of scope" is a sentence; "Monitoring plan" is a title.
        if not anywhere and count_words(bare[end:]) > 1:
            return ()
        return tuple(dict.fromkeys(found))


def _first_named(
    stages: Sequence[StageCriteria], bare: str, position: int, *, anywhere: bool
) -> tuple[str, int] | None:
    """Return the stage that is named first, by its longest name, and where the name ends."""
    matches = [
        (stage.id, match)
        for stage in stages
        if (match := (stage.names.search if anywhere else stage.names.match)(bare, position))
    ]
    if not matches:
        return None
    stage, match = min(matches, key=lambda named: (named[1].start(), -named[1].end()))
    return stage, _REST_OF_WORD.match(bare, match.end()).end()  # type: ignore[union-attr]
