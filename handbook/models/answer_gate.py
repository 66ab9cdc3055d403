"""A question answered from retrieved passages, or not: what is right, wrong and left unanswered, and its worth.

A share `answerable` of the questions has its answer in the corpus; `two_part` of those need two passages. With
r the probability that a passage reaches the prompt, a draft is right with probability
π = answerable·((1 − two_part)·r·right_one + two_part·r²·right_two).
A gate scores the evidence before anything is generated; its scores are binormal with distance d′. Showing an answer
that is right with probability p is worth p·V − (1 − p)·L, abstaining costs A: the gate opens from t = (L − A)/(V + L)
on. What a first gate stops gets a second search, which repairs a share `recovered` of the drafts that were wrong though
answerable and breaks a share β of the right ones; its findings are evidence with a distance d₂. The second gate weighs
both: with x₁ the score at the first gate, x₂ that of the findings, R = π·φ(x₁ − d′) and W = φ(x₁), the odds are
((1 − β)R + ρW) / (βR + (1 − π − ρ)W) · exp(d₂x₂ − d₂²/2), ρ = recovered·(answerable − π): what was known counts once,
if x₂ does not depend on it. With a second search behind it a first gate may be stricter; the best is found by trying.

Source: Chow, On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions on Information Theory, 1970;
scores as in `binormal`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from handbook.models import binormal
from handbook.numbers.distributions import logit, normal_cdf

Plain = Annotated[float, "1"]
Worth = Annotated[float, "?worth"]
#: First thresholds that are tried, from the formula's to certainty.
_STEPS = 120
#: Scores at which those that were stopped are added up, from one that nobody has.
_NODES, _LOWEST = 200, -8.0


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
        second_distance: What the findings of the second search add, alone.
        recovered: Share of wrong but answerable drafts that the second search repairs.
        broken: Share of right drafts that the second search breaks.
        first_gate: Probability from which the first gate shows an answer, if it is above the rule's.
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
    broken: Plain
    first_gate: Plain
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
        threshold: Calibrated probability from which showing an answer beats silence.
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
        rule_again: Searched again if the first gate stood at the rule's threshold as well.
        rule_worth: Worth of a question then.
        best_first: Threshold of the first gate that is worth most, given the second search behind it.
        best_worth: Worth of a question with that one.
        always_right: Right and shown if every question is searched a second time.
        always_wrong: Wrong and shown then.
        always_worth: Worth of a question then.
        auc: Area under the ROC curve of the first gate's score.
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
    rule_again: Plain
    rule_worth: Worth
    best_first: Plain
    best_worth: Worth
    always_right: Plain
    always_wrong: Plain
    always_worth: Worth
    auc: Plain


def run(inputs: Inputs) -> Outputs:
    """Follow all questions through both searches."""
    value, loss, none = inputs.right_worth, inputs.wrong_cost, inputs.none_cost
    if not (value > 0 and loss > none >= 0):
        raise ValueError("a wrong answer does not cost more than none, or a right one is worth nothing")
    if not (inputs.distance > 0 and inputs.second_distance > 0 and inputs.answerable < 1):
        raise ValueError("a distance is not positive, or every question has an answer")
    retrieved = math.prod(inputs.retrieved)
    one, two = (1 - inputs.two_part) * inputs.right_one, inputs.two_part * inputs.right_two
    draft = inputs.answerable * (one * retrieved + two * retrieved**2)
    threshold = (loss - none) / (value + loss)

    def worth(right: float, wrong: float) -> float:
        return right * value - wrong * loss - (1 - right - wrong) * none

    repaired = inputs.recovered * (inputs.answerable - draft)

    def through_both(first: float) -> tuple[float, ...]:
        cut = binormal.score_at(first, draft, inputs.distance)
        recall, fpr = normal_cdf(inputs.distance - cut), normal_cdf(-cut)
        right, wrong = draft * recall, (1 - draft) * fpr
        again = 1 - right - wrong
        second = ((draft - right) * (1 - inputs.broken) + repaired * (1 - fpr)) / again
        more_right, more_wrong = _second(inputs, cut, draft, repaired, threshold)
        shown = right + more_right, wrong + more_wrong
        return right, wrong, again, second, *shown, worth(*shown) - again * inputs.second_cost

    first = max(inputs.first_gate, threshold)
    right, wrong, again, second, all_right, all_wrong, gained = through_both(first)
    at_rule = through_both(threshold)
    stricter = [threshold + (1 - threshold) * step / _STEPS for step in range(_STEPS)]
    best_first, at_best = max(((each, through_both(each)) for each in stricter), key=lambda tried: tried[1][-1])
    at_all = through_both(1 - 1e-12)  # a gate that no draft passes
    return Outputs(
        retrieved, draft, threshold, right, wrong, again, second, all_right, all_wrong, 1 - all_right - all_wrong,
        all_right / (all_right + all_wrong), gained, worth(*at_rule[:2]), worth(draft, 1 - draft),
        at_rule[2], at_rule[-1], best_first, at_best[-1], *at_all[4:],
        normal_cdf(inputs.distance / math.sqrt(2)),
    )  # fmt: skip


def _second(inputs: Inputs, cut: float, draft: float, repaired: float, threshold: float) -> tuple[float, float]:
    """Return the shares of all questions that the second gate shows, right and wrong, of those below `cut`."""
    distance, added, step = inputs.distance, inputs.second_distance, (cut - _LOWEST) / _NODES
    shown_right = shown_wrong = 0.0
    for node in range(_NODES):
        score = _LOWEST + (node + 0.5) * step
        density = math.exp(-(score**2) / 2) / math.sqrt(2 * math.pi) * step
        known = draft * math.exp(distance * score - distance**2 / 2)  # over the density of wrong drafts
        right = known * (1 - inputs.broken) + repaired
        wrong = known * inputs.broken + 1 - draft - repaired
        need = (logit(threshold) - math.log(right / wrong)) / added + added / 2
        shown_right += right * density * normal_cdf(added - need)
        shown_wrong += wrong * density * normal_cdf(-need)
    return shown_right, shown_wrong
