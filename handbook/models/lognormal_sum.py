"""Percentiles of a sum of independent lognormal times, each given by its median and 95th percentile.

A sum of lognormals has no closed form: 2^15 draws of each part, stratified (one in each of 2^15 slices of
its distribution, in seeded random order), are added and sorted. The mean is exact. Stages that wait for
each other share load, so their times are not independent: read the result as a lower bound of the tail.

Source: stratified sampling as in Glasserman, Monte Carlo Methods in Financial Engineering, 2003, section 4.3.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import lognormal_mean, lognormal_quantile

Seconds = Annotated[float, "s"]
_DRAWS = 2**15
_SEED = 20261129


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
    # Of the generator only random() is the same on every version of Python: no shuffle().
    uniform = random.Random(_SEED).random
    sums = [0.0] * _DRAWS
    for p50, p95 in parts:
        order = sorted(range(_DRAWS), key=lambda _: uniform())
        draws = [lognormal_quantile((slice_ + 0.5) / _DRAWS, p50, p95) for slice_ in order]
        sums = [one + other for one, other in zip(sums, draws, strict=True)]
    sums.sort()
    return Outputs(
        sum(lognormal_mean(*part) for part in parts),
        *(sums[int(share * _DRAWS)] for share in (0.5, 0.95, 0.99)),
        sum(lognormal_quantile(0.99, *part) for part in parts),
    )
