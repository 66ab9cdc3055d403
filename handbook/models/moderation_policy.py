"""The policy of `reach_policy` in several families, whose people are the same and may be too few.

Each family screens all items for itself, so shares of families add, and an item that two of them call or review
counts twice. With fewer people than are worth their price, each decision of theirs costs λ more, and λ is solved
so that they are sent what they can do: the shadow price of a decision. It is no payment and stands in no cost.

Of the variance of reach a part is known when the system decides. Costs are linear in reach: predicted reach counts.

Source: that of `reach_policy`; shadow prices as in Luenberger, Optimization by Vector Space Methods, 1969, chapter 8.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields

from handbook.models import reach_policy
from handbook.models.reach_policy import LIMIT, REMOVE, REVIEW, Cost, Plain, Time, part

_ROUNDS, _CLOSE = 6, 5e-4


@dataclass(frozen=True)
class Inputs:
    """Those of `reach_policy`, a list of one value each where families differ, and people.

    Attributes:
        sigma: Of the logarithm of reach.
        explained: Part of its variance that is known when the system decides.
        base_rate: Share of the items that violate.
        reach_ratio: Reach of a violating item over that of another with the same prediction.
        hashed: Share of the violating items that are known copies.
        small: Distance of the small model's score densities.
        large: What the large model adds.
        adds: Part of this that it really adds, in all families.
        floor: Probability from which allowing is no choice; 1 for none.
        harm: Cost of a violating item of mean reach that stays.
        wrong_fixed: Cost of removing another item, whatever its reach.
        wrong_reach: What is added at mean reach.
        limited: Cost of holding back the whole reach of another item of mean reach.
        followed: Part of the views that a limited item gets while it waits.
        half: Time by which half of an item's views have come.
        automatic: Time of the automatic decision.
        wait: Wait for a person.
        missed: Share of violating items that people leave.
        refused: Share of other items that people remove.
        decision: Price of a person's decision.
        call: Price of a call of the large model.
        capacity: Decisions of people for each item uploaded; 0 for as many as are worth it.
    """

    sigma: Plain
    explained: Plain
    base_rate: tuple[Plain, ...]
    reach_ratio: tuple[Plain, ...]
    hashed: tuple[Plain, ...]
    small: tuple[Plain, ...]
    large: tuple[Plain, ...]
    adds: Plain
    floor: tuple[Plain, ...]
    harm: tuple[Cost, ...]
    wrong_fixed: tuple[Cost, ...]
    wrong_reach: Cost
    limited: tuple[Cost, ...]
    followed: Plain
    half: Time
    automatic: Time
    wait: tuple[Time, ...]
    missed: tuple[Plain, ...]
    refused: tuple[Plain, ...]
    decision: Cost
    call: Cost
    capacity: Plain


@dataclass(frozen=True)
class Outputs:
    """Shares are of all items, unless another whole is named.

    Attributes:
        shadow: λ.
        reviewed: Sent to people.
        called: Scored by the large model.
        removed: Removed by machine or person, known copies included.
        removed_wrongly: Not violating, among the removed.
        sure: Removed by a machine for their score, among violating items that are no known copies.
        seen: Violating, among what people see.
        open: Not limited while they wait, among what people see.
        recall: Share of the violating items that is removed.
        before: Share of views that are of violating items, without enforcement.
        after: The same with it.
        missed: Part of `after` in items that nobody removes, the rest being views before a removal.
        family_after: Share of each family in `after`.
        family_recall: Share of each family's violating items that is removed.
        family_reviewed: Sent to people, of each family.
        family_seen: Violating, among what people see of each family.
        sampling: Random labels that a label weighted by the small model's score is worth, at least, for `after`.
        cost: Of an item: harm left, wrong actions, all with people and calls; all without enforcement.
    """

    shadow: Cost
    reviewed: Plain
    called: Plain
    removed: Plain
    removed_wrongly: Plain
    sure: Plain
    seen: Plain
    open: Plain
    recall: Plain
    before: Plain
    after: Plain
    missed: Plain
    family_after: tuple[Plain, ...]
    family_recall: tuple[Plain, ...]
    family_reviewed: tuple[Plain, ...]
    family_seen: tuple[Plain, ...]
    sampling: Plain
    cost: tuple[Cost, ...]


def run(inputs: Inputs) -> Outputs:
    """Act on all items, and find the shadow price."""
    if len({len(value) for value in vars(inputs).values() if isinstance(value, tuple)}) != 1:
        raise ValueError("the families do not have one value each")
    shadow = _shadow(inputs, lambda price: sum(map(_sent, _decide(inputs, price))))
    found = _decide(inputs, shadow)
    people = zip(found, inputs.missed, inputs.refused, strict=True)
    removed = [(of.bad[REMOVE] + (1 - miss) * _asked(of.bad), of.good[REMOVE] + no * _asked(of.good))
               for of, miss, no in people]  # fmt: skip
    rightly, wrongly = [right for right, _ in removed], sum(wrong for _, wrong in removed)
    violating, reviewed = sum(inputs.base_rate), sum(map(_sent, found))
    known = sum(map(float.__mul__, inputs.base_rate, inputs.hashed))
    after, root = sum(one.after for one in found), sum(one.root for one in found)
    spent = sum(one.called * inputs.call + _sent(one) * inputs.decision for one in found)
    harm, wrong = sum(one.harm for one in found), sum(one.wrong for one in found)
    return Outputs(
        shadow, reviewed, sum(one.called for one in found), sum(rightly) + wrongly,
        part(wrongly, sum(rightly) + wrongly), (sum(one.bad[REMOVE] for one in found) - known) / (violating - known),
        part(sum(_asked(one.bad) for one in found), reviewed),
        part(sum(one.good[REVIEW] + one.bad[REVIEW] for one in found), reviewed),
        sum(rightly) / violating, sum(map(float.__mul__, inputs.base_rate, inputs.reach_ratio)), after,
        sum(one.missed for one in found) / after, tuple(one.after / after for one in found),
        tuple(map(part, rightly, inputs.base_rate)), tuple(map(_sent, found)),
        tuple(part(_asked(one.bad), _sent(one)) for one in found), after * (1 - after) / (root**2 - after**2),
        (harm, wrong, harm + wrong + spent, sum(map(float.__mul__, inputs.base_rate, inputs.harm))),
    )  # fmt: skip


def _decide(inputs: Inputs, shadow: float) -> list[reach_policy.Outputs]:
    values = {field.name: getattr(inputs, field.name) for field in fields(reach_policy.Inputs)}
    values |= {"sigma": inputs.sigma * math.sqrt(inputs.explained), "decision": inputs.decision + shadow}
    values["large"] = tuple(large * inputs.adds for large in inputs.large)
    of = [{name: value[number] if isinstance(value, tuple) else value for name, value in values.items()}
          for number in range(len(inputs.base_rate))]  # fmt: skip
    return [reach_policy.run(reach_policy.Inputs(**family)) for family in of]


def _sent(family: reach_policy.Outputs) -> float:
    return _asked(family.good) + _asked(family.bad)


def _asked(acts: tuple[float, ...]) -> float:
    return acts[REVIEW] + acts[LIMIT]


def _shadow(inputs: Inputs, sent: Callable[[float], float]) -> float:
    if not inputs.capacity or (most := sent(0.0)) <= inputs.capacity:
        return 0.0
    low, high, more = 0.0, inputs.decision, math.log(most / inputs.capacity)
    while (less := math.log(max(sent(high), 1e-300) / inputs.capacity)) > 0:
        low, high, more = high, 2 * high, less
    for _ in range(_ROUNDS):  # regula falsi in the logarithm, in which demand is nearly straight
        middle = low + (high - low) * more / (more - less)
        found = math.log(max(sent(middle), 1e-300) / inputs.capacity)
        if abs(found) < _CLOSE:
            break
        low, more, high, less = (middle, found, high, less) if found > 0 else (low, more, middle, found)
    return middle
