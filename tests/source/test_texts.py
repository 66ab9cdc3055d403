"""The texts of a page and of the data files, each with its line and language."""

from __future__ import annotations

import pytest

from handbook.source import texts

DIAGRAM = '```mermaid\nflowchart TD\n  accTitle: T\n  A["a<br/>b"] -->|c| B[("d")]\n```'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# T {#t}\n\na\nb", [(5, "T"), (7, "a\nb")]),
        ("- a\n- b", [(5, "a"), (6, "b")]),
        ("| a | b |\n|---|---|\n| c | |", [(5, "a"), (5, "b"), (7, "c")]),
        ('!!! trap "a"\n    b', [(5, "a"), (6, "b")]),
        ("```sh\na\n```", []),
        (DIAGRAM, [(7, "T"), (8, "a"), (8, "b"), (8, "c"), (8, "d")]),
    ],
)
def test_each_text_of_a_page_has_its_line(body, found, pages_of):
    front = [(2, "T"), (3, "D")]
    assert [(text.line, text.text) for text in texts.of_page(pages_of(body))] == front + found


def test_the_texts_of_data_files_are_read(mini):
    found = [(text.path, text.language, text.text) for text in texts.of_data(mini.book())]
    for path, language, text in (
        ("data/framework.yml", "zh", "需求"),
        ("data/glossary.yml", "en", "rollback"),
    ):
        assert (path, language, text) in found


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a **b** [c](d.md) `e` {{ f }} [@g] \\( h \\) <i>j</i> {#k} https://l.org/m", "a b c · ·  · j  "),
        ("你好", "你好"),
    ],
)
def test_plain_text_is_without_markup_code_and_values(text, plain):
    assert texts.Text("p", 1, "en", text).plain == plain
