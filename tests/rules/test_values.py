"""Every value, block and citation resolves, and nothing is typed that is computed."""

from __future__ import annotations

import pytest

TOY, ZH = "docs/en/designs/toy.md", "docs/zh/designs/toy.md"


def test_values_that_resolve_pass(mini):
    mini.append(
        TOY,
        "{{ load }} `{{ unknown }}` `[@unknown]` and \\(\\frac{a_{1}}{b}\\).\n\n\\[\n\\frac{a}{b_{1}}\n\\]",
    )
    mini.append(TOY, "```text\n{{ unknown }} {{ open [@unknown]\n```")
    assert mini.problems("values") == []


def test_the_comparison_is_checked_where_it_is_declared(mini):
    line = mini.replace("data/designs.yml", "{en: its load,", '{en: "its {{ laod }}",')
    assert mini.problems("values") == [
        f"data/designs.yml:{line}: values: unknown value `laod` (did you mean `load`?)"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ laod }}", "unknown value `laod` (did you mean `load`?)"),
        ("{{ load | short }}", "unknown form `short` (only `bare` exists)"),
        ("{{ other:load }}", "`load`: no numbers file data/numbers/other.yml"),
        ("It is [@smth2020].", "unknown source `smth2020` (did you mean `smith2020`?)"),
        ("{{ stage: dta }}", "unknown stage `dta` (did you mean `data`?)"),
        ("{{ calculation: laod }}", "unknown table `laod` (did you mean `load`?)"),
        ("{{ budget: decison }}", "unknown budget `decison` (did you mean `decision`?)"),
        ("See {{ card }} here.", "`{{ card }}` must stand alone on its line"),
        ("See {{ calculation: load }} here.", "`{{ calculation: load }}` must stand alone on its line"),
        ("The load is {{ load.", "`{{` is never closed (write `{{ name }}` on one line)"),
        ("It is so [@smith2020, p. 3].", "a citation cannot be read (write `[@key]`, one key each)"),
        ("```mermaid\nflowchart TD\n  A[{{ laod }}]\n```", "unknown value `laod` (did you mean `load`?)"),
    ],
)
def test_what_does_not_resolve_is_reported_at_its_line(text, message, mini):
    line = mini.append(TOY, text) + (2 if text.startswith("```") else 0)
    assert mini.problems("values") == [f"{TOY}:{line}: values: {message}"]


@pytest.mark.parametrize("value", ["259M", "259M,", "**259M**", "is 259M."])
def test_a_typed_result_is_reported(value, mini):
    line = mini.append(TOY, f"The load {value} a day")
    assert mini.problems("values") == [
        f"{TOY}:{line}: values: 259M is typed, but the build computes it (write {{{{ day_load }}}})"
    ]


@pytest.mark.parametrize("text", ["日负载为 2.59 亿 笔。", "日负载为 2.59\u00a0亿。"])
def test_a_typed_result_is_reported_in_chinese_figures_too(text, mini):
    line = mini.append(ZH, text)
    assert mini.problems("values") == [
        f"{ZH}:{line}: values: 2.59 亿 is typed, but the build computes it (write {{{{ day_load }}}})"
    ]


def test_a_typed_grouped_result_is_reported_before_a_comma(mini):
    line = mini.append(TOY, "With 259,200, and more")
    assert mini.problems("values") == [
        f"{TOY}:{line}: values: 259,200 is typed, but the build computes it (write {{{{ frauds }}}})"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1,259,200 are others",
        "259 is short",
        "`259M`",
        "[259M](#data)",
        "v259M",
        "259,200.5",
        "{{ day_load }}",
    ],
)
def test_other_figures_pass(text, mini):
    mini.append(TOY, text)
    found = mini.problems("values")
    assert found == [] or "[259M]" in text


def test_a_page_that_cites_nothing_has_no_list_of_sources(mini):
    for language, end in (("en", "."), ("zh", "。")):
        mini.replace(f"docs/{language}/designs/toy.md", f"[@smith2020]{end}", end)
    line = mini.line(TOY, "{{ sources }}")
    assert mini.problems("values")[0] == f"{TOY}:{line}: values: the page cites nothing"
