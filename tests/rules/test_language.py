"""A text is in the language of its page; Chinese is simplified."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/index.md", "docs/zh/index.md"
TRANSLATE = "is left in English (translate it, or add the term to the glossary)"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (EN, "In code `中文` may stand."),
        (EN, 'The word <span lang="zh-Hans">中文</span> may stand.'),
        (ZH, "按 The Tail at Scale [@smith2020] 的说法，p99 由慢的那一半决定。"),
        (ZH, "用 Vertex AI Feature Store，报 Kubernetes、Kafka、Redis。"),
        (ZH, "`the code of the page` 不译。"),
        (ZH, "| Kubernetes | p99 |\n|---|---|\n| GPU | L6+ |"),
        (ZH, "乾坤、慰藉、覆盖、彷徨"),
    ],
)
def test_names_titles_and_code_pass(path, text, mini):
    mini.append(path, text)
    assert mini.problems("language") == []


def test_a_term_that_stays_english_passes(mini):
    mini.append(ZH, "| continuous batching |\n|---|\n| 甲 |")
    line = mini.line(ZH, "continuous batching")
    assert mini.problems("language") == [f"{ZH}:{line}: language: “continuous batching” {TRANSLATE}"]
    mini.write("data/glossary.yml", "terms:\n  - {en: continuous batching, zh: continuous batching}\n")
    assert mini.problems("language") == []


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        (EN, "So 中文 here", "“So 中文 here” is not English (translate it, or mark it with `<span lang=…>`)"),
        (EN, "So カナ here", "“So カナ here” is not English (translate it, or mark it with `<span lang=…>`)"),
        (ZH, "用カナ写", "“用カナ写” is not Chinese (translate it)"),
        (ZH, "這樣再说", "“這樣再说” has “這”, which is not simplified (write the simplified one)"),
        (ZH, "共 １２ 个", "“共 １２ 个” is full-width (write ASCII letters and digits)"),
        (ZH, "之後再說", "“之後再說” has “後”, which is not simplified (write the simplified one)"),
        (ZH, "We decide it and say why here.", f"“We decide it and say why here” {TRANSLATE}"),
        (ZH, "先定下。We decide it and say why. 再说。", f"“We decide it and say why” {TRANSLATE}"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "- {}", "| {} |\n|---|\n| x |", '!!! trap "{}"\n    x'])
def test_another_language_or_script_is_reported_at_its_line(path, text, problem, around, mini):
    line = mini.append(path, around.format(text))
    found = mini.problems("language")
    assert found == [f"{path}:{line}: language: {problem}"]


@pytest.mark.parametrize("text", ["weaker order", "the next one, without personal data"])
def test_a_cell_left_in_english_is_reported(text, mini):
    mini.append(ZH, f"| 甲 |\n|---|\n| {text} |")
    (problem,) = mini.problems("language")
    assert problem.startswith(f"{ZH}:{mini.line(ZH, text)}: language: “")
    assert problem.endswith(TRANSLATE)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/framework.yml", "zh: 需求", "zh: 需求後"),
        ("data/numbers/designs/toy.yml", "zh: 基准率", "zh: the base rate"),
        ("docs/zh/designs/toy.md", "accDescr: 从支付", "accDescr: 從支付"),
        ("docs/zh/designs/toy.md", "monitoring[监看]", "monitoring[watch this]"),
        (ZH, "description: 从支付", "description: 從支付"),
    ],
)
def test_data_files_diagrams_and_front_matter_are_read(path, old, new, mini):
    line = mini.replace(path, old, new)
    (problem,) = mini.problems("language")
    assert problem.startswith(f"{path}:{line}: language: “")
