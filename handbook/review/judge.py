"""From a text to its review."""

from __future__ import annotations

from pathlib import Path

from handbook.review.answer import Answer
from handbook.review.anti_patterns import anti_pattern_findings
from handbook.review.criteria import DATA, load_criteria
from handbook.review.result import MISSING, PRESENT, THIN, Finding, Review, StageReview
from handbook.review.stages import JudgedStage, judge_stages, stage_findings


def review(text: str, lang: str | None = None, data: Path = DATA) -> Review:
    """Review an answer.

    Args:
        text: The answer, with or without headings, in English, Chinese or both.
        lang: Language of the report, `en` or `zh`; the answer's own where None.
        data: Folder that holds review.yml and framework.yml.

    Raises:
        ReviewDataError: If the data files cannot be used; never because of the text.
    """
    criteria = load_criteria(data)
    answer = Answer(text, criteria)
    lang = lang or answer.lang
    wording = criteria.wording[lang]
    judged = judge_stages(answer, criteria)
    anti_patterns = list(anti_pattern_findings(answer, criteria, judged, lang))
    found = sorted([*stage_findings(judged.values(), wording, lang), *anti_patterns])
    states = [stage.state for stage in judged.values()]
    verdict = (wording.verdict_findings if found else wording.verdict_covered).format(
        **{state: states.count(state) for state in (PRESENT, THIN, MISSING)}, patterns=len(anti_patterns)
    )
    stages = tuple(_stage_review(stage, lang) for stage in judged.values())
    return Review(lang, stages, tuple(found), verdict)


def findings(text: str, lang: str | None = None, data: Path = DATA) -> list[Finding]:
    """Return only the findings, sorted by line; for the rule that reviews the worked designs.

    Args:
        text: The answer.
        lang: Language of the report; the answer's own where None.
        data: Folder that holds review.yml and framework.yml.

    Raises:
        ReviewDataError: If the data files cannot be used.
    """
    return list(review(text, lang, data).findings)


def _stage_review(stage: JudgedStage, lang: str) -> StageReview:
    return StageReview(
        id=stage.criteria.id,
        name=stage.criteria.name[lang],
        minutes=stage.criteria.minutes,
        state=stage.state,
        line=stage.line,
        evidence={signal: stage.said(signal) for signal in stage.found},
        absent=stage.absent(lang),
        points=stage.points,
    )
