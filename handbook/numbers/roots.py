"""Where a rising function has a wanted value.

Source: Chandrupatla, A New Hybrid Quadratic/Bisection Algorithm for Finding the Zero of a Nonlinear Function
without Using Derivatives, Advances in Engineering Software, 1997.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

_ALIKE = 4 * sys.float_info.epsilon


def solve(function: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Return the x between `low` and `high` at which a rising function has the wanted value.

    A parabola through the last three points names the next one where the function is smooth; else the range
    is halved. So a mean over thousands of points is taken some ten times and not sixty.

    Args:
        function: Continuous, and nowhere falling between the two ends.
        wanted: Its value at the result.
        low: An x at which it is no greater.
        high: An x at which it is no smaller.

    Returns:
        The x, to the last digits; an end where the wanted value lies beyond it.
    """
    a, b = low, high
    f_a, f_b = function(a) - wanted, function(b) - wanted
    if f_a >= 0 or f_b <= 0:
        return a if f_a >= 0 else b
    step = 0.5
    while True:
        x = a + step * (b - a)
        f_x = function(x) - wanted
        if f_x == 0:
            return x
        if (f_x > 0) == (f_a > 0):
            c, f_c = a, f_a
        else:
            c, f_c, b, f_b = b, f_b, a, f_a
        a, f_a = x, f_x
        least = _ALIKE * max(abs(a), abs(b), sys.float_info.min) / abs(b - a)
        if least > 0.5:
            return a if abs(f_a) < abs(f_b) else b
        step = 0.5
        along, up = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b)
        if up * up < along and (1 - up) ** 2 < 1 - along:
            step = f_a / (f_b - f_a) * f_c / (f_b - f_c) + (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
        step = min(max(step, least), 1 - least)
