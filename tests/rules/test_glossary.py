"""One term, one word for it in each language."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (EN, "Quantisation and `quantization` in code"),
        (EN, "[text](designs/toy.md#data) https://example.org/quantization"),
        (EN, "回退版本"),
        (EN, "dequantization"),
        (ZH, "回滚 `回退版本`"),
        (ZH, "quantization"),
        (EN, "```python\nquantization = 1\n```"),
    ],
)
def test_the_handbooks_terms_pass(path, text, mini):
    mini.append(path, text)
    assert mini.problems("glossary") == []


@pytest.mark.parametrize(
    ("path", "text", "offset", "word", "term"),
    [
        (EN, "Quantization helps", 0, "Quantization", "quantisation"),
        (EN, "the quantizations", 0, "quantizations", "quantisation"),
        (EN, "[quantization](designs/toy.md)", 0, "quantization", "quantisation"),
        (
            EN,
            "```mermaid\nflowchart TD\n  accTitle: T\n  accDescr: D\n  A[quantization]\n```",
            4,
            "quantization",
            "quantisation",
        ),
        (ZH, "需要回退版本。", 0, "回退版本", "回滚"),
    ],
)
def test_a_word_that_the_glossary_replaces_is_reported_at_its_line(path, text, offset, word, term, mini):
    line = mini.append(path, text) + offset
    assert mini.problems("glossary") == [
        f"{path}:{line}: glossary: “{word}” is not the handbook's term (write “{term}”)"
    ]


def test_the_front_matter_is_read_too(mini):
    mini.replace(EN, "description: ", "description: Quantization. ")
    assert mini.problems("glossary") == [
        f"{EN}:3: glossary: “Quantization” is not the handbook's term (write “quantisation”)"
    ]


def test_labels_of_the_numbers_are_read_too(mini):
    line = mini.replace("data/numbers/designs/toy.yml", "en: Base rate", "en: Quantization")
    assert mini.problems("glossary") == [
        f"data/numbers/designs/toy.yml:{line}: glossary: “Quantization” is not the handbook's term (write “quantisation”)"
    ]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("先回退版本号。", False),
        ("先回退版本号，再回退版本。", True),
        ("先回退版本，再回退版本号。", True),
    ],
)
def test_a_phrase_in_which_the_word_is_right_passes_and_hides_no_other(text, reported, mini):
    mini.replace("data/glossary.yml", "avoid_zh: [回退版本]", "avoid_zh: [回退版本], unless_zh: [回退版本号]")
    line = mini.append(ZH, text)
    problem = f"{ZH}:{line}: glossary: “回退版本” is not the handbook's term (write “回滚”)"
    assert mini.problems("glossary") == [problem] * reported
