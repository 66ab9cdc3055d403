"""Distributions that formulas may use, in floats and without SciPy.

Relative error at most 1e-9 on the ranges that a design needs (tests compare a grid with SciPy);
web/numbers.mjs has the same functions. Arguments out of range raise `ValueError`.

Sources: normal quantile by Wichura's AS 241 (Python's `statistics`); incomplete beta and gamma
functions by the continued fractions and series of Numerical Recipes, chapter 6; quantiles by bisection.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

_NORMAL = NormalDist()
_Z95 = _NORMAL.inv_cdf(0.95)
_TINY = 1e-300


def _probability(p: float) -> float:
    if not 0 < p < 1:
        raise ValueError(f"{p:g} is no probability between 0 and 1")
    return p


def _positive(value: float, name: str) -> float:
    if not value > 0:
        raise ValueError(f"{name} is {value:g}, not positive")
    return value


def normal_cdf(x: float) -> float:
    """Return the share of a standard normal distribution below x."""
    return math.erfc(-x / math.sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """Return the x below which the share p of a standard normal distribution lies."""
    return _NORMAL.inv_cdf(_probability(p))


def logistic(x: float) -> float:
    """Return 1 / (1 + e^−x)."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def logit(p: float) -> float:
    """Return ln(p / (1 − p))."""
    return math.log(_probability(p)) - math.log1p(-p)


def lognormal_sigma(p50: float, p95: float) -> float:
    """Return the standard deviation of the logarithm."""
    if not 0 < p50 < p95:
        raise ValueError(f"a median of {p50:g} and a 95th percentile of {p95:g} are no lognormal")
    return math.log(p95 / p50) / _Z95


def lognormal_cdf(x: float, p50: float, p95: float) -> float:
    """Return the share below x of a lognormal distribution given by its median and 95th percentile."""
    return normal_cdf(math.log(_positive(x, "x") / p50) / lognormal_sigma(p50, p95))


def lognormal_quantile(p: float, p50: float, p95: float) -> float:
    """Return the x below which the share p of that lognormal distribution lies."""
    return p50 * math.exp(normal_quantile(p) * lognormal_sigma(p50, p95))


def lognormal_mean(p50: float, p95: float) -> float:
    """Return the mean of that lognormal distribution."""
    return p50 * math.exp(lognormal_sigma(p50, p95) ** 2 / 2)


def poisson_cdf(k: float, mean: float) -> float:
    """Return the chance of at most k events where `mean` are expected."""
    _positive(mean, "the mean")
    return 0.0 if k < 0 else _gamma_upper(math.floor(k) + 1.0, mean)


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the share of a Beta(a, b) distribution below x."""
    _positive(a, "a")
    _positive(b, "b")
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    log_front = a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _beta_fraction(x, a, b) / a
    return 1 - math.exp(log_front) * _beta_fraction(1 - x, b, a) / b


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the x below which the share p of a Beta(a, b) distribution lies."""
    _probability(p)
    return _bisect(lambda x: beta_cdf(x, a, b) - p, 0.0, 1.0)


def _bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function of [low, high] is zero, to the last bit but relative to its size."""
    for _ in range(1100):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    result = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or _TINY)
            c = 1 + term / c or _TINY
            result *= c * d
        if abs(c * d - 1) < 1e-15:
            return result
    raise ValueError("the incomplete beta function does not converge")


def _gamma_upper(a: float, x: float) -> float:
    """Regularised upper incomplete gamma function: a series below a + 1, a continued fraction above."""
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, 100_000):
            term *= x / (a + n)
            total += term
            if term < total * 1e-16:
                return 1 - front * total
        raise ValueError("the incomplete gamma function does not converge")
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    result = d
    for n in range(1, 100_000):
        term = n * (a - n)
        b += 2
        d = 1 / (term * d + b or _TINY)
        c = b + term / c or _TINY
        result *= c * d
        if abs(c * d - 1) < 1e-15:
            return front * result
    raise ValueError("the incomplete gamma function does not converge")
