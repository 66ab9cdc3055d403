"""Errors of point forecasts, and the loss of a quantile forecast.

With truth y and forecast f: MAE = mean |y − f|, RMSE = √mean (y − f)², bias = mean (f − y),
MAPE = mean |y − f| / y, WAPE = Σ|y − f| / Σy, and the quantile (pinball) loss at level τ is
mean max(τ(y − f), (τ − 1)(y − f)), which the τ-quantile of the truth minimises.

Source: Koenker and Bassett, Regression Quantiles, 1978, for the last.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

Plain = Annotated[float, "1"]
Value = Annotated[float, "?a"]


@dataclass(frozen=True)
class Inputs:
    """The forecasts.

    Attributes:
        actual: What happened.
        forecast: What was forecast, in the same order and unit.
        level: Of the quantile loss.
    """

    actual: tuple[Value, ...]
    forecast: tuple[Value, ...]
    level: Plain


@dataclass(frozen=True)
class Outputs:
    """Each error.

    Attributes:
        mae: Mean absolute error.
        rmse: Root of the mean squared error.
        bias: Mean of forecast minus truth.
        mape: Mean absolute error in relation to each truth.
        wape: Absolute errors over the sum of the truths.
        quantile_loss: Loss of the forecasts read as quantiles of the level.
    """

    mae: Value
    rmse: Value
    bias: Value
    mape: Plain
    wape: Plain
    quantile_loss: Value


def run(inputs: Inputs) -> Outputs:
    """Compute each error."""
    if len(inputs.actual) != len(inputs.forecast) or not all(y > 0 for y in inputs.actual):
        raise ValueError("each truth is positive and has a forecast")
    if not 0 < inputs.level < 1:
        raise ValueError("the level is no share between 0 and 1")
    misses = [y - f for y, f in zip(inputs.actual, inputs.forecast, strict=True)]
    many = len(misses)
    absolute = math.fsum(map(abs, misses))
    return Outputs(
        absolute / many,
        math.sqrt(math.fsum(miss * miss for miss in misses) / many),
        -math.fsum(misses) / many,
        math.fsum(abs(miss) / y for miss, y in zip(misses, inputs.actual, strict=True)) / many,
        absolute / math.fsum(inputs.actual),
        math.fsum(max(inputs.level * miss, (inputs.level - 1) * miss) for miss in misses) / many,
    )
