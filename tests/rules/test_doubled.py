"""No word, phrase or mark stands twice in a row."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (EN, "At 0 0 reviewers; the theory of the things; a `the the` and {{ a }} {{ a }}."),
        (EN, "end-to-end to end; it is what it is"),
        (ZH, "一步一步地看，一条一条下线，是不是不好？目的的确不同。"),
        (ZH, "天天看看……——“好！”"),
        (ZH, "`效应效应`，`甲`，`甲`"),
    ],
)
def test_what_only_looks_doubled_passes(path, text, mini):
    mini.append(path, text)
    assert mini.problems("doubled") == []


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        (EN, "So the the model", "the the"),
        (EN, "The the model", "The the"),
        (EN, "of the of the model", "of the of the"),
        (ZH, "新奇效应效应", "效应效应"),
        (ZH, "位置偏差位置偏差", "位置偏差位置偏差"),
        (ZH, "模型的的分数", "的的"),
        (ZH, "完了。。", "。。"),
        (ZH, "完了，。", "，。"),
        (ZH, "用 GPU GPU 算", "GPU GPU"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "- {}", "| {} |\n|---|\n| x |", '!!! trap "{}"\n    x'])
def test_what_is_doubled_is_reported_at_its_line(path, text, shown, around, mini):
    line = mini.append(path, around.format(text))
    assert mini.problems("doubled") == [f"{path}:{line}: doubled: “{shown}” says it twice (keep one)"]


def test_what_is_doubled_across_two_lines_is_reported(mini):
    line = mini.append(EN, "ends with the\nthe model")
    assert mini.problems("doubled") == [f"{EN}:{line}: doubled: “the the” says it twice (keep one)"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/framework.yml", "zh: 需求", "zh: 需求需求"),
        ("data/numbers/designs/toy.yml", "zh: 基准率", "zh: 基准率基准率"),
        ("data/glossary.yml", "zh: 回滚", "zh: 回滚回滚"),
        ("docs/zh/designs/toy.md", "accDescr: 从支付", "accDescr: 从支付从支付"),
        ("docs/zh/designs/toy.md", "monitoring[监看]", "monitoring[监看监看]"),
        (ZH, "description: 从支付", "description: 从支付从支付"),
    ],
)
def test_data_files_diagrams_and_front_matter_are_read(path, old, new, mini):
    line = mini.replace(path, old, new)
    (problem,) = mini.problems("doubled")
    assert problem.startswith(f"{path}:{line}: doubled: “")
