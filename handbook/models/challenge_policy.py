"""The policy of `step_up` over amounts and over who pays: what it does to all payments, and what it costs.

Payments fall into bands of one amount a each, with a fraud rate of their own. A good payment lost costs
c_FP = margin·a + goodwill, a fraud passed c_FN = (1 − margin)·a + chargeback. For a share `shift` of each
band a fraud that passed a challenge costs the price of a report, since the issuer is liable; for the rest it
costs c_FN, and from some amount on an analyst sees it. Each of these cells has the thresholds of `step_up`.

Source: that of `step_up`, summed over cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from handbook.models import cost_threshold, step_up

Plain = Annotated[float, "1"]
Cost = Annotated[float, "?cost"]


@dataclass(frozen=True)
class Inputs:
    """Payments, scores, costs.

    Attributes:
        base_rate: Share of frauds.
        d_prime: Distance of the two means in standard deviations.
        payments: Share of each band in all payments.
        frauds: Share of each band in all frauds.
        amounts: Amount of each band.
        margin: Share of the amount that the merchant earns.
        prices: Goodwill, chargeback, report, challenge, case of an analyst; amount from which there is one.
        challenge: Share of frauds that it stops, share of good payments that it loses.
        review: Share of frauds that an analyst stops, share of good payments refused.
        shift: Share of payments for which the issuer is liable after a passed challenge.
        belief: Believed over true odds of fraud.
        near: Lower end of the band below the challenge, as a share of its threshold.
    """

    base_rate: Plain
    d_prime: Plain
    payments: tuple[Plain, ...]
    frauds: tuple[Plain, ...]
    amounts: tuple[Cost, ...]
    margin: Plain
    prices: tuple[Cost, ...]
    challenge: tuple[Plain, ...]
    review: tuple[Plain, ...]
    shift: Plain
    belief: Plain
    near: Plain


@dataclass(frozen=True)
class Outputs:
    """Tiers are those of `step_up`; amounts and costs are of an average payment.

    Attributes:
        bands: Of each band in turn: payments challenged, payments blocked, frauds allowed.
        share: Of payments, by tier.
        recall: Of frauds, by tier.
        fpr: Of good payments, by tier.
        precision: Frauds in a tier.
        near: Share of payments just below the challenge.
        reviewed: Share of payments that reach an analyst; frauds among them.
        good_lost: Share of good payments lost.
        frauds: Share that the merchant pays for, that the issuer pays for, that is stopped.
        amounts: Of those frauds.
        costs: Frauds, reports, good payments lost, challenges, cases, all; allowing all; two actions alone.
    """

    bands: tuple[Plain, ...]
    share: tuple[Plain, ...]
    recall: tuple[Plain, ...]
    fpr: tuple[Plain, ...]
    precision: tuple[Plain, ...]
    near: Plain
    reviewed: tuple[Plain, ...]
    good_lost: Plain
    frauds: tuple[Plain, ...]
    amounts: tuple[Cost, ...]
    costs: tuple[Cost, ...]


@dataclass(frozen=True)
class _Cell:
    """Payments of one band and one payer: shares of all payments that are good and bad, and what is done."""

    good: float
    bad: float
    amount: float
    false_alarm: float
    miss: float
    liable: bool
    acts: step_up.Outputs

    @property
    def at_issuer(self) -> float:
        return self.bad * self.acts.paid[1] * self.liable

    @property
    def at_merchant(self) -> float:
        return self.bad * sum(self.acts.paid) - self.at_issuer


def run(inputs: Inputs) -> Outputs:
    """Sum over the cells."""
    bands, tiers = list(_cells(inputs)), range(4)
    cells = [cell for band in bands for cell in band]
    good = [sum(cell.good * cell.acts.fpr[tier] for cell in cells) for tier in tiers]
    bad = [sum(cell.bad * cell.acts.recall[tier] for cell in cells) for tier in tiers]
    share = tuple(g + b for g, b in zip(good, bad, strict=True))
    base, (stops, abandons) = inputs.base_rate, inputs.challenge
    cases = (1 - abandons) * good[2] + (1 - stops) * bad[2]
    frauds = sum(cell.at_merchant for cell in cells), sum(cell.at_issuer for cell in cells)
    attempted = sum(cell.amount * cell.bad for cell in cells)
    paid = (sum(c.amount * c.at_merchant for c in cells), sum(c.amount * c.at_issuer for c in cells))
    costs = (
        sum(cell.miss * cell.at_merchant for cell in cells),
        inputs.prices[2] * frauds[1],
        sum(cell.false_alarm * cell.good * cell.acts.lost for cell in cells),
        inputs.prices[3] * (share[1] + share[2]),
        inputs.prices[4] * cases,
    )
    allowing_all = sum(cell.miss * cell.bad for cell in cells)
    return Outputs(
        tuple(done for band in bands for done in _done(band)),
        share,
        tuple(b / base for b in bad),
        tuple(g / (1 - base) for g in good),
        tuple(b / s if s else 0.0 for b, s in zip(bad, share, strict=True)),
        sum((cell.good + cell.bad) * cell.acts.near for cell in cells),
        (cases, (1 - stops) * bad[2] / cases if cases else 0.0),
        sum(cell.good * cell.acts.lost for cell in cells) / (1 - base),
        (frauds[0] / base, frauds[1] / base, 1 - sum(frauds) / base),
        (*paid, attempted - sum(paid)),
        (*costs, sum(costs), allowing_all, sum(_two(inputs, band) for band in bands)),
    )


def _cells(inputs: Inputs) -> Iterator[tuple[_Cell, _Cell]]:
    """Yield each band: where the issuer is liable, and where the merchant pays."""
    if not len(inputs.payments) == len(inputs.frauds) == len(inputs.amounts):
        raise ValueError("the bands do not have one share, one share of frauds and one amount each")
    goodwill, chargeback, report, fee, case, review_from = inputs.prices
    for payments, frauds, amount in zip(inputs.payments, inputs.frauds, inputs.amounts, strict=True):
        bad = inputs.base_rate * frauds
        if not 0 < bad < payments:
            raise ValueError("a band has no frauds, or nothing but frauds")
        false_alarm, miss = inputs.margin * amount + goodwill, (1 - inputs.margin) * amount + chargeback

        def cell(share: float, passed: float, review: tuple[float, ...], liable: bool) -> _Cell:
            costs = (false_alarm, miss, passed, fee, case)
            scores = step_up.Inputs(
                bad / payments, inputs.d_prime, *costs, inputs.challenge, review, inputs.belief, inputs.near
            )
            sizes = share * (payments - bad), share * bad
            return _Cell(*sizes, amount, false_alarm, miss, liable, step_up.run(scores))

        review = inputs.review if amount >= review_from else ()
        yield cell(inputs.shift, report, (), True), cell(1 - inputs.shift, miss, review, False)


def _done(band: tuple[_Cell, _Cell]) -> Iterator[float]:
    """Yield what is challenged, what is blocked, and which frauds are allowed."""
    good, bad = sum(cell.good for cell in band), sum(cell.bad for cell in band)
    for tiers in (slice(1, 3), slice(3, 4)):
        flagged = sum(cell.good * sum(cell.acts.fpr[tiers]) for cell in band)
        yield (flagged + sum(cell.bad * sum(cell.acts.recall[tiers]) for cell in band)) / (good + bad)
    yield sum(cell.bad * cell.acts.recall[0] for cell in band) / bad


def _two(inputs: Inputs, band: tuple[_Cell, _Cell]) -> float:
    """Return what allowing and blocking alone costs."""
    good, bad = sum(cell.good for cell in band), sum(cell.bad for cell in band)
    rate, costs = bad / (good + bad), (band[0].false_alarm, band[0].miss)
    return (good + bad) * cost_threshold.run(cost_threshold.Inputs(rate, inputs.d_prime, *costs)).cost
