"""Percentiles of a sum of independent lognormal times, each given by its median and 95th percentile.

A sum of lognormals has no closed form: 2^15 points that fill the space of the parts evenly (Roberts' R
sequence: part k of point i is the fraction of ½ + i·g^−k, where g solves g^(n+1) = g + 1 for n parts) are
turned into times, added and sorted. Nothing is random. The mean is exact. Stages that share load are slow
together, so their times are not independent: read the result as a lower bound of the tail.

Source: Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018; quasi-Monte Carlo as in
Glasserman, Monte Carlo Methods in Financial Engineering, 2003, chapter 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import lognormal_mean, lognormal_quantile

Seconds = Annotated[float, "s"]
_DRAWS = 2**15


@dataclass(frozen=True)
class Inputs:
    """The parts, in one order.

    Attributes:
        p50: Median of each.
        p95: 95th percentile of each.
    """

    p50: tuple[Seconds, ...]
    p95: tuple[Seconds, ...]


@dataclass(frozen=True)
class Outputs:
    """The sum.

    Attributes:
        mean: Its mean.
        p50: Its median.
        p95: Its 95th percentile.
        p99: Its 99th percentile.
        p99_added: What the parts' 99th percentiles add up to, for comparison.
    """

    mean: Seconds
    p50: Seconds
    p95: Seconds
    p99: Seconds
    p99_added: Seconds


def run(inputs: Inputs) -> Outputs:
    """Add the parts."""
    if len(inputs.p50) != len(inputs.p95) or not inputs.p50:
        raise ValueError("the parts do not have one median and one 95th percentile each")
    parts = list(zip(inputs.p50, inputs.p95, strict=True))
    base = sequence_base(len(parts))
    sums = [0.0] * _DRAWS
    for number, (p50, p95) in enumerate(parts, 1):
        step = base**-number
        points = ((0.5 + point * step) % 1 or 0.5 for point in range(_DRAWS))
        sums = [
            total + lognormal_quantile(point, p50, p95) for total, point in zip(sums, points, strict=True)
        ]
    sums.sort()
    return Outputs(
        sum(lognormal_mean(*part) for part in parts),
        *(sums[int(share * _DRAWS)] for share in (0.5, 0.95, 0.99)),
        sum(lognormal_quantile(0.99, *part) for part in parts),
    )


def sequence_base(dimensions: int) -> float:
    """Return the base of the R sequence, the positive solution of g^(n+1) = g + 1; for one dimension the golden ratio."""
    base = 2.0
    for _ in range(60):
        base = (1 + base) ** (1 / (dimensions + 1))
    return base
