"""Each question of the bank has the same parts, in the same order, and is known to data/questions.yml."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/practice/risk.md", "docs/zh/practice/risk.md"
DATA = "data/questions.yml"
STAGES = {
    "en": ("Requirements", "Metrics", "Data", "Features", "Model", "Serving", "Monitoring"),
    "zh": ("需求", "指标", "数据", "特征", "模型", "服务", "监控"),
}
WORDS = {
    "en": ("Risk", "Derive before you draw", "How much?", "The trade-off that decides", "What L6+ adds", "Text."),
    "zh": ("风控题", "先算后画", "多少？", "关键取舍", "L6+ 加分点", "一句话。"),
}


def bank_page(language: str) -> str:
    title, derive, asked, trade_off, above, text = WORDS[language]
    colon = ": " if language == "en" else "："
    stages = "".join(f"    {n}. **{name}**{colon}{text}\n" for n, name in enumerate(STAGES[language], 1))
    return f"""---
title: {title}
description: {text}
---

# {title} {{#risk}}

{text}

## {title} A {{#toy}}

{{{{ question: toy }}}}

> {text}

**{derive}**{colon}{{{{ rate }}}}, {asked}

??? note "{text}"
    {{{{ calculation: toy }}}}

??? note "{trade_off}"
{stages}
    **{trade_off}**{colon}{text}

    **{above}**{colon}{text}

??? question "{asked}"
    {text}

??? question "{asked}"
    {text}
"""


NUMBERS = """inputs:
  rate: {value: 3, unit: "%", en: Share, zh: 占比, source: assumption}
results:
  twice: {formula: 2 * rate, unit: "%", en: Twice, zh: 两倍}
  half: {formula: rate / 2, unit: "%", en: Half, zh: 一半}
tables:
  toy: [rate, twice, half]
"""
QUESTIONS = """questions:
  practice/risk:
    toy: {hardest: data, difficulty: 2, minutes: 45, nearest: designs/toy}
"""


@pytest.fixture
def bank(mini):
    mini.write(EN, bank_page("en"))
    mini.write(ZH, bank_page("zh"))
    mini.write("data/numbers/practice/risk.yml", NUMBERS)
    mini.write(DATA, QUESTIONS)
    return mini


def test_a_complete_question_passes_in_both_languages(bank):
    assert bank.problems("questions") == []


def test_a_handbook_without_a_bank_passes(mini):
    assert mini.problems("questions") == []


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("{{ question: toy }}\n", "", "> Text.", "part 1 of `toy` is not `{{ question: toy }}`"),
        ("> Text.\n", "", "**Derive", "part 2 of `toy` is not the prompt, `> …`"),
        ("**Derive before you draw**", "**Derive**", "**Derive", "the paragraph does not begin with **Derive before you draw**"),
        ("{{ calculation: toy }}", "Text.", '??? note', "no `{{ calculation: toy }}` in the derivation"),
        ("    7. **Monitoring**: Text.\n", "", "    1.", "the outline of `toy` has other stages than"),
        ("5. **Model**", "5. **Modelling**", "    5.", "the outline of `toy` has other stages than"),
        ("    **What L6+ adds**: Text.\n", "", '??? note "The', "the outline of `toy` is not a list and two paragraphs"),
        ("**The trade-off that decides**", "**Trade-off**", "    **Trade-off", "the paragraph does not begin with **The trade-off that decides**"),
    ],
)
def test_each_part_is_asked_for(bank, old, new, at, message):
    bank.replace(EN, old, new)
    found = bank.problems("questions")
    assert len(found) == 1
    assert found[0].startswith(f"{EN}:{bank.line(EN, at)}: questions: {message}")


def test_two_follow_ups_are_asked_for_and_no_more(bank):
    bank.append(EN, '??? question "And?"\n    Text.')
    assert bank.problems("questions")[0].endswith("`toy` has 8 parts of 7")
    bank.write(EN, bank_page("en").rsplit("??? question", 1)[0])
    assert "part 7 of `toy` is not the second follow-up" in bank.problems("questions")[0]


def test_two_results_are_asked_for(bank):
    bank.replace("data/numbers/practice/risk.yml", "[rate, twice, half]", "[rate, twice]")
    found = bank.problems("questions")
    assert [problem.split(": ", 2)[2] for problem in found] == [
        "the table `toy` has 1 results of at least 2"
    ] * 2


def test_page_and_data_have_the_same_questions_in_the_same_order(bank):
    bank.replace(EN, "{#toy}", "{#toi}")
    assert bank.problems("questions") == [
        f"{EN}:1: questions: no section `#toy`, which {DATA} has",
        f"{EN}:{bank.line(EN, '{#toi}')}: questions: `toi` is no question of {DATA} (did you mean `toy`?)",
    ]


def test_the_data_file_names_pages_and_places_that_exist(bank):
    bank.replace(DATA, "nearest: designs/toy", 'nearest: "designs/toy#nowhere"')
    found = bank.problems("questions")
    assert found[0].startswith(f"{DATA}:3: questions: `designs/toy#nowhere`, nearest to `toy`, does not exist")
    bank.replace(DATA, '"designs/toy#nowhere"', "designs/later")
    assert "`designs/later`, nearest to `toy`, does not exist" in bank.problems("questions")[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("hardest: data", "hardest: dta", "`hardest` is `dta` (did you mean `data`?)"),
        ("difficulty: 2", "difficulty: 4", "`difficulty` is more than 3"),
        ("minutes: 45, ", "", "`toy` lacks `minutes`"),
    ],
)
def test_a_wrong_entry_is_reported_where_it_stands(bank, old, new, message):
    bank.replace(DATA, old, new)
    assert f"{DATA}:3: questions: {message}" in bank.problems("questions")
