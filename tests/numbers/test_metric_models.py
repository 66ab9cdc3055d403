"""The metrics guide's models against SciPy, a closed form or brute force, on lists that a seed makes."""

from __future__ import annotations

import itertools
import math

import numpy
import pytest
import scipy.integrate
import scipy.spatial.distance
import scipy.special
import scipy.stats

from handbook.models import (
    binary_scores,
    drift_distance,
    drift_noise,
    false_discovery,
    forecast_errors,
    precision_recall,
    ranked_list,
    repeated_looks,
)


def _scored(seed: int) -> binary_scores.Inputs:
    draw = numpy.random.default_rng(seed)
    labels = (draw.random(60) < 0.3).astype(float)
    scores = numpy.clip(numpy.round(draw.beta(2, 3, 60) + 0.25 * labels, 2) + 0.003, 0.013, 0.983)
    return binary_scores.Inputs(tuple(labels), tuple(scores), 0.5, 2.0, 10.0)


@pytest.mark.parametrize("seed", range(5))
def test_binary_scores_are_those_of_scipy_and_numpy(seed):
    inputs = _scored(seed)
    found = binary_scores.run(inputs)
    y, s = numpy.array(inputs.labels), numpy.array(inputs.scores)
    flagged = s >= 0.5
    assert found.mcc == pytest.approx(numpy.corrcoef(y, flagged)[0, 1])
    assert found.accuracy == pytest.approx((flagged == y).mean())
    assert found.precision == pytest.approx(y[flagged].mean())
    assert found.recall == pytest.approx(flagged[y == 1].mean())
    # F2 as counts: 5·tp / (5·tp + 4·fn + fp).
    tp, fn, fp = found.true_positives, found.false_negatives, found.false_positives
    assert found.f_score == pytest.approx(5 * tp / (5 * tp + 4 * fn + fp))
    u = scipy.stats.mannwhitneyu(s[y == 1], s[y == 0]).statistic
    assert found.roc_auc == pytest.approx(u / ((y == 1).sum() * (y == 0).sum()))
    # The area below the steps of the curve, cut by cut.
    steps = [(flag.sum(), y[flag].sum()) for flag in (s >= cut for cut in sorted(set(s), reverse=True))]
    hits = numpy.array([0, *(hit for _, hit in steps)])
    precision = numpy.array([hit / many for many, hit in steps])
    assert found.pr_auc == pytest.approx((numpy.diff(hits) * precision).sum() / y.sum())
    likely = scipy.special.xlogy(y, s).mean() + scipy.special.xlog1py(1 - y, -s).mean()
    assert found.log_loss == pytest.approx(-likely)
    assert found.brier == pytest.approx(scipy.spatial.distance.sqeuclidean(y, s) / 60)
    mean_score, _, bins = scipy.stats.binned_statistic(s, s, bins=10, range=(0, 1))
    mean_label, _, _ = scipy.stats.binned_statistic(s, y, bins=10, range=(0, 1))
    share = numpy.bincount(bins, minlength=11)[1:11] / 60
    assert found.ece == pytest.approx(numpy.nansum(share * abs(mean_score - mean_label)))


def test_a_list_without_both_labels_is_refused():
    with pytest.raises(ValueError, match="both occur"):
        binary_scores.run(binary_scores.Inputs((1.0, 1.0), (0.5, 0.6), 0.5, 1.0, 2.0))


@pytest.mark.parametrize("k", [1, 3, 5])
def test_no_order_of_a_list_beats_the_ideal_one(k):
    grades, missing = (2.0, 3.0, 0.0, 1.0, 0.0), (2.0,)
    found = ranked_list.run(ranked_list.Inputs(grades, missing, float(k)))
    discount = 1 / numpy.log2(numpy.arange(2, k + 2))
    for gain, dcg, ndcg in (
        (numpy.asarray, found.dcg_linear, found.ndcg_linear),
        (lambda g: numpy.exp2(g) - 1, found.dcg_exponential, found.ndcg_exponential),
    ):
        assert dcg == pytest.approx(float(gain(numpy.array(grades[:k])) @ discount))
        orders = itertools.permutations([*grades, *missing], k)
        assert ndcg == pytest.approx(dcg / max(float(gain(numpy.array(order)) @ discount) for order in orders))
    relevant = numpy.array(grades[:k]) > 0
    assert found.precision == pytest.approx(relevant.mean())
    assert found.recall == pytest.approx(relevant.sum() / 4)
    assert found.reciprocal_rank == 1
    running = numpy.cumsum(relevant) / numpy.arange(1, k + 1)
    assert found.average_precision == pytest.approx((running * relevant).sum() / 4)


def test_a_list_that_found_nothing_scores_zero():
    found = ranked_list.run(ranked_list.Inputs((0.0, 0.0), (1.0,), 2.0))
    assert (found.ndcg_linear, found.recall, found.reciprocal_rank, found.average_precision) == (0, 0, 0, 0)


def test_forecast_errors_are_norms_and_the_quantile_minimises_its_loss():
    draw = numpy.random.default_rng(3)
    y = draw.lognormal(3, 0.5, 41)
    f = y * draw.lognormal(0, 0.2, 41)
    found = forecast_errors.run(forecast_errors.Inputs(tuple(y), tuple(f), 0.9))
    assert found.mae == pytest.approx(numpy.linalg.norm(y - f, 1) / 41)
    assert found.rmse == pytest.approx(numpy.linalg.norm(y - f) / math.sqrt(41))
    assert found.bias == pytest.approx((f - y).mean())
    assert found.mape == pytest.approx((abs(y - f) / y).mean())
    assert found.wape == pytest.approx(abs(y - f).sum() / y.sum())

    def loss(level: float) -> float:
        constant = (level,) * 41
        return forecast_errors.run(forecast_errors.Inputs(tuple(y), constant, 0.9)).quantile_loss

    best = float(numpy.quantile(y, 0.9))
    assert loss(best) <= min(loss(best * 0.98), loss(best * 1.02))
    assert found.quantile_loss == pytest.approx(numpy.where(y > f, 0.9 * (y - f), 0.1 * (f - y)).mean())


