"""Models: each against SciPy or a closed form, the border that checks what goes in and out, the blocks."""

from __future__ import annotations

import dataclasses
import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
import scipy.integrate
import scipy.optimize
import scipy.special
import scipy.stats

from handbook import blocks
from handbook.models import (
    answer_gate,
    beta_gate,
    binormal,
    challenge_policy,
    confirmed_track,
    cost_threshold,
    funnel_margins,
    lognormal_sum,
    moderation_policy,
    nested_scores,
    path_percentiles,
    poisson_count,
    queue,
    rerank_depth,
    shared_slowness,
    step_up,
    thin_cluster,
    tilted_scores,
    zipf_cache,
)
from handbook.numbers import border, cache, declared, units
from handbook.numbers.remembered import Memory
from handbook.writer import WriteError, Writer

# ── the models ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("base_rate", "d_prime"), [(0.001, 2.5), (0.3, 1.0), (0.706, 2.2)])
def test_binormal_tiers_are_those_of_two_normal_densities(base_rate, d_prime):
    thresholds = (0.05, 0.4, 0.9)
    found = binormal.run(binormal.Inputs(base_rate, d_prime, thresholds))
    negative, positive = scipy.stats.norm(0, 1), scipy.stats.norm(d_prime, 1)

    def probability(x: float) -> float:
        up, down = base_rate * positive.pdf(x), (1 - base_rate) * negative.pdf(x)
        return up / (up + down)

    cuts = [scipy.optimize.brentq(lambda x, t=t: probability(x) - t, -20, 20) for t in thresholds]
    edges = [-math.inf, *cuts, math.inf]
    for tier in range(4):
        recall, fpr = (law.cdf(edges[tier + 1]) - law.cdf(edges[tier]) for law in (positive, negative))
        assert found.recall[tier] == pytest.approx(recall, rel=1e-7)
        assert found.fpr[tier] == pytest.approx(fpr, rel=1e-6, abs=1e-15)
        share = base_rate * recall + (1 - base_rate) * fpr
        assert found.share[tier] == pytest.approx(share, rel=1e-7)
        assert found.precision[tier] == pytest.approx(base_rate * recall / share, rel=1e-7)
    assert math.fsum(found.share) == pytest.approx(1)
    assert found.auc == pytest.approx(scipy.stats.norm.cdf(d_prime / math.sqrt(2)))


QUESTIONS = answer_gate.Inputs(
    answerable=0.85, retrieved=(0.98, 0.99, 0.97, 0.96), two_part=0.2, right_one=0.95, right_two=0.88,
    distance=2.2, second_distance=1.2, recovered=0.4, broken=0.05, first_gate=0.85,
    right_worth=6.0, wrong_cost=20.0, none_cost=1.0, sources_worth=2.0, second_cost=0.25,
)  # fmt: skip


def test_questions_are_answered_as_in_a_simulation_of_each_of_them():
    found = answer_gate.run(QUESTIONS)
    draw = numpy.random.default_rng(7)
    many = 2_000_000
    answerable = draw.random(many) < QUESTIONS.answerable
    two = draw.random(many) < QUESTIONS.two_part
    passages = math.prod(QUESTIONS.retrieved)
    there = answerable & (draw.random(many) < passages) & (~two | (draw.random(many) < passages))
    drafted = there & (draw.random(many) < numpy.where(two, QUESTIONS.right_two, QUESTIONS.right_one))
    assert found.complete == pytest.approx(there.mean(), abs=2e-3)
    assert found.draft_right == pytest.approx(drafted.mean(), abs=2e-3)
    assert found.ceiling == pytest.approx(drafted.mean() / there.mean(), abs=2e-3)

    # The gate knows whether the evidence is complete as well as its scores say, and nothing of the slips.
    used = draw.random(many) < found.ceiling
    base, most = found.complete, found.ceiling
    t = (20 - 1) / (6 + 20 - 2 / most)
    score = draw.standard_normal(many) + QUESTIONS.distance * there
    moved = QUESTIONS.distance * score - QUESTIONS.distance**2 / 2
    first = most * scipy.special.expit(scipy.special.logit(base) + moved) >= QUESTIONS.first_gate
    assert found.threshold == pytest.approx(t)
    assert found.first_right == pytest.approx((first & there & used).mean(), abs=2e-3)
    assert found.first_wrong == pytest.approx((first & ~(there & used)).mean(), abs=2e-3)
    assert found.searched_again == pytest.approx(1 - first.mean(), abs=2e-3)
    lucky = draw.random(many)
    whole = numpy.where(there, lucky >= QUESTIONS.broken, answerable & (lucky < QUESTIONS.recovered))
    share = QUESTIONS.recovered * (QUESTIONS.answerable - base)
    kept = base * numpy.exp(moved)
    known = (kept * (1 - QUESTIONS.broken) + share) / (kept * QUESTIONS.broken + 1 - base - share)
    d2 = QUESTIONS.second_distance
    new = numpy.exp(d2 * (draw.standard_normal(many) + d2 * whole) - d2**2 / 2)
    p = most * known * new / (1 + known * new)
    second = ~first & (p >= t)
    # The second gate is calibrated: of what stands near its threshold that share is right.
    near = ~first & (abs(p - t) < 0.01)
    assert (whole & used)[near].mean() == pytest.approx(t, abs=0.02)
    shown_right = (first & there & used) | (second & whole & used)
    shown = first | second
    all_right, all_wrong = shown_right.mean(), (shown & ~shown_right).mean()
    assert found.right == pytest.approx(all_right, abs=2e-3)
    assert found.wrong == pytest.approx(all_wrong, abs=2e-3)
    assert found.none == pytest.approx(1 - all_right - all_wrong, abs=2e-3)
    sources = 2 * (~shown & whole).mean()
    worth = 6 * all_right - 20 * all_wrong - (~shown).mean() + sources - 0.25 * (1 - first.mean())
    assert found.worth == pytest.approx(worth, abs=0.04)


def test_no_gate_on_evidence_promises_more_than_complete_evidence_gives():
    found = answer_gate.run(QUESTIONS)
    perfect = answer_gate.run(replace(QUESTIONS, distance=8.0))
    right_among_shown = [each.right / (each.right + each.wrong) for each in (found, perfect)]
    assert right_among_shown[0] < right_among_shown[1]
    assert right_among_shown[1] == pytest.approx(found.ceiling, abs=2e-3)
    dear = answer_gate.run(replace(QUESTIONS, wrong_cost=200.0))
    assert dear.threshold > dear.ceiling
    assert (dear.right, dear.wrong, dear.none, dear.searched_again) == (0, 0, 1, 1)
    assert dear.worth_once == pytest.approx(2 * dear.complete - 1)
    assert dear.worth < dear.worth_once


def test_sources_that_help_without_an_answer_make_the_gate_stricter():
    found, useless = answer_gate.run(QUESTIONS), answer_gate.run(replace(QUESTIONS, sources_worth=0.0))
    assert useless.threshold == pytest.approx((20 - 1) / (6 + 20))
    assert found.threshold > useless.threshold
    assert useless.worth < found.worth


def test_the_first_gate_that_is_worth_most_is_stricter_than_the_rule():
    found, at_rule = answer_gate.run(QUESTIONS), answer_gate.run(replace(QUESTIONS, first_gate=0.0))
    assert found.best_first > found.threshold
    assert found.best_worth >= found.worth > at_rule.worth
    assert found.searched_again > at_rule.searched_again


def test_a_second_search_pays_only_if_it_both_completes_evidence_and_tells_the_gate_something_new():
    found = answer_gate.run(QUESTIONS)
    completes = answer_gate.run(replace(QUESTIONS, second_distance=0.0))
    informs = answer_gate.run(replace(QUESTIONS, recovered=0.0))
    neither = answer_gate.run(replace(QUESTIONS, recovered=0.0, second_distance=0.0))
    assert found.best_worth > found.worth_once > max(completes.best_worth, informs.best_worth)
    assert neither.best_worth < min(completes.best_worth, informs.best_worth)


