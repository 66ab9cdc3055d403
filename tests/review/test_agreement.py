"""How well the review agrees with readers, on answers that they have labelled.

The figures are floors: they are what the judge reached when it was last improved, on all answers,
on those that it was improved with, and on those that it was not. A change that loses one verdict
shows here, and has to say why.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from handbook.review import findings, review
from tests.review.agreement import (
    ANSWERS,
    STAGES,
    STATES,
    Labelled,
    Rates,
    pattern_rates,
    read_labels,
    stage_rates,
    verdicts,
)

LABELS = read_labels()
Judged = list[tuple[Labelled, dict[str, str], frozenset[str]]]

# half: what: (precision, recall) that are not to be lost
FLOORS = {
    "tuned": {
        "present": (0.98, 1.0),
        "thin": (0.90, 0.78),
        "missing": (0.84, 0.91),
        "model-first": (0.80, 1.0),
        "ignoring-data": (1.0, 1.0),
        "no-monitoring": (1.0, 1.0),
    },
    "held-out": {
        "present": (1.0, 0.94),
        "thin": (0.77, 0.77),
        "missing": (0.65, 0.83),
        "model-first": (1.0, 1.0),
        "ignoring-data": (0.80, 1.0),
        "no-monitoring": (1.0, 0.87),
    },
    # Written by others, and never looked at while the judge was improved: what a reader can expect.
    "independent": {
        "present": (0.81, 0.85),
        "thin": (0.67, 0.60),
        "missing": (0.55, 0.55),
        "model-first": (1.0, 1.0),
        "no-monitoring": (0.83, 0.83),
    },
}
AGREE = {"tuned": 126, "held-out": 118, "independent": 107}  # of 133, 133 and 140 verdicts


@cache
def judged(half: str) -> Judged:
    return verdicts(answer for answer in LABELS if answer.half == half)


def test_the_labelled_answers_are_what_they_are_said_to_be() -> None:
    assert {answer.name for answer in LABELS} == {path.name for path in ANSWERS.iterdir()}
    assert all(tuple(answer.stages) == STAGES for answer in LABELS)
    assert all(set(answer.stages.values()) <= set(STATES) for answer in LABELS)
    assert len({answer.problem for answer in LABELS}) == 6
    assert len({answer.style for answer in LABELS}) == 5
    halves = Counter((answer.half, answer.language) for answer in LABELS)
    assert halves == {
        (half, language): count
        for half, counts in (("tuned", (9, 10)), ("held-out", (9, 10)), ("independent", (10, 10)))
        for language, count in zip(("en", "zh"), counts, strict=True)
    }


@pytest.mark.parametrize("half", FLOORS)
def test_verdicts_agree_with_readers(half: str) -> None:
    agree = sum(
        states[stage] == answer.stages[stage] for answer, states, _ in judged(half) for stage in STAGES
    )
    assert agree >= AGREE[half]


@pytest.mark.parametrize(
    ("half", "what"), [(half, what) for half, floors in FLOORS.items() for what in floors]
)
def test_precision_and_recall_do_not_fall(half: str, what: str) -> None:
    rates = (stage_rates if what in STATES else pattern_rates)(judged(half), what)
    precision, recall = FLOORS[half][what]
    assert rates.precision >= precision, rates
    assert rates.recall >= recall, rates


def test_rates_are_counted_from_what_was_found_and_what_was_due() -> None:
    assert Rates(right=3, given=4, due=6).precision == 0.75
    assert Rates(right=3, given=4, due=6).recall == 0.5
    assert Rates(right=0, given=0, due=0).precision == 1.0
    assert str(Rates(3, 4, 6)) == "precision 0.75 (3/4)  recall 0.50 (3/6)"


# --- what a stage's own denial weighs -----------------------------------------------------

LEFT_OUT = [
    ("monitoring", "I will skip monitoring because the platform team already runs dashboards."),
    (
        "monitoring",
        "## Monitoring\n\n- I will skip monitoring because the platform team already runs dashboards.\n",
    ),
    ("monitoring", "Monitoring, alerts and retraining are the responsibility of the MLOps team."),
    ("monitoring", "Drift, PSI over 0.2, rollback: monitoring is handled by SRE."),
    (
        "monitoring",
        "I'd leave monitoring to the platform team, they have drift alerts at 0.2 and a rollback button.",
    ),
    ("monitoring", "监控这块我先不讲，公司有统一的平台，大盘和告警都是现成的。"),
    ("monitoring", "监控的话公司有运维，他们会看的，PSI 超过 0.2 就告警。"),
    (
        "features",
        "Features, I'm not going to spend time on features, the feature store has hourly aggregates.",
    ),
    ("features", "特征的话交给特征平台，他们有天级和实时的特征，我就不展开了。"),
    ("data", "We don't need a data stage here: the logs exist and 2 % are labelled positive."),
    ("data", "数据我假设已经有了，标签是人工标的，正样本占 1%，不展开。"),
    ("metrics", "指标这个环节我就略过了，离线 AUC、线上点击率，各家都差不多。"),
]


@pytest.mark.parametrize(("stage", "text"), LEFT_OUT)
def test_a_stage_that_is_left_out_is_missing_whatever_the_sentence_names(stage: str, text: str) -> None:
    assert review(text).stage(stage).state == "missing"


ANTI_PATTERN_OF = {"data": "ignoring-data", "monitoring": "no-monitoring"}


@pytest.mark.parametrize(("stage", "text"), [case for case in LEFT_OUT if case[0] in ANTI_PATTERN_OF])
def test_leaving_out_the_data_or_the_monitoring_is_an_anti_pattern(stage: str, text: str) -> None:
    (finding,) = [finding for finding in findings(text) if finding.rule == ANTI_PATTERN_OF[stage]]
    assert finding.line == text.rstrip().count("\n") + 1
    assert finding.message in (
        "the answer leaves the data out, as it says itself",
        "the answer leaves monitoring out, as it says itself",
        "回答自己说了数据不讲",
        "回答自己说了监控不讲",
    )


def test_what_other_stages_say_in_passing_does_not_bring_back_what_is_left_out() -> None:
    text = (
        "## Model\n\nTrees, retrained weekly on 30 days; rollback is one flag, a canary at 1 %, and drift over "
        "0.2 starts a new training.\n\n## Monitoring\n\nSkipping monitoring here, the platform team does it.\n"
    )
    assert review(text).stage("monitoring").state == "missing"


def test_a_stage_that_is_put_off_and_then_dealt_with_is_present() -> None:
    text = (
        "I'll skip monitoring for a moment.\n\n## Monitoring\n\nDrift is watched hourly, PSI over 0.2 pages the "
        "engineer on call. The old model comes back with one flag, in 30 seconds. The test runs two weeks on 5 %. "
        "Reviewed cases go back into the training data every night.\n"
    )
    assert review(text).stage("monitoring").state == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Monitoring cannot be skipped: drift over 0.2 pages us, one flag brings the old model back, and the "
        "cases go back into the training data every night.",
        "监控不能跳过：漂移 PSI 超过 0.2 就告警给值班，回滚 30 秒内完成，改判的样本每晚回流到训练数据。",
    ],
)
def test_a_denied_denial_leaves_nothing_out(text: str) -> None:
    assert review(text).stage("monitoring").state == "present"


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (
            "requirements",
            "## Requirements\n\nThe goal is to lower fraud losses to 5 bp for our cardholders at 900 payments per "
            "second, within 60 ms.\n\n### Out of scope\n\n- disputes, 3 % of the calls\n",
        ),
        (
            "data",
            "The data platform team owns the click log; I read a daily dump of 2 TB. Labels are purchases within "
            "3 days, 2 % positive, negatives thinned 1:4. Duplicates are dropped by id.",
        ),
        (
            "monitoring",
            "We don't need Grafana for monitoring this: one script computes PSI hourly, over 0.2 it pages the engineer "
            "on call. The rollback takes 30 seconds. Reviewed cases go back into the training set every night.",
        ),
        (
            "features",
            "特征不需要实时的：用户画像每晚算好，商品销量每小时更新一次，放在 Redis 里批量读 3 毫秒。"
            "请求时只取时段和设备。打分时的值记一份，训练读它。",
        ),
        (
            "monitoring",
            "监控由我们组自己负责：每小时看 PSI，超过 0.2 告警给值班；回滚一个开关 10 秒；改判样本每晚回流训练。",
        ),
    ],
)
def test_leaving_out_a_part_does_not_leave_out_the_stage(stage: str, text: str) -> None:
    assert review(text).stage(stage).state == "present"


# --- answers that were called thin although they were not ------------------------------------


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("en-feed-spoken-good.md", "data"),  # "null rates and duplicated events"
        ("en-search-essay-good.md", "features"),  # "nightly", "streamed, seconds"
        ("zh-moderation-essay-good.md", "requirements"),  # 我们要降低的是……
        ("zh-search-spoken-good.txt", "data"),
    ],
)
def test_an_honest_answer_is_not_called_thin(name: str, stage: str) -> None:
    text = (ANSWERS / name).read_text(encoding="utf-8")
    assert review(text).stage(stage).state == "present"


@pytest.mark.parametrize("name", ["en-moderation-keywords.md", "zh-rag-keywords.md"])
def test_a_list_of_keywords_with_filler_is_thin(name: str) -> None:
    result = review((ANSWERS / name).read_text(encoding="utf-8"))
    assert {stage.state for stage in result.stages} == {"thin"}
