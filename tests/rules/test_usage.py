"""Chinese is written in one form for one thing on a page; what is not is listed, and fails nothing."""

from __future__ import annotations

import pytest

from handbook import cli

EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ZH, "7.6 万张、12.2 万张，共 9,999 次"),
        (ZH, "共 76,000 张、50000 次"),
        (ZH, "30–120 天，5–7 天"),
        (ZH, "**理由**：甲。\n\n**代价**：乙。"),
        (ZH, "其他人；面试官。吉他"),
        (ZH, "甲；乙。丙；丁。"),
        (EN, "7.6 万, 76,000, 5–7, 5-7"),
    ],
)
def test_one_form_passes(path, text, mini):
    mini.append(path, text)
    assert mini.problems("usage") == []


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("12.2 万张\n\n76,000 张", 2, "76,000 on a page that says 万 (write it with 万 or 亿)"),
        ("12.2 万张\n\n- 50000 张", 2, "50000 on a page that says 万 (write it with 万 or 亿)"),
        ("30–120 天\n\n1–2 天\n\n5 到 7 天", 4, "ranges in two forms: “到” and “–” (write “–”)"),
        ("30–120 天\n\n1–2 天\n\n5-7 天", 4, "ranges in two forms: “-” and “–” (write “–”)"),
        (
            "**理由**：甲\n\n**代价**：乙\n\n**结论：**丙",
            4,
            "lead-ins in two forms: “**…：**” and “**…**：” (write “**…**：”)",
        ),
        ("他会追问", 0, "“他” for a person (面试官, 候选人, 你)"),
        ("甲；乙；丙。", 0, "more than one semicolon in a sentence (make it two)"),
    ],
)
def test_two_forms_are_listed_at_their_line(text, offset, message, mini):
    line = mini.append(ZH, text) + offset
    assert mini.problems("usage") == [f"{ZH}:{line}: usage: {message}"]


def test_it_is_listed_when_asked_for_and_fails_nothing(mini, capsys):
    line = mini.append(ZH, "他会追问")
    mini.append(EN, "The interviewer asks.")
    mini.settle()
    assert cli.main(["--root", str(mini.root), "check", "--only", "parity,usage"]) == 0
    assert cli.main(["--root", str(mini.root), "check", "--advice"]) == 0
    listed = f"{ZH}:{line}: usage: “他” for a person (面试官, 候选人, 你)\n"
    assert capsys.readouterr().out == listed * 2
