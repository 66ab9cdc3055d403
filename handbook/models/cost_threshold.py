"""The threshold on a calibrated probability that costs least, and what it does on binormal scores.

Flagging a negative costs `false_alarm`, passing a positive costs `miss`: flag where p·miss > (1 − p)·false_alarm,
so from t = false_alarm / (false_alarm + miss) on. Recall, false-positive rate and precision are those of the
binormal model at t; cost = π(1 − recall)·miss + (1 − π)·fpr·false_alarm for each item.

Source: Elkan, The Foundations of Cost-Sensitive Learning, IJCAI 2001; scores as in `binormal`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.models import binormal

Plain = Annotated[float, "1"]
Cost = Annotated[float, "?cost"]


@dataclass(frozen=True)
class Inputs:
    """Scores and costs.

    Attributes:
        base_rate: Share of positives.
        d_prime: Distance of the two means in standard deviations.
        false_alarm: Cost of a negative that is flagged.
        miss: Cost of a positive that passes.
    """

    base_rate: Plain
    d_prime: Plain
    false_alarm: Cost
    miss: Cost


@dataclass(frozen=True)
class Outputs:
    """The operating point.

    Attributes:
        threshold: Calibrated probability from which to flag.
        flagged: Share of all that is flagged.
        recall: Share of positives that is flagged.
        fpr: Share of negatives that is flagged.
        precision: Positives among the flagged.
        cost: Of each item, on average.
    """

    threshold: Plain
    flagged: Plain
    recall: Plain
    fpr: Plain
    precision: Plain
    cost: Cost


def run(inputs: Inputs) -> Outputs:
    """Find the threshold and what it does."""
    if not (inputs.false_alarm > 0 and inputs.miss > 0):
        raise ValueError("a cost is not positive")
    threshold = inputs.false_alarm / (inputs.false_alarm + inputs.miss)
    tiers = binormal.run(binormal.Inputs(inputs.base_rate, inputs.d_prime, (threshold,)))
    recall, fpr = tiers.recall[1], tiers.fpr[1]
    cost = inputs.base_rate * (1 - recall) * inputs.miss + (1 - inputs.base_rate) * fpr * inputs.false_alarm
    return Outputs(threshold, tiers.share[1], recall, fpr, tiers.precision[1], cost)
