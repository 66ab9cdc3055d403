"""A two-sided test that is looked at k times in equal steps: its error, its limits and their price.

The sum of the data after look i is normal with mean δ·i/√k and variance i; the test stops at the first
|sum/√i| above its limit. The density of the sums that have not stopped is carried from look to look by
Simpson's rule. Pocock keeps one limit for all looks, O'Brien and Fleming lower it as c·√(k/i). The
always-valid limit (mSPRT with a normal mixture) after information r, in units of the mixture's, is
z = √((2 ln(1/α) + ln(1 + r))(1 + r)/r). A price is the largest sample over that of a test with one look,
at the same power; for the always-valid limit the power of the last look alone, so that its price is an
upper bound.

Source: Armitage, McPherson and Rowe, 1969; Pocock, 1977; O'Brien and Fleming, 1979; Johari et al., 2015.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import normal_cdf, normal_quantile

Plain = Annotated[float, "1"]
#: Strips for each look, even, and how close a probability is found: errors of a limit below 1e-5.
_STRIPS = 64
_CLOSE = 1e-7


@dataclass(frozen=True)
class Inputs:
    """The test.

    Attributes:
        looks: How often it is looked at.
        alpha: Two-sided error that is allowed.
        power: Wanted.
        information: At the last look, in units of the mixture's precision.
    """

    looks: Plain
    alpha: Plain
    power: Plain
    information: Plain


@dataclass(frozen=True)
class Outputs:
    """What looking costs.

    Attributes:
        naive_error: Error if each look uses the limit of a single one.
        pocock: Its limit for each look.
        obrien_fleming: Its limit at the last look.
        always_valid: Limit at the last look of a test that may be watched at any time.
        pocock_price: Largest sample over that of a single look.
        obrien_fleming_price: Largest sample over that of a single look.
        always_valid_price: Largest sample over that of a single look, at most.
    """

    naive_error: Plain
    pocock: Plain
    obrien_fleming: Plain
    always_valid: Plain
    pocock_price: Plain
    obrien_fleming_price: Plain
    always_valid_price: Plain


def run(inputs: Inputs) -> Outputs:
    """Compute errors, limits and prices."""
    looks, alpha, power, r = round(inputs.looks), inputs.alpha, inputs.power, inputs.information
    if looks < 1 or not 0 < alpha < power < 1 or not r > 0:
        raise ValueError("there is at least one look, and alpha is below the power")
    single = normal_quantile(1 - alpha / 2)
    needed = single + normal_quantile(power)

    def limits(limit: float, falling: float) -> list[float]:
        return [limit * (looks / look) ** (falling / 2) for look in range(1, looks + 1)]

    def fitted(falling: float) -> tuple[float, float]:
        limit = _root(lambda c: alpha - crossing(limits(c, falling), 0), single * 0.9, 6)
        drift = _root(lambda d: crossing(limits(limit, falling), d) - power, needed * 0.9, needed * 2)
        return limit, (drift / needed) ** 2

    pocock, pocock_price = fitted(0)
    fleming, fleming_price = fitted(1)
    always = math.sqrt((2 * math.log(1 / alpha) + math.log1p(r)) * (1 + r) / r)
    always_price = ((always + normal_quantile(power)) / needed) ** 2
    naive = crossing([single] * looks, 0)
    return Outputs(naive, pocock, fleming, always, pocock_price, fleming_price, always_price)


def crossing(limits: Sequence[float], drift: float) -> float:
    """Return the chance that some look passes its limit; at the last one the drift is the mean of z."""
    step = drift / math.sqrt(len(limits))
    sums, weights, crossed = [0.0], [1.0], 0.0
    for look, limit in enumerate(limits, 1):
        bound = limit * math.sqrt(look)
        crossed += sum(
            weight * (normal_cdf(at + step - bound) + normal_cdf(-bound - at - step))
            for at, weight in zip(sums, weights, strict=True)
        )
        if look < len(limits):
            sums, weights = _carry(sums, weights, step, bound)
    return crossed


def _carry(
    sums: list[float], weights: list[float], step: float, bound: float
) -> tuple[list[float], list[float]]:
    """Return Simpson's places and weights for what has not stopped after one more step."""
    width = 2 * bound / _STRIPS
    after = [-bound + width * strip for strip in range(_STRIPS + 1)]
    shares = [1 if strip in (0, _STRIPS) else 2 + 2 * (strip % 2) for strip in range(_STRIPS + 1)]
    scale = width / 3 / math.sqrt(2 * math.pi)
    before = [(at + step, weight) for at, weight in zip(sums, weights, strict=True)]
    dense = [math.fsum(weight * math.exp(-((to - at) ** 2) / 2) for at, weight in before) for to in after]
    return after, [scale * share * height for share, height in zip(shares, dense, strict=True)]


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function is zero, by false position with the Illinois step."""
    below, above = rising(low), rising(high)
    for _ in range(60):
        at = high - above * (high - low) / (above - below)
        value = rising(at)
        if abs(value) < _CLOSE:
            break
        if value < 0:
            low, below, above = at, value, above / 2
        else:
            high, above, below = at, value, below / 2
    return at
