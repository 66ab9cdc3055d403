"""The precision–recall curve of binormal scores at several base rates.

The score of a negative is N(0, 1), that of a positive N(d′, 1). At recall r the false-positive rate is
f = Φ(Φ⁻¹(r) − d′), whatever the base rate π; precision is πr / (πr + (1 − π)f). The area under the ROC curve is
Φ(d′/√2); that under the precision–recall curve is the mean precision over r, here by the midpoint rule.

Source: Green and Swets, Signal Detection Theory and Psychophysics, 1966, chapter 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import normal_cdf, normal_quantile

Plain = Annotated[float, "1"]
#: An error of the area below 1e-4.
_STRIPS = 4000


@dataclass(frozen=True)
class Inputs:
    """The scores.

    Attributes:
        d_prime: Distance of the two means in standard deviations.
        base_rates: Share of positives, for each curve.
        recall: Where the precision is read.
    """

    d_prime: Plain
    base_rates: tuple[Plain, ...]
    recall: Plain


@dataclass(frozen=True)
class Outputs:
    """The areas.

    Attributes:
        roc_auc: Area under the ROC curve.
        fpr: False-positive rate at the recall.
        pr_auc: Area under each precision–recall curve.
        precision: Precision at the recall, for each.
    """

    roc_auc: Plain
    fpr: Plain
    pr_auc: tuple[Plain, ...]
    precision: tuple[Plain, ...]


def run(inputs: Inputs) -> Outputs:
    """Compute the areas and the point."""
    if not inputs.d_prime > 0 or not all(0 < rate < 1 for rate in inputs.base_rates):
        raise ValueError("d′ is positive and a base rate lies between 0 and 1")
    d = inputs.d_prime
    curve = [((strip + 0.5) / _STRIPS) for strip in range(_STRIPS)]
    points = [(r, _fpr(r, d)) for r in curve]
    at = _fpr(inputs.recall, d)
    return Outputs(
        normal_cdf(d / math.sqrt(2)),
        at,
        tuple(sum(_precision(rate, r, f) for r, f in points) / _STRIPS for rate in inputs.base_rates),
        tuple(_precision(rate, inputs.recall, at) for rate in inputs.base_rates),
    )


def _fpr(recall: float, d_prime: float) -> float:
    return normal_cdf(normal_quantile(recall) - d_prime)


def _precision(base_rate: float, recall: float, fpr: float) -> float:
    return base_rate * recall / (base_rate * recall + (1 - base_rate) * fpr)
