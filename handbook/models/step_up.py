"""Allow, challenge or block at least cost, on binormal scores: one amount, one party that pays.

A good payment lost costs c_FP, a fraud passed c_FN. A challenge stops a share e of frauds, loses a share d of
good payments and costs f; a fraud that passes it costs c. It beats allowing from low, and loses to blocking
from high:
low = (d·c_FP + f) / (d·c_FP + c_FN − (1 − e)·c), high = ((1 − d)·c_FP − f) / ((1 − d)·c_FP + (1 − e)·c).
An analyst, if there is one, sees what passed the challenge at w a case, stops a share v of those frauds and
refuses a share u of the good: worth it from r, where (1 − e)·r·(v·c − w) = (1 − d)·(1 − r)·(u·c_FP + w). Then
high = (A − f) / (A + B) with A = (1 − d)·((1 − u)·c_FP − w), B = (1 − e)·((1 − v)·c + w).
Whoever believes in odds k times the true ones acts at thresholds whose true odds are k times lower.

Source: Elkan, The Foundations of Cost-Sensitive Learning, IJCAI 2001; scores as in `binormal`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from handbook.models import binormal

Plain = Annotated[float, "1"]
Cost = Annotated[float, "?cost"]


@dataclass(frozen=True)
class Inputs:
    """Scores and costs.

    Attributes:
        base_rate: Share of frauds.
        d_prime: Distance of the two means in standard deviations.
        false_alarm: c_FP.
        miss: c_FN.
        passed: c, of a fraud that passes a challenge.
        fee: f.
        case: w.
        challenge: e and d.
        review: v and u; nothing where nobody reviews.
        belief: k, believed over true odds.
    """

    base_rate: Plain
    d_prime: Plain
    false_alarm: Cost
    miss: Cost
    passed: Cost
    fee: Cost
    case: Cost
    challenge: tuple[Plain, ...]
    review: tuple[Plain, ...]
    belief: Plain


@dataclass(frozen=True)
class Outputs:
    """Where to act, and on what. Tiers: allowed, challenged, challenged and reviewed if passed, blocked.

    Attributes:
        thresholds: Challenge from, review from, block from; the last two are equal where nobody reviews.
        recall: Share of the frauds in each tier.
        fpr: Share of the good payments in each tier.
        lost: Share of the good payments that are lost: blocked, given up, refused by an analyst.
        paid: Share of the frauds that somebody pays for: allowed, and passed in spite of a challenge.
    """

    thresholds: tuple[Plain, ...]
    recall: tuple[Plain, ...]
    fpr: tuple[Plain, ...]
    lost: Plain
    paid: tuple[Plain, ...]


def run(inputs: Inputs) -> Outputs:
    """Derive the thresholds and apply them."""
    low, review, high = _thresholds(inputs)
    acting = [low, *([review] if review < high else []), high]
    if not all(0 < threshold < 1 for threshold in acting):
        raise ValueError("a threshold is no probability between 0 and 1")
    cuts = tuple(_true(threshold, inputs.belief) for threshold in acting)
    tiers = binormal.run(binormal.Inputs(inputs.base_rate, inputs.d_prime, cuts))
    recall, fpr = _merged(tiers.recall), _merged(tiers.fpr)
    stops, abandons = inputs.challenge
    caught, refused = inputs.review or (0.0, 0.0)
    lost = fpr[3] + abandons * (fpr[1] + fpr[2]) + refused * (1 - abandons) * fpr[2]
    passed = (1 - stops) * (recall[1] + (1 - caught) * recall[2])
    return Outputs((low, review, high), recall, fpr, lost, (recall[0], passed))


def _thresholds(inputs: Inputs) -> tuple[float, float, float]:
    stops, abandons = inputs.challenge
    passes, stays = 1 - stops, 1 - abandons
    lost = abandons * inputs.false_alarm + inputs.fee
    low = lost / (lost - inputs.fee + inputs.miss - passes * inputs.passed)
    kept = stays * inputs.false_alarm
    high = (kept - inputs.fee) / (kept + passes * inputs.passed)
    if not inputs.review:
        return low, high, high
    caught, refused = inputs.review
    gain = passes * (caught * inputs.passed - inputs.case)
    loss = stays * (refused * inputs.false_alarm + inputs.case)
    kept = stays * ((1 - refused) * inputs.false_alarm - inputs.case)
    spent = passes * ((1 - caught) * inputs.passed + inputs.case)
    return low, loss / (gain + loss), (kept - inputs.fee) / (kept + spent)


def _true(believed: float, belief: float) -> float:
    odds = believed / (1 - believed) / belief
    return odds / (1 + odds)


def _merged(parts: tuple[float, ...]) -> tuple[float, ...]:
    """Return the four tiers of what was cut into three or four."""
    reviewed = parts[2] if len(parts) == 4 else 0.0
    return parts[0], parts[1], reviewed, parts[-1]
