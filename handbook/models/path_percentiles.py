"""Percentiles of a path of steps of which only the 99th percentiles are budgeted.

Each step's time is lognormal with the 99th percentile of its budget; its median is a share `spread` of that, the
same for all. The path's percentiles are those of the sum of independent steps (`lognormal_sum`). Steps that are
slow together come closer to the other end: if all always were, the 99th percentiles would add. The truth of a
system whose steps share machines lies between the two.

Source: sums of lognormal times as in `lognormal_sum`; perfectly dependent times add quantile by quantile
(comonotonicity), Dhaene et al., The concept of comonotonicity in actuarial science and finance, 2002.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.models import lognormal_sum
from handbook.numbers.distributions import normal_quantile

Plain = Annotated[float, "1"]
Seconds = Annotated[float, "s"]


@dataclass(frozen=True)
class Inputs:
    """The steps.

    Attributes:
        p99: Budget of each, a 99th percentile.
        spread: Median of each as a share of its 99th percentile.
    """

    p99: tuple[Seconds, ...]
    spread: Plain


@dataclass(frozen=True)
class Outputs:
    """The path.

    Attributes:
        p50: Its median, if the steps are independent.
        p95: Its 95th percentile, likewise.
        p99: Its 99th percentile, likewise.
        p99_added: Its 99th percentile if all steps are always slow together.
    """

    p50: Seconds
    p95: Seconds
    p99: Seconds
    p99_added: Seconds


def run(inputs: Inputs) -> Outputs:
    """Add the steps both ways."""
    if not 0 < inputs.spread < 1:
        raise ValueError("the medians are not below the 99th percentiles")
    power = normal_quantile(0.95) / normal_quantile(0.99)
    p50 = tuple(step * inputs.spread for step in inputs.p99)
    p95 = tuple(step * inputs.spread ** (1 - power) for step in inputs.p99)
    path = lognormal_sum.run(lognormal_sum.Inputs(p50, p95))
    return Outputs(path.p50, path.p95, path.p99, sum(inputs.p99))
