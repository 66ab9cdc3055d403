"""How many candidates an expensive ranker reads: until one more costs what it brings.

A cheap ranker orders the candidates. Of all purchases, c(K) = 1 − exp(−(K / scale)^shape) are of items that it
puts among its first K (a Weibull law, fitted to searches that were ranked from all candidates). Reading the first
K, the expensive ranker lifts the worth W of all searches by lift·c(K). One candidate more a search costs u.
W·lift·c(K) − u·K is largest where W·lift·c′(K) = u; c is concave for a shape up to 1, so there is one such K,
and none if even the first candidate costs more than it brings.

Source: the cut-off rule is the first-order condition of Jiang et al., DCAF: A Dynamic Computation Allocation
Framework for Online Serving System, 2020, with one depth for all requests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]
Worth = Annotated[float, "?worth"]
#: Where the search for a depth begins, in parts of the scale: at nothing a shape below 1 has no slope.
_SHALLOW = 1e-12


@dataclass(frozen=True)
class Inputs:
    """The curve and the prices.

    Attributes:
        scale: Depth that holds 63 % of the purchases.
        shape: Of the law, up to 1.
        lift: Of the worth, if every candidate is read.
        worth: Of all searches, in some time.
        candidate_cost: Of one candidate more in every search, in that time.
        tried: Depths to compare.
    """

    scale: Plain
    shape: Plain
    lift: Plain
    worth: Worth
    candidate_cost: Worth
    tried: tuple[Plain, ...]


@dataclass(frozen=True)
class Outputs:
    """The best depth, and what each depth gives.

    Attributes:
        depth: The best.
        captured: Share of purchases within it.
        gained: Worth that it adds.
        net: The same after its cost.
        tried_captured: Share of purchases within each depth tried.
        tried_gained: Worth that each adds.
        tried_net: The same after its cost.
    """

    depth: Plain
    captured: Plain
    gained: Worth
    net: Worth
    tried_captured: tuple[Plain, ...]
    tried_gained: tuple[Worth, ...]
    tried_net: tuple[Worth, ...]


def run(inputs: Inputs) -> Outputs:
    """Find the depth and compare."""
    scale, shape, cost = inputs.scale, inputs.shape, inputs.candidate_cost
    if not (scale > 0 and 0 < shape <= 1 and cost > 0):
        raise ValueError("scale and cost are not positive, or the shape is not between 0 and 1")
    full = inputs.worth * inputs.lift

    def captured(depth: float) -> float:
        return -math.expm1(-((depth / scale) ** shape))

    def marginal(depth: float) -> float:
        return full * shape / scale * (depth / scale) ** (shape - 1) * math.exp(-((depth / scale) ** shape))

    high = scale
    while marginal(high) > cost:
        high *= 2
    best = solve(lambda depth: -marginal(depth), -cost, scale * _SHALLOW, high)
    tried = [captured(depth) for depth in inputs.tried]
    return Outputs(
        best,
        captured(best),
        full * captured(best),
        full * captured(best) - cost * best,
        tuple(tried),
        tuple(full * share for share in tried),
        tuple(full * share - cost * depth for share, depth in zip(tried, inputs.tried, strict=True)),
    )
