"""A gate on a calibrated probability with a beta distribution: what passes, and what is lost.

A share p of bad, known for each item as a calibrated probability, is Beta(a, b) over all items. Items with p
below τ pass: passed = F(τ; a, b); bad among them = m·F(τ; a + 1, b) / passed with m = a / (a + b), since
p·Beta(a, b) is m·Beta(a + 1, b); good ones lost = 1 − F(τ; a, b + 1). The area under the ROC curve is
P(X > Y) with X ~ Beta(a + 1, b), Y ~ Beta(a, b + 1), by the midpoint rule over quantiles of Y.

Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 1995, chapter 25.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import beta_cdf, beta_quantile

Plain = Annotated[float, "1"]
#: Quantiles for the area: an error below 1e-4.
_STRIPS = 500


@dataclass(frozen=True)
class Inputs:
    """The distribution and the gate.

    Attributes:
        a: First shape of the probability of bad.
        b: Second shape.
        gate: Probability of bad from which an item is held back.
    """

    a: Plain
    b: Plain
    gate: Plain


@dataclass(frozen=True)
class Outputs:
    """What the gate does.

    Attributes:
        bad: Share of bad items before the gate.
        passed: Share of items that pass.
        bad_passed: Share of bad among them.
        good_lost: Share of good items that are held back.
        auc: Area under the ROC curve of the probability.
    """

    bad: Plain
    passed: Plain
    bad_passed: Plain
    good_lost: Plain
    auc: Plain


def run(inputs: Inputs) -> Outputs:
    """Apply the gate."""
    a, b, gate = inputs.a, inputs.b, inputs.gate
    if not 0 < gate < 1:
        raise ValueError("the gate is no probability between 0 and 1")
    bad, passed = a / (a + b), beta_cdf(gate, a, b)
    strips = ((strip + 0.5) / _STRIPS for strip in range(_STRIPS))
    above = sum(1 - beta_cdf(beta_quantile(p, a, b + 1), a + 1, b) for p in strips)
    return Outputs(
        bad,
        passed,
        bad * beta_cdf(gate, a + 1, b) / passed,
        1 - beta_cdf(gate, a, b + 1),
        above / _STRIPS,
    )
