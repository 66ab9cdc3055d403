"""What often comes with a translation is listed when asked for, and fails nothing."""

from __future__ import annotations

import pytest

from handbook import cli

EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ZH, "甲；乙。丙；丁。"),
        (ZH, "模型挂了，它的分数也没了。它们都在。"),
        (EN, "One; two; three."),
    ],
)
def test_short_sentences_with_their_nouns_pass(path, text, mini):
    mini.append(path, text)
    assert mini.problems("style") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲；乙；丙。", "more than one semicolon in a sentence (make it two)"),
        ("模型挂了。它没有分数。", "a sentence that begins with 它 (say the noun)"),
        ("| “它挂了” |\n|---|\n| 甲 |", "a sentence that begins with 它 (say the noun)"),
    ],
)
def test_what_may_be_a_translation_is_listed_at_its_line(text, message, mini):
    line = mini.append(ZH, text)
    assert mini.problems("style") == [f"{ZH}:{line}: style: {message}"]


def test_it_is_listed_when_asked_for_and_fails_nothing(mini, capsys):
    line = mini.append(ZH, "甲；乙；丙。")
    mini.append(EN, "One; two; three.")
    mini.settle()
    assert cli.main(["--root", str(mini.root), "check", "--only", "parity,style"]) == 0
    assert cli.main(["--root", str(mini.root), "check", "--advice"]) == 0
    listed = f"{ZH}:{line}: style: more than one semicolon in a sentence (make it two)\n"
    assert capsys.readouterr().out == listed * 2
