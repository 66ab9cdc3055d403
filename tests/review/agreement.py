"""How well the judge agrees with people on the labelled answers.

`labels.yml` says of each answer in answers/ what a reader found: a verdict and its reason for each
stage, and the anti-patterns. Half of the answers was used to improve the judge, the other half (by
seed, by language and problem) only to measure it. `python -m tests.review.agreement` prints both.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from handbook.review import Review, read_answer, review

HERE = Path(__file__).parent
ANSWERS = HERE / "answers"
STATES = ("present", "thin", "missing")
STAGES = ("requirements", "metrics", "data", "features", "model", "serving", "monitoring")
ANTI_PATTERNS = ("model-first", "ignoring-data", "no-monitoring")


@dataclass(frozen=True)
class Labelled:
    """What a reader found in one answer.

    Attributes:
        name: Its file in the folder of answers.
        problem: Which of the six problems it answers.
        style: spoken, bullets, essay, halffinished or stuffed.
        half: `tuned`, `held-out` or `independent`.
        stages: Stage id -> `present`, `thin` or `missing`.
        anti_patterns: Ids of those that it shows.
    """

    name: str
    problem: str
    style: str
    half: str
    stages: Mapping[str, str]
    anti_patterns: frozenset[str]

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return self.name[:2]


@dataclass(frozen=True)
class Rates:
    """Precision and recall of one verdict, with the counts that they come from."""

    right: int
    given: int
    due: int

    @property
    def precision(self) -> float:
        """Of the verdicts given, the part that a reader gave too; 1 where none was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Of the verdicts due, the part that was given; 1 where none was due."""
        return self.right / self.due if self.due else 1.0

    def __str__(self) -> str:
        return f"precision {self.precision:.2f} ({self.right}/{self.given})  recall {self.recall:.2f} ({self.right}/{self.due})"


def read_labels(path: Path = HERE / "labels.yml") -> tuple[Labelled, ...]:
    """Return the labelled answers in the order of the file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Labelled(
            name=name,
            problem=entry["problem"],
            style=entry["style"],
            half=entry["half"],
            stages={stage: verdict for stage, (verdict, _why) in entry["stages"].items()},
            anti_patterns=frozenset(entry["anti_patterns"]),
        )
        for name, entry in entries.items()
    )


def rates(pairs: Iterable[tuple[Collection[str], Collection[str]]], value: str) -> Rates:
    """Return how often `value` was rightly found, from pairs of what was found and what was due."""
    counts: Counter[str] = Counter()
    for found, due in pairs:
        counts["given"] += value in found
        counts["due"] += value in due
        counts["right"] += value in found and value in due
    return Rates(counts["right"], counts["given"], counts["due"])


def verdicts(
    answers: Iterable[Labelled], judge: Callable[[str], Review] = review, folder: Path = ANSWERS
) -> list[tuple[Labelled, dict[str, str], frozenset[str]]]:
    """Return for each answer the state of each stage and the anti-patterns as they are judged."""
    judged = []
    for answer in answers:
        result = judge(read_answer(folder / answer.name))
        states = {stage.id: stage.state for stage in result.stages}
        judged.append((answer, states, frozenset(finding.rule for finding in result.anti_patterns)))
    return judged


def stage_rates(judged: Iterable[tuple[Labelled, dict[str, str], frozenset[str]]], state: str) -> Rates:
    """Return how well a state of the stages is found, over all stages."""
    return rates(
        (([states[stage]], [answer.stages[stage]]) for answer, states, _ in judged for stage in STAGES), state
    )


def pattern_rates(judged: Iterable[tuple[Labelled, dict[str, str], frozenset[str]]], pattern: str) -> Rates:
    """Return how well an anti-pattern is found."""
    return rates(((shown, answer.anti_patterns) for answer, _, shown in judged), pattern)


def main() -> None:
    """Print precision and recall for each half."""
    for half in ("tuned", "held-out", "independent"):
        judged = verdicts(answer for answer in read_labels() if answer.half == half)
        agree = sum(states[stage] == answer.stages[stage] for answer, states, _ in judged for stage in STAGES)
        sys.stdout.write(
            f"{half}: {len(judged)} answers, {agree} of {len(judged) * len(STAGES)} verdicts agree\n"
        )
        for state in STATES:
            sys.stdout.write(f"  {state:14} {stage_rates(judged, state)}\n")
        for pattern in ANTI_PATTERNS:
            sys.stdout.write(f"  {pattern:14} {pattern_rates(judged, pattern)}\n")


if __name__ == "__main__":
    main()
