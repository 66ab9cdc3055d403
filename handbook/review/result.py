"""What a review comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PRESENT, THIN, MISSING = "present", "thin", "missing"

#: Why a stage is not present, with the state that each reason amounts to.
REASONS = {
    "missing": MISSING,
    "denied": MISSING,
    "thin_named": THIN,
    "thin_beside": THIN,
    "thin_passing": THIN,
    "thin_keywords": THIN,
    "thin_few": THIN,
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that an answer lacks or shows.

    Attributes:
        line: 1-based line; for something absent, the line where it would have stood.
        rule: `stage-missing`, `stage-thin`, or the id of an anti-pattern.
        message: What was found, in the answer's language.
        hint: What would mend it.
    """

    line: int
    rule: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class StageReview:
    """What an answer says about one stage.

    Attributes:
        id: The stage's id.
        name: Its name in the answer's language.
        minutes: Its share of the round.
        state: `present`, `thin` or `missing`.
        line: Where it is dealt with, or would have been.
        evidence: Signal id -> 1-based lines where it was found.
        absent: Labels of the signals that were not found, in the answer's language.
        points: How much it says; half points count.
    """

    id: str
    name: str
    minutes: int
    state: str
    line: int
    evidence: Mapping[str, tuple[int, ...]]
    absent: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Review:
    """The whole review; `findings` is empty exactly when `covered` is true."""

    lang: str
    stages: tuple[StageReview, ...]
    findings: tuple[Finding, ...]
    verdict: str

    @property
    def covered(self) -> bool:
        """Whether all stages are covered and no anti-pattern shows."""
        return not self.findings

    @property
    def anti_patterns(self) -> tuple[Finding, ...]:
        """The findings that are anti-patterns."""
        return tuple(finding for finding in self.findings if not finding.rule.startswith("stage-"))

    def stage(self, stage_id: str) -> StageReview:
        """Return one stage by its id."""
        return next(stage for stage in self.stages if stage.id == stage_id)