def test_a_second_search_for_all_pays_while_it_is_cheap():
    found = answer_gate.run(QUESTIONS)
    all_again = answer_gate.run(replace(QUESTIONS, first_gate=1 - 1e-9))
    assert all_again.searched_again == pytest.approx(1)
    assert found.always_worth == pytest.approx(all_again.worth, abs=1e-4)
    even = QUESTIONS.second_cost + (found.always_worth - found.worth) / (1 - found.searched_again)
    at_even = answer_gate.run(replace(QUESTIONS, second_cost=even))
    assert even < QUESTIONS.second_cost
    assert at_even.always_worth == pytest.approx(at_even.worth, abs=1e-9)


def test_a_second_search_that_loses_evidence_wants_a_laxer_first_gate():
    harmless, harmful = (answer_gate.run(replace(QUESTIONS, broken=share)) for share in (0.0, 0.1))
    assert harmless.best_first > answer_gate.run(QUESTIONS).best_first > harmful.best_first
    assert harmless.always_worth > harmful.always_worth + 1


def test_a_second_look_at_the_same_evidence_is_worth_nothing():
    for nothing in (0.0, 1e-6):
        same = answer_gate.run(
            replace(QUESTIONS, recovered=0.0, broken=0.0, second_distance=nothing, first_gate=0.0)
        )
        assert (same.right, same.wrong) == (pytest.approx(same.first_right), pytest.approx(same.first_wrong))
        assert same.worth == pytest.approx(same.worth_once - 0.25 * same.searched_again)
        # Whoever was stopped although the rule would have shown the draft is shown it after all.
        strict = answer_gate.run(replace(QUESTIONS, recovered=0.0, broken=0.0, second_distance=nothing))
        assert strict.right == pytest.approx(same.right, abs=2e-3)
        assert strict.wrong == pytest.approx(same.wrong, abs=2e-3)
        assert same.best_first == same.threshold


def test_a_first_gate_is_never_laxer_than_the_rule():
    found, at_rule = (answer_gate.run(replace(QUESTIONS, wrong_cost=40.0, first_gate=gate)) for gate in (0.85, 0.0))
    assert found.threshold > QUESTIONS.first_gate
    assert found == at_rule


def test_no_other_threshold_of_the_gate_is_worth_more():
    found = answer_gate.run(QUESTIONS)

    def loss(cut: float) -> float:
        whole = found.complete * scipy.stats.norm.sf(cut - 2.2)
        shown = whole + (1 - found.complete) * scipy.stats.norm.sf(cut)
        right = whole * found.ceiling
        return -(6 * right - 20 * (shown - right) - (1 - shown) + 2 * (found.complete - whole))

    best = scipy.optimize.minimize_scalar(loss, bounds=(-3, 5), method="bounded", options={"xatol": 1e-9})
    assert found.worth_once == pytest.approx(-best.fun, rel=1e-9)


CAR = confirmed_track.Inputs(
    speed=20.0, braking=4.0, margin=5.0, wait=0.1, period=0.1, confirm=2.0, compute=0.1, plan=0.05, brakes=0.25,
    qualified=80.0, recall=0.8, correlation=0.3, false_obstacles=300.0, lasting=0.1, harmless=7.0,
)  # fmt: skip


def test_a_car_stops_a_margin_before_what_is_visible_from_the_required_range_on():
    found = confirmed_track.run(CAR)
    assert found.reaction == pytest.approx(0.6)
    assert found.required == pytest.approx(20 * 0.6 + 20**2 / 8 + 5)
    assert found.longest == pytest.approx((80 - 5 - 50) / 20)
    late = confirmed_track.run(replace(CAR, wait=CAR.wait + found.longest - found.reaction))
    assert late.required == pytest.approx(CAR.qualified)
    assert (found.spare, found.frames, late.frames) == (6, 8, 2)
    assert found.false_confirmed == pytest.approx(7 + 30)


@pytest.mark.parametrize(("confirm", "qualified", "frames"), [(1, 80.0, 8), (2, 80.0, 8), (3, 80.0, 8), (2, 71.0, 4)])
def test_a_track_is_missed_as_often_as_in_a_simulation_of_each_frame(confirm, qualified, frames):
    inputs = replace(CAR, confirm=float(confirm), qualified=qualified)
    found = confirmed_track.run(inputs)
    assert found.frames == frames
    draw = numpy.random.default_rng(11)
    many, size = 200_000, 1 / inputs.correlation - 1
    chance = draw.beta(inputs.recall * size, (1 - inputs.recall) * size, many)

    def missed(p) -> numpy.ndarray:
        seen = draw.random((many, frames)) < numpy.reshape(p, (-1, 1))
        runs = [seen[:, start : start + confirm].all(axis=1) for start in range(frames - confirm + 1)]
        return ~numpy.any(runs, axis=0)

    def near(share: float, trials: int) -> float:
        """Return five standard errors of a share."""
        return 5 * math.sqrt(share * (1 - share) / trials)

    first, second = missed(chance), missed(chance)
    alone = missed(numpy.array([inputs.recall])).mean()
    assert found.missed == pytest.approx(first.mean(), abs=near(found.missed, many))
    assert found.twin == pytest.approx(second[first].mean(), abs=near(found.twin, int(first.sum())))
    assert found.missed_independent == pytest.approx(alone, abs=near(found.missed_independent, many) + 1e-5)


def test_two_detections_in_a_row_fail_as_the_recursion_of_the_page_says():
    found = confirmed_track.run(CAR)
    size = 1 / CAR.correlation - 1
    density = scipy.stats.beta(CAR.recall * size, (1 - CAR.recall) * size)

    def without_pair(p: float) -> float:
        before, now = 1.0, 1.0
        for _ in range(int(found.frames) - 1):
            before, now = now, (1 - p) * now + p * (1 - p) * before
        return now

    missed = density.expect(without_pair)
    assert found.missed == pytest.approx(missed, rel=1e-6)
    assert found.twin == pytest.approx(density.expect(lambda p: without_pair(p) ** 2) / missed, rel=1e-6)


def test_frames_that_share_nothing_are_independent_and_a_twin_that_shares_all_misses_all():
    apart = confirmed_track.run(replace(CAR, correlation=1e-7))
    assert apart.missed == pytest.approx(apart.missed_independent, rel=1e-4)
    assert apart.twin == pytest.approx(apart.missed, rel=1e-3)
    together = confirmed_track.run(replace(CAR, correlation=1 - 1e-7))
    assert together.missed == pytest.approx(1 - CAR.recall, rel=1e-4)
    assert together.twin == pytest.approx(1, rel=1e-4)


@pytest.mark.parametrize(
    "changed", [{"confirm": 1.5}, {"confirm": 0.0}, {"recall": 1.0}, {"correlation": 0.0}, {"qualified": 60.0}]
)
def test_a_track_out_of_range_is_refused(changed):
    with pytest.raises(ValueError, match=r"."):
        confirmed_track.run(replace(CAR, **changed))


COAT = thin_cluster.Inputs(
    width=0.4, height=1.1, across=0.00175, down=0.0035, returned=0.3, points=5.0, confirm=2.0, frames=8.0,
    last=63.0, step=2.0,
)  # fmt: skip


@pytest.mark.parametrize("confirm", [1, 2, 3])
def test_an_object_of_few_points_is_missed_as_often_as_in_a_simulation_of_its_points(confirm):
    found = thin_cluster.run(replace(COAT, confirm=float(confirm)))
    draw, many = numpy.random.default_rng(13), 200_000
    away = 63.0 + 2.0 * numpy.arange(7, -1, -1)
    seen = draw.poisson(0.3 * 0.4 * 1.1 / (away**2 * 0.00175 * 0.0035), (many, 8)) >= 5
    runs = [seen[:, start : start + confirm].all(axis=1) for start in range(8 - confirm + 1)]
    assert found.missed == pytest.approx(1 - numpy.any(runs, axis=0).mean(), abs=0.006)


