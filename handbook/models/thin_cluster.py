"""An object of few LiDAR points: how often a clusterer without learning confirms it too late.

An object of width w and height h at distance d takes on the mean w·h / (d²·α·β) points, with α and β the angles
between the columns and rows of the LiDAR; it returns a share of them, and the number is Poisson. A frame has a
detection if at least m points come back. The tries are n frames, the last at a distance `last`, each earlier one a
step further away; without K detections in a row among them the object is confirmed too late. The frames are
independent, but not equal: their chances grow as the object comes closer, and the state (detections in a row so far)
is carried from frame to frame.

Source: Feller, An Introduction to Probability Theory and Its Applications 1, 1968, chapter XIII (runs of successes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.numbers.distributions import poisson_cdf

Plain = Annotated[float, "1"]
Metres = Annotated[float, "m"]


@dataclass(frozen=True)
class Inputs:
    """The object, the LiDAR and the tries.

    Attributes:
        width: Of the object.
        height: Of the object.
        across: Angle between columns.
        down: Angle between rows.
        returned: Share of the points that come back.
        points: m, points that make a cluster.
        confirm: K, detections in a row until a track counts.
        frames: n.
        last: Distance of the last try.
        step: From one frame to the next.
    """

    width: Metres
    height: Metres
    across: Plain
    down: Plain
    returned: Plain
    points: Plain
    confirm: Plain
    frames: Plain
    last: Metres
    step: Metres


@dataclass(frozen=True)
class Outputs:
    """What follows.

    Attributes:
        missed: Share of encounters confirmed too late.
    """

    missed: Plain


def run(inputs: Inputs) -> Outputs:
    """Follow the object frame by frame."""
    points, confirm, frames = round(inputs.points), round(inputs.confirm), round(inputs.frames)
    if (points, confirm, frames) != (inputs.points, inputs.confirm, inputs.frames) or not 1 <= confirm <= frames:
        raise ValueError("points, detections or frames are no whole numbers, or there are fewer frames than detections")
    if points < 1 or not 0 < inputs.returned <= 1:
        raise ValueError("a cluster has no points, or the share that comes back is not between 0 and 1")
    # so_far[r]: no track yet, and exactly r detections in a row just now.
    so_far = [1.0] + [0.0] * (confirm - 1)
    for frame in range(frames - 1, -1, -1):
        away = inputs.last + frame * inputs.step
        mean = inputs.width * inputs.height * inputs.returned / (away**2 * inputs.across * inputs.down)
        unseen = poisson_cdf(points - 1, mean)
        so_far = [sum(so_far) * unseen, *(share * (1 - unseen) for share in so_far[:-1])]
    return Outputs(sum(so_far))
