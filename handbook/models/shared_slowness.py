"""Percentiles of a sum of lognormal times that are slow together, and how far that may go before a limit breaks.

Each part is given by its median and 95th percentile, as in `lognormal_sum`. Its logarithm is driven by one factor
that all parts share and one of its own, so any two parts correlate by ρ on that scale. At ρ = 0 this is the sum of
independent parts, at ρ = 1 the percentiles add. The sum is read from 2^13 points of the R sequence of
`lognormal_sum`, its first dimension being the shared factor; nothing is random.

Source: the one-factor Gaussian copula, Li, On Default Correlation: A Copula Function Approach, 2000.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from handbook.models.lognormal_sum import sequence_base
from handbook.numbers.distributions import lognormal_sigma, normal_quantile
from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]
Seconds = Annotated[float, "s"]
_DRAWS = 2**13


@dataclass(frozen=True)
class Inputs:
    """The parts, in one order, and what they are held against.

    Attributes:
        p50: Median of each.
        p95: 95th percentile of each.
        correlation: ρ, the same for any two parts.
        limit: That the sum's 95th percentile may not pass.
    """

    p50: tuple[Seconds, ...]
    p95: tuple[Seconds, ...]
    correlation: Plain
    limit: Seconds


@dataclass(frozen=True)
class Outputs:
    """The sum.

    Attributes:
        p50: Its median at this correlation.
        p95: Its 95th percentile, likewise.
        breaks: Correlation from which the limit is passed; 1 if it never is, 0 if it always is.
    """

    p50: Seconds
    p95: Seconds
    breaks: Plain


def run(inputs: Inputs) -> Outputs:
    """Add the parts."""
    if len(inputs.p50) != len(inputs.p95) or not inputs.p50 or not 0 <= inputs.correlation <= 1:
        raise ValueError("the parts do not have one median and one 95th percentile each, or ρ is no correlation")
    spread = [lognormal_sigma(*part) for part in zip(inputs.p50, inputs.p95, strict=True)]
    base = sequence_base(len(spread) + 1)
    shared, *own = (
        [normal_quantile((0.5 + point * base**-number) % 1 or 0.5) for point in range(_DRAWS)]
        for number in range(1, len(spread) + 2)
    )

    def at(correlation: float, share: float = 0.95) -> float:
        common, single = math.sqrt(correlation), math.sqrt(1 - correlation)
        sums = [0.0] * _DRAWS
        for low, wide, alone in zip(inputs.p50, spread, own, strict=True):
            sums = [
                total + low * math.exp(wide * (common * one + single * other))
                for total, one, other in zip(sums, shared, alone, strict=True)
            ]
        sums.sort()
        return sums[int(share * _DRAWS)]

    return Outputs(at(inputs.correlation, 0.5), at(inputs.correlation), solve(at, inputs.limit, 0.0, 1.0))