@pytest.mark.parametrize("changed", [{"confirm": 9.0}, {"points": 0.0}, {"frames": 7.5}, {"returned": 0.0}])
def test_a_cluster_that_is_none_is_refused(changed):
    with pytest.raises(ValueError, match=r"."):
        thin_cluster.run(replace(COAT, **changed))


@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_a_poisson_count_has_the_interval_of_garwood(count):
    found = poisson_count.run(poisson_count.Inputs(float(count), 0.95))
    low = scipy.stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0
    assert found.low == pytest.approx(low, rel=1e-8)
    assert found.high == pytest.approx(scipy.stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-8)
    assert found.upper == pytest.approx(scipy.stats.chi2.ppf(0.95, 2 * count + 2) / 2, rel=1e-8)


@pytest.mark.parametrize("inputs", [(1.5, 0.95), (-1.0, 0.95), (3.0, 1.0)])
def test_a_poisson_count_that_is_none_is_refused(inputs):
    with pytest.raises(ValueError, match=r"."):
        poisson_count.run(poisson_count.Inputs(*inputs))


UPLOADS = moderation_policy.Inputs(
    sigma=1.5, explained=1.0, base_rate=(0.002,), reach_ratio=(0.7,), hashed=(0.2,), small=(2.5,), large=(2.0,),
    adds=1.0, floor=(1.0,),
    harm=(1.4,), wrong_fixed=(0.5,), wrong_reach=1.0, limited=(0.05,), followed=0.2, half=6.0, automatic=0.1,
    wait=(4.0,), missed=(0.1,), refused=(0.03,), decision=0.3, call=0.002, capacity=0.0,
)  # fmt: skip


def every_upload(inputs: moderation_policy.Inputs) -> dict[str, float]:
    """Decide about each point of a grid of reach, first and second score, with the costs written out."""
    known = inputs.base_rate[0] * inputs.hashed[0]
    unknown, others = inputs.base_rate[0] - known, 1 - inputs.base_rate[0]
    part = lambda time: time / (time + inputs.half)  # noqa: E731
    auto, wait = part(inputs.automatic), part(inputs.wait[0])
    first, second = inputs.small[0], inputs.large[0]
    z = numpy.linspace(-4, 6, 51)[:, None, None]
    odds = numpy.linspace(-7, 7, 337)[None, :, None] * first + math.log(unknown / others)
    noise = numpy.linspace(-5, 5, 61)[None, None, :]
    weigh = lambda x: scipy.stats.norm.pdf(x) / scipy.stats.norm.pdf(x).sum()  # noqa: E731
    reach = numpy.exp(inputs.sigma * z - inputs.sigma**2 / 2)
    harm, wrong = inputs.harm[0] * reach, inputs.wrong_fixed[0] + inputs.wrong_reach * reach
    seen = auto + inputs.followed * (wait - auto)
    missed, refused = inputs.missed[0], inputs.refused[0]
    stays = [1, auto, wait + (1 - wait) * missed, seen + (1 - seen) * missed]
    held = inputs.limited[0] * reach * (wait - seen)
    lost = [0 * wrong, wrong, refused * wrong, refused * wrong + held]
    paid = [0, 0, inputs.decision, inputs.decision]

    def cheapest(log_odds):
        p = scipy.special.expit(log_odds)
        costs = [p * harm * stays[a] + (1 - p) * lost[a] + paid[a] for a in range(4)]
        costs[0] = numpy.where(p >= inputs.floor[0], numpy.inf, costs[0])
        return numpy.argmin(costs, axis=0)

    def spent(act, violates):
        each = [(harm * stays[a] if violates else lost[a]) + paid[a] for a in range(4)]
        return numpy.choose(act, numpy.broadcast_arrays(*each))

    once = cheapest(odds)
    twice = [cheapest(odds + sign * second**2 / 2 + second * noise) for sign in (-1, 1)]
    p = scipy.special.expit(odds)
    before = (1 - p) * spent(once, violates=False) + p * spent(once, violates=True)
    then = [(spent(twice[violates], violates) * weigh(noise)).sum(2, keepdims=True) for violates in (0, 1)]
    asked = before - (1 - p) * then[0] - p * then[1] > inputs.call
    views = []
    found = {"reviewed": 0.0, "open": 0.0, "called": 0.0, "removed": known, "after": known * inputs.reach_ratio[0] * auto}
    for violates, share, sign in ((0, others, -1), (1, unknown, 1)):
        there = share * weigh(z) * weigh((odds - math.log(unknown / others) - sign * first**2 / 2) / first)
        act = numpy.where(asked, twice[violates], once)
        ratio = inputs.reach_ratio[0] if violates else 1
        stay = (numpy.choose(act, stays) * weigh(noise)).sum(2, keepdims=True) if violates else 1
        views.append(there * reach * ratio * stay)
        there = there * weigh(noise)
        found["called"] += (there * asked).sum()
        found["reviewed"] += (there * (act >= 2)).sum()
        found["open"] += (there * (act == 2)).sum()
        removes = 1 - missed if violates else refused
        found["removed"] += (there * ((act == 1) + removes * (act >= 2))).sum()
        if violates:
            found["after"] += views[1].sum()
            found["sure"] = (there * (act == 1)).sum() / unknown
    found["open"] /= found["reviewed"]
    root = numpy.sqrt(views[1] * (views[0] + views[1])).sum()
    found["sampling"] = found["after"] * (1 - found["after"]) / (root**2 - found["after"] ** 2)
    return found


@pytest.mark.parametrize("floor", [1.0, 0.05])
def test_uploads_are_treated_as_on_a_grid_of_all_scores_and_reaches(floor):
    inputs = replace(UPLOADS, floor=(floor,))
    found = moderation_policy.run(inputs)
    for name, value in every_upload(inputs).items():
        assert getattr(found, name) == pytest.approx(value, rel=0.02), name


def test_fewer_reviewers_have_a_price_at_which_the_queue_fits():
    free = moderation_policy.run(UPLOADS)
    short = moderation_policy.run(replace(UPLOADS, capacity=free.reviewed / 2))
    assert free.shadow == 0
    assert short.shadow > 0
    assert short.reviewed == pytest.approx(free.reviewed / 2, rel=1e-3)
    assert short.after > free.after
    assert short.family_seen == pytest.approx((short.seen,))
    assert moderation_policy.run(replace(UPLOADS, capacity=free.reviewed * 2)) == free
    # The price is what one more decision would be worth: a little more capacity saves that much a decision.
    more = moderation_policy.run(replace(UPLOADS, capacity=free.reviewed * 0.51))
    saved = (short.cost[2] - more.cost[2]) / (more.reviewed - short.reviewed)
    assert saved == pytest.approx((short.shadow + more.shadow) / 2, rel=0.05)


def test_without_a_second_opinion_and_people_two_actions_are_left():
    dear = replace(UPLOADS, decision=1e6, call=1e6, sigma=1e-9)
    found = moderation_policy.run(dear)
    assert found.reviewed == 0
    assert found.called == 0
    # One reach: the threshold of Chow, p·H·(1 − F) = (1 − p)·w.
    harm, wrong, auto = 1.4, 1.5, 0.1 / 6.1
    threshold = wrong / (wrong + harm * (1 - auto))
    base = 0.0016 / (0.0016 + 0.998)
    tiers = binormal.run(binormal.Inputs(base, 2.5, (threshold,)))
    assert found.recall == pytest.approx(0.2 + 0.8 * tiers.recall[1], rel=1e-4)
    assert found.removed_wrongly * found.removed == pytest.approx(0.998 * tiers.fpr[1], rel=1e-4)


def test_what_is_not_known_of_reach_and_what_the_large_model_does_not_add_change_nothing_else():
    half = moderation_policy.run(replace(UPLOADS, explained=0.25, adds=0.5))
    assert half == moderation_policy.run(replace(UPLOADS, sigma=0.75, large=(1.0,)))
    assert half.cost[2] > moderation_policy.run(UPLOADS).cost[2]


