"""A queue in front of k servers, simulated: Poisson arrivals, lognormal service, first come first served.

Each request takes the server that is free first; latency is waiting plus service. 2^17 requests after a
warm-up of a tenth, seeded. For one server the mean wait is that of Pollaczek and Khinchine,
λE[S²] / (2(1 − λE[S])); for more there is no closed form with general service times.

Source: Lindley's recursion for k servers, Kiefer and Wolfowitz, On the theory of queues with many servers,
Transactions of the AMS 78, 1955.
"""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass
from statistics import NormalDist
from typing import Annotated

from handbook.numbers.distributions import lognormal_mean, lognormal_sigma

Plain = Annotated[float, "1"]
Seconds = Annotated[float, "s"]
_REQUESTS, _WARM_UP = 2**17, 2**17 // 10
_SEED = 20261129


@dataclass(frozen=True)
class Inputs:
    """Load and servers.

    Attributes:
        rate: Arrivals.
        servers: How many serve at once.
        p50: Median service time.
        p95: 95th percentile of the service time.
    """

    rate: Annotated[float, "1/s"]
    servers: Plain
    p50: Seconds
    p95: Seconds


@dataclass(frozen=True)
class Outputs:
    """What a request sees.

    Attributes:
        utilisation: Busy share of the servers.
        waits: Share of requests that wait.
        wait_mean: Mean wait.
        wait_p99: 99th percentile of the wait.
        latency_p50: Median of wait and service together.
        latency_p99: 99th percentile of wait and service together.
    """

    utilisation: Plain
    waits: Plain
    wait_mean: Seconds
    wait_p99: Seconds
    latency_p50: Seconds
    latency_p99: Seconds


def run(inputs: Inputs) -> Outputs:
    """Simulate the queue."""
    servers, sigma = int(inputs.servers), lognormal_sigma(inputs.p50, inputs.p95)
    utilisation = inputs.rate * lognormal_mean(inputs.p50, inputs.p95) / max(servers, 1)
    if servers != inputs.servers or servers < 1:
        raise ValueError("the servers are not a whole number")
    if not 0 < utilisation < 1:
        raise ValueError(f"the queue grows without end: utilisation {utilisation:.3g}")
    # Of the generator only random() is the same on every version of Python.
    uniform, normal = random.Random(_SEED).random, NormalDist().inv_cdf
    free, now = [0.0] * servers, 0.0
    waits: list[float] = []
    latencies: list[float] = []
    for _ in range(_WARM_UP + _REQUESTS):
        now -= math.log(1 - uniform()) / inputs.rate
        service = inputs.p50 * math.exp(sigma * normal(uniform() or 0.5))
        start = max(now, free[0])
        heapq.heapreplace(free, start + service)
        waits.append(start - now)
        latencies.append(start - now + service)
    waits, latencies = sorted(waits[_WARM_UP:]), sorted(latencies[_WARM_UP:])
    waiting = sum(wait > 0 for wait in waits) / _REQUESTS
    at_99 = int(0.99 * _REQUESTS)
    wait_mean = math.fsum(waits) / _REQUESTS
    return Outputs(utilisation, waiting, wait_mean, waits[at_99], latencies[_REQUESTS // 2], latencies[at_99])
