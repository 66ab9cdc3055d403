"""Whether an answer deals with each stage, and what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from handbook.review.answer import Answer
from handbook.review.claims import EMPTY, Claims, Span
from handbook.review.criteria import Criteria, StageCriteria, Wording
from handbook.review.evidence import Hit, find_hits, left_out
from handbook.review.result import MISSING, PRESENT, REASONS, Finding

_OPENING = 40  # characters of a block that may name what it is about
_AT_HOME = 1.5  # points that a stage has to make where it is dealt with
_LISTED = 2  # signals of a list that count
_FURTHER = 4  # claims without a signal that count


@dataclass(frozen=True)
class JudgedStage:
    """A stage with what the anti-pattern rules and the report need to know of it.

    Attributes:
        criteria: What was asked.
        hits: Where its signals occur, denied ones included.
        reason: Why it is not present, a key of `REASONS`; empty where it is.
        found: Ids of the signals that are said, in the order of the criteria.
        points: What it says, in points; see `_points`.
        left_out: Line where the answer says that it leaves the stage out, 0 where it does not.
        home: Line where the stage is dealt with, 0 where it is nowhere.
        title: Line of its title, or 0.
        passed_over: Line where it would have stood: where the next one begins.
    """

    criteria: StageCriteria
    hits: tuple[Hit, ...]
    reason: str
    found: tuple[str, ...]
    points: float
    left_out: int
    home: int
    title: int
    passed_over: int

    @property
    def state(self) -> str:
        """`present`, `thin` or `missing`."""
        return REASONS.get(self.reason, PRESENT)

    @property
    def line(self) -> int:
        """Line of the stage, or where it was denied or passed over."""
        if self.reason == "denied":
            return self.left_out or self.denial()
        return self.home or self.passed_over

    def said(self, signal: str) -> tuple[int, ...]:
        """Return the lines where a signal is said."""
        return tuple(sorted({hit.line for hit in self.hits if hit.signal == signal and not hit.denied}))

    def absent(self, lang: str) -> tuple[str, ...]:
        """Return the labels of the signals that are not said."""
        return tuple(signal.label[lang] for signal in self.criteria.signals if signal.id not in self.found)

    def denial(self, signals: Collection[str] | None = None) -> int:
        """Return the first line where one of `signals`, or any signal, is denied; 0 if none is."""
        denied = (hit for hit in self.hits if hit.denied)
        return next((hit.line for hit in denied if signals is None or hit.signal in signals), 0)


@dataclass(frozen=True)
class _Heard:
    """What there is to judge a stage by.

    Attributes:
        hits: Where its signals occur, denied ones included.
        own: Numbers of the blocks that deal with it.
        out: Sentences that leave it out.
    """

    hits: Sequence[Hit]
    own: Collection[int]
    out: Sequence[Span]


def judge_stages(answer: Answer, criteria: Criteria) -> dict[str, JudgedStage]:
    """Return the stages as they are found in an answer, by id, in the order of the framework."""
    claims = Claims(answer, criteria.substance)
    heard = _listen(answer, claims, criteria)
    judged: list[JudgedStage] = []
    next_line = answer.last_line
    for stage in reversed(criteria.stages):
        passed_over = answer.first_line if stage is criteria.stages[0] else next_line
        judged.append(_judge(answer, claims, stage, heard[stage.id], passed_over))
        next_line = judged[-1].home or next_line
    return {stage.criteria.id: stage for stage in reversed(judged)}


def _listen(answer: Answer, claims: Claims, criteria: Criteria) -> dict[str, _Heard]:
    out = left_out(answer, claims, criteria)
    hits = {
        stage.id: [
            # A sentence that leaves the stage out says nothing else of it.
            replace(hit, denied=True) if _within(hit.span[0], out.get(stage.id, ())) else hit
            for hit in find_hits(answer, claims, criteria, stage)
        ]
        for stage in criteria.stages
    }
    homes = _homes(answer, criteria, hits)
    return {stage: _Heard(found, homes[stage], out.get(stage, ())) for stage, found in hits.items()}


def _within(offset: int, spans: Collection[Span]) -> bool:
    return any(low <= offset < high for low, high in spans)


def _homes(answer: Answer, criteria: Criteria, hits: dict[str, list[Hit]]) -> dict[str, set[int]]:
    """Return the numbers of the blocks that deal with each stage.

    A title says it; without one, the first words do; without these, what most signals are about.
    """
    homes: dict[str, set[int]] = {stage.id: set() for stage in criteria.stages}
    titled = {stage: any(stage in block.stages for block in answer.blocks) for stage in homes}
    signals: dict[int, dict[str, set[str]]] = {}
    for stage, found in hits.items():
        for hit in found:
            if not hit.denied:
                signals.setdefault(hit.claim.block, {}).setdefault(stage, set()).add(hit.signal)
    for number, block in enumerate(answer.blocks):
        named = block.stages or criteria.names_in(
            answer.text[block.start : min(block.end, block.start + _OPENING)]
        )
        if not named:
            counts = {stage: len(found) for stage, found in signals.get(number, {}).items()}
            most = max(counts.values(), default=0)
            named = [stage for stage, count in counts.items() if count == most >= 2]
        for stage in named:
            if not titled[stage] or stage in block.stages:
                homes[stage].add(number)
    return homes


def _judge(
    answer: Answer, claims: Claims, stage: StageCriteria, heard: _Heard, passed_over: int
) -> JudgedStage:
    hits, own, out = heard.hits, heard.own, heard.out
    # What is said elsewhere in passing does not bring back what is left out.
    said = [hit for hit in hits if not hit.denied and (hit.claim.block in own or not (hit.loose or out))]
    said_signals = {hit.signal for hit in said}
    found = tuple(signal.id for signal in stage.signals if signal.id in said_signals)
    points = _points(claims, said, heard)
    own_points = _points(claims, [hit for hit in said if hit.claim.block in own], heard)
    title = answer.title_of(stage.id)
    if found and points >= stage.need and own_points >= _AT_HOME:
        reason = ""
    elif out or (not found and any(hit.denied for hit in hits)):
        reason = "denied"
    elif not found and points < 1:
        reason = "thin_named" if title else "missing"
    elif not found:
        reason = "thin_beside"
    elif title and not own_points:
        reason = "thin_named"
    elif points >= stage.need:
        reason = "thin_passing"
    elif points < _AT_HOME:
        reason = "thin_keywords"
    else:
        reason = "thin_few"
    home = 0
    if REASONS.get(reason) != MISSING:
        home = title.line if title else said[len(said) // 2].line if said else 0
    return JudgedStage(
        criteria=stage,
        hits=tuple(hits),
        reason=reason,
        found=found,
        points=points,
        left_out=answer.line(out[0][0]) if out else 0,
        home=home,
        title=title.line if title else 0,
        passed_over=passed_over,
    )


def _points(claims: Claims, said: Collection[Hit], heard: _Heard) -> float:
    """Return what is said of a stage, in points.

    A signal that comes with a quantity or a reason is one point, one that comes in a clause of some
    words is half a point. Those that are only listed are half a point each, one in all: a list of
    keywords is no argument. A claim of the stage's own part that has a quantity or a reason, but
    none of the signals, is half a point.
    """
    argued = {hit.signal for hit in said if hit.claim.backed or hit.claim.question}
    told = {hit.signal for hit in said if hit.claim.told} - argued
    listed = {hit.signal for hit in said if hit.claim.weight != EMPTY} - argued - told
    spoken_for = {hit.claim.start for hit in said}
    others = (
        claim
        for claim in claims.argued(heard.own)
        if claim.start not in spoken_for and not _within(claim.start, heard.out)
    )
    further = len(list(islice(others, _FURTHER)))
    return len(argued) + (len(told) + min(_LISTED, len(listed)) + further) / 2


def stage_findings(judged: Iterable[JudgedStage], wording: Wording, lang: str) -> Iterator[Finding]:
    """Yield what each stage lacks."""
    for stage in judged:
        if stage.state == PRESENT:
            continue
        labels = {signal.id: signal.label[lang] for signal in stage.criteria.signals}
        message = wording.reasons[stage.reason].format(
            stage=stage.criteria.name[lang],
            found=wording.separator.join(labels[signal] for signal in stage.found),
            count=int(stage.points),
            need=stage.criteria.need,
        )
        absent = wording.separator.join(stage.absent(lang))
        argue = stage.reason == "thin_keywords" or not absent
        hint = wording.hint_argue if argue else wording.hint_say.format(absent=absent)
        yield Finding(stage.line, f"stage-{stage.state}", message, hint)
