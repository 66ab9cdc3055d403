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
from typing import NamedTuple

from handbook.review.criteria import Criteria
from handbook.review.folding import CJK_CHAR, count_words, fold
from handbook.review.titles import Title, TitleReader, heading_level, is_marked

_FENCE = re.compile(r"\s*(```|~~~)")
_BREAK = re.compile(r"[.!?;](?![a-z0-9])|[。\n]")
_BOLD = re.compile(r"\s*\*\*[^*]{1,60}\*\*\s*[:：]?\s*")


class Block(NamedTuple):
    """What is said at a stretch: a section, a paragraph without one, or a turn of a conversation.

    Attributes:
        start: Its offset in the folded text.
        end: The offset behind it.
        stages: Ids of the stages that its title names, or the title above it.
    """

    start: int
    end: int
    stages: tuple[str, ...]


class Answer:
    """What somebody answered.

    Attributes:
        raw: The lines of the file.
        text: The folded text.
        titles: Lines that name stages, in order.
        blocks: What is said at a stretch, in order; together they are the text.
        first_line: 1-based line of the first that is not blank.
        last_line: 1-based line of the last that is not blank.
    """

    def __init__(self, text: str, criteria: Criteria) -> None:
        """Fold a text and read its structure."""
        self._criteria = criteria
        self._starts: list[int] = []  # of the folded lines
        self._lines: list[int] = []  # their lines in the file
        self._heading_lines: set[int] = set()
        self.titles: list[Title] = []
        # Lines as an editor counts them; str.splitlines would also split at form feeds.
        self.raw = re.split(r"\r\n|\n|\r", text)
        written = [number for number, line in enumerate(self.raw, 1) if line.strip()] or [1]
        self.first_line, self.last_line = written[0], written[-1]
        opened: list[tuple[int, tuple[str, ...]]] = []
        self.text = self._fold(opened)
        bounds = pairwise([*opened, (len(self.text), ())])
        self.blocks = [Block(start, end, named) for (start, named), (end, _) in bounds]

    def _fold(self, opened: list[tuple[int, tuple[str, ...]]]) -> str:
        """Return the folded text; start and titled stages of each block are added to `opened`."""
        pieces: list[str] = []
        offset = 0
        reader = TitleReader(self._criteria)
        apart = True  # does nothing stand directly above?
        joinable = False  # may the next line continue this one?
        fenced = False
        headed = False  # does the block go on over blank lines?
        sectioned = False  # and is its title a heading?
        above: tuple[int, tuple[str, ...]] = (
            0,
            (),
        )  # level and stages of the heading that deeper ones inherit
        for number, raw, turn in self._spoken():
            fence = _FENCE.match(raw)
            fenced ^= bool(fence)
            folded = "" if fence else fold(raw)
            if folded in self._criteria.printed and not heading_level(raw):
                folded = ""  # a prompt of the template, which nobody has answered
            if not folded:
                joinable, apart = False, True
                continue
            level = 0 if fenced else heading_level(raw)
            # In a titled section, what begins an item of a list is no title of another.
            item = sectioned and not level and is_marked(raw)
            untitled = fenced or item or self._is_name_of_all(number, folded, level)
            stages = () if untitled else reader.stages(raw, folded, level, apart=apart)
            alone = bool(level or (stages and count_words(folded) <= 6))
            bold = not fenced and _BOLD.fullmatch(raw) is not None
            if pieces:
                continued = joinable and not (fenced or level or stages or turn or is_marked(raw))
                joint = _joint(pieces[-1], folded) if continued else "\n"
                pieces.append(joint)
                offset += len(joint)
            self._starts.append(offset)
            self._lines.append(number)
            if alone or bold:
                self._heading_lines.add(number)
            if stages:
                self.titles.append(Title(number, offset, stages, level))
            if level or bold:  # bold text stands below every heading
                depth = level or 7
                named = stages or (above[1] if depth > above[0] else ())
                above = (depth, stages) if level and (stages or not named) else above
            else:
                named = stages
            if not opened or alone or bold or stages or turn or (apart and not headed):
                opened.append((offset, named))
                headed = bool(named) and (alone or bold)
                sectioned = headed and bool(level or bold)
            pieces.append(folded)
            offset += len(folded)
            # Only a long line was wrapped; a short one is a thought of its own (whiteboard notes).
            joinable = not (fenced or alone) and len(raw) + len(CJK_CHAR.findall(raw[:200])) >= 50
            apart = False
        return "".join(pieces)

    def _is_name_of_all(self, number: int, folded: str, level: int) -> bool:
        """Return whether a line is the title of the whole ("# Moderation system design")."""
        return level == 1 and number == self.first_line and count_words(folded) > 3

    def _spoken(self) -> Iterator[tuple[int, str, bool]]:
        """Yield number, text and whether a turn begins; what is not the candidate's comes out empty."""
        front = self.raw[0].strip() == "---" and "---" in (line.strip() for line in self.raw[1:60])
        other = False
        for number, raw in enumerate(self.raw, 1):
            if front:
                front = number == 1 or raw.strip() != "---"
                yield number, "", False
                continue
            head = raw[:60]
            label = None
            if self._criteria.others.match(head):
                other = True
            elif (label := self._criteria.candidate.match(head)) or not raw.strip():
                other = False
                raw = raw[label.end() :] if label else raw
            yield number, "" if other else raw, label is not None

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

    def sentences(self, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield the bounds of the sentences from `begin` to `end` that are not empty."""
        end = len(self.text) if end is None else end
        start = begin
        for match in _BREAK.finditer(self.text, begin, end):
            if self.text[start : match.start()].strip():
                yield start, match.start()
            start = match.end()
        if self.text[start:end].strip():
            yield start, end

    def title_of(self, stage_id: str) -> Title | None:
        """Return the title of a stage, a Markdown heading before a plain line."""
        named = [title for title in self.titles if stage_id in title.stages]
        return min(named, key=lambda title: (not title.level, title.line), default=None)


def _joint(before: str, after: str) -> str:
    """Return what stands between two halves of a wrapped line: a blank, but none in Chinese."""
    both_chinese = CJK_CHAR.match(before[-1]) and CJK_CHAR.match(after[0])
    return "" if both_chinese or before[-1] in "、。" else " "