def test_scores_that_say_nothing_save_no_labels():
    blind = moderation_policy.run(replace(UPLOADS, small=(0.05,), large=(0.05,), hashed=(0.0,)))
    assert blind.sampling == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"small": (2.0, 2.0)}, "the families do not have one value each"),
        ({"base_rate": (0.6,)}, "the base rate or the share of known copies is out of range"),
    ],
)
def test_a_moderation_policy_that_cannot_be_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        moderation_policy.run(replace(UPLOADS, **change))


def test_the_threshold_that_costs_least_is_found_by_search_as_well():
    inputs = cost_threshold.Inputs(0.01, 2.0, false_alarm=17.0, miss=120.0)
    found = cost_threshold.run(inputs)

    def cost(score: float) -> float:
        missed = 0.01 * scipy.stats.norm.cdf(score - 2.0) * 120.0
        return missed + 0.99 * scipy.stats.norm.sf(score) * 17.0

    searched = scipy.optimize.minimize_scalar(
        cost, bounds=(-5, 10), method="bounded", options={"xatol": 1e-10}
    )
    assert found.cost == pytest.approx(searched.fun, rel=1e-9)
    assert found.recall == pytest.approx(scipy.stats.norm.sf(searched.x - 2.0), rel=1e-5)
    assert found.threshold == pytest.approx(17 / 137)


def step(passed: float, review: tuple[float, ...] = (), belief: float = 1.0) -> step_up.Inputs:
    return step_up.Inputs(0.004, 3.0, 200.0, 740.0, passed, 0.05, 3.0, (0.9, 0.1), review, belief)


@pytest.mark.parametrize("inputs", [step(5.0), step(740.0), step(740.0, (0.8, 0.03))])
def test_a_step_up_acts_where_each_action_is_the_cheapest(inputs):
    found = step_up.run(inputs)
    (stops, abandons), (caught, refused) = inputs.challenge, inputs.review or (0, 0)

    def costs(p: float) -> list[float]:
        """Of allowing, challenging, challenging and reviewing, blocking."""
        passes, stays = p * (1 - stops), (1 - p) * (1 - abandons)
        challenged = (1 - p) * abandons * inputs.false_alarm + inputs.fee + passes * inputs.passed
        seen = inputs.case * (passes + stays) + refused * stays * inputs.false_alarm
        seen -= caught * passes * inputs.passed
        reviewed = challenged + seen if inputs.review else math.inf
        return [p * inputs.miss, challenged, reviewed, (1 - p) * inputs.false_alarm]

    low, review, high = found.thresholds
    tiers = [(0, low), (low, review), (review, high), (high, 1)]
    for tier, (start, end) in enumerate(tiers):
        for share in (0.01, 0.5, 0.99):
            if start < end:
                at = costs(start + share * (end - start))
                assert at[tier] == min(at)
    assert math.fsum(found.recall) == pytest.approx(1)
    assert math.fsum(found.fpr) == pytest.approx(1)
    assert found.fpr[2] == 0 or inputs.review


def test_believed_odds_move_the_true_thresholds():
    true, believed = step_up.run(step(5.0)), step_up.run(step(5.0, belief=2.0))
    assert believed.thresholds == true.thresholds
    assert believed.recall[0] < true.recall[0]


def policy(**changes: object) -> challenge_policy.Inputs:
    given = {
        "base_rate": 0.001,
        "d_prime": 3.0,
        "payments": (0.6, 0.4),
        "frauds": (0.3, 0.7),
        "amounts": (20.0, 600.0),
        "margin": 0.2,
        "prices": (12.0, 20.0, 5.0, 0.05, 3.0, 500.0),
        "challenge": (0.9, 0.1),
        "review": (0.8, 0.03),
        "shift": 0.75,
        "belief": 1.0,
    }
    return challenge_policy.Inputs(**{**given, **changes})


def test_the_policy_adds_its_cells_and_loses_nothing():
    found = challenge_policy.run(policy())
    assert math.fsum(found.share) == pytest.approx(1)
    assert math.fsum(found.frauds) == pytest.approx(1)
    assert math.fsum(found.amounts) == pytest.approx(0.001 * (0.3 * 20 + 0.7 * 600))
    *parts, total, all_allowed, two_actions = found.costs
    assert math.fsum(parts) == pytest.approx(total)
    assert all_allowed == pytest.approx(0.001 * (0.3 * 36 + 0.7 * 500))
    assert total < two_actions < all_allowed
    assert found.share[2] > 0 and found.reviewed[0] < found.share[2]
    alone = step_up.Inputs(0.0005, 3.0, 16.0, 36.0, 5.0, 0.05, 3.0, (0.9, 0.1), (), 1.0)
    one = challenge_policy.run(policy(payments=(1.0,), frauds=(0.5,), amounts=(20.0,), shift=1.0))
    assert one.bands[2] == pytest.approx(step_up.run(alone).recall[0])


def test_what_is_spent_on_the_bands_is_the_whole_cost():
    found = challenge_policy.run(policy())
    assert math.fsum(found.spent) == pytest.approx(found.costs[5])


def test_an_issuer_that_asks_fewer_changes_only_what_it_is_liable_for():
    mine, left = (challenge_policy.run(policy(challenge=given)) for given in ((0.9, 0.1), (0.9, 0.1, 0.63, 0.02)))
    assert left.amounts[1] > mine.amounts[1]
    assert left.reviewed == mine.reviewed
    same = challenge_policy.run(policy(challenge=(0.9, 0.1, 0.9, 0.1)))
    assert same == mine
    own = [challenge_policy.run(policy(challenge=c, shift=0.0)) for c in ((0.9, 0.1), (0.9, 0.1, 0.63, 0.02))]
    assert own[0] == own[1]


@pytest.mark.parametrize("input_", ["d_prime", "belief"])
def test_a_worse_score_and_a_wrong_belief_cost_more(input_):
    assert challenge_policy.run(policy(**{input_: 2.0})).costs[5] > challenge_policy.run(policy()).costs[5]


@pytest.mark.parametrize(("a", "b", "gate"), [(0.24, 0.56, 0.25), (2.0, 5.0, 0.4)])
def test_the_beta_gate_agrees_with_integrals_over_the_density(a, b, gate):
    found = beta_gate.run(beta_gate.Inputs(a, b, gate))
    law = scipy.stats.beta(a, b)
    below = scipy.integrate.quad(lambda u: law.ppf(u), 0, law.cdf(gate))[0]
    assert found.passed == pytest.approx(law.cdf(gate), rel=1e-9)
    assert found.bad_passed == pytest.approx(below / law.cdf(gate), rel=1e-6)
    kept_good = law.cdf(gate) - below
    assert found.good_lost == pytest.approx(1 - kept_good / (1 - a / (a + b)), rel=1e-6)
    x = numpy.linspace(0, 1, 200_001)
    bad, good = scipy.stats.beta(a + 1, b), scipy.stats.beta(a, b + 1)
    area = numpy.trapezoid(bad.sf(x[1:]), good.cdf(x[1:])) + good.cdf(x[1])
    assert found.auc == pytest.approx(area, abs=1e-4)


def test_one_lognormal_part_is_itself():
    found = lognormal_sum.run(lognormal_sum.Inputs((1.0,), (1.77,)))
    law = scipy.stats.lognorm(math.log(1.77) / scipy.stats.norm.ppf(0.95))
    for value, share in ((found.p50, 0.5), (found.p95, 0.95), (found.p99, 0.99)):
        assert value == pytest.approx(law.ppf(share), rel=1e-3)
    assert found.p99_added == pytest.approx(law.ppf(0.99), rel=1e-9)


