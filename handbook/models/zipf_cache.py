"""Hit rate of a cache with a time to live under Zipf traffic, and the traffic that is new.

Key i of N gets the share p_i ∝ i^−s of λ requests a second. With a time to live t it is in the cache for
λp_i·t / (1 + λp_i·t) of its requests (a miss opens a window of t in which all others hit): hit = Σ p_i·λp_i·t /
(1 + λp_i·t). A request's key was not seen for a time T with chance e^−λp_i·T: new = Σ p_i·e^−λp_i·T. Sums over
N keys run over each of the first 1,000 and over slices of 1 % behind them, each at its middle.

Source: Jung, Berger and Balakrishnan, Modeling TTL-based Internet caches, INFOCOM 2003.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

Plain = Annotated[float, "1"]
_HEAD, _SLICE = 1_000, 1.01


@dataclass(frozen=True)
class Inputs:
    """Traffic and cache.

    Attributes:
        keys: How many different ones there are.
        exponent: Of the Zipf law.
        rate: Requests at this cache.
        ttl: Time to live of an entry.
        window: Time after which a key counts as new.
    """

    keys: Plain
    exponent: Plain
    rate: Annotated[float, "1/s"]
    ttl: Annotated[float, "s"]
    window: Annotated[float, "s"]


@dataclass(frozen=True)
class Outputs:
    """What the cache does.

    Attributes:
        hit: Share of requests that hit.
        new: Share of requests whose key was not asked for within the window.
        entries: Keys in the cache at a time, on average.
        top_fifth: Share of the traffic that the most frequent fifth of the keys gets.
        fifth_asked: Requests within the window for the last key of that fifth, on average.
    """

    hit: Plain
    new: Plain
    entries: Plain
    top_fifth: Plain
    fifth_asked: Plain


def run(inputs: Inputs) -> Outputs:
    """Sum over the keys."""
    if not (inputs.keys >= 1 and inputs.rate > 0 and inputs.ttl > 0 and inputs.window > 0):
        raise ValueError("keys, rate, time to live and window are not all positive")
    strata = list(_strata(inputs.keys, inputs.exponent))
    total = sum(count * weight for _, count, weight in strata)
    hit = new = entries = top = 0.0
    for last, count, weight in strata:
        share = weight / total
        expected = inputs.rate * share * inputs.ttl
        cached = expected / (1 + expected)
        hit += count * share * cached
        new += count * share * math.exp(-inputs.rate * share * inputs.window)
        entries += count * cached
        top += count * share if last <= inputs.keys / 5 else 0.0
    asked = inputs.rate * inputs.window * (inputs.keys / 5) ** -inputs.exponent / total
    return Outputs(hit, new, entries, top, asked)


def _strata(keys: float, exponent: float) -> Iterator[tuple[float, float, float]]:
    """Yield last rank, number of keys and weight of a key in its middle, for each stratum."""
    rank = 0.0
    while rank < keys:
        last = rank + 1 if rank < _HEAD else min(math.floor(rank * _SLICE), keys)
        yield last, last - rank, ((rank + last + 1) / 2) ** -exponent
        rank = last
