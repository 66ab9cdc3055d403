"""Distributions without SciPy, held to SciPy: a relative error of at most 1e-9 over a grid."""

from __future__ import annotations

import itertools
import math

import pytest
import scipy.special
import scipy.stats

from handbook.numbers import distributions

CLOSE = 1e-9
P = (1e-9, 1e-4, 0.01, 0.2, 0.5, 0.731, 0.95, 0.999, 1 - 1e-6)
SHAPES = (0.05, 0.24, 0.56, 1.0, 2.5, 9.0, 120.0, 5_000.0)


def test_the_normal_distribution_agrees_from_tail_to_tail():
    for x in (-37.0, -8.0, -3.5, -1.0, -1e-3, 0.0, 0.3, 1.96, 4.0, 8.0):
        assert distributions.normal_cdf(x) == pytest.approx(scipy.stats.norm.cdf(x), rel=CLOSE)
    for p in (1e-300, 1e-16, *P):
        assert distributions.normal_quantile(p) == pytest.approx(scipy.stats.norm.ppf(p), rel=CLOSE)


def test_the_beta_distribution_agrees_wherever_it_has_mass():
    for x, a, b in itertools.product((1e-6, 0.01, 0.25, 0.5, 0.731, 0.99), SHAPES, SHAPES):
        expected = scipy.stats.beta.cdf(x, a, b)
        # A share of one part in a hundred billion is no number of a design.
        assert distributions.beta_cdf(x, a, b) == pytest.approx(expected, rel=CLOSE, abs=1e-11), (x, a, b)
    for p, a, b in itertools.product(P, SHAPES[2:], SHAPES[2:]):
        expected = scipy.stats.beta.ppf(p, a, b)
        assert distributions.beta_quantile(p, a, b) == pytest.approx(expected, rel=CLOSE), (p, a, b)


def test_the_lognormal_distribution_agrees_when_given_by_two_percentiles():
    for p50, p95 in ((1.0, 1.77), (0.35, 0.58), (100.0, 2.7e3)):
        sigma = math.log(p95 / p50) / scipy.stats.norm.ppf(0.95)
        same = scipy.stats.lognorm(sigma, scale=p50)
        assert distributions.lognormal_mean(p50, p95) == pytest.approx(same.mean(), rel=CLOSE)
        for p in P:
            value = distributions.lognormal_quantile(p, p50, p95)
            assert value == pytest.approx(same.ppf(p), rel=CLOSE)
            assert distributions.lognormal_cdf(value, p50, p95) == pytest.approx(p, rel=CLOSE)
        assert distributions.lognormal_quantile(0.5, p50, p95) == pytest.approx(p50)
        assert distributions.lognormal_quantile(0.95, p50, p95) == pytest.approx(p95)


def test_the_poisson_distribution_agrees():
    for k, mean in itertools.product((0, 1, 3, 14, 60, 900), (0.01, 0.5, 3.0, 14.0, 70.0, 1_000.0)):
        expected = scipy.stats.poisson.cdf(k, mean)
        assert distributions.poisson_cdf(k, mean) == pytest.approx(expected, rel=CLOSE, abs=1e-12), (k, mean)
    assert distributions.poisson_cdf(-1, 3.0) == 0
    assert distributions.poisson_cdf(2.9, 3.0) == distributions.poisson_cdf(2, 3.0)


def test_logistic_and_logit_agree_and_undo_each_other():
    for x in (-700.0, -20.0, -1.0, 0.0, 0.5, 30.0):
        assert distributions.logistic(x) == pytest.approx(scipy.special.expit(x), rel=CLOSE)
    for p in P:
        assert distributions.logit(p) == pytest.approx(scipy.special.logit(p), rel=CLOSE)
        assert distributions.logistic(distributions.logit(p)) == pytest.approx(p, rel=CLOSE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: distributions.normal_quantile(0), "0 is no probability between 0 and 1"),
        (lambda: distributions.normal_quantile(1.5), "1.5 is no probability between 0 and 1"),
        (lambda: distributions.logit(1), "1 is no probability between 0 and 1"),
        (lambda: distributions.beta_cdf(0.5, 0, 1), "a is 0, not positive"),
        (lambda: distributions.beta_cdf(0.5, 1, -2), "b is -2, not positive"),
        (lambda: distributions.beta_quantile(0, 1, 1), "0 is no probability between 0 and 1"),
        (lambda: distributions.poisson_cdf(1, 0), "the mean is 0, not positive"),
        (lambda: distributions.lognormal_cdf(-1, 1, 2), "x is -1, not positive"),
        (
            lambda: distributions.lognormal_mean(2, 1),
            "a median of 2 and a 95th percentile of 1 are no lognormal",
        ),
    ],
)
def test_arguments_out_of_range_are_named(call, message):
    with pytest.raises(ValueError, match=r".") as raised:
        call()
    assert str(raised.value) == message
