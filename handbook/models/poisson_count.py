"""What a count of rare events says about its mean: exact intervals for a Poisson count.

The lower end is the mean under which so many events or more have the probability α/2, the upper end the one under
which so many or fewer have it; the one-sided bound takes all of α. With no event observed it is −ln α, the rule of
three at 95 %.

Source: Garwood, Fiducial limits for the Poisson distribution, Biometrika 28, 1936.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import poisson_cdf
from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The observation.

    Attributes:
        count: Events observed.
        sure: Confidence, 1 − α.
    """

    count: Plain
    sure: Plain


@dataclass(frozen=True)
class Outputs:
    """Means that the count leaves open.

    Attributes:
        low: Lower end of the two-sided interval.
        high: Its upper end.
        upper: One-sided upper bound.
    """

    low: Plain
    high: Plain
    upper: Plain


def run(inputs: Inputs) -> Outputs:
    """Find the ends of the intervals."""
    count, alpha = round(inputs.count), 1 - inputs.sure
    if count != inputs.count or count < 0:
        raise ValueError("the count is not a whole number")
    if not 0 < alpha < 1:
        raise ValueError("the confidence is not between 0 and 1")
    low = _mean(count - 1, 1 - alpha / 2) if count else 0.0
    return Outputs(low, _mean(count, alpha / 2), _mean(count, alpha))


def _mean(count: int, probability: float) -> float:
    """Return the mean under which at most `count` events have the probability."""
    return solve(lambda mean: -poisson_cdf(count, mean), -probability, 1e-12, 10.0 * (count + 10))
