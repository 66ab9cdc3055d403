"""Binormal scores cut into tiers: share, precision, recall and false-positive rate of each.

The score of a negative is N(0, 1), that of a positive N(d′, 1); a share π of all is positive. The calibrated
probability at score x is given by logit p = logit π + d′x − d′²/2, so a threshold on the probability is a
threshold on the score, and tier k lies between thresholds k and k + 1:
recall_k = Φ(x_{k+1} − d′) − Φ(x_k − d′), fpr_k = Φ(x_{k+1}) − Φ(x_k),
share_k = π·recall_k + (1 − π)·fpr_k, precision_k = π·recall_k / share_k.

Source: Green and Swets, Signal Detection Theory and Psychophysics, 1966, chapter 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from handbook.numbers.distributions import logit, normal_cdf

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """What the scores look like, and where they are cut.

    Attributes:
        base_rate: Share of positives.
        d_prime: Distance of the two means in standard deviations.
        thresholds: Calibrated probabilities, ascending.
    """

    base_rate: Plain
    d_prime: Plain
    thresholds: tuple[Plain, ...]


@dataclass(frozen=True)
class Outputs:
    """Of each tier, from below the first threshold to above the last.

    Attributes:
        share: Of all.
        precision: Positives among them.
        recall: Share of all positives.
        fpr: Share of all negatives.
        auc: Area under the ROC curve.
    """

    share: tuple[Plain, ...]
    precision: tuple[Plain, ...]
    recall: tuple[Plain, ...]
    fpr: tuple[Plain, ...]
    auc: Plain


def run(inputs: Inputs) -> Outputs:
    """Cut the scores into tiers."""
    if list(inputs.thresholds) != sorted(set(inputs.thresholds)):
        raise ValueError("the thresholds do not ascend")
    if not inputs.d_prime > 0:
        raise ValueError("d′ is not positive")
    scores = [score_at(p, inputs.base_rate, inputs.d_prime) for p in inputs.thresholds]
    edges = [-math.inf, *scores, math.inf]
    # Differences of upper tails where both ends are high: no digit is lost at 1 − 1e−9.
    recall = tuple(_between(a - inputs.d_prime, b - inputs.d_prime) for a, b in pairwise(edges))
    fpr = tuple(_between(a, b) for a, b in pairwise(edges))
    positive = [inputs.base_rate * share for share in recall]
    share = tuple(p + (1 - inputs.base_rate) * f for p, f in zip(positive, fpr, strict=True))
    precision = tuple(p / s if s else 0.0 for p, s in zip(positive, share, strict=True))
    return Outputs(share, precision, recall, fpr, normal_cdf(inputs.d_prime / math.sqrt(2)))


def score_at(probability: float, base_rate: float, d_prime: float) -> float:
    """Return the score whose calibrated probability is given."""
    return (logit(probability) - logit(base_rate)) / d_prime + d_prime / 2


def _between(low: float, high: float) -> float:
    if low > 0:
        return normal_cdf(-low) - normal_cdf(-high)
    return normal_cdf(high) - normal_cdf(low)
