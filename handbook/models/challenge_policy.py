"""The policy of `step_up` over amounts and over who pays: what it does to all payments, and what it costs.

Payments fall into bands of one amount a each, with a fraud rate of their own. A good payment lost costs
c_FP = margin·a + goodwill, a fraud passed c_FN = (1 − margin)·a + chargeback. For a share `shift` of each
band a fraud that passed a challenge costs the price of a report, since the issuer is liable; for the rest it
costs c_FN, and from some amount on an analyst sees it. Each cell has the thresholds of `step_up`.

Source: that of `step_up`, summed over cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        challenge: Share of frauds that it stops, of good payments that it loses; again for liable issuers.
        review: Share of frauds that an analyst stops, share of good payments refused.
        shift: Share of payments for which the issuer is liable after a passed challenge.
        belief: Believed over true odds of fraud.
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


@dataclass(frozen=True)
class Outputs:
    """Tiers are those of `step_up`; amounts and costs are of an average payment.

    Attributes:
        bands: Of each band in turn: payments challenged, payments blocked, frauds allowed.
        share: Of payments, by tier.
        recall: Of frauds, by tier.
        fpr: Of good payments, by tier.
        precision: Frauds in a tier.
        reviewed: Share of payments that reach an analyst; frauds among them.
        good_lost: Share of good payments lost.
        frauds: Share that the merchant pays for, that the issuer pays for, that is stopped.
        amounts: Of those frauds.
        costs: Frauds, reports, good payments lost, challenges, cases, all; allowing all; two actions alone.
        spent: All of it, band by band.
    """

    bands: tuple[Plain, ...]
    share: tuple[Plain, ...]
    recall: tuple[Plain, ...]
    fpr: tuple[Plain, ...]
    precision: tuple[Plain, ...]
    reviewed: tuple[Plain, ...]
    good_lost: Plain
    frauds: tuple[Plain, ...]
    amounts: tuple[Cost, ...]
    costs: tuple[Cost, ...]
    spent: tuple[Cost, ...]


@dataclass(frozen=True)
class _Cell:
    """Shares of all payments in a band with one payer, good and bad by tier; what is lost, who pays."""

    amount: float
    good: tuple[float, ...]
    bad: tuple[float, ...]
    lost: float
    ends: tuple[float, float]
    costs: tuple[float, ...]


def run(inputs: Inputs) -> Outputs:
    """Sum over the cells."""
    bands = list(_cells(inputs))
    cells = [cell for band in bands for cell in band]
    good, bad = _summed(cell.good for cell in cells), _summed(cell.bad for cell in cells)
    share, frauds = _summed((good, bad)), _summed(cell.ends for cell in cells)
    base, cases = inputs.base_rate, _cases(inputs, good[2], bad[2])
    paid = _summed((*(cell.amount * end for end in cell.ends), cell.amount * sum(cell.bad)) for cell in cells)
    spent = [_summed(cell.costs for cell in band) for band in bands]
    *costs, allowing = _summed(spent)
    return Outputs(
        tuple(done for band in bands for done in _done(band)),
        share,
        tuple(b / base for b in bad),
        tuple(g / (1 - base) for g in good),
        tuple(b / s if s else 0.0 for b, s in zip(bad, share, strict=True)),
        (sum(cases), cases[1] / sum(cases) if sum(cases) else 0.0),
        sum(cell.lost for cell in cells) / (1 - base),
        (frauds[0] / base, frauds[1] / base, 1 - sum(frauds) / base),
        (paid[0], paid[1], paid[2] - paid[0] - paid[1]),
        (*costs, sum(costs), allowing, sum(_two(inputs, band) for band in bands)),
        tuple(sum(parts[:-1]) for parts in spent),
    )


def _cells(inputs: Inputs) -> Iterator[tuple[_Cell, _Cell]]:
    """Yield each band: where the issuer is liable, and where the merchant pays."""
    if not len(inputs.payments) == len(inputs.frauds) == len(inputs.amounts):
        raise ValueError("the bands do not have one share, one share of frauds and one amount each")
    for payments, frauds, amount in zip(inputs.payments, inputs.frauds, inputs.amounts, strict=True):
        bad = inputs.base_rate * frauds
        if not 0 < bad < payments:
            raise ValueError("a band has no frauds, or nothing but frauds")
        sizes = payments - bad, bad
        yield _cell(inputs, amount, sizes, True), _cell(inputs, amount, sizes, False)


def _cell(inputs: Inputs, amount: float, sizes: tuple[float, float], liable: bool) -> _Cell:
    _, _, report, fee, case, review_from = inputs.prices
    false_alarm, miss = _errors(inputs, amount)
    acts = step_up.run(
        step_up.Inputs(
            sizes[1] / sum(sizes),
            inputs.d_prime,
            *(false_alarm, miss, report if liable else miss, fee, case),
            inputs.challenge[-2:] if liable else inputs.challenge[:2],
            inputs.review if amount >= review_from and not liable else (),
            inputs.belief,
        )
    )
    good, bad = (size * (inputs.shift if liable else 1 - inputs.shift) for size in sizes)
    goods, bads = tuple(good * share for share in acts.fpr), tuple(bad * share for share in acts.recall)
    issuer = bad * acts.paid[1] * liable
    merchant, lost, asked = bad * sum(acts.paid) - issuer, good * acts.lost, sum(goods[1:3]) + sum(bads[1:3])
    cases = sum(_cases(inputs, goods[2], bads[2]))
    costs = miss * merchant, report * issuer, false_alarm * lost, fee * asked, case * cases, miss * bad
    return _Cell(amount, goods, bads, lost, (merchant, issuer), costs)


def _errors(inputs: Inputs, amount: float) -> tuple[float, float]:
    return inputs.margin * amount + inputs.prices[0], (1 - inputs.margin) * amount + inputs.prices[1]


def _cases(inputs: Inputs, good: float, bad: float) -> tuple[float, float]:
    return (1 - inputs.challenge[1]) * good, (1 - inputs.challenge[0]) * bad


def _done(band: tuple[_Cell, _Cell]) -> Iterator[float]:
    """Yield what is challenged, what is blocked, and which frauds are allowed."""
    good, bad = _summed(cell.good for cell in band), _summed(cell.bad for cell in band)
    payments = sum(good) + sum(bad)
    yield from ((sum(good[1:3]) + sum(bad[1:3])) / payments, (good[3] + bad[3]) / payments, bad[0] / sum(bad))


def _two(inputs: Inputs, band: tuple[_Cell, _Cell]) -> float:
    """Return what allowing and blocking alone costs."""
    good, bad = (sum(map(sum, kind)) for kind in ([cell.good for cell in band], [cell.bad for cell in band]))
    given = cost_threshold.Inputs(bad / (good + bad), inputs.d_prime, *_errors(inputs, band[0].amount))
    return (good + bad) * cost_threshold.run(given).cost


def _summed(rows: Iterable[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(sum(parts) for parts in zip(*rows, strict=True))
