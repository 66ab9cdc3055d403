"""One family of policies over items of very different reach: allow, remove, send to people, or limit and send.

Known copies of violating items are removed at once; the others are scored once or twice as in `second_look`. An
item's predicted reach is r times the mean, r lognormal with mean 1. With H = harm·r, w = wrong_fixed +
wrong_reach·r and F(t) = t / (t + half) for the part of all views that has come by t, an item that violates with
probability p costs

  allow   pH
  remove  pH·F(a) + (1 − p)w
  review  c + pH(F(q) + (1 − F(q))ε) + (1 − p)φw
  limit   c + pH(L + (1 − L)ε) + (1 − p)(φw + limited·r·(F(q) − L))

where a is the time of the automatic decision, q the wait for a person, ε what people miss, φ what they remove
wrongly and c the price of their decision. A limited item still gets a part s of the views that would come while it
waits, so that L = F(a) + s(F(q) − F(a)). From the floor on, allowing is no choice, whatever the reach.

Source: that of `second_look`, summed over reach by the trapezoid rule; sampling as in Cochran, Sampling
Techniques, 1977, section 9A (views are drawn in proportion to the root of their chance to violate).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import add, mul
from typing import Annotated

from handbook.models import second_look

Plain = Annotated[float, "1"]
Cost = Annotated[float, "?cost"]
Time = Annotated[float, "?time"]
ALLOW, REMOVE, REVIEW, LIMIT = range(4)
#: Reach in standard deviations of its logarithm: most views are of items far above the mean.
_STEP = 0.25
_SCORES = [-4.5 + _STEP * step for step in range(49)]


@dataclass(frozen=True)
class Inputs:
    """Items, scores, prices and people.

    Attributes:
        sigma: Of the logarithm of reach.
        base_rate: Share of the items that violate.
        reach_ratio: Reach of a violating item over that of another with the same prediction.
        hashed: Share of the violating items that are known copies.
        small: Distance of the first model's score densities.
        large: What the second model adds.
        floor: Probability from which allowing is no choice; 1 for none.
        harm: Cost of a violating item of mean reach that stays.
        wrong_fixed: Cost of removing another item, whatever its reach.
        wrong_reach: What is added at mean reach.
        limited: Cost of holding back the whole reach of another item of mean reach.
        followed: Part of the views that a limited item gets while it waits, s.
        half: Time by which half of an item's views have come.
        automatic: Time of the automatic decision, a.
        wait: Wait for a person, q.
        missed: ε.
        refused: φ.
        decision: c.
        call: Price of a second score.
    """

    sigma: Plain
    base_rate: Plain
    reach_ratio: Plain
    hashed: Plain
    small: Plain
    large: Plain
    floor: Plain
    harm: Cost
    wrong_fixed: Cost
    wrong_reach: Cost
    limited: Cost
    followed: Plain
    half: Time
    automatic: Time
    wait: Time
    missed: Plain
    refused: Plain
    decision: Cost
    call: Cost


@dataclass(frozen=True)
class Outputs:
    """Shares are of all items, or of all views where it says so.

    Attributes:
        called: Scored twice.
        good: Items that do not violate, by action.
        bad: Violating items, by action, known copies among the removed.
        after: Views of violating items that come all the same, of all views.
        missed: Those of items that nobody removes.
        root: Mean over views of the root of the chance to be one of `after`, given the first score.
        harm: Cost of what violating items do, an item.
        wrong: Cost of what is done to others, an item.
    """

    called: Plain
    good: tuple[Plain, ...]
    bad: tuple[Plain, ...]
    after: Plain
    missed: Plain
    root: Plain
    harm: Cost
    wrong: Cost


def run(inputs: Inputs) -> Outputs:
    """Act on all items."""
    if not 0 < inputs.base_rate < 0.5 or not 0 <= inputs.hashed < 1:
        raise ValueError("the base rate or the share of known copies is out of range")
    known = inputs.base_rate * inputs.hashed
    unknown, others = inputs.base_rate - known, 1 - inputs.base_rate
    auto, wait = (time / (time + inputs.half) for time in (inputs.automatic, inputs.wait))
    seen = auto + inputs.followed * (wait - auto)
    stays = (1.0, auto, wait + (1 - wait) * inputs.missed, seen + (1 - seen) * inputs.missed)
    misses = (1.0, 0.0, (1 - wait) * inputs.missed, (1 - seen) * inputs.missed)
    paid = (0.0, 0.0, inputs.decision, inputs.decision)
    good, bad = [0.0] * 4, [0.0, known, 0.0, 0.0]
    called = missed = root = wrong = 0.0
    after, harm = known * inputs.reach_ratio * auto, known * inputs.harm * auto
    for score in _SCORES:
        reach = math.exp(inputs.sigma * score - inputs.sigma**2 / 2)
        weight = _STEP * second_look.density(score, 0.0, 1.0)
        removal = inputs.wrong_fixed + inputs.wrong_reach * reach
        reviewed = inputs.refused * removal
        lost = (0.0, removal, reviewed, reviewed + inputs.limited * reach * (wait - seen))
        look = second_look.Inputs(
            unknown / (unknown + others), inputs.small, inputs.large, inputs.floor,
            tuple(map(add, lost, paid)), tuple(inputs.harm * reach * s + p for s, p in zip(stays, paid, strict=True)),
            inputs.call,
        )  # fmt: skip
        done = second_look.run(look)
        good = [total + weight * others * share for total, share in zip(good, done.good, strict=True)]
        bad = [total + weight * unknown * share for total, share in zip(bad, done.bad, strict=True)]
        called += weight * (unknown + others) * done.called
        wrong += weight * others * sum(map(mul, done.good, lost))
        harm += weight * unknown * inputs.harm * reach * sum(map(mul, done.bad, stays))
        views = weight * unknown * inputs.reach_ratio * reach
        after += views * sum(map(mul, done.bad, stays))
        missed += views * sum(map(mul, done.bad, misses))
        root += weight * reach * _root(look, done.asked, unknown * inputs.reach_ratio, others, stays)
    return Outputs(called, tuple(good), tuple(bad), after, missed, root, harm, wrong)


def _root(
    look: second_look.Inputs, asked: tuple[float, ...], bad: float, good: float, stays: tuple[float, ...]
) -> float:
    """Return the mean root at one reach: over first scores, of the chance that a view is of a violating item."""
    start = math.log(look.base_rate / (1 - look.base_rate))
    far, cells, total = look.first**2 / 2, second_look.cheapest(look), 0.0
    for odds, width in second_look.nodes(start - far - 5 * look.first, start + far + 5 * look.first):
        if asked[0] < odds < asked[1]:
            then = second_look.after_call(odds + look.second**2 / 2, look.second, cells)
            stay = sum(part * stays[act] for act, part in then)
        else:
            stay = next(stays[act] for _, top, act in cells if odds <= top)
        violating = bad * stay * second_look.density(odds, start + far, look.first)
        other = good * second_look.density(odds, start - far, look.first)
        total += width * math.sqrt(violating * (violating + other))
    return total


def part(some: float, whole: float) -> float:
    """Return a part of a whole that may be nothing."""
    return some / whole if whole else 0.0
