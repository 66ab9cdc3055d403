"""A funnel of ever better scores: what each stage keeps, and how good it is.

Each item has a value z ~ N(0, 1) and is liked with the chance σ(a + bz). Stage k knows m_k with
correlation ρ_k to z, and each stage knows what the one before it knew: m_k = m_{k−1} + N(0, ρ_k² − ρ_{k−1}²),
z = m_K + N(0, 1 − ρ_K²). Of N items it keeps the n_k with the highest m_k. The intercept a is solved so that the
last stage's items are liked as often as observed. 2^15 items are drawn from those that pass the first stage
(stratified in m_1, seeded); each stage keeps its share of them, and survivors are multiplied again.

Source: order statistics of correlated normals, David and Nagaraja, Order Statistics, 2003, section 6.8 (concomitants).
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import NormalDist
from typing import Annotated

from handbook.numbers.distributions import logistic
from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]
_DRAWS = 2**15
_SEED = 20261129


@dataclass(frozen=True)
class Inputs:
    """The funnel.

    Attributes:
        items: How many there are.
        kept: How many each stage keeps, descending.
        explained: ρ² of each stage, ascending.
        slope: b, of the chance of a like in z.
        liked: Share of likes among what the last stage keeps.
        baseline: ρ² of a score that alone keeps a share of the items.
        share: That share.
    """

    items: Plain
    kept: tuple[Plain, ...]
    explained: tuple[Plain, ...]
    slope: Plain
    liked: Plain
    baseline: Plain
    share: Plain


@dataclass(frozen=True)
class Outputs:
    """What the stages keep.

    Attributes:
        intercept: a.
        likes: Share of likes among what each stage keeps.
        value: Mean z of what each stage keeps.
        cut_short: Share of likes if the funnel ended at each stage, whose order fills the last stage's places.
        baseline_likes: Share of likes among what the baseline alone keeps.
        random_likes: Share of likes among all items.
    """

    intercept: Plain
    likes: tuple[Plain, ...]
    value: tuple[Plain, ...]
    cut_short: tuple[Plain, ...]
    baseline_likes: Plain
    random_likes: Plain


def run(inputs: Inputs) -> Outputs:
    """Send items through the funnel."""
    sizes, explained = (inputs.items, *inputs.kept), (*inputs.explained, inputs.baseline)
    if len(inputs.kept) != len(inputs.explained) or list(sizes) != sorted(sizes, reverse=True):
        raise ValueError("the stages do not keep ever fewer items")
    if list(inputs.explained) != sorted(inputs.explained) or not all(0 < rho2 < 1 for rho2 in explained):
        raise ValueError("the stages do not explain ever more")
    if not 0 < inputs.share < 1:
        raise ValueError("the baseline keeps no share of the items")
    stages = _funnel(sizes, inputs.explained)
    (baseline,) = _funnel((1, inputs.share), (inputs.baseline,))
    everybody = [NormalDist().inv_cdf((slice_ + 0.5) / _DRAWS) for slice_ in range(_DRAWS)]
    intercept = solve(lambda a: _likes(stages[-1], a, inputs.slope), inputs.liked, -60.0, 60.0)

    def likes(values: list[float]) -> float:
        return _likes(values, intercept, inputs.slope)

    value = tuple(math.fsum(values) / len(values) for values in stages)
    ends = [
        likes(_funnel((*sizes[: stage + 1], sizes[-1]), inputs.explained[: stage + 1])[-1])
        for stage in range(len(stages))
    ]
    return Outputs(intercept, tuple(map(likes, stages)), value, tuple(ends), likes(baseline), likes(everybody))


def _funnel(sizes: tuple[float, ...], explained: tuple[float, ...]) -> list[list[float]]:
    """Return the values z of what each stage keeps."""
    uniform, normal = random.Random(_SEED).random, NormalDist().inv_cdf
    passed = sizes[1] / sizes[0]
    known = [
        math.sqrt(explained[0]) * normal(1 - passed * (slice_ + 0.5) / _DRAWS) for slice_ in range(_DRAWS)
    ]
    found = []
    for stage, rho2 in enumerate(explained):
        if stage:
            more = math.sqrt(rho2 - explained[stage - 1])
            known = sorted((one + more * normal(uniform() or 0.5) for one in known), reverse=True)
            known = known[: max(1, round(len(known) * sizes[stage + 1] / sizes[stage]))]
            known *= _DRAWS // len(known)  # each survivor goes on several times, and differs from here on
        rest = math.sqrt(1 - rho2)
        found.append([one + rest * normal(uniform() or 0.5) for one in known])
    return found


def _likes(values: list[float], intercept: float, slope: float) -> float:
    return math.fsum(logistic(intercept + slope * value) for value in values) / len(values)
