"""An obstacle ahead: from what distance it has to be seen, and how often it is confirmed too late.

A car at speed v stops within v·T + v²/2a and keeps a margin m. The time T until the brakes hold is the wait for
the next exposure, K − 1 further frames of a period each (a track counts from K detections in a row on), and what
computing, planning and the brakes take. So the object has to be visible from R = v·T + v²/2a + m on. If it can
be seen from a qualified range Q on, T may be as long as (Q − m − v²/2a)/v, and the frames within Q − R are to spare:
n = K + ⌊(Q − R) / (v·period)⌋ frames hold a run of K detections or the track comes too late.

Within an encounter the frames share its difficulty: the chance p of a detection is Beta(a, b) over encounters,
with mean r and correlation ρ = 1/(a + b + 1) of two frames. With N_j the strings of n frames that have j detections
and no run of K, the share of encounters confirmed too late is Σ N_j B(a + j, b + n − j) / B(a, b), exactly. A twin
is a second channel that finds the same encounters hard, and fails with the same p on its own: it misses a share
E[m(p)²] / E[m(p)] of what the first one misses.

False obstacles in the path appear at a rate per distance and last into the next frame with probability q; a share
q^(K−1) of them is confirmed. Harmless things that are really there (steam, leaves, a bag) last as long as it takes;
the rate of those that no filter has sorted out comes on top, whatever K.

Source: Skellam, A probability distribution derived from the binomial distribution by regarding the probability of
success as variable between the sets of trials, Journal of the Royal Statistical Society B 10, 1948 (beta-binomial).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

Plain = Annotated[float, "1"]
Seconds = Annotated[float, "s"]
Metres = Annotated[float, "m"]
Rate = Annotated[float, "?rate"]
#: A range that is a whole number of frames further away gives that number, whatever the last bit says.
_TIE = 1e-9


@dataclass(frozen=True)
class Inputs:
    """Car, timing, channel and false obstacles.

    Attributes:
        speed: Of the car.
        braking: Deceleration that is counted on.
        margin: Distance kept to the object.
        wait: Longest wait for the next exposure.
        period: From one frame to the next.
        confirm: K, detections in a row until a track counts.
        compute: From exposure to the list of objects.
        plan: From the list of objects to the command.
        brakes: Until the brakes hold.
        qualified: Range from which on the recall below was measured.
        recall: Mean share of frames with a detection, from the qualified range on.
        correlation: Of two frames of one encounter.
        false_obstacles: Single-frame false obstacles in the path, per distance.
        lasting: Probability that one lasts into the next frame.
        harmless: Harmless things in the path that pass for obstacles in every frame, per distance.
    """

    speed: Annotated[float, "m/s"]
    braking: Annotated[float, "m/s**2"]
    margin: Metres
    wait: Seconds
    period: Seconds
    confirm: Plain
    compute: Seconds
    plan: Seconds
    brakes: Seconds
    qualified: Metres
    recall: Plain
    correlation: Plain
    false_obstacles: Rate
    lasting: Plain
    harmless: Rate


@dataclass(frozen=True)
class Outputs:
    """What follows.

    Attributes:
        reaction: T.
        required: R.
        longest: The longest T that the qualified range allows.
        spare: Whole frames between the two.
        frames: n.
        missed: Share of encounters confirmed too late.
        missed_independent: The same if frames were independent.
        twin: Share of these that a twin misses as well.
        false_confirmed: False obstacles confirmed, per distance.
    """

    reaction: Seconds
    required: Metres
    longest: Seconds
    spare: Plain
    frames: Plain
    missed: Plain
    missed_independent: Plain
    twin: Plain
    false_confirmed: Rate


def run(inputs: Inputs) -> Outputs:
    """Follow one encounter from the first frame to the brakes."""
    confirm = round(inputs.confirm)
    if confirm != inputs.confirm or confirm < 1:
        raise ValueError("a track is not confirmed by a whole number of frames")
    if not (0 < inputs.recall < 1 and 0 < inputs.correlation < 1):
        raise ValueError("the recall or the correlation is no share between 0 and 1")
    reaction = (
        inputs.wait + (confirm - 1) * inputs.period + inputs.compute + inputs.plan + inputs.brakes
    )
    stopping = inputs.speed**2 / (2 * inputs.braking) + inputs.margin
    required = inputs.speed * reaction + stopping
    if required > inputs.qualified:
        raise ValueError(f"seen too late: {required:.3g} m are required")
    longest = (inputs.qualified - stopping) / inputs.speed
    spare = math.floor((longest - reaction) / inputs.period + _TIE)
    frames = confirm + spare
    strings = _without_run(frames, confirm)
    size = 1 / inputs.correlation - 1
    a, b = inputs.recall * size, (1 - inputs.recall) * size
    missed = math.fsum(many * _beta_ratio(a, b, hits, frames - hits) for hits, many in enumerate(strings))
    both = math.fsum(
        one * other * _beta_ratio(a, b, first + second, 2 * frames - first - second)
        for first, one in enumerate(strings)
        for second, other in enumerate(strings)
    )
    alone = math.fsum(
        many * inputs.recall**hits * (1 - inputs.recall) ** (frames - hits) for hits, many in enumerate(strings)
    )
    confirmed = inputs.harmless + inputs.false_obstacles * inputs.lasting ** (confirm - 1)
    return Outputs(reaction, required, longest, spare, frames, missed, alone, both / missed, confirmed)


def _without_run(frames: int, confirm: int) -> list[int]:
    """Return how many strings of so many frames have 0, 1, … detections and no run of `confirm` of them."""
    # ending[r][j]: strings with j detections that end in exactly r of them.
    ending = [[1] + [0] * frames] + [[0] * (frames + 1) for _ in range(confirm - 1)]
    for _ in range(frames):
        broken = [sum(row[hits] for row in ending) for hits in range(frames + 1)]
        ending = [broken, *([0, *row[:-1]] for row in ending[:-1])]
    return [sum(row[hits] for row in ending) for hits in range(frames + 1)]


def _beta_ratio(a: float, b: float, hits: int, misses: int) -> float:
    """Return B(a + hits, b + misses) / B(a, b)."""
    upper = math.lgamma(a + hits) + math.lgamma(b + misses) - math.lgamma(a + b + hits + misses)
    return math.exp(upper - math.lgamma(a) - math.lgamma(b) + math.lgamma(a + b))
