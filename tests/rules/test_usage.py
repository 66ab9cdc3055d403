"""Chinese is written in one form for one thing: numbers, ranges, lead-ins, people."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ZH, "7.6 万张、12.2 万张，共 9,999 次"),
        (ZH, "共 76,000 张、50000 次"),
        (ZH, "7.6 万张，见 ISO 21448"),
        (ZH, "30–120 天，5–7 天"),
        (ZH, "5 到 7 天，3 到 4 天"),
        (ZH, "30–120 天，从 3 到 5，2026-11-29"),
        (ZH, "**理由**：甲。\n\n**代价**：乙。"),
        (ZH, "**先说目标，再说模型。**甲\n\n**这是一整句完整的话。**乙"),
        (ZH, "其他人；他们；面试官。吉他，马耳他，他人"),
        (EN, "7.6 万, 76,000, 5–7, 5-7 **Why:** x"),
    ],
)
def test_one_form_passes(path, text, mini):
    mini.append(path, text)
    assert mini.problems("usage") == []


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("12.2 万张\n\n76,000 张", 2, "76,000 on a page that says 万 (write it with 万 or 亿)"),
        ("12.2 万张\n\nISO 有 21448 张", 2, "21448 on a page that says 万 (write it with 万 or 亿)"),
        ("12.2 万张\n\n- 50000 张", 2, "50000 on a page that says 万 (write it with 万 or 亿)"),
        ("30–120 天\n\n5 到 7 天", 2, "ranges in two forms: “到” and others (write “–”)"),
        ("30–120 天\n\n5 至 7 天", 2, "ranges in two forms: “至” and others (write “–”)"),
        ("30–120 天\n\n1–2 天\n\n5-7 天", 4, "ranges in two forms: “-” and others (write “–”)"),
        ("**结论：**丙", 0, "the lead-in **结论：** in another form (write **结论**：)"),
        ("甲\n\n- **结论。**丙", 2, "the lead-in **结论。** in another form (write **结论**：)"),
        ("**结论**。丙", 0, "the lead-in **结论**。 in another form (write **结论**：)"),
        ("他会追问", 0, "“他” for a person (面试官, 候选人, 你)"),
        ("面试官问，她会追问", 0, "“她” for a person (面试官, 候选人, 你)"),
    ],
)
def test_another_form_is_reported_at_its_line(text, offset, message, mini):
    line = mini.append(ZH, text) + offset
    assert mini.problems("usage") == [f"{ZH}:{line}: usage: {message}"]


def test_diagrams_are_read_too(mini):
    line = mini.append(ZH, "```mermaid\nflowchart TD\n  accTitle: 甲\n  accDescr: 乙\n  A[他会追问]\n```") + 4
    assert mini.problems("usage") == [f"{ZH}:{line}: usage: “他” for a person (面试官, 候选人, 你)"]
