"""A question answered from retrieved passages, or not: what is right, wrong and left unanswered, and its worth.

A share `answerable` of the questions has its answer in the corpus; `two_part` of those need two passages. With r the
probability that a passage reaches the prompt, the evidence is complete with probability
σ = answerable·((1 − two_part)·r + two_part·r²). A draft from complete evidence is right with probability g, the mean of
right_one and right_two. A gate scores the evidence before anything is generated; its scores are binormal with distance
d′ between complete and incomplete. It cannot see the slips of the generator: where the evidence is complete with
probability s a draft is right with probability p = g·s, never more than g. Showing it is worth p·V − (1 − p)·L; without
an answer sources are shown, s·M − A. So the gate opens from t = (L − A)/(V + L − M/g) on, and never if t is above g.

What a first gate stops gets a second search, which completes a share `recovered` of the evidence that was incomplete
though answerable and loses a share β of what was complete; its findings are evidence with a distance d₂. The second
gate weighs both: with x₁ the score at the first gate, x₂ that of the findings, R = σ·φ(x₁ − d′) and W = φ(x₁), the odds
are ((1 − β)R + ρW) / (βR + (1 − σ − ρ)W) · exp(d₂x₂ − d₂²/2), ρ = recovered·(answerable − σ): what was known counts
once, if x₂ does not depend on it. The best first gate, given the second search behind it, is found by trying.

Source: Chow, On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions on Information Theory, 1970.
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
        second_distance: What the findings of the second search add, alone; 0 if they say nothing new.
        recovered: Share of evidence, incomplete but answerable, that the second search completes.
        broken: Share of complete evidence of which the second search loses a part.
        first_gate: Probability from which the first gate shows an answer, if it is above the rule's.
        right_worth: Worth of a right answer shown.
        wrong_cost: Cost of a wrong answer shown.
        none_cost: Cost of no answer.
        sources_worth: What the sources save that are shown instead, where they hold the answer.
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
    sources_worth: Worth
    second_cost: Worth


@dataclass(frozen=True)
class Outputs:
    """Shares of all questions, and the worth of one on average.

    Attributes:
        complete: Everything that an answer needs reached the prompt.
        ceiling: Right among drafts from complete evidence: the most that a gate on evidence can promise.
        draft_right: Drafts that would be right without a gate.
        threshold: Calibrated probability from which showing an answer beats silence.
        first_right: Right, shown after the first search.
        first_wrong: Wrong, shown after the first search.
        searched_again: Stopped by the gate and searched again.
        right: Right and shown.
        wrong: Wrong and shown.
        none: Not answered.
        worth: Of a question.
        worth_once: The same without a second search.
        best_first: Threshold of the first gate that is worth most, given the second search behind it.
        best_worth: Worth of a question with that one.
        always_worth: Worth of a question then.
    """

    complete: Plain
    ceiling: Plain
    draft_right: Plain
    threshold: Plain
    first_right: Plain
    first_wrong: Plain
    searched_again: Plain
    right: Plain
    wrong: Plain
    none: Plain
    worth: Worth
    worth_once: Worth
    best_first: Plain
    best_worth: Worth
    always_worth: Worth


def run(inputs: Inputs) -> Outputs:
    """Follow all questions through both searches."""
    value, loss, none, page = inputs.right_worth, inputs.wrong_cost, inputs.none_cost, inputs.sources_worth
    if not (value > page >= 0 and loss > none >= 0):
        raise ValueError("a wrong answer does not cost more than none, or a right one is not worth more than sources")
    if not (inputs.distance > 0 and inputs.second_distance >= 0 and inputs.answerable < 1):
        raise ValueError("a distance is negative, or every question has an answer")
    retrieved = math.prod(inputs.retrieved)
    one, two = (1 - inputs.two_part) * retrieved, inputs.two_part * retrieved**2
    complete = inputs.answerable * (one + two)
    ceiling = (one * inputs.right_one + two * inputs.right_two) / (one + two)
    threshold = (loss - none) / (value + loss - page / ceiling)
    repaired = inputs.recovered * (inputs.answerable - complete)

    def worth(right: float, wrong: float, silent: float) -> float:
        return right * value - wrong * loss - (1 - right - wrong) * none + silent * page

    def first_only(first: float) -> tuple[float, float, float]:
        """Return the score from which it shows, and what it shows then, complete and incomplete."""
        if first >= ceiling:
            return math.inf, 0.0, 0.0
        cut = binormal.score_at(first / ceiling, complete, inputs.distance)
        return cut, complete * normal_cdf(inputs.distance - cut), (1 - complete) * normal_cdf(-cut)

    def through_both(first: float) -> tuple[float, ...]:
        cut, whole, part = first_only(first)
        right, wrong, again = whole * ceiling, part + whole * (1 - ceiling), 1 - whole - part
        left = (complete - whole) * (1 - inputs.broken) + repaired * (1 - part / (1 - complete))
        more, less = _second(inputs, cut, complete, repaired, threshold / ceiling)
        shown = right + more * ceiling, wrong + less + more * (1 - ceiling)
        return right, wrong, again, *shown, worth(*shown, left - more) - again * inputs.second_cost

    right, wrong, again, all_right, all_wrong, gained = through_both(max(inputs.first_gate, threshold))
    stricter = [threshold + max(ceiling - threshold, 0) * step / _STEPS for step in range(_STEPS)]
    best_first, at_best = max(((each, through_both(each)) for each in stricter), key=lambda tried: tried[1][-1])
    _, whole, part = first_only(threshold)
    once = worth(whole * ceiling, part + whole * (1 - ceiling), complete - whole)
    return Outputs(
        complete, ceiling, complete * ceiling, threshold, right, wrong, again, all_right, all_wrong,
        1 - all_right - all_wrong, gained, once, best_first, at_best[-1], through_both(ceiling)[-1],
    )  # fmt: skip


def _second(inputs: Inputs, cut: float, complete: float, repaired: float, opens: float) -> tuple[float, float]:
    """Return what the second gate shows of those below `cut`, complete and not, from `opens` complete on."""
    if opens >= 1:
        return 0.0, 0.0
    distance, added = inputs.distance, inputs.second_distance
    step = (min(cut, distance - _LOWEST) - _LOWEST) / _NODES
    shown_whole = shown_part = 0.0
    for node in range(_NODES):
        score = _LOWEST + (node + 0.5) * step
        density = math.exp(-(score**2) / 2) / math.sqrt(2 * math.pi) * step
        known = complete * math.exp(distance * score - distance**2 / 2)  # over the density of incomplete evidence
        whole = known * (1 - inputs.broken) + repaired
        part = known * inputs.broken + 1 - complete - repaired
        missing = logit(opens) - math.log(whole / part)
        far = missing / added if added else math.copysign(math.inf, missing)
        shown_whole += whole * density * normal_cdf(added / 2 - far)
        shown_part += part * density * normal_cdf(-added / 2 - far)
    return shown_whole, shown_part
