"""What a list of binary labels and scores gives: counts at a threshold, areas, proper scores, calibration.

With counts tp, fp, fn, tn at the threshold: precision P = tp/(tp+fp), recall R = tp/(tp+fn),
F_β = (1+β²)PR/(β²P+R), MCC = (tp·tn − fp·fn)/√((tp+fp)(tp+fn)(tn+fp)(tn+fn)). The area under the ROC curve
is the share of pairs of a positive and a negative in which the positive scores higher, ties counting half.
The area under the precision–recall curve is average precision: the mean, over the positives, of the precision
at their score. Log loss, Brier score and ECE (bins of equal width) read the scores as probabilities.

Source: Fawcett, An introduction to ROC analysis, 2006; Guo et al., 2017, for the ECE.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The list, and how it is read.

    Attributes:
        labels: 1 for a positive, 0 for a negative.
        scores: Probabilities of a positive, in the same order.
        threshold: From which score on an item counts as flagged.
        beta: How many times recall weighs as much as precision in the F score.
        bins: Number of bins of equal width for the calibration error.
    """

    labels: tuple[Plain, ...]
    scores: tuple[Plain, ...]
    threshold: Plain
    beta: Plain
    bins: Plain


@dataclass(frozen=True)
class Outputs:
    """Each metric of the list.

    Attributes:
        true_positives: Positives flagged.
        false_positives: Negatives flagged.
        false_negatives: Positives let through.
        true_negatives: Negatives let through.
        precision: Of the flagged, positive.
        recall: Of the positives, flagged.
        f_score: F score at the given β.
        accuracy: Share of right decisions.
        mcc: Matthews correlation coefficient.
        roc_auc: Area under the ROC curve.
        pr_auc: Average precision.
        log_loss: Mean negative log likelihood, natural logarithm.
        brier: Mean squared error of the probability.
        ece: Expected calibration error.
    """

    true_positives: Plain
    false_positives: Plain
    false_negatives: Plain
    true_negatives: Plain
    precision: Plain
    recall: Plain
    f_score: Plain
    accuracy: Plain
    mcc: Plain
    roc_auc: Plain
    pr_auc: Plain
    log_loss: Plain
    brier: Plain
    ece: Plain


def run(inputs: Inputs) -> Outputs:
    """Compute each metric."""
    labels, scores = inputs.labels, inputs.scores
    if len(labels) != len(scores) or set(labels) != {0, 1}:
        raise ValueError("labels are 0 and 1, both occur, and each has a score")
    if not all(0 < score < 1 for score in scores):
        raise ValueError("a score is no probability between 0 and 1")
    pairs = list(zip(labels, scores, strict=True))
    flagged = [label for label, score in pairs if score >= inputs.threshold]
    passed = [label for label, score in pairs if score < inputs.threshold]
    tp, fn = sum(flagged), sum(passed)
    fp, tn = len(flagged) - tp, len(passed) - fn
    margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    if not tp or not margins:
        raise ValueError("the threshold leaves no positive flagged, or a side empty")
    precision, recall, weight = tp / (tp + fp), tp / (tp + fn), inputs.beta**2
    return Outputs(
        tp,
        fp,
        fn,
        tn,
        precision,
        recall,
        (1 + weight) * precision * recall / (weight * precision + recall),
        (tp + tn) / len(pairs),
        (tp * tn - fp * fn) / math.sqrt(margins),
        _roc_auc(pairs),
        _average_precision(pairs),
        -math.fsum(math.log(score if label else 1 - score) for label, score in pairs) / len(pairs),
        math.fsum((score - label) ** 2 for label, score in pairs) / len(pairs),
        _calibration_error(pairs, round(inputs.bins)),
    )


def _roc_auc(pairs: list[tuple[float, float]]) -> float:
    high = [score for label, score in pairs if label]
    low = [score for label, score in pairs if not label]
    won = sum((a > b) + (a == b) / 2 for a in high for b in low)
    return won / (len(high) * len(low))


def _average_precision(pairs: list[tuple[float, float]]) -> float:
    at = [[label for label, score in pairs if score >= cut] for positive, cut in pairs if positive]
    return sum(sum(above) / len(above) for above in at) / len(at)


def _calibration_error(pairs: list[tuple[float, float]], bins: int) -> float:
    total = 0.0
    for number in range(bins):
        inside = [(y, s) for y, s in pairs if min(int(s * bins + 1e-9), bins - 1) == number]
        total += abs(math.fsum(s - y for y, s in inside))
    return total / len(pairs)
