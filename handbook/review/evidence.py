"""What in an answer speaks for a stage, what is only denied, and which stages are left out in so many words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from handbook.review.answer import Answer
from handbook.review.claims import Claim, Claims, Span
from handbook.review.criteria import Criteria, StageCriteria
from handbook.review.folding import count_words


@dataclass(frozen=True)
class Hit:
    """An occurrence of a signal; `span` is in offsets, `line` is 1-based.

    It is `loose` where its phrase says the signal only in the stage's own part.
    """

    signal: str
    span: Span
    claim: Claim
    line: int
    denied: bool
    loose: bool


def find_hits(answer: Answer, claims: Claims, criteria: Criteria, stage: StageCriteria) -> list[Hit]:
    """Return where a stage's signals occur, in the order of the text."""
    limit = len(answer.text) * stage.within_first
    hits = []
    for signal in stage.signals:
        for phrase in (*signal.phrases, *signal.own):
            for start, end in phrase.spans(answer.text, criteria.thresholds.examined):
                claim = claims.at(start)
                if start > limit and stage.id not in answer.blocks[claim.block].stages:
                    continue
                if claim.heading or (claim.question and not stage.questions):
                    continue
                denied = signal.deniable and is_denied(answer, criteria, (start, end), claim.sentence)
                hits.append(
                    Hit(signal.id, (start, end), claim, answer.line(start), denied, phrase in signal.own)
                )
    return sorted(hits, key=lambda hit: hit.span)


def left_out(answer: Answer, claims: Claims, criteria: Criteria) -> dict[str, list[Span]]:
    """Return the sentences in which the answer says of a stage that it leaves it out, by stage."""
    found: dict[str, list[Span]] = {}
    for match in islice(criteria.left_out.finditer(answer.text), criteria.thresholds.examined):
        claim = claims.at(match.start())
        low, high = claim.sentence
        # A name stands near; what comes after a turn ("…, but …") is said.
        begin, end = max(low, match.start() - 160), min(high, match.end() + 80)
        if claim.question or _is_double(answer.text, criteria, begin, match):
            continue
        turn = criteria.turn.search(answer.text, match.end(), end)
        named = criteria.names_in(answer.text[begin : turn.start() if turn else end])
        for stage in named or _untold(answer, claims, claim):
            found.setdefault(stage, []).append((low, high))
    return found


def _is_double(text: str, criteria: Criteria, begin: int, match: re.Match[str]) -> bool:
    """Return whether leaving out is itself denied: "monitoring cannot be skipped"."""
    doubles = criteria.negation.not_negation.finditer(text, begin, match.end())
    return any(double.start() <= match.end() <= double.end() for double in doubles)


def _untold(answer: Answer, claims: Claims, claim: Claim) -> tuple[str, ...]:
    """Return the stages of a claim's block if nothing else is said in it: "## Serving", "no time"."""
    if claim.heading:  # "### Out of scope" begins a list of what is
        return ()
    block = answer.blocks[claim.block]
    beside = (claims.at(offset) for offset in (claim.sentence[0] - 1, claim.sentence[1] + 1))
    told = any(
        other.block == claim.block and other.sentence != claim.sentence and not other.heading
        for other in beside
    )
    return () if told else block.stages


def is_denied(answer: Answer, criteria: Criteria, span: Span, sentence: Span) -> bool:
    """Return whether a span of a sentence is only mentioned to be left out."""
    start, end = span
    behind = answer.text[end : min(sentence[1], end + 80)]
    clause_rest = re.split(r"[,:]", behind, maxsplit=1)[0]
    ahead = answer.text[max(sentence[0], start - 160) : start]
    return _denied_behind(criteria, clause_rest) or _denied_ahead(criteria, ahead, clause_rest)


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
