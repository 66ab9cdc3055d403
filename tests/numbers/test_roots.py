"""Where a rising function has a wanted value, held to SciPy."""

from __future__ import annotations

import math

import pytest
import scipy.optimize

from handbook.numbers.distributions import logistic, normal_cdf
from handbook.numbers.roots import solve

RISING = {
    "logistic": (logistic, -60.0, 60.0, (1e-9, 0.03, 0.5, 0.9999)),
    "normal": (normal_cdf, -38.0, 38.0, (1e-12, 0.2, 0.5, 0.999)),
    "line": (lambda x: 3 * x - 1, -1e6, 1e6, (-5.0, 0.0, 1e5)),
    "cube": (lambda x: x**3, -10.0, 1000.0, (-8.0, 0.001, 27.0)),
    "kinked": (lambda x: max(x, 10 * x), -7.0, 9.0, (-1.0, 0.0, 5.0)),
    "steep": (lambda x: math.tanh(1e6 * (x - 0.3)), -1.0, 1.0, (-0.5, 0.0, 0.99)),
}


@pytest.mark.parametrize(("name", "wanted"), [(name, value) for name, case in RISING.items() for value in case[3]])
def test_it_agrees_with_scipy(name: str, wanted: float) -> None:
    function, low, high, _ = RISING[name]
    expected = scipy.optimize.brentq(lambda x: function(x) - wanted, low, high, xtol=1e-15, rtol=1e-14)
    assert solve(function, wanted, low, high) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_smooth_function_is_asked_seldom() -> None:
    asked = []
    solve(lambda x: asked.append(x) or logistic(x - 3), 0.08, -60.0, 60.0)
    assert len(asked) < 25


@pytest.mark.parametrize(("wanted", "end"), [(-1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (7.0, 1.0)])
def test_what_lies_beyond_an_end_gives_the_end(wanted: float, end: float) -> None:
    assert solve(lambda x: x, wanted, 0.0, 1.0) == end


def test_a_step_is_found_between_its_sides() -> None:
    assert solve(lambda x: float(x >= 0.3), 0.5, 0.0, 1.0) == pytest.approx(0.3, rel=1e-14)
