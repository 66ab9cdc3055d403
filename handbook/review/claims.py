"""An answer as claims: clauses, each with its weight, its sentence and its block.

A claim is argued where it has a quantity or a reason; it is empty where its sentence only says
how important something is; else it is plain. Only those are read that somebody asks for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from handbook.review.answer import Answer
from handbook.review.criteria import Substance
from handbook.review.folding import count_words

Span = tuple[int, int]

EMPTY, PLAIN, ARGUED = range(3)

_PAUSE = re.compile(r"[,:](?!\d{3}(?!\d))|→")
_SHORT = 200  # characters of a clause whose words are counted


class Claim(NamedTuple):
    """A clause of an answer.

    Attributes:
        start: Its offset in the folded text.
        end: The offset behind it.
        sentence: Bounds of its sentence.
        block: Number of its block.
        weight: `EMPTY`, `PLAIN` or `ARGUED`.
        backed: Whether it or a clause beside it is argued.
        told: Whether it has enough words to be more than an item of a list.
        question: Whether its sentence is a question.
        heading: Whether it is part of a heading.
    """

    start: int
    end: int
    sentence: Span
    block: int
    weight: int
    backed: bool
    told: bool
    question: bool
    heading: bool


class Claims:
    """The claims of an answer."""

    def __init__(self, answer: Answer, substance: Substance) -> None:
        """Take an answer whose claims will be asked for."""
        self._answer = answer
        self._substance = substance
        self._blocks = [block.start for block in answer.blocks]
        self._read: dict[Span, list[Claim]] = {}

    def at(self, offset: int) -> Claim:
        """Return the claim that an offset lies in."""
        claims = self._of(self._answer.sentence(offset, offset))
        return next((claim for claim in claims if offset < claim.end), claims[-1])

    def argued(self, blocks: Iterable[int]) -> Iterator[Claim]:
        """Yield the argued claims of some blocks, headings left out."""
        for number in sorted(blocks):
            block = self._answer.blocks[number]
            for sentence in self._answer.sentences(block.start, block.end):
                for claim in self._of(sentence):
                    if claim.weight == ARGUED and not claim.heading:
                        yield claim

    def _of(self, sentence: Span) -> list[Claim]:
        """Return the claims of a sentence, or of the part of it that a window shows."""
        if sentence not in self._read:
            self._read[sentence] = self._split(sentence)
        return self._read[sentence]

    def _split(self, sentence: Span) -> list[Claim]:
        begin, end = sentence
        text = self._answer.text[begin:end]
        cuts = [0, *(pause.end() for pause in _PAUSE.finditer(text)), len(text)]
        clauses = [text[low:high] for low, high in pairwise(cuts)]
        counted = [self._substance.quantities.search(clause) is not None for clause in clauses]
        empty = not any(counted) and self._substance.filler.search(text) is not None
        argued = [
            not empty and (number or self._substance.reasons.search(clause) is not None)
            for number, clause in zip(counted, clauses, strict=True)
        ]
        question = self._answer.text.startswith("?", end)
        heading = self._answer.in_heading(begin)
        block = bisect_right(self._blocks, begin) - 1
        return [
            Claim(
                start=begin + cuts[number],
                end=begin + cuts[number + 1],
                sentence=sentence,
                block=block,
                weight=EMPTY if empty else ARGUED if argued[number] else PLAIN,
                backed=any(argued[max(0, number - 1) : number + 2]),
                told=not empty and count_words(clause[:_SHORT]) >= self._substance.told,
                question=question,
                heading=heading,
            )
            for number, clause in enumerate(clauses)
        ]
