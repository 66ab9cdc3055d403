"""Metrics of one ranked list with graded relevance, cut at k.

Gain of grade g is g (linear) or 2^g − 1 (exponential); DCG = Σ gain_i / log2(i + 1) over the first k places,
NDCG divides by the DCG of the best order of all judged items, those that the list lacks included. A grade
above 0 is relevant: recall and precision at k, the reciprocal of the first relevant place, and average
precision = Σ precision at each relevant place within k / number of relevant items.

Source: Järvelin and Kekäläinen, 2002, for DCG; Manning, Raghavan and Schütze, Introduction to Information
Retrieval, 2008, chapter 8, for the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

Plain = Annotated[float, "1"]


@dataclass(frozen=True)
class Inputs:
    """The list and what it lacks.

    Attributes:
        grades: Of the items in their order.
        missing: Grades of judged items that the list lacks; 0 if there is none.
        k: Where the list is cut.
    """

    grades: tuple[Plain, ...]
    missing: tuple[Plain, ...]
    k: Plain


@dataclass(frozen=True)
class Outputs:
    """Each metric at k.

    Attributes:
        dcg_linear: Discounted gain, gain is the grade.
        dcg_exponential: The same, gain is 2^grade − 1.
        ndcg_linear: Over that of the best order.
        ndcg_exponential: Over that of the best order.
        precision: Relevant items among the k.
        recall: Relevant items found, of all relevant.
        reciprocal_rank: One over the first relevant place, or 0.
        average_precision: Mean precision over the relevant items.
    """

    dcg_linear: Plain
    dcg_exponential: Plain
    ndcg_linear: Plain
    ndcg_exponential: Plain
    precision: Plain
    recall: Plain
    reciprocal_rank: Plain
    average_precision: Plain


def run(inputs: Inputs) -> Outputs:
    """Score the list."""
    k = round(inputs.k)
    judged = sorted((*inputs.grades, *inputs.missing), reverse=True)
    if k < 1 or not judged[0] > 0 or judged[-1] < 0:
        raise ValueError("k is at least 1, grades are not negative, and some item is relevant")
    shown = inputs.grades[:k]
    linear, exponential = _dcg(shown, _grade), _dcg(shown, _doubling)
    relevant = sum(grade > 0 for grade in judged)
    places = [place for place, grade in enumerate(shown, 1) if grade > 0]
    return Outputs(
        linear,
        exponential,
        linear / _dcg(judged[:k], _grade),
        exponential / _dcg(judged[:k], _doubling),
        len(places) / k,
        len(places) / relevant,
        1 / places[0] if places else 0.0,
        sum(found / place for found, place in enumerate(places, 1)) / relevant,
    )


def _grade(grade: float) -> float:
    return grade


def _doubling(grade: float) -> float:
    return 2**grade - 1


def _dcg(grades: Sequence[float], gain: Callable[[float], float]) -> float:
    return math.fsum(gain(grade) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