def test_a_sum_of_two_lognormals_is_their_convolution():
    found = lognormal_sum.run(lognormal_sum.Inputs((0.35, 1.0), (0.58, 1.77)))
    one, other = (
        scipy.stats.lognorm(math.log(p95 / p50) / scipy.stats.norm.ppf(0.95), scale=p50)
        for p50, p95 in ((0.35, 0.58), (1.0, 1.77))
    )
    for value, share in ((found.p50, 0.5), (found.p95, 0.95), (found.p99, 0.99)):
        below = scipy.integrate.quad(lambda x, v=value: one.pdf(x) * other.cdf(v - x), 0, value, limit=200)[0]
        assert below == pytest.approx(share, abs=3e-4)
    assert found.mean == pytest.approx(one.mean() + other.mean(), rel=1e-9)
    assert found.p99 < found.p99_added


def test_parts_that_are_slow_together_lie_between_independent_ones_and_their_added_percentiles():
    p50, p95 = (0.1, 0.2, 0.5, 0.4), (0.25, 0.4, 1.1, 0.7)
    found = {rho: shared_slowness.run(shared_slowness.Inputs(p50, p95, rho, 2.0)) for rho in (0.0, 0.5, 1.0)}
    alone = lognormal_sum.run(lognormal_sum.Inputs(p50, p95))
    assert (found[0.0].p50, found[0.0].p95) == (pytest.approx(alone.p50, rel=0.01), pytest.approx(alone.p95, rel=0.01))
    assert found[1.0].p95 == pytest.approx(math.fsum(p95), rel=2e-3)
    draw = numpy.random.default_rng(3).standard_normal((5, 400_000))
    sigma = numpy.log(numpy.divide(p95, p50)) / scipy.stats.norm.ppf(0.95)
    times = numpy.exp(sigma[:, None] * (draw[0] + draw[1:]) / math.sqrt(2)) * numpy.array(p50)[:, None]
    assert found[0.5].p95 == pytest.approx(numpy.percentile(times.sum(axis=0), 95), rel=0.01)
    breaks = found[0.5].breaks
    assert shared_slowness.run(shared_slowness.Inputs(p50, p95, breaks, 2.0)).p95 == pytest.approx(2.0, rel=5e-3)
    for limit, share in ((1.0, 1.0), (0.1, 0.0)):
        assert shared_slowness.run(shared_slowness.Inputs((0.1,), (0.2,), 0.0, limit)).breaks == share


