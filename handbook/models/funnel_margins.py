"""What more width or a better score earns in a funnel, on a grid instead of by drawing.

The funnel is that of `nested_scores`: z ~ N(0, 1), liked with the chance σ(a + bz); m_k = m_{k−1} + N(0, ρ_k² − ρ_{k−1}²);
stage k keeps the n_k highest m_k. With many items a stage cuts at a quantile, so the density of m_k among what it keeps
is that of m_{k−1}, convolved with a normal and cut at c_k, where ∫ f_{k−1}(u) Φ((u − c_k)/σ_k) du = n_k/n_{k−1}.
The last score's calibrated chance is p(m) = E σ(a + b(m + N(0, 1 − ρ_K²))); a is solved for the funnel as it is and kept.

Source: as `nested_scores`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist
from typing import Annotated

from handbook.numbers.distributions import logistic, normal_cdf
from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]
Worth = Annotated[float, "?worth"]
_POINTS = 121  # of a grid; odd, for Simpson's rule
_REACH = 6.5  # standard deviations that a grid goes beyond the last
#: Between which logits, and scores, what is solved for lies.
RANGE = -60.0, 60.0
_SPREAD = [NormalDist().inv_cdf((slice_ + 0.5) / 60) for slice_ in range(60)]


@dataclass(frozen=True)
class Inputs:
    """The funnel, and what is tried on it.

    Attributes:
        items: How many there are.
        kept: How many each of three stages keeps, descending.
        explained: ρ² of each stage, ascending.
        slope: b, of the chance of a like in z.
        liked: Share of likes among what the last stage keeps.
        narrow: What the second stage keeps instead, fewer.
        wide: What the second stage keeps instead, more.
        deep: What the first stage keeps instead, more.
        better: Added to the ρ² of one stage.
        worth: Of all likes instead of none.
    """

    items: Plain
    kept: tuple[Plain, ...]
    explained: tuple[Plain, ...]
    slope: Plain
    liked: Plain
    narrow: Plain
    wide: Plain
    deep: Plain
    better: Plain
    worth: Worth


@dataclass(frozen=True)
class Outputs:
    """What the variants give.

    Attributes:
        gain_narrow: Worth of today's width over the narrower one.
        gain_wide: Worth of the wider one over today's.
        gain_deep: Worth of a deeper first stage over today's.
        gain_better: Worth of each stage's better score over today's.
        gain_all: Worth of handing all of the first stage to the last, without a second.
        last_place: Chance to be shown for what the first stage kept last.
    """

    gain_narrow: Worth
    gain_wide: Worth
    gain_deep: Worth
    gain_better: tuple[Worth, ...]
    gain_all: Worth
    last_place: Plain


@dataclass(frozen=True)
class Density:
    """A density on a grid: points, and their weights in a sum that stands for an integral."""

    points: tuple[float, ...]
    weights: tuple[float, ...]

    def mean(self, function: Callable[[float], float]) -> float:
        """Return the mean of a function of the score."""
        pairs = zip(self.points, self.weights, strict=True)
        return math.fsum(weight * function(point) for point, weight in pairs)


def run(inputs: Inputs) -> Outputs:
    """Try the variants on the funnel."""
    first, second, shown = inputs.kept
    rho = inputs.explained
    if not inputs.items > inputs.deep >= first > inputs.wide >= second >= inputs.narrow > shown > 0:
        raise ValueError("the stages do not keep ever fewer items")
    if not 0 < rho[0] < rho[1] < rho[2] < rho[2] + inputs.better < 1:
        raise ValueError("the stages do not explain ever more")
    last = funnel((inputs.items, *inputs.kept), rho)
    intercept = solve(lambda a: last.mean(chance(a, inputs.slope, rho[-1])), inputs.liked, *RANGE)

    def gain(sizes: tuple[float, ...], explained: tuple[float, ...]) -> float:
        likes = chance(intercept, inputs.slope, explained[-1])
        return (funnel((inputs.items, *sizes), explained).mean(likes) - inputs.liked) * inputs.worth

    return Outputs(
        gain_narrow=-gain((first, inputs.narrow, shown), rho),
        gain_wide=gain((first, inputs.wide, shown), rho),
        gain_deep=gain((inputs.deep, second, shown), rho),
        gain_better=tuple(
            gain(inputs.kept, (*rho[:k], rho[k] + inputs.better, *rho[k + 1 :])) for k in range(3)
        ),
        gain_all=gain((first, shown), (rho[0], rho[-1])),
        last_place=_last_place((inputs.items, *inputs.kept), rho),
    )


def funnel(sizes: tuple[float, ...], explained: tuple[float, ...]) -> Density:
    """Return the last score of what the last stage keeps; the first of the sizes is that of all items."""
    root = math.sqrt(explained[0])
    low = root * NormalDist().inv_cdf(1 - sizes[1] / sizes[0])
    kept = _grid(low, root * _REACH + low / 2, lambda point: math.exp(-point * point / (2 * explained[0])))
    for (before, now), (less, more) in zip(pairwise(sizes[1:]), pairwise(explained), strict=True):
        kept = spread(kept, math.sqrt(more - less), now / before)
    return kept


def spread(density: Density, sigma: float, share: float = 1) -> Density:
    """Return the density after adding N(0, sigma²), and of that the upper share."""
    low = density.points[0] - _REACH * sigma
    if share < 1:
        low = -solve(lambda x: density.mean(lambda one: normal_cdf((one + x) / sigma)), share, *RANGE)

    def there(point: float) -> float:
        return density.mean(lambda one: math.exp(-(((point - one) / sigma) ** 2) / 2))

    return _grid(low, density.points[-1] + _REACH * sigma / 2, there)


def chance(intercept: float, slope: float, explained: float) -> Callable[[float], float]:
    """Return the calibrated chance of a like as a function of the score."""
    rest = math.sqrt(1 - explained)
    known: dict[float, float] = {}

    def chance(point: float) -> float:
        if point not in known:
            likes = (logistic(intercept + slope * (point + rest * one)) for one in _SPREAD)
            known[point] = math.fsum(likes) / len(_SPREAD)
        return known[point]

    return chance


def _grid(low: float, high: float, density: Callable[[float], float]) -> Density:
    step = (high - low) / (_POINTS - 1)
    points = tuple(low + step * index for index in range(_POINTS))
    simpson = (1 if index in (0, _POINTS - 1) else 4 if index % 2 else 2 for index in range(_POINTS))
    weights = [factor * density(point) for factor, point in zip(simpson, points, strict=True)]
    total = math.fsum(weights)
    return Density(points, tuple(weight / total for weight in weights))


def _last_place(sizes: tuple[float, ...], explained: tuple[float, ...]) -> float:
    middle, end = (math.sqrt(more - less) for less, more in pairwise(explained))
    second, border = (funnel(sizes[:size], explained[: size - 1]).points[0] for size in (3, 4))
    law = NormalDist(funnel(sizes[:2], explained[:1]).points[0], middle)
    step = _REACH * middle / 400
    points = [second + step * (index + 0.5) for index in range(400)]
    return math.fsum(law.pdf(one) * normal_cdf((one - border) / end) for one in points) * step
