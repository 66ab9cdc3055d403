"""What in an answer speaks for a stage, what is only denied, and how much is argued around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handbook.review.answer import Answer
from handbook.review.criteria import Criteria, StageCriteria
from handbook.review.folding import count_words

Span = tuple[int, int]


@dataclass(frozen=True)
class Hit:
    """An occurrence of a signal; `span` and `sentence` are offsets, `line` is 1-based."""

    signal: str
    span: Span
    sentence: Span
    line: int
    denied: bool


def find_hits(answer: Answer, criteria: Criteria, stage: StageCriteria) -> list[Hit]:
    """Return where a stage's signals occur, in the order of the text."""
    limit = len(answer.text) * stage.within_first
    own = answer.sections(stage.id)
    hits = []
    for signal in stage.signals:
        for phrase in signal.phrases:
            for start, end in phrase.spans(answer.text, criteria.thresholds.examined):
                if start > limit and not any(low <= start < high for low, high in own):
                    continue
                if answer.in_heading(start):
                    continue
                sentence = answer.sentence(start, end)
                if not stage.questions and answer.text.startswith("?", sentence[1]):
                    continue
                denied = signal.deniable and is_denied(answer, criteria, (start, end), sentence)
                hits.append(Hit(signal.id, (start, end), sentence, answer.line(start), denied))
    return sorted(hits, key=lambda hit: hit.span)


def is_denied(answer: Answer, criteria: Criteria, span: Span, sentence: Span) -> bool:
    """Return whether a span of a sentence is only mentioned to be left out."""
    start, end = span
    behind = answer.text[end : min(sentence[1], end + 80)]
    clause_rest = re.split(r"[,:]", behind, maxsplit=1)[0]
    return _denied_behind(criteria, clause_rest) or _denied_ahead(
        criteria, answer.text[max(sentence[0], start - 160) : start], clause_rest
    )


def _denied_behind(criteria: Criteria, clause_rest: str) -> bool:
    denial = criteria.negation.after.search(clause_rest)
    return (
        denial is not None
        and count_words(clause_rest[: denial.start()]) <= criteria.negation.reach
        and count_words(clause_rest[denial.end() :]) <= 4
    )


def _denied_ahead(criteria: Criteria, ahead: str, clause_rest: str) -> bool:
    negation = criteria.negation
    ahead = negation.not_negation.sub(lambda match: "·" * len(match[0]), ahead)
    negations = list(negation.before.finditer(ahead))
    if not negations:
        return False
    if len(negations) > 1:
        gap = ahead[negations[-2].end() : negations[-1].start()]
        if "," not in gap and count_words(gap) <= 3:  # "never ship without"
            return False
    between = ahead[negations[-1].end() :]
    if ":" in between or negation.ends.search(between):
        return False
    first, *items = between.split(",")
    if count_words(first) > negation.reach:
        return False
    if items:
        items[-1] += clause_rest
    return all(count_words(item) <= negation.list_item for item in items)


def count_argument(answer: Answer, sentences: Iterable[Span], spans: Sequence[Span]) -> int:
    """Return the words in `sentences` that are no signal of any stage.

    Args:
        answer: The answer.
        sentences: Bounds, possibly repeated or overlapping.
        spans: All signals' spans, sorted.
    """
    starts = [start for start, _ in spans]
    total = 0.0
    done = 0
    for begin, end in sorted(set(sentences)):
        position = max(begin, done)
        done = max(done, end)
        # A few spans that begin earlier may reach in.
        for low, high in spans[max(0, bisect_right(starts, position) - 8) :]:
            if low >= end:
                break
            if high <= position:
                continue
            total += count_words(answer.text[position : max(position, low)])
            position = max(position, high)
        total += count_words(answer.text[position:end])
    return int(total)
