"""How far two binned distributions lie apart: PSI, KL, JS and KS.

With shares q of the reference and p of today: KL = Σ p ln(p/q), PSI = KL(p‖q) + KL(q‖p) = Σ (p−q) ln(p/q),
JS = ½KL(p‖m) + ½KL(q‖m) with m = (p+q)/2, KS = the largest difference of the cumulative shares. Natural
logarithms. For small differences KL ≈ PSI/2 and JS ≈ PSI/8.

Source: Lin, Divergence Measures Based on the Shannon Entropy, 1991.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The two distributions.

    Attributes:
        reference: Share of each bin then.
        today: Share of each bin now.
    """

    reference: tuple[Plain, ...]
    today: tuple[Plain, ...]


@dataclass(frozen=True)
class Outputs:
    """Each distance.

    Attributes:
        psi: Population stability index.
        kl: Kullback–Leibler divergence of today from the reference.
        js: Jensen–Shannon divergence.
        ks: Kolmogorov–Smirnov distance.
    """

    psi: Plain
    kl: Plain
    js: Plain
    ks: Plain


def run(inputs: Inputs) -> Outputs:
    """Compute each distance."""
    p, q = inputs.today, inputs.reference
    if len(p) != len(q) or not all(share > 0 for share in (*p, *q)):
        raise ValueError("each bin has a positive share on both sides")
    if not all(math.isclose(math.fsum(shares), 1, abs_tol=1e-9) for shares in (p, q)):
        raise ValueError("the shares of a side do not add up to 1")
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    apart = (abs(a - b) for a, b in zip(accumulate(p), accumulate(q), strict=True))
    return Outputs(
        _kl(p, q) + _kl(q, p), _kl(p, q), _kl(p, middle) / 2 + _kl(q, middle) / 2, max(apart)
    )


def _kl(p: Sequence[float], q: Sequence[float]) -> float:
    return math.fsum(a * math.log(a / b) for a, b in zip(p, q, strict=True))
