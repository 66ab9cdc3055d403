"""An answer as one folded text with its structure: lines, titles, sections, sentences.

Folding finds a phrase whatever its markup, case, width or line breaks; every offset of
the folded text knows its line in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from handbook.review.criteria import Criteria
from handbook.review.folding import CJK_CHAR, count_words, fold
from handbook.review.titles import Title, TitleReader, heading_level, is_marked

_FENCE = re.compile(r"\s*(```|~~~)")
_BREAK = re.compile(r"[.!?;](?![a-z0-9])|[。\n]")


class Answer:
    """What somebody answered.

    Attributes:
        raw: The lines of the file.
        text: The folded text.
        titles: Lines that name stages, in order.
        first_line: 1-based line of the first that is not blank.
        last_line: 1-based line of the last that is not blank.
    """

    def __init__(self, text: str, criteria: Criteria) -> None:
        """Fold a text and read its titles."""
        self._criteria = criteria
        self._starts: list[int] = []  # of the folded lines
        self._lines: list[int] = []  # their lines in the file
        self._heading_lines: set[int] = set()
        self.titles: list[Title] = []
        # Lines as an editor counts them; str.splitlines would also split at form feeds.
        self.raw = re.split(r"\r\n|\n|\r", text)
        self.text = self._fold()
        written = [number for number, line in enumerate(self.raw, 1) if line.strip()] or [1]
        self.first_line, self.last_line = written[0], written[-1]

    def _fold(self) -> str:
        pieces: list[str] = []
        offset = 0
        reader = TitleReader(self._criteria)
        apart = True  # does nothing stand directly above?
        joinable = False  # may the next line continue this one?
        fenced = False
        for number, raw in self._spoken():
            fence = _FENCE.match(raw)
            fenced ^= bool(fence)
            folded = "" if fence else fold(raw)
            if not folded:
                joinable, apart = False, True
                continue
            level = 0 if fenced else heading_level(raw)
            stages = () if fenced else reader.stages(raw, folded, level, apart=apart)
            alone = bool(level or (stages and count_words(folded) <= 6))
            if pieces:
                continued = joinable and not (fenced or level or stages or is_marked(raw))
                joint = _joint(pieces[-1], folded) if continued else "\n"
                pieces.append(joint)
                offset += len(joint)
            self._starts.append(offset)
            self._lines.append(number)
            if alone:
                self._heading_lines.add(number)
            if stages:
                self.titles.append(Title(number, offset, stages, level))
            pieces.append(folded)
            offset += len(folded)
            # Only a long line was wrapped; a short one is a thought of its own (whiteboard notes).
            joinable = not (fenced or alone) and len(raw) + len(CJK_CHAR.findall(raw[:200])) >= 50
            apart = False
        return "".join(pieces)

    def _spoken(self) -> Iterator[tuple[int, str]]:
        """Yield the candidate's lines; front matter and other speakers' lines come out empty."""
        front = self.raw[0].strip() == "---" and "---" in (line.strip() for line in self.raw[1:60])
        other = False
        for number, raw in enumerate(self.raw, 1):
            if front:
                front = number == 1 or raw.strip() != "---"
                yield number, ""
                continue
            head = raw[:60]
            if self._criteria.others.match(head):
                other = True
            elif (label := self._criteria.candidate.match(head)) or not raw.strip():
                other = False
                raw = raw[label.end() :] if label else raw
            yield number, "" if other else raw

    @cached_property
    def lang(self) -> str:
        """`zh` where there are more Chinese characters than other words."""
        sample = self.text[:100_000]
        chinese = len(CJK_CHAR.findall(sample))
        return "zh" if chinese > len(re.findall(r"[a-z]{2,}", sample)) else "en"

    def line(self, offset: int) -> int:
        """Return the 1-based line of an offset."""
        return self._lines[bisect_right(self._starts, offset) - 1]

    def in_heading(self, offset: int) -> bool:
        """Return whether an offset stands in a heading, which argues nothing."""
        return self.line(offset) in self._heading_lines

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence around a span, at most a window's length away."""
        window = self._criteria.thresholds.sentence
        begin = max(0, start - window)
        for match in _BREAK.finditer(self.text, begin, start):
            begin = match.end()
        close = _BREAK.search(self.text, end, end + window)
        return begin, close.start() if close else min(len(self.text), end + window)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the bounds of the sentences that are not empty."""
        start = 0
        for match in _BREAK.finditer(self.text):
            if self.text[start : match.start()].strip():
                yield start, match.start()
            start = match.end()
        if self.text[start:].strip():
            yield start, len(self.text)

    @cached_property
    def _headings(self) -> list[Title]:
        return [title for title in self.titles if title.level]

    @cached_property
    def _sections(self) -> dict[str, list[tuple[int, int]]]:
        bounds = pairwise([*(title.start for title in self._headings), len(self.text)])
        sections: dict[str, list[tuple[int, int]]] = {}
        for title, bound in zip(self._headings, bounds, strict=True):
            for stage in title.stages:
                sections.setdefault(stage, []).append(bound)
        return sections

    def sections(self, stage_id: str) -> list[tuple[int, int]]:
        """Return the bounds of what stands under a stage's Markdown headings, the headings included."""
        return self._sections.get(stage_id, [])

    def section_words(self, stage_id: str) -> float:
        """Return the words under a stage's Markdown headings, the headings not included."""
        bodies = (self.text[low:high].partition("\n")[2] for low, high in self.sections(stage_id))
        return sum(map(count_words, bodies))

    def before_sections(self, offset: int) -> bool:
        """Return whether an offset lies before the first stage's Markdown heading."""
        return offset < (self._headings[0].start if self._headings else len(self.text))

    @cached_property
    def sectioned(self) -> bool:
        """Whether the answer titles most of its stages, so that a stage without a title stands out."""
        titled = {stage for title in self.titles for stage in title.stages}
        return len(titled) >= self._criteria.thresholds.sectioned

    def title_of(self, stage_id: str) -> Title | None:
        """Return the title of a stage, a Markdown heading before a plain line."""
        named = [title for title in self.titles if stage_id in title.stages]
        return min(named, key=lambda title: (not title.level, title.line), default=None)


def _joint(before: str, after: str) -> str:
    """Return what stands between two halves of a wrapped line: a blank, but none in Chinese."""
    both_chinese = CJK_CHAR.match(before[-1]) and CJK_CHAR.match(after[0])
    return "" if both_chinese or before[-1] in "、。" else " "
