"""A question answered from retrieved passages, or not: what is right, wrong and left unanswered, and its worth.

A share `answerable` of the questions has its answer in the corpus; `two_part` of those need two passages. With
r the probability that a passage reaches the prompt, a draft is right with probability
π = answerable·((1 − two_part)·r·right_one + two_part·r²·right_two).
A gate scores the evidence before anything is generated; its scores are binormal with distance d′. Showing an
answer that is right with probability p is worth p·V − (1 − p)·L, abstaining costs A, so the gate opens from
t = (L − A)/(V + L) on. What it stops gets a second search, which repairs a share `recovered` of the drafts
that were wrong though answerable, and passes the gate once more at its own distance d₂. What is stopped twice
is not answered. The rule compares showing with silence; with a second search behind it a stricter first gate is
worth more, and the one worth most is found by trying.

Source: Chow, On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions on Information Theory, 1970;
scores as in `binormal`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from handbook.models import binormal

Plain = Annotated[float, "1"]
Worth = Annotated[float, "?worth"]
#: First thresholds that are tried, from the formula's to certainty.
_STEPS = 500


@dataclass(frozen=True)
class Inputs:
    """Corpus, retrieval, generator, gate and prices.

    Attributes:
        answerable: Share of the questions whose answer is in the corpus.
        retrieved: Probabilities that a needed passage survives each step on its way into the prompt.
        two_part: Share of the answerable questions that need two passages.
        right_one: Probability of a right draft where the one passage is there.
        right_two: Probability of a right draft where both passages are there.
        distance: Of the gate's score densities, in standard deviations.
        second_distance: The same for questions that were stopped once.
        recovered: Share of wrong but answerable drafts that the second search repairs.
        right_worth: Worth of a right answer shown.
        wrong_cost: Cost of a wrong answer shown.
        none_cost: Cost of no answer.
        second_cost: Cost of a second search.
    """

    answerable: Plain
    retrieved: tuple[Plain, ...]
    two_part: Plain
    right_one: Plain
    right_two: Plain
    distance: Plain
    second_distance: Plain
    recovered: Plain
    right_worth: Worth
    wrong_cost: Worth
    none_cost: Worth
    second_cost: Worth


@dataclass(frozen=True)
class Outputs:
    """Shares of all questions, and the worth of one on average.

    Attributes:
        retrieved: A needed passage reaches the prompt.
        draft_right: Drafts that would be right without a gate.
        threshold: Calibrated probability from which an answer is shown.
        first_right: Right, shown after the first search.
        first_wrong: Wrong, shown after the first search.
        searched_again: Stopped by the gate and searched again.
        second_right: Right drafts among those, after the second search.
        right: Right and shown.
        wrong: Wrong and shown.
        none: Not answered.
        precision: Right among the shown.
        worth: Of a question.
        worth_once: The same without a second search.
        worth_ungated: The same if every draft is shown.
        best_first: Threshold of the first gate that is worth most, given the second search behind it.
        best_worth: Of a question with that one.
    """

    retrieved: Plain
    draft_right: Plain
    threshold: Plain
    first_right: Plain
    first_wrong: Plain
    searched_again: Plain
    second_right: Plain
    right: Plain
    wrong: Plain
    none: Plain
    precision: Plain
    worth: Worth
    worth_once: Worth
    worth_ungated: Worth
    best_first: Plain
    best_worth: Worth


def run(inputs: Inputs) -> Outputs:
    """Follow all questions through both searches."""
    value, loss, none = inputs.right_worth, inputs.wrong_cost, inputs.none_cost
    if not (value > 0 and loss > none >= 0):
        raise ValueError("a wrong answer does not cost more than none, or a right one is worth nothing")
    retrieved = math.prod(inputs.retrieved)
    one = (1 - inputs.two_part) * retrieved * inputs.right_one
    two = inputs.two_part * retrieved**2 * inputs.right_two
    draft = inputs.answerable * (one + two)
    threshold = (loss - none) / (value + loss)

    def worth(right: float, wrong: float) -> float:
        return right * value - wrong * loss - (1 - right - wrong) * none

    def through_both(first: float) -> tuple[float, ...]:
        recall, fpr = _gate(draft, inputs.distance, first)
        right, wrong = draft * recall, (1 - draft) * fpr
        again = 1 - right - wrong
        repaired = inputs.recovered * (inputs.answerable - draft) * (1 - fpr)
        second = (draft - right + repaired) / again
        recall, fpr = _gate(second, inputs.second_distance, threshold)
        all_right, all_wrong = right + again * second * recall, wrong + again * (1 - second) * fpr
        gained = worth(all_right, all_wrong) - again * inputs.second_cost
        return right, wrong, again, second, all_right, all_wrong, gained

    right, wrong, again, second, all_right, all_wrong, gained = through_both(threshold)
    stricter = [threshold + (1 - threshold) * step / _STEPS for step in range(_STEPS)]
    best_first = max(stricter, key=lambda first: through_both(first)[-1])
    return Outputs(
        retrieved, draft, threshold, right, wrong, again, second, all_right, all_wrong, 1 - all_right - all_wrong,
        all_right / (all_right + all_wrong), gained, worth(right, wrong), worth(draft, 1 - draft),
        best_first, through_both(best_first)[-1],
    )  # fmt: skip


def _gate(right: float, distance: float, threshold: float) -> tuple[float, float]:
    """Return the shares of right and of wrong drafts that pass."""
    tiers = binormal.run(binormal.Inputs(right, distance, (threshold,)))
    return tiers.recall[1], tiers.fpr[1]