def test_drift_distances_are_those_of_scipy():
    q, p = numpy.array([0.4, 0.3, 0.2, 0.1]), numpy.array([0.35, 0.3, 0.2, 0.15])
    found = drift_distance.run(drift_distance.Inputs(tuple(q), tuple(p)))
    assert found.kl == pytest.approx(scipy.stats.entropy(p, q))
    assert found.psi == pytest.approx(scipy.stats.entropy(p, q) + scipy.stats.entropy(q, p))
    assert found.js == pytest.approx(scipy.spatial.distance.jensenshannon(p, q) ** 2)
    assert found.ks == pytest.approx(abs(numpy.cumsum(p) - numpy.cumsum(q)).max())
    with pytest.raises(ValueError, match="positive share"):
        drift_distance.run(drift_distance.Inputs((1.0, 0.0), (0.5, 0.5)))


@pytest.mark.parametrize("freedom", [1, 4, 9, 19])
def test_the_chi_square_quantile_is_that_of_scipy(freedom):
    for p in (0.05, 0.5, 0.95, 0.9999):
        assert drift_noise.chi_square_quantile(p, freedom) == pytest.approx(
            scipy.stats.chi2.ppf(p, freedom), rel=1e-9
        )


def test_the_noise_of_drift_is_that_of_samples_which_have_not_drifted():
    bins, n, m = 10, 4000, 1000
    found = drift_noise.run(drift_noise.Inputs(float(bins), float(n), (float(m),), 0.05))
    draw = numpy.random.default_rng(11)
    shares = numpy.full(bins, 1 / bins)
    q, p = draw.multinomial(n, shares, 4000) / n, draw.multinomial(m, shares, 4000) / m
    psi = ((p - q) * numpy.log(p / q)).sum(axis=1)
    assert found.psi_mean[0] == pytest.approx(psi.mean(), rel=0.03)
    assert (psi > found.psi_limit[0]).mean() == pytest.approx(0.05, abs=0.012)
    js = scipy.spatial.distance.jensenshannon(p, q, axis=1) ** 2
    assert (js > found.js_limit[0]).mean() == pytest.approx(0.05, abs=0.012)
    assert found.ks_limit[0] == pytest.approx(
        scipy.stats.kstwobign.isf(0.05) * math.sqrt(1 / n + 1 / m), rel=1e-3
    )


def test_repeated_looks_are_those_of_a_multivariate_normal():
    looks = 3
    cov = [[math.sqrt(min(i, j) / max(i, j)) for j in range(1, looks + 1)] for i in range(1, looks + 1)]
    for limits, drift in (([1.96] * 3, 0.0), ([2.3] * 3, 2.5), ([3.4, 2.4, 2.0], 3.0)):
        mean = [drift * math.sqrt(look / looks) for look in range(1, looks + 1)]
        law = scipy.stats.multivariate_normal(mean, cov)
        inside = law.cdf(limits, lower_limit=[-limit for limit in limits])
        assert repeated_looks.crossing(limits, drift) == pytest.approx(1 - inside, abs=2e-4)


def test_five_looks_have_the_published_limits():
    """Of Pocock and of O'Brien and Fleming, as tabled by Jennison and Turnbull, 2000."""
    found = repeated_looks.run(repeated_looks.Inputs(5.0, 0.05, 0.8, 10.0))
    assert found.naive_error == pytest.approx(0.142, abs=5e-4)
    assert (found.pocock, found.obrien_fleming) == pytest.approx((2.413, 2.040), abs=5e-4)
    assert (found.pocock_price, found.obrien_fleming_price) == pytest.approx((1.229, 1.028), abs=1e-3)
    # The mixture's likelihood ratio at its own limit is 1/α.
    z, r = found.always_valid, 10.0
    ratio = math.exp(z * z * r / (2 * (1 + r))) / math.sqrt(1 + r)
    assert ratio == pytest.approx(1 / 0.05)


@pytest.mark.parametrize("seed", range(5))
def test_false_discoveries_are_those_of_scipy(seed):
    draw = numpy.random.default_rng(seed)
    values = numpy.sort(numpy.concatenate([draw.beta(0.2, 8, 6), draw.random(6)]))
    found = false_discovery.run(false_discovery.Inputs(tuple(values), 0.05))
    assert found.benjamini_hochberg == (scipy.stats.false_discovery_control(values) <= 0.05).sum()
    assert found.bonferroni == (values <= 0.05 / 12).sum()
    assert found.plain == (values <= 0.05).sum()


def test_the_precision_recall_area_is_the_integral_of_the_curve():
    found = precision_recall.run(precision_recall.Inputs(2.0, (0.5, 0.01, 0.001), 0.8))
    norm = scipy.stats.norm
    for rate, area, precision in zip((0.5, 0.01, 0.001), found.pr_auc, found.precision, strict=True):

        def at(recall: float, rate: float = rate) -> float:
            fpr = norm.sf(norm.isf(recall) + 2.0)
            return rate * recall / (rate * recall + (1 - rate) * fpr)

        assert area == pytest.approx(scipy.integrate.quad(at, 0, 1, limit=200)[0], abs=2e-4)
        assert precision == pytest.approx(at(0.8))
    assert found.roc_auc == pytest.approx(norm.cdf(math.sqrt(2)))
