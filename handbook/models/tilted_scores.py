"""Where the last score of a funnel is wrong if its log-odds are too steep, and what an average hides.

The funnel and its grid are those of `funnel_margins`. A tilted score has logit t + s(logit p − t); t is solved so that
what was shown is predicted right on average, as a training that sees nothing else would leave it. Predicted over
observed is then read where that average does not look: at the border of what is shown, among all that the last stage
received, and on new items, of which no more is known than their content, by which a share was picked.

Source: the calibration slope, Cox, Two Further Applications of a Model for Binary Regression, Biometrika, 1958; the
area under the curve as the chance that a liked item outscores another, Hanley and McNeil, Radiology, 1982.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from handbook.models import funnel_margins
from handbook.models.funnel_margins import RANGE, Density
from handbook.numbers.distributions import logistic, logit
from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The funnel, the tilt, and what is explored.

    Attributes:
        items: How many there are.
        kept: How many each stage keeps, descending.
        explained: ρ² of each stage, ascending.
        slope: b, of the chance of a like in z.
        liked: Share of likes among what the last stage keeps.
        content: ρ² of the score that picks what is explored; the last stage knows no more of it.
        share: Of the new items, picked by it.
        tilt: s.
    """

    items: Plain
    kept: tuple[Plain, ...]
    explained: tuple[Plain, ...]
    slope: Plain
    liked: Plain
    content: Plain
    share: Plain
    tilt: Plain


@dataclass(frozen=True)
class Outputs:
    """The right score at several places, and the tilted one's prediction over what is observed there.

    Attributes:
        first_slot: Share of likes in the first tenth of what is shown, by score.
        last_slot: The same in the last tenth.
        cut: Chance of a like at the border of what is shown.
        candidates: Share of likes among what the last stage receives.
        auc_candidates: Of the last score among what it receives.
        auc_shown: Of the last score among what is shown.
        spread: Standard deviation of the right log-odds among what is shown.
        pivot: Chance at which the tilt changes nothing.
        tilt_cut: Predicted over observed at the border.
        tilt_first: The same in the first tenth.
        tilt_candidates: The same among what the last stage receives.
        tilt_explored: The same among what is explored.
    """

    first_slot: Plain
    last_slot: Plain
    cut: Plain
    candidates: Plain
    auc_candidates: Plain
    auc_shown: Plain
    spread: Plain
    pivot: Plain
    tilt_cut: Plain
    tilt_first: Plain
    tilt_candidates: Plain
    tilt_explored: Plain


def run(inputs: Inputs) -> Outputs:
    """Tilt the last score of the funnel."""
    rho, sizes = inputs.explained, (inputs.items, *inputs.kept)
    if list(sizes) != sorted(sizes, reverse=True) or len(rho) != len(inputs.kept) or len(rho) < 2:
        raise ValueError("the stages do not keep ever fewer items")
    if not (0 < inputs.content < rho[-1] < 1 and 0 < inputs.share < 1 and rho[0] > 0 and list(rho) == sorted(set(rho))):
        raise ValueError("the stages do not explain ever more")
    before = funnel_margins.funnel(sizes[:-1], rho[:-1])
    received = funnel_margins.spread(before, math.sqrt(rho[-1] - rho[-2]))
    shown, tenth, nine = (
        funnel_margins.funnel((*sizes[:-1], share * sizes[-1]), rho) for share in (1, 0.1, 0.9)
    )
    explored = funnel_margins.funnel((1, inputs.share), (inputs.content,))
    intercept = solve(
        lambda a: shown.mean(funnel_margins.chance(a, inputs.slope, rho[-1])), inputs.liked, *RANGE
    )
    chance, edge = funnel_margins.chance(intercept, inputs.slope, rho[-1]), shown.points[0]
    unseen = funnel_margins.chance(intercept, inputs.slope, inputs.content)

    def tilted(pivot: float, chance: Callable[[float], float] = chance) -> Callable[[float], float]:
        return lambda point: logistic(pivot + inputs.tilt * (logit(chance(point)) - pivot))

    # Above s = 1 a higher pivot predicts less, so the search runs over its negative.
    sign = -1 if inputs.tilt > 1 else 1
    pivot = (
        logit(inputs.liked)
        if inputs.tilt == 1
        else sign * solve(lambda x: shown.mean(tilted(sign * x)), inputs.liked, *RANGE)
    )
    wrong = tilted(pivot)

    def ratio(density: Density) -> float:
        return density.mean(wrong) / density.mean(chance)

    return Outputs(
        first_slot=tenth.mean(chance),
        last_slot=10 * shown.mean(chance) - 9 * nine.mean(chance),
        cut=chance(edge),
        candidates=received.mean(chance),
        auc_candidates=_auc(received, chance),
        auc_shown=_auc(shown, chance),
        spread=_spread(shown, chance),
        pivot=logistic(pivot),
        tilt_cut=wrong(edge) / chance(edge),
        tilt_first=ratio(tenth),
        tilt_candidates=ratio(received),
        tilt_explored=explored.mean(tilted(pivot, unseen)) / explored.mean(unseen),
    )


def _spread(density: Density, chance: Callable[[float], float]) -> float:
    """Return the standard deviation of the log-odds."""
    mean = density.mean(lambda point: logit(chance(point)))
    return math.sqrt(density.mean(lambda point: (logit(chance(point)) - mean) ** 2))


def _auc(density: Density, chance: Callable[[float], float]) -> float:
    """Return the chance that a liked item has a higher score than another one, ties counted half."""
    liked = others = won = 0.0
    for point, weight in zip(density.points, density.weights, strict=True):
        now = weight * chance(point)
        won += now * (others + (weight - now) / 2)
        liked, others = liked + now, others + weight - now
    return won / (liked * others)