@pytest.mark.parametrize(("keys", "exponent"), [(50_000, 1.0), (200_000, 0.8)])
def test_the_strata_of_a_zipf_law_sum_like_its_keys(keys, exponent):
    found = zipf_cache.run(zipf_cache.Inputs(keys, exponent, rate=60, ttl=300, window=86_400))
    shares = numpy.arange(1, keys + 1) ** -exponent
    shares /= shares.sum()
    cached = 60 * shares * 300 / (1 + 60 * shares * 300)
    assert found.hit == pytest.approx((shares * cached).sum(), rel=1e-4)
    assert found.new == pytest.approx((shares * numpy.exp(-60 * shares * 86_400)).sum(), rel=1e-3)
    assert found.entries == pytest.approx(cached.sum(), rel=1e-4)
    assert found.top_fifth == pytest.approx(shares[: keys // 5].sum(), rel=1e-2)
    assert found.fifth_asked == pytest.approx(60 * 86_400 * shares[keys // 5 - 1], rel=1e-3)


def test_one_server_waits_as_pollaczek_and_khinchine_say():
    sigma = math.log(0.2 / 0.08) / scipy.stats.norm.ppf(0.95)
    law = scipy.stats.lognorm(sigma, scale=0.08)
    found = queue.run(queue.Inputs(rate=6, servers=1, p50=0.08, p95=0.2))
    second = law.var() + law.mean() ** 2
    assert found.utilisation == pytest.approx(6 * law.mean())
    assert found.wait_mean == pytest.approx(6 * second / (2 * (1 - 6 * law.mean())), rel=0.03)
    assert found.waits == pytest.approx(found.utilisation, rel=0.02)


def test_many_servers_with_nearly_constant_service_wait_as_erlang_bounds_them():
    """Erlang's C holds for exponential service; constant service waits about half as long (Cosmetatos)."""
    rate, servers, service = 90.0, 10, 0.1
    load = rate * service
    terms = [load**k / math.factorial(k) for k in range(servers)]
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    erlang_c = last / (sum(terms) + last)
    exponential = erlang_c * service / (servers - load)
    found = queue.run(queue.Inputs(rate, servers, service, service * 1.0001))
    assert found.wait_mean == pytest.approx(exponential / 2, rel=0.12)
    assert found.latency_p50 >= service


def test_a_single_stage_keeps_the_mean_of_a_truncated_normal():
    inputs = nested_scores.Inputs(1e6, (1_000,), (0.64,), slope=0.9, liked=0.25, baseline=0.64, share=1e-3)
    found = nested_scores.run(inputs)
    cut = scipy.stats.norm.isf(1e-3)
    assert found.value[0] == pytest.approx(0.8 * scipy.stats.norm.pdf(cut) / 1e-3, rel=5e-3)
    assert found.likes[0] == pytest.approx(0.25)
    assert found.baseline_likes == pytest.approx(0.25, rel=0.02)
    everybody = scipy.integrate.quad(
        lambda z: scipy.stats.norm.pdf(z) * scipy.special.expit(found.intercept + 0.9 * z), -12, 12
    )[0]
    assert found.random_likes == pytest.approx(everybody, rel=1e-3)


def test_two_stages_keep_what_a_large_sample_keeps():
    inputs = nested_scores.Inputs(1e5, (2_000, 200), (0.5, 0.8), slope=0.9, liked=0.25, baseline=0.42, share=2e-3)
    found = nested_scores.run(inputs)
    generator = numpy.random.default_rng(1)
    values = []
    for _ in range(20):
        first = math.sqrt(0.5) * generator.standard_normal(100_000)
        second = first + math.sqrt(0.3) * generator.standard_normal(100_000)
        value = second + math.sqrt(0.2) * generator.standard_normal(100_000)
        kept = numpy.argsort(first)[-2_000:]
        values.append(value[kept[numpy.argsort(second[kept])[-200:]]].mean())
    assert found.value[1] == pytest.approx(numpy.mean(values), rel=0.01)
    assert found.value[0] < found.value[1]
    assert found.baseline_likes < 0.25
    assert found.cut_short[-1] == found.likes[-1]
    # The first stage's order alone is a baseline that explains as much.
    alone = nested_scores.run(dataclasses.replace(inputs, baseline=0.5))
    assert found.cut_short[0] == pytest.approx(alone.baseline_likes)
    assert found.likes[0] < found.cut_short[0] < found.cut_short[1]


FEED = funnel_margins.Inputs(
    items=1e8, kept=(2_000, 500, 10), explained=(0.5, 0.64, 0.8), slope=0.9, liked=0.25,
    narrow=250, wide=1_000, deep=5_000, better=0.01, worth=1.0,
)  # fmt: skip
TILTED = tilted_scores.Inputs(
    FEED.items, FEED.kept, FEED.explained, FEED.slope, FEED.liked, content=0.3, share=2e-4, tilt=1.2
)


def drawn(sizes, explained, draws=400_000):
    """Last score of what the last stage receives and of what it keeps, ascending."""
    draw = numpy.random.default_rng(3)
    upper = sizes[1] / sizes[0] * (numpy.arange(draws) + 0.5) / draws
    kept = received = numpy.sort(math.sqrt(explained[0]) * scipy.stats.norm.isf(upper))
    for (before, now), (less, more) in zip(
        itertools.pairwise(sizes[1:]), itertools.pairwise(explained), strict=True
    ):
        kept = numpy.repeat(kept, draws // len(kept))  # a survivor goes on several times
        received = numpy.sort(kept + math.sqrt(more - less) * draw.standard_normal(len(kept)))
        kept = received[-round(len(received) * now / before) :]
    return received, kept


def liking(a, explained=0.8):
    """Chance of a like by score, with intercept a."""
    nodes, weights = numpy.polynomial.hermite_e.hermegauss(40)
    grid = numpy.linspace(-1, 9, 400)
    inside = a + FEED.slope * (grid[:, None] + math.sqrt(1 - explained) * nodes)
    chances = scipy.special.expit(inside) @ weights / weights.sum()
    return lambda points: numpy.interp(points, grid, chances)


@pytest.fixture(scope="module")
def feed():
    """Received and kept scores of the funnel as it is, and the intercept for its share of likes."""
    received, kept = drawn((FEED.items, *FEED.kept), FEED.explained)
    a = scipy.optimize.brentq(lambda a: liking(a)(kept).mean() - FEED.liked, -20, 20)
    return received, kept, a


def test_the_margins_of_a_funnel_are_those_of_a_simulation(feed):
    found, rho = funnel_margins.run(FEED), FEED.explained
    _, kept, a = feed
    for sizes, explained, gain in [
        ((2_000, 250, 10), rho, -found.gain_narrow),
        ((2_000, 1_000, 10), rho, found.gain_wide),
        ((5_000, 500, 10), rho, found.gain_deep),
        ((2_000, 500, 10), (0.51, 0.64, 0.8), found.gain_better[0]),
        ((2_000, 500, 10), (0.5, 0.65, 0.8), found.gain_better[1]),
        ((2_000, 500, 10), (0.5, 0.64, 0.81), found.gain_better[2]),
        ((2_000, 10), (0.5, 0.8), found.gain_all),
    ]:
        values = drawn((FEED.items, *sizes), explained, 4_000_000 if len(sizes) == 2 else 400_000)[1]
        assert liking(a, explained[-1])(values).mean() - FEED.liked == pytest.approx(gain, abs=8e-4)
    first = math.sqrt(0.5) * scipy.stats.norm.isf(2e-5)
    second = first + math.sqrt(0.14) * numpy.random.default_rng(6).standard_normal(300_000)
    passed = second[second > drawn((FEED.items, 2_000, 500), rho[:2])[1][0]]
    there = scipy.stats.norm.sf((kept[0] - passed) / 0.4).sum() / 300_000
    assert there == pytest.approx(found.last_place, rel=0.03)


def test_a_tilted_score_is_wrong_where_it_is_in_a_simulation(feed):
    found = tilted_scores.run(TILTED)
    received, kept, a = feed
    chance = liking(a)

    def tilted(points, pivot, chance=chance):
        return scipy.special.expit(pivot + TILTED.tilt * (scipy.special.logit(chance(points)) - pivot))

    pivot = scipy.optimize.brentq(lambda t: tilted(kept, t).mean() - FEED.liked, -5, 3)
    tenth = len(kept) // 10
    for points, likes, ratio in [
        (kept[-tenth:], found.first_slot, found.tilt_first),
        (kept[:tenth], found.last_slot, None),
        (kept[:1], found.cut, found.tilt_cut),
        (received, found.candidates, found.tilt_candidates),
    ]:
        assert likes is None or chance(points).mean() == pytest.approx(likes, rel=0.01)
        assert ratio is None or tilted(points, pivot).mean() / chance(points).mean() == pytest.approx(
            ratio, rel=0.01
        )
    assert scipy.special.expit(pivot) == pytest.approx(found.pivot, rel=0.01)
    assert scipy.special.logit(chance(kept)).std() == pytest.approx(found.spread, rel=0.02)
    picked = math.sqrt(TILTED.content) * scipy.stats.norm.isf(TILTED.share * numpy.arange(0.5, 1e5) / 1e5)
    known = liking(a, TILTED.content)  # of a new item the last stage knows the content
    ratio = tilted(picked, pivot, known).mean() / known(picked).mean()
    assert ratio == pytest.approx(found.tilt_explored, rel=0.01)
    for points, auc in [(kept, found.auc_shown), (received, found.auc_candidates)]:
        liked = chance(points)  # a liked one wins against all others below it
        won = (liked * (numpy.cumsum(1 - liked) - (1 - liked) / 2)).sum()
        assert won / (liked.sum() * (1 - liked).sum()) == pytest.approx(auc, abs=0.003)


def test_a_score_that_is_not_tilted_is_right_everywhere():
    found = tilted_scores.run(replace(TILTED, tilt=1.0))
    ratios = (found.tilt_cut, found.tilt_first, found.tilt_candidates, found.tilt_explored)
    assert ratios == pytest.approx((1.0, 1.0, 1.0, 1.0))
    flat = tilted_scores.run(replace(TILTED, tilt=0.8))
    assert flat.tilt_first < 1 < flat.tilt_candidates


DEPTH = rerank_depth.Inputs(15.0, 0.6, 0.02, 12e6, 25.6, (50.0, 200.0))


def test_no_other_depth_of_the_ranker_nets_more():
    found = rerank_depth.run(DEPTH)
    law = scipy.stats.weibull_min(DEPTH.shape, scale=DEPTH.scale)

    def loss(depth: float) -> float:
        return 25.6 * depth - 12e6 * 0.02 * law.cdf(depth)

    best = scipy.optimize.minimize_scalar(loss, bounds=(50, 1_000), method="bounded", options={"xatol": 1e-8})
    assert found.depth == pytest.approx(best.x, rel=1e-4)
    assert found.net == pytest.approx(-best.fun, rel=1e-9)
    assert found.captured == pytest.approx(law.cdf(found.depth), rel=1e-9)
    assert found.tried_captured == pytest.approx(law.cdf([50, 200]))
    assert found.tried_net == pytest.approx([-loss(50), -loss(200)])
    assert found.tried_gained[1] == pytest.approx(240_000 * law.cdf(200))


def test_a_ranker_that_costs_more_than_its_first_candidate_brings_reads_none():
    """With a shape of 1 the first candidate brings worth · lift / scale."""
    dear = replace(DEPTH, shape=1.0, candidate_cost=1.01 * 240_000 / 15)
    assert rerank_depth.run(dear).depth == pytest.approx(0, abs=1e-9)
    assert rerank_depth.run(replace(dear, candidate_cost=8_000.0)).depth == pytest.approx(15 * math.log(2))


def test_a_path_lies_between_independent_and_always_slow_together():
    steps = (0.01, 0.03, 0.035)
    found = path_percentiles.run(path_percentiles.Inputs(steps, 0.4))
    sigma = math.log(1 / 0.4) / scipy.stats.norm.ppf(0.99)
    draw = numpy.random.default_rng(5).standard_normal((400_000, 3))
    times = (0.4 * numpy.array(steps) * numpy.exp(sigma * draw)).sum(axis=1)
    for value, share in ((found.p50, 50), (found.p95, 95), (found.p99, 99)):
        assert value == pytest.approx(numpy.percentile(times, share), rel=0.01)
    assert found.p99 < found.p99_added == pytest.approx(0.075)
    alone = path_percentiles.run(path_percentiles.Inputs((0.03,), 0.4))
    assert alone.p99 == pytest.approx(0.03, rel=2e-3)
    assert alone.p50 == pytest.approx(0.012, rel=1e-3)


@pytest.mark.parametrize(
    ("module", "inputs", "message"),
    [
        (rerank_depth, replace(DEPTH, shape=1.5), "scale and cost are not positive, or the shape is not between 0 and 1"),
        (path_percentiles, path_percentiles.Inputs((0.1,), 1.0), "the medians are not below the 99th percentiles"),
        (answer_gate, replace(QUESTIONS, wrong_cost=0.5), "a wrong answer does not cost more than none, or a right one is not worth more than sources"),
        (answer_gate, replace(QUESTIONS, second_distance=-0.1), "a distance is negative, or every question has an answer"),
        (answer_gate, replace(QUESTIONS, answerable=1.0), "a distance is negative, or every question has an answer"),
        (binormal, binormal.Inputs(0.1, 2, (0.5, 0.2)), "the thresholds do not ascend"),
        (binormal, binormal.Inputs(0.1, 0, (0.5,)), "d′ is not positive"),
        (binormal, binormal.Inputs(0.1, 2, (1.5,)), "1.5 is no probability between 0 and 1"),
        (cost_threshold, cost_threshold.Inputs(0.1, 2, 0, 1), "a cost is not positive"),
        (step_up, step(5e9), "a threshold is no probability between 0 and 1"),
        (
            challenge_policy,
            policy(amounts=(20.0,)),
            "the bands do not have one share, one share of frauds and one amount each",
        ),
        (challenge_policy, policy(frauds=(0.0, 1.0)), "a band has no frauds, or nothing but frauds"),
        (beta_gate, beta_gate.Inputs(1, 1, 1), "the gate is no probability between 0 and 1"),
        (
            lognormal_sum,
            lognormal_sum.Inputs((1,), ()),
            "the parts do not have one median and one 95th percentile each",
        ),
        (
            shared_slowness,
            shared_slowness.Inputs((1,), (2,), 1.5, 1),
            "the parts do not have one median and one 95th percentile each, or ρ is no correlation",
        ),
        (
            zipf_cache,
            zipf_cache.Inputs(10, 1, 0, 1, 1),
            "keys, rate, time to live and window are not all positive",
        ),
        (queue, queue.Inputs(1, 1.5, 0.1, 0.2), "the servers are not a whole number"),
        (queue, queue.Inputs(100, 1, 0.1, 0.2), "the queue grows without end: utilisation 10.9"),
        (
            nested_scores,
            nested_scores.Inputs(100, (10, 20), (0.5, 0.6), 1, 0.2, 0.4, 0.1),
            "the stages do not keep ever fewer items",
        ),
        (
            nested_scores,
            nested_scores.Inputs(100, (20, 10), (0.6, 0.5), 1, 0.2, 0.4, 0.1),
            "the stages do not explain ever more",
        ),
        (
            nested_scores,
            nested_scores.Inputs(100, (20, 10), (0.5, 0.6), 1, 0.2, 0.4, 1),
            "the baseline keeps no share of the items",
        ),
        (funnel_margins, replace(FEED, narrow=600), "the stages do not keep ever fewer items"),
        (funnel_margins, replace(FEED, better=0.3), "the stages do not explain ever more"),
        (tilted_scores, replace(TILTED, kept=(500, 2_000, 10)), "the stages do not keep ever fewer items"),
        (tilted_scores, replace(TILTED, content=0.9), "the stages do not explain ever more"),
    ],
)
def test_inputs_out_of_range_are_refused(module, inputs, message):
    with pytest.raises(ValueError, match=r".") as raised:
        module.run(inputs)
    assert str(raised.value) == message


@pytest.mark.parametrize("name", border.names())
def test_a_model_is_small_explained_and_the_same_each_time(name):
    model = border.load(name)
    source = Path(model.module.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) < 180
    assert "Source:" in model.module.__doc__
    for record in (model.module.Inputs, model.module.Outputs):
        for field in record.__annotations__:
            assert f"{field}: " in record.__doc__


# ── the border ────────────────────────────────────────────────────────────────────────────────────


def given(value: float, unit: str = "") -> border.Argument:
    parsed = units.parse(unit, {"tx"})
    return border.Argument(parsed.without_power(value), parsed.parts)


def test_units_are_converted_at_the_border(tmp_path):
    model = border.load("queue")
    arguments = {
        "rate": given(360, "1/min"),
        "servers": given(1),
        "p50": given(80, "ms"),
        "p95": given(0.2, "s"),
    }
    found = border.run(model, arguments, (), Memory(tmp_path))
    direct = queue.run(queue.Inputs(6, 1, 0.08, 0.2))
    assert found["wait_mean"].value == pytest.approx(direct.wait_mean)
    assert units.spell(found["wait_mean"].parts) == "s"


def test_a_letter_stands_for_any_unit_but_for_the_same_one(tmp_path):
    model = border.load("cost_threshold")
    arguments = {
        "base_rate": given(1, "%"),
        "d_prime": given(2),
        "false_alarm": given(17, "USD/tx"),
        "miss": given(120, "USD/tx"),
    }
    assert units.spell(border.run(model, arguments, (), Memory(tmp_path))["cost"].parts) == "USD/tx"
    with pytest.raises(border.ModelError) as raised:
        border.run(model, {**arguments, "miss": given(120, "USD")}, (), Memory(tmp_path))
    assert str(raised.value) == "input `miss`: units do not fit: USD and USD/tx"


# ── declared in a numbers file ────────────────────────────────────────────────────────────────────

TOY = """inputs:
  rate: {value: 0.1, unit: "%", en: Base rate, zh: 基准率, source: assumption}
  dee: {value: 2.5, unit: "1", en: Distance, zh: 距离, source: assumption}
  low: {value: 2, unit: "%", en: Challenge from, zh: 验证起点, source: assumption}
  high: {value: 50, unit: "%", en: Block from, zh: 拦截起点, source: assumption}
models:
  scores:
    module: binormal
    en: of the scores
    zh: （分数）
    explained: "#scores"
    inputs: {base_rate: rate, d_prime: dee, thresholds: [low, high]}
    outputs:
      blocked: {of: share.2, unit: "%", digits: 2, en: Blocked, zh: 拦截}
      caught: {of: recall.2, unit: "%", digits: 2, en: Caught, zh: 抓到}
      auc: {unit: "1", digits: 3, en: Area, zh: 面积}
    steps: {dee: 0.1, rate: -0.05}
results:
  twice: {formula: 2 * blocked, unit: "%", digits: 2, en: Twice, zh: 两倍}
"""


def load(tmp_path: Path, text: str) -> declared.Numbers:
    (tmp_path / "data/numbers").mkdir(parents=True, exist_ok=True)
    (tmp_path / "data/numbers/toy.yml").write_text(text, encoding="utf-8")
    (tmp_path / "data/units.yml").write_text('tx: {en: "{n} tx", zh: "{n} 笔"}\n', encoding="utf-8")
    return declared.read_all(tmp_path, ("en", "zh"))["toy"]


def test_outputs_of_a_model_are_quantities_like_others(tmp_path):
    numbers = load(tmp_path, TOY)
    assert [str(problem) for problem in numbers.problems] == []
    tiers = binormal.run(binormal.Inputs(0.001, 2.5, (0.02, 0.5)))
    blocked = numbers.quantities["blocked"]
    assert blocked.value == pytest.approx(100 * tiers.share[2])
    assert (blocked.model, blocked.unit, blocked.digits, blocked.labels["zh"]) == ("scores", "%", 2, "拦截")
    assert numbers.quantities["twice"].value == pytest.approx(200 * tiers.share[2])
    assert numbers.quantities["auc"].value == pytest.approx(tiers.auc)
    run = numbers.models["scores"]
    assert (run.module, run.inputs) == ("binormal", ("toy:rate", "toy:dee", "toy:low", "toy:high"))
    (key, step, values), other = run.sensitivity
    moved = binormal.run(binormal.Inputs(0.001, 2.6, (0.02, 0.5)))
    assert (key, step) == ("toy:dee", 0.1)
    assert values == pytest.approx((100 * moved.share[2], 100 * moved.recall[2], moved.auc))
    assert other[:2] == ("toy:rate", -0.05)


def test_an_input_may_take_several_steps(tmp_path):
    run = load(tmp_path, TOY.replace("steps: {dee: 0.1", "steps: {dee: [0.1, -0.1]")).models["scores"]
    assert [row[:2] for row in run.sensitivity] == [("toy:dee", 0.1), ("toy:dee", -0.1), ("toy:rate", -0.05)]


def test_a_model_comes_out_of_the_cache_as_it_went_in(tmp_path):
    numbers = load(tmp_path, TOY)
    assert cache.load_all(tmp_path, ("en", "zh"))["toy"] == numbers
    assert (tmp_path / ".cache/numbers.json").exists()
    assert cache.load_all(tmp_path, ("en", "zh"))["toy"] == numbers


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "module: binormal",
            "module: binomial",
            "7: numbers: model `scores`: no model `binomial`; there are answer_gate,",
        ),
        (
            "base_rate: rate, ",
            "",
            "7: numbers: model `scores` cannot be run: `binormal` needs the input `base_rate`",
        ),
        ("d_prime: dee", "d: dee", "7: numbers: model `scores` cannot be run: `binormal` has no input `d`"),
        ("d_prime: dee", "d_prime: d", "7: numbers: model `scores` cannot be run: unknown quantity `d`"),
        ("[low, high]", "low", "7: numbers: model `scores` cannot be run: `thresholds` takes a list"),
        (
            "[low, high]",
            "[high, low]",
            "7: numbers: model `scores` cannot be run: the thresholds do not ascend",
        ),
        (
            'value: 2.5, unit: "1"',
            "value: 2.5, unit: ms",
            "input `d_prime`: units do not fit: s and plain numbers",
        ),
        ("of: share.2", "of: share.3", "`share.3`: `share` is a list of 3: `share.0` …"),
        ("of: share.2", "of: share", "`share`: `share` is a list of 3: `share.0` …"),
        ("of: share.2", "of: portion.2", "no output `portion`; there are share, precision, recall, fpr, auc"),
        (
            'blocked: {of: share.2, unit: "%"',
            "blocked: {of: share.2, unit: ms",
            "units do not fit: plain numbers and s",
        ),
        ("      auc:", "      dee:", "model `scores` gives `dee`, which is declared already (rename one)"),
        (
            '    explained: "#scores"\n',
            "",
            "model `scores` is explained nowhere (explained: '#anchor' of its page)",
        ),
        ("steps: {dee: 0.1", "steps: {low2: 0.1", "has a step for `low2`, which is no input with a number"),
        ("steps: {dee: 0.1", "steps: {dee: -3", "cannot be run with `dee` a step on: d′ is not positive"),
        ("steps: {dee: 0.1", "steps: {dee: [0.1, -3]", "cannot be run with `dee` a step on: d′ is not positive"),
        ("steps: {dee: 0.1", "steps: {dee: [0.1, x]", "has a step for `dee`, which is no input with a number"),
        ("    zh: （分数）\n", "", "`scores` has no label `zh`"),
        (
            "    module:",
            "    modul: x\n    module:",
            "`scores` has an unknown key `modul` (en, explained, inputs,",
        ),
        ("2 * blocked", "2 * stopped", "`twice`: unknown quantity `stopped`"),
        ("base_rate: rate", "base_rate: twice", "`twice` depends on itself: twice → model scores → twice"),
    ],
)
def test_a_wrong_model_is_reported_at_its_line(tmp_path, old, new, message):
    assert old in TOY
    found = [
        str(problem).removeprefix("data/numbers/toy.yml:")
        for problem in load(tmp_path, TOY.replace(old, new)).problems
    ]
    assert any(message in problem for problem in found), found
    assert len(found) == 1 or "steps" in old or "base_rate: twice" in new or "no input" in message


def test_tables_name_the_model_with_its_inputs_and_its_sensitivity(mini):
    models = TOY.partition("models:")[2].partition("results:")[0].replace("rate: -0.05", "rate: 0.1")
    inputs = "".join(f"{line}\n" for line in TOY.splitlines()[2:5])
    path = "data/numbers/designs/toy.yml"
    mini.replace(path, "results:", f"{inputs}models:{models}results:")
    mini.replace(path, "load: [rate, load, day_load]", "load: [rate, low, high, blocked]")
    mini.replace("data/units.yml", '"%":', '"1": {en: "{n}", zh: "{n}"}\n"%":', 0)
    book = mini.book()
    writers = {code: Writer(book, book.pages[code]["designs/toy"]) for code in ("en", "zh")}
    row = blocks.write(writers["en"], "calculation", "load").replace("\u00a0", " ").split("\n")[-1]
    assert row.endswith(
        "| model [of the scores](#scores): Base rate 0.1%; Distance 2.5; Challenge from 2%; Block from 50% |"
    )
    table = blocks.write(writers["zh"], "sensitivity", "scores").replace("\u00a0", " ").split("\n")
    assert table[0] == "| 变动 | 拦截 | 抓到 | 面积 |"
    assert [line.split(" | ")[0] for line in table[2:]] == ["| –", "| 距离 +0.1", "| 基准率 +0.1 个百分点"]
    chosen = blocks.write(writers["zh"], "sensitivity", "scores, auc").replace("\u00a0", " ").split("\n")
    assert [line.split(" | ")[-1] for line in chosen] == [line.split(" | ")[-1] for line in table]
    assert chosen[0] == "| 变动 | 面积 |"
    with pytest.raises(WriteError, match="the model `scores` has no output `aucc`"):
        blocks.write(writers["zh"], "sensitivity", "scores, aucc")


def test_what_a_model_takes_twice_is_said_once(mini):
    models = TOY.partition("models:")[2].partition("results:")[0].replace(", rate: -0.05", "")
    models = models.replace("base_rate: rate", "base_rate: low")
    inputs = "".join(f"{line}\n" for line in TOY.splitlines()[2:5])
    mini.replace("data/numbers/designs/toy.yml", "results:", f"{inputs}models:{models}results:")
    mini.replace("data/numbers/designs/toy.yml", "load: [rate, load, day_load]", "load: [blocked]")
    mini.replace("data/units.yml", '"%":', '"1": {en: "{n}", zh: "{n}"}\n"%":', 0)
    book = mini.book()
    table = blocks.write(Writer(book, book.pages["en"]["designs/toy"]), "calculation", "load")
    told = "| model [of the scores](#scores): Challenge from 2%; Distance 2.5; Block from 50% |"
    assert table.replace("\u00a0", " ").endswith(told)


def test_what_a_model_was_given_is_said_in_the_first_of_its_rows(mini):
    models = TOY.partition("models:")[2].partition("results:")[0].replace("rate: -0.05", "rate: 0.1")
    inputs = "".join(f"{line}\n" for line in TOY.splitlines()[2:5])
    path = "data/numbers/designs/toy.yml"
    mini.replace(path, "results:", f"{inputs}models:{models}results:")
    mini.replace(path, "load: [rate, load, day_load]", "load: [blocked, caught, rate, auc]")
    mini.replace("data/units.yml", '"%":', '"1": {en: "{n}", zh: "{n}"}\n"%":', 0)
    book = mini.book()
    writer = Writer(book, book.pages["en"]["designs/toy"])
    rows = blocks.write(writer, "calculation", "load").replace("\u00a0", " ").split("\n")[2:]
    origins = [row.split(" | ")[-1].removesuffix(" |") for row in rows]
    assert origins[0].startswith("model [of the scores](#scores): ")
    assert origins[1] == "the same model"
    assert origins[3].startswith("model [of the scores](#scores): ")


def test_a_second_run_of_a_model_says_only_what_is_new(mini):
    models = TOY.partition("models:")[2].partition("results:")[0].replace("rate: -0.05", "rate: 0.1")
    again = models.replace("scores:", "later:", 1).replace("[low, high]", "[low, late]")
    again = again.replace("blocked:", "blocked_later:").replace("caught:", "caught_later:")
    again = "".join(line for line in again.splitlines(keepends=True) if "auc" not in line)
    inputs = "".join(f"{line}\n" for line in TOY.splitlines()[2:5])
    late = '  late: {value: 60, unit: "%", en: Block late from, zh: 晚拦截起点, source: assumption}\n'
    mini.replace("data/numbers/designs/toy.yml", "results:", f"{inputs}{late}models:{models}{again}results:")
    rows = "load: [blocked, blocked_later, caught_later]"
    mini.replace("data/numbers/designs/toy.yml", "load: [rate, load, day_load]", rows)
    mini.replace("data/units.yml", '"%":', '"1": {en: "{n}", zh: "{n}"}\n"%":', 0)
    book = mini.book()
    table = blocks.write(Writer(book, book.pages["en"]["designs/toy"]), "calculation", "load")
    origins = [row.split(" | ")[-1] for row in table.replace("\u00a0", " ").split("\n")[2:]]
    assert origins[1:] == [
        "model [of the scores](#scores): Block late from 60%; all else as in the first run of this table |",
        "the same model |",
    ]
