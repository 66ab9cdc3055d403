"""Figures are read with their units and normalised, so that two languages can be compared."""

from __future__ import annotations

import pytest

from handbook.source import figures


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("3,000 of 10 million", ["3000", "10000000"]),
        ("1.5 万亿、2 万、3 千万", ["1.5e+12", "20000", "30000000"]),
        ("10–20K", ["10000", "20000"]),
        ("1–2 万", ["10000", "20000"]),
        ("10-20%", ["10%", "20%"]),
        ("5 to 10 ms", ["5 ms", "10 ms"]),
        ("5 ms to 10 s", ["5 ms", "10 s"]),
        ("5 to 10 million", ["5", "10000000"]),
        ("80ms 80 毫秒 80 ms", ["80 ms"] * 3),
        ("24-hour 24 小时 24h", ["24 h"] * 3),
        ("$5 5 美元 5 dollars", ["5 USD"] * 3),
        ("3 times 3 倍 3x", ["3 times"] * 3),
        ("the 90th of 3 s", ["90", "3 s"]),
        ("p99 p99s p99.9 H100 3DS L6+ F1", ["p99", "p99", "p99.9", "H100", "3DS", "L6", "F1"]),
        ("top-10", ["10"]),
        ("see `x = 1` and `y`", ["`x = 1`", "`y`"]),
        ("[a 5](b.md#c7)", ["→ b.md#c7", "5"]),
        ("{{ a:b | bare }} [@smith2020]", ["@smith2020", "{{a:b|bare}}"]),
        (r"\( x_{i} > 0.5 \text{ ms} \)", ["x_{i}>0.5"]),
        ("November 2026", ["11", "2026"]),
        ("1. one {#h2} <b id='x3'> https://example.org/4", []),
        ("200 B", ["2e+11"]),
    ],
)
def test_claims_are_normalised(text, claims):
    assert [str(figure) for figure in figures.read(text).claims] == claims


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Two, both, twice", "en", ["2", "2", "2"]),
        ("sometimes none", "en", []),
        ("两周、三倍", "zh", ["2", "3"]),
        ("一亿条、十亿、两万、百万", "zh", ["100000000", "1000000000", "20000", "1000000"]),
        ("三十天、一百、万一、3 亿", "zh", []),
        ("two 两", "de", []),
    ],
)
def test_small_numbers_in_words_are_read_apart(text, language, words):
    assert list(figures.read(text, language).words) == words


@pytest.mark.parametrize(
    ("english", "chinese", "lacking", "extra"),
    [
        ("2 weeks", "两周", [], []),
        ("two weeks", "2 周", [], []),
        ("3 weeks", "两周", ["3 week"], []),
        ("80", "80 ms", [], []),
        ("80 s", "80 ms", ["80 s"], ["80 ms"]),
        ("80 s, 80 ms", "80 ms, 80 s", [], []),
        ("80 s, 80 s", "80 s", ["80 s"], []),
    ],
)
def test_differences_are_what_the_other_text_does_not_say(english, chinese, lacking, extra):
    found = figures.differences(figures.read(english, "en"), figures.read(chinese, "zh"))
    assert [[str(figure) for figure in side] for side in found] == [lacking, extra]
