"""Which anti-patterns an answer shows; data/review.yml says what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.review.answer import Answer
from handbook.review.criteria import (
    AntiPatternRule,
    Criteria,
    FewOf,
    OpeningNamesModel,
    StageAlone,
    StageLeftOut,
)
from handbook.review.evidence import is_denied
from handbook.review.folding import count_words
from handbook.review.result import MISSING, PRESENT, Finding
from handbook.review.stages import JudgedStage

_HEAD = 2000  # characters of a sentence that are looked at; no opening is longer


@dataclass(frozen=True)
class _Shown:
    """Where an anti-pattern shows; `name` or `absent` is what its message names."""

    line: int
    values: Mapping[str, str]


def anti_pattern_findings(
    answer: Answer, criteria: Criteria, judged: Mapping[str, JudgedStage], lang: str
) -> Iterator[Finding]:
    """Yield the anti-patterns that show, each once."""
    for pattern in criteria.anti_patterns:
        for rule in pattern.rules:
            shown = _apply(rule, answer, criteria, judged, lang)
            if shown:
                message = rule.message[lang].format(**shown.values)
                yield Finding(shown.line, pattern.id, message, rule.hint[lang])
                break


def _apply(
    rule: AntiPatternRule, answer: Answer, criteria: Criteria, judged: Mapping[str, JudgedStage], lang: str
) -> _Shown | None:
    separator = criteria.wording[lang].separator
    match rule:
        case OpeningNamesModel():
            return _opening_names_model(rule, answer, criteria, judged[rule.stage])
        case StageAlone():
            return _stage_alone(rule, judged, lang, separator)
        case StageLeftOut():
            return _stage_left_out(judged[rule.stage])
        case FewOf():
            return _few_of(rule, judged, lang, separator)
    raise TypeError(f"{type(rule).__name__} is a kind of rule that nobody applies")


def _opening_names_model(
    rule: OpeningNamesModel, answer: Answer, criteria: Criteria, requirements: JudgedStage
) -> _Shown | None:
    said = (hit.span[0] for hit in requirements.hits if not hit.denied)
    first_requirement = min(said, default=len(answer.text))
    spent = 0.0
    first = True
    for begin, end in answer.sentences():
        sentence = answer.text[begin:end]
        if (
            answer.in_heading(begin)
            or rule.restated.match(sentence.strip())
            or _is_caption(answer, begin, end)
        ):
            continue
        head = sentence[:_HEAD]
        if not rule.unless.search(head):
            for start, stop in _model_names(rule, head):
                span = begin + start, begin + stop
                if is_denied(answer, criteria, span, (begin, end)):
                    continue
                if first or span[0] < first_requirement:
                    line = answer.line(span[0])
                    return _Shown(line, {"name": _as_written(answer.raw[line - 1], head[start:stop])})
        words = count_words(head)
        spent += words
        first = first and words < 4  # "Sure." and "好的。" open nothing
        if spent > rule.opening:
            break
    return None


def _model_names(rule: OpeningNamesModel, sentence: str) -> list[tuple[int, int]]:
    """Return the spans of models in a sentence; of those that begin together, the longest first."""
    named = {span for phrase in rule.models for span in phrase.spans(sentence, 20)}
    return sorted(named, key=lambda span: (span[0], -span[1]))


def _is_caption(answer: Answer, begin: int, end: int) -> bool:
    """Return whether a sentence is the title of a plain text: one short first line without a full stop."""
    below = answer.line(begin)  # as an index, that of the line after it
    return (
        not answer.text[:begin].strip()
        and answer.text.startswith("\n", end)
        and count_words(answer.text[begin:end]) <= 12
        and not answer.raw[min(below, len(answer.raw) - 1)].strip()
    )


def _as_written(raw: str, folded: str) -> str:
    """Return a folded phrase as its line has it ("XGBoost"), where it can be found again."""
    found = re.search(r"[\s_-]?".join(re.escape(char) for char in folded if char != " "), raw, re.IGNORECASE)
    return found[0] if found and found[0].isprintable() else folded


def _stage_alone(
    rule: StageAlone, judged: Mapping[str, JudgedStage], lang: str, separator: str
) -> _Shown | None:
    alone = judged[rule.stage]
    around = [judged[other] for other in rule.without]
    absent = [stage.criteria.name[lang] for stage in around if stage.state == MISSING]
    if alone.points < rule.points or len(absent) < rule.missing:
        return None
    return _Shown(alone.home, {"absent": separator.join(absent)})


def _stage_left_out(stage: JudgedStage) -> _Shown | None:
    return _Shown(stage.left_out, {}) if stage.left_out and stage.state == MISSING else None


def _few_of(rule: FewOf, judged: Mapping[str, JudgedStage], lang: str, separator: str) -> _Shown | None:
    own = judged[rule.stage]
    if own.state == PRESENT:
        return None
    absent = [
        group
        for group in rule.groups
        if not any(signal in judged[stage].found for stage, signal in group.signals)
    ]
    if len(rule.groups) - len(absent) > rule.at_most:
        return None
    denials = (judged[stage].denial([signal]) for group in absent for stage, signal in group.signals)
    line = min(filter(None, denials), default=0) or own.title or own.passed_over
    return _Shown(line, {"absent": separator.join(group.label[lang] for group in absent)})
