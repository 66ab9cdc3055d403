"""Whether an answer deals with each stage, and what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.review.answer import Answer
from handbook.review.criteria import Criteria, StageCriteria, Thresholds, Wording
from handbook.review.evidence import Hit, Span, count_argument, find_hits
from handbook.review.result import MISSING, PRESENT, REASONS, Finding


@dataclass(frozen=True)
class JudgedStage:
    """A stage with what the anti-pattern rules and the report need to know of it.

    Attributes:
        criteria: What was asked.
        hits: Where its signals occur, denied ones included.
        reason: Why it is not present, a key of `REASONS`; empty where it is.
        found: Ids of the signals that are said, in the order of the criteria.
        need: How many had to be.
        words: Words of argument around them.
        home: Line where the stage is dealt with, 0 where it is nowhere.
        title: Line of its title, or 0.
        passed_over: Line where it would have stood: where the next one begins.
    """

    criteria: StageCriteria
    hits: tuple[Hit, ...]
    reason: str
    found: tuple[str, ...]
    need: int
    words: int
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
        return self.home or (self.denial() if self.reason == "denied" else self.passed_over)

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


def judge_stages(answer: Answer, criteria: Criteria) -> dict[str, JudgedStage]:
    """Return the stages as they are found in an answer, by id, in the order of the framework."""
    hits = {stage.id: find_hits(answer, criteria, stage) for stage in criteria.stages}
    # A long span ("offline … online") is a turn of phrase, not a keyword.
    spans = sorted(
        hit.span
        for own in hits.values()
        for hit in own
        if hit.span[1] - hit.span[0] <= criteria.thresholds.keyword
    )
    judged: list[JudgedStage] = []
    next_line = answer.last_line
    for stage in reversed(criteria.stages):
        passed_over = answer.first_line if stage is criteria.stages[0] else next_line
        judged.append(_judge(answer, criteria.thresholds, stage, hits[stage.id], spans, passed_over))
        next_line = judged[-1].home or next_line
    return {stage.criteria.id: stage for stage in reversed(judged)}


def _judge(
    answer: Answer,
    thresholds: Thresholds,
    stage: StageCriteria,
    hits: Sequence[Hit],
    spans: Sequence[Span],
    passed_over: int,
) -> JudgedStage:
    said = [hit for hit in hits if not hit.denied]
    said_signals = {hit.signal for hit in said}
    found = tuple(signal.id for signal in stage.signals if signal.id in said_signals)
    words = count_argument(answer, (hit.sentence for hit in said), spans)
    title = answer.title_of(stage.id)
    # In an answer that titles its stages, one without a title is met by chance in the others'.
    untitled = answer.sectioned and title is None
    need = min(stage.need + untitled, len(stage.signals))
    has_section = bool(answer.sections(stage.id))
    empty_section = has_section and answer.section_words(stage.id) < thresholds.section_words
    if not found and hits:
        reason = "denied"
    elif not found and has_section and not empty_section:
        reason = "thin_beside"
    elif not found:
        reason = "thin_named" if title else "missing"
    elif empty_section:
        reason = "thin_empty"
    elif len(found) < need:
        reason = "thin_few"
    elif untitled and not any(answer.before_sections(hit.span[0]) for hit in said):
        reason = "thin_passing"
    elif words < thresholds.words:
        reason = "thin_keywords"
    else:
        reason = ""
    home = 0
    if REASONS.get(reason) != MISSING:
        home = title.line if title else said[len(said) // 2].line
    return JudgedStage(
        criteria=stage,
        hits=tuple(hits),
        reason=reason,
        found=found,
        need=need,
        words=words,
        home=home,
        title=title.line if title else 0,
        passed_over=passed_over,
    )


def stage_findings(judged: Iterable[JudgedStage], wording: Wording, lang: str) -> Iterator[Finding]:
    """Yield what each stage lacks."""
    for stage in judged:
        if stage.state == PRESENT:
            continue
        labels = {signal.id: signal.label[lang] for signal in stage.criteria.signals}
        message = wording.reasons[stage.reason].format(
            stage=stage.criteria.name[lang],
            found=wording.separator.join(labels[signal] for signal in stage.found),
            count=len(stage.found),
            need=stage.need,
        )
        absent = wording.separator.join(stage.absent(lang))
        argue = stage.reason == "thin_keywords" or not absent
        hint = wording.hint_argue if argue else wording.hint_say.format(absent=absent)
        yield Finding(stage.line, f"stage-{stage.state}", message, hint)
