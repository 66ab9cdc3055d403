"""Which of several p-values stand: Bonferroni against Benjamini and Hochberg.

Bonferroni keeps p ≤ α/m. Benjamini and Hochberg sort the p-values, find the largest i with p_(i) ≤ iα/m, and
keep the first i: of what they keep, at most the share α is expected to be false.

Source: Benjamini and Hochberg, Controlling the False Discovery Rate, 1995.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The tests.

    Attributes:
        p_values: Ascending.
        level: Error that is allowed.
    """

    p_values: tuple[Plain, ...]
    level: Plain


@dataclass(frozen=True)
class Outputs:
    """How many stand.

    Attributes:
        plain: With p at most the level.
        bonferroni: After Bonferroni.
        benjamini_hochberg: After Benjamini and Hochberg.
    """

    plain: Plain
    bonferroni: Plain
    benjamini_hochberg: Plain


def run(inputs: Inputs) -> Outputs:
    """Count what stands."""
    values, many = inputs.p_values, len(inputs.p_values)
    if list(values) != sorted(values) or not all(0 <= p <= 1 for p in values):
        raise ValueError("the p-values ascend and lie between 0 and 1")
    kept = [place for place, p in enumerate(values, 1) if p <= place * inputs.level / many]
    return Outputs(
        sum(p <= inputs.level for p in values),
        sum(p <= inputs.level / many for p in values),
        max(kept, default=0),
    )
