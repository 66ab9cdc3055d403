"""What PSI, KL, JS and KS read when nothing has drifted, by the number of rows.

For samples of n and m rows from one distribution in B bins, PSI / (1/n + 1/m) is about chi-square with
B − 1 degrees of freedom; KL is half of PSI and JS an eighth of it, to second order. The KS distance of two
unbinned samples passes √(−ln(α/2)/2) · √(1/n + 1/m) with probability about α.

Source: Yurdakul, Statistical Properties of Population Stability Index, 2018; Smirnov's limit law.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.roots import solve

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The comparison.

    Attributes:
        bins: Number of bins.
        reference_rows: Rows of the reference.
        rows: Rows of today, for each comparison.
        false_alarm: Chance that one comparison passes its limit without drift.
    """

    bins: Plain
    reference_rows: Plain
    rows: tuple[Plain, ...]
    false_alarm: Plain


@dataclass(frozen=True)
class Outputs:
    """For each number of rows.

    Attributes:
        psi_mean: Mean of the PSI without drift.
        psi_limit: What PSI passes with the given chance.
        js_limit: The same of JS.
        ks_limit: The same of KS.
        quantile: Of the chi-square distribution.
    """

    psi_mean: tuple[Plain, ...]
    psi_limit: tuple[Plain, ...]
    js_limit: tuple[Plain, ...]
    ks_limit: tuple[Plain, ...]
    quantile: Plain


def run(inputs: Inputs) -> Outputs:
    """Compute the limits."""
    if inputs.bins < 2 or not all(rows >= 1 for rows in (inputs.reference_rows, *inputs.rows)):
        raise ValueError("there are at least two bins, and rows on both sides")
    if not 0 < inputs.false_alarm < 1:
        raise ValueError("the chance is no probability between 0 and 1")
    freedom = inputs.bins - 1
    quantile = chi_square_quantile(1 - inputs.false_alarm, freedom)
    spread = [1 / inputs.reference_rows + 1 / rows for rows in inputs.rows]
    smirnov = math.sqrt(-math.log(inputs.false_alarm / 2) / 2)
    return Outputs(
        tuple(freedom * each for each in spread),
        tuple(quantile * each for each in spread),
        tuple(quantile * each / 8 for each in spread),
        tuple(smirnov * math.sqrt(each) for each in spread),
        quantile,
    )


def chi_square_quantile(p: float, freedom: float) -> float:
    """Return the x below which the share p of a chi-square distribution lies."""
    high = 1.0
    while _chi_square_cdf(high, freedom) < p:
        high *= 2
    return solve(lambda x: _chi_square_cdf(x, freedom), p, 0.0, high)


def _chi_square_cdf(x: float, freedom: float) -> float:
    """Series of the lower incomplete gamma function."""
    a, half = freedom / 2, x / 2
    if half == 0:
        return 0.0
    term = total = 1 / a
    step = a
    while term > total * 1e-16:
        step += 1
        term *= half / step
        total += term
    return total * math.exp(a * math.log(half) - half - math.lgamma(a))
