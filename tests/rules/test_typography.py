"""Chinese is set as Chinese, English as English."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.mark.parametrize(
    "text",
    [
        "我们用 GPU，而不是 CPU；p99 为 25 ms。",
        "他说：“好。”（真的）",
        "比例 1:3，时间 10:30，网址 https://example.org/a?b,c。",
        "**加粗**之后继续，`code`也可以。",
        "公式 \\(a,b\\) 在此。",
        "| 甲 | a, b |\n|---|---|\n| 乙 | c |",
        "[链接](designs/toy.md)与文字 [@smith2020]。",
        "破折号——这样。省略号……这样。",
        "训练–服务偏差",
        "文字 {{ toy:load }} 文字",
    ],
)
def test_well_set_chinese_passes(text, mini):
    mini.append(ZH, text)
    found = mini.problems("typography")
    assert found == [] or ("code" in text or "训练–服务" in text), found


COMMA = "half-width punctuation beside Chinese"
SPACE = "no space between Chinese and Latin letters or digits"


PLACES = ("prose", "table", "diagram", "box", "front matter")
BADLY_SET = (
    ("甲,乙", COMMA, "，；：？！"),
    ("甲乙, 丙丁", COMMA, "，；：？！"),
    ("甲; 乙", COMMA, "，；：？！"),
    ("真的吗?", COMMA, "，；：？！"),
    ("甲乙.", "a half-width full stop after Chinese", "。"),
    ("甲 (乙) 丙", "half-width brackets beside Chinese", "（ ）"),
    ('甲"乙', "straight quotes beside Chinese", "“ ”"),
    ("甲...", "three dots beside Chinese", "……"),
    ("甲--乙", "a short dash beside Chinese", "——"),
    ("甲—乙", "a short dash beside Chinese", "——"),
    ("用GPU 算", SPACE, "中文 abc 中文"),
    ("用 GPU算", SPACE, "中文 abc 中文"),
    ("共3 个", SPACE, "中文 abc 中文"),
    ("占 5%的", SPACE, "中文 abc 中文"),
    ("**用**GPU", SPACE, "中文 abc 中文"),
    ("用{{ toy:load }} 算", SPACE, "中文 abc 中文"),
    ("用 GPU ，算", "a space beside full-width punctuation", "remove it"),
    ("算， GPU 上", "a space beside full-width punctuation", "remove it"),
    ("占 5 %，不多", "a space before the percent sign", "5%"),
    ("订单 + 5%", "a space behind the sign of a number", "+5%"),
    ("误差 ± 5 个百分点", "a space behind the sign of a number", "+5%"),
    ("± {{ toy:load }}", "a space behind the sign of a number", "+5%"),
)


def _can_stand(text: str, place: str) -> bool:
    """A quote ends a diagram's label, and the front matter is plain text."""
    signs = {"diagram": ('"',), "front matter": ("{{", "**")}
    return not any(sign in text for sign in signs.get(place, ()))


@pytest.mark.parametrize(
    ("text", "message", "hint", "place"),
    [(*case, place) for case in BADLY_SET for place in PLACES if _can_stand(case[0], place)],
)
def test_badly_set_chinese_is_reported_at_its_line(text, message, hint, place, mini):
    if place == "front matter":
        line = mini.replace(ZH, "title: 首页", f"title: '{text}'")
    else:
        form, offset = {
            "prose": ("{}", 0),
            "table": ("| 甲 | 乙 |\n|---|---|\n| {} | 丙 |", 2),
            "diagram": ('```mermaid\nflowchart TD\n  accTitle: 甲\n  accDescr: 乙\n  A["{}"]\n```', 4),
            "box": ('!!! trap "陷阱"\n    {}', 1),
        }[place]
        line = mini.append(ZH, form.format(text)) + offset
    found = mini.problems("typography")
    assert found, text
    assert found[0].startswith(f"{ZH}:{line}: typography: {message}: “")
    assert found[0].endswith(f"” ({hint})")


@pytest.mark.parametrize("text", ["Full，width", "A（bracket）", "Ａ", "stop。"])
def test_full_width_characters_in_english_are_reported(text, mini):
    line = mini.append(EN, text)
    (problem,) = mini.problems("typography")
    assert problem.startswith(f"{EN}:{line}: typography: full-width punctuation in an English text: “")


def test_a_space_before_a_percent_sign_is_reported(mini):
    line = mini.append(EN, "A share of 5 % is small.")
    (problem,) = mini.problems("typography")
    assert problem.startswith(f"{EN}:{line}: typography: a space before the percent sign: “")


@pytest.mark.parametrize(
    "text", ["“Quotes” – dashes – and 5 × 3 ≤ 15 …", "`code，`", 'Straight "quotes" are ASCII']
)
def test_well_set_english_passes(text, mini):
    mini.append(EN, text)
    assert mini.problems("typography") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zh: 基准率", "zh: '基准率,负载'", f"{COMMA}: “基准率,负载” (，；：？！)"),
        ("zh: 网络,", "zh: 网络GPU,", f"{SPACE}: “网络GPU” (中文 abc 中文)"),
        ('value_zh: "{{ load }}"', 'value_zh: "负载{{ load }}"', f"{SPACE}: “负载0” (中文 abc 中文)"),
        (
            "en: Base rate",
            "en: Base（rate）",
            "full-width punctuation in an English text: “Base（rate）” (use ASCII)",
        ),
    ],
)
def test_labels_and_cards_of_the_numbers_are_read_too(old, new, message, mini):
    line = mini.replace("data/numbers/designs/toy.yml", old, new)
    assert mini.problems("typography") == [f"data/numbers/designs/toy.yml:{line}: typography: {message}"]
