"""An item scored once or twice, and the cheapest of several actions on it.

A share π of the items violates. A first score gives log-odds l₁ with mean logit π ± d₁²/2 and variance d₁² among
violating (+) and other (−) items, as in `binormal`; a second one, bought where it is worth its price, adds
evidence of its own: l₂ = l₁ ± d₂²/2 with variance d₂². An action costs a on another item and b on a violating one,
so (1 − p)a + pb at p = logistic(l): a line in p. The cheapest action therefore changes at a few log-odds, and shares
are differences of normal distributions. The second score is bought between the log-odds where the expected
saving is its price; over them shares are integrated (Gauss and Legendre). From a floor on, action 0 is no choice.

Source: Chow, On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions on Information Theory, 1970;
value of sample information as in Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961, chapter 4.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import logistic, logit, normal_cdf

Plain = Annotated[float, "1"]
Cost = Annotated[float, "?cost"]
#: Low end, high end and action of a range of log-odds in which one action is the cheapest.
Cell = tuple[float, float, int]
_SCAN, _HALVINGS, _PANEL = 36, 12, 10.0
#: Nodes and weights on [−1, 1], the positive half of 12.
_LEGENDRE = (
    (0.1252334085114689, 0.2491470458134028), (0.3678314989981802, 0.2334925365383548),
    (0.5873179542866175, 0.2031674267230659), (0.7699026741943047, 0.1600783285433462),
    (0.9041172563704749, 0.1069393259953184), (0.9815606342467193, 0.0471753363865118),
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """Scores and prices.

    Attributes:
        base_rate: Share of violating items.
        first: d₁.
        second: d₂.
        floor: Probability from which action 0 is no choice; 1 for none.
        good: Cost of each action on an item that does not violate.
        bad: Cost of each action on a violating item.
        price: Of a second score.
    """

    base_rate: Plain
    first: Plain
    second: Plain
    floor: Plain
    good: tuple[Cost, ...]
    bad: tuple[Cost, ...]
    price: Cost


@dataclass(frozen=True)
class Outputs:
    """What is done.

    Attributes:
        good: Share of each action among items that do not violate.
        bad: Share of each action among violating items.
        asked: Log-odds between which a second score is bought; the same twice for never.
        called: Share of all items that get one.
    """

    good: tuple[Plain, ...]
    bad: tuple[Plain, ...]
    asked: tuple[Plain, ...]
    called: Plain


def run(inputs: Inputs) -> Outputs:
    """Act on all items."""
    if len(inputs.good) != len(inputs.bad) or not 0 < inputs.base_rate < 1:
        raise ValueError("the actions do not have two costs each, or nothing violates")
    start, first, second = logit(inputs.base_rate), inputs.first, inputs.second
    cells = cheapest(inputs)
    low, high = _asked(inputs, start, cells)
    done, called = [[0.0] * len(inputs.good) for _ in range(2)], 0.0
    for violates, share in enumerate((1 - inputs.base_rate, inputs.base_rate)):
        sign = 2 * violates - 1
        mean = start + sign * first**2 / 2
        for bottom, top, act in cells:
            done[violates][act] += _between(bottom, top, mean, first)
            if low < high:
                done[violates][act] -= _between(max(bottom, low), min(top, high), mean, first)
        for odds, width in nodes(low, high):
            there = width * density(odds, mean, first)
            called += share * there
            for act, part in after_call(odds + sign * second**2 / 2, second, cells):
                done[violates][act] += there * part
    return Outputs(tuple(done[0]), tuple(done[1]), (low, high), called)


def cheapest(inputs: Inputs) -> list[Cell]:
    """Return the cheapest action for all log-odds, in ascending order."""
    acts, floor = range(len(inputs.good)), logit(inputs.floor) if inputs.floor < 1 else math.inf
    above = _envelope(inputs, acts[1:], floor, math.inf) if inputs.floor < 1 else ()
    return [*_envelope(inputs, acts, -math.inf, floor), *above]


def _envelope(inputs: Inputs, acts: range, low: float, high: float) -> Iterator[Cell]:
    good, bad = inputs.good, inputs.bad
    at = logistic(low) if low > -math.inf else 0.0
    act = min(acts, key=lambda one: ((1 - at) * good[one] + at * bad[one], bad[one]))
    while True:
        # Of the lines that fall faster, the one that crosses this one first.
        crossings = [(math.inf, 0.0, act)]
        for other in acts:
            gained, lost = bad[act] - bad[other], good[other] - good[act]
            if gained > 0 and lost > 0 and math.log(lost / gained) > low:
                crossings.append((math.log(lost / gained), bad[other], other))
        cross, _, following = min(crossings)
        yield low, min(cross, high), act
        if cross >= high:
            return
        low, act = cross, following


def _asked(inputs: Inputs, start: float, cells: list[Cell]) -> tuple[float, float]:
    first, second, good, bad = inputs.first, inputs.second, inputs.good, inputs.bad

    def worth(odds: float) -> bool:
        p, now = logistic(odds), next(act for _, top, act in cells if odds <= top)
        then_good = sum(part * good[act] for act, part in after_call(odds - second**2 / 2, second, cells))
        then_bad = sum(part * bad[act] for act, part in after_call(odds + second**2 / 2, second, cells))
        return (1 - p) * (good[now] - then_good) + p * (bad[now] - then_bad) > inputs.price

    reach, spread = 6 * second + second**2 / 2, first**2 / 2 + 7 * first
    low, high = max(start - spread, cells[0][1] - reach), min(start + spread, cells[-1][0] + reach)
    grid = [low + (high - low) * step / _SCAN for step in range(_SCAN + 1)]
    inside = [step for step, odds in enumerate(grid) if len(cells) > 1 and worth(odds)]
    if not inside:
        return 0.0, 0.0
    left, right = inside[0], inside[-1]
    low = _edge(worth, grid[left], grid[left - 1]) if left else low
    return low, _edge(worth, grid[right], grid[right + 1]) if right < _SCAN else high


def _edge(worth: Callable[[float], bool], inside: float, outside: float) -> float:
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if worth(middle) else (inside, middle)
    return (inside + outside) / 2


def after_call(mean: float, second: float, cells: list[Cell]) -> Iterator[tuple[int, float]]:
    """Yield the actions and their chances where log-odds have this mean after a second score."""
    below = 0.0
    for _, top, act in cells:
        upto = normal_cdf((top - mean) / second)
        yield act, upto - below
        below = upto


def nodes(low: float, high: float) -> Iterator[tuple[float, float]]:
    """Yield points and weights of an integral."""
    panels = math.ceil(max(high - low, 0.0) / _PANEL)
    half = (high - low) / max(2 * panels, 1)
    for middle in (low + (2 * panel + 1) * half for panel in range(panels)):
        for node, weight in _LEGENDRE:
            yield middle - half * node, half * weight
            yield middle + half * node, half * weight


def density(x: float, mean: float, deviation: float) -> float:
    """Return the density of a normal distribution."""
    return math.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))


def _between(low: float, high: float, mean: float, deviation: float) -> float:
    a, b = (low - mean) / deviation, (high - mean) / deviation
    if a >= b:
        return 0.0
    return normal_cdf(-a) - normal_cdf(-b) if a > 0 else normal_cdf(b) - normal_cdf(a)
