"""Both languages say the same: pages, headings, tables, figures, links, diagrams."""

from __future__ import annotations

import pytest

EN, ZH = "docs/en/designs/toy.md", "docs/zh/designs/toy.md"
INDEX_EN, INDEX_ZH = "docs/en/index.md", "docs/zh/index.md"


def add(mini, english: str, chinese: str) -> tuple[int, int]:
    """Add a section to the home page of both languages; return the lines of the added texts."""
    return (
        mini.append(INDEX_EN, f"## A {{#a}}\n\n{english}") + 2,
        mini.append(INDEX_ZH, f"## 甲 {{#a}}\n\n{chinese}") + 2,
    )


def test_two_pages_that_say_the_same_pass(mini):
    assert mini.problems("parity") == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("3,000 of 10 million", "3000，共 1000 万"),
        ("p99 at 99.9%", "99.9% 的 p99"),
        ("1.5 billion and 2K", "15 亿与 2000"),
        ("{{ toy:load }} and {{toy:rate|bare}}", "{{ toy:rate | bare }} 与 {{ toy:load }}"),
        ("L6+ and F1 and top-k", "L6+、F1 与 top-k"),
        ("see [@smith2020] and `code 17`", "见 [@smith2020] 与 `code 17`"),
        ("1. one\n2. two", "1. 一\n2. 二"),
        ("[5](designs/toy.md)", "[5](designs/toy.md)"),
        ("```text\nGB 1\n```", "```text\nGB 2\n```"),
    ],
)
def test_the_same_figures_in_another_order_or_scale_pass(english, chinese, mini):
    add(mini, english, chinese)
    assert mini.problems("parity") == []


@pytest.mark.parametrize(
    ("english", "chinese", "difference"),
    [
        ("30 days", "31 天", "only here: 31; only there: 30"),
        ("30 days", "三十天", "only there: 30"),
        ("a month", "30 天", "only here: 30"),
        ("10 million", "1000 亿", "only here: 1e+11; only there: 10000000"),
        ("p99", "p95", "only here: p95; only there: p99"),
        ("5 and 5", "5", "only there: 5"),
        ("{{ toy:load }}", "{{ toy:rate }}", "only here: {{toy:rate}}; only there: {{toy:load}}"),
        ("{{ toy:load }}", "{{ toy:load | bare }}", "only here: {{toy:load|bare}}; only there: {{toy:load}}"),
        ("So it is [@smith2020].", "正是如此。", "only there: @smith2020"),
    ],
)
def test_figures_that_differ_are_reported_at_their_lines(english, chinese, difference, mini):
    there, here = add(mini, f"text\n{english}", f"文字\n{chinese}")
    (problem,) = mini.problems("parity")
    # A figure that is only in the other language has no line here: the section's first line stands for it.
    line = here + 1 if "only here" in difference else here - 2
    where = there + 1 if "only there" in difference else there - 2
    assert problem == (
        f"{INDEX_ZH}:{line}: parity: figures differ from {INDEX_EN}:{where}: {difference}"
        " (the same numbers, values and sources in both languages)"
    )


def test_a_heading_that_is_renamed_moved_or_lost_is_reported_where_the_pages_part(mini):
    line, there = mini.replace(ZH, "{#rubric}", "{#rubrik}"), mini.line(EN, "{#rubric}")
    index = [h.id for h in mini.book().pages["en"]["designs/toy"].headings].index("rubric") + 1
    assert mini.problems("parity") == [
        f"{ZH}:{line}: parity: heading {index} is `## rubrik`, but `## rubric` at {EN}:{there}"
    ]


def test_a_heading_of_another_level_is_reported(mini):
    there, here = add(mini, "text", "文字")
    mini.replace(INDEX_ZH, "## 甲 {#a}", "### 甲 {#a}")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here - 2}: parity: heading 2 is `### a`, but `## a` at {INDEX_EN}:{there - 2}"
    ]


def test_a_heading_that_is_missing_is_reported_with_the_counts(mini):
    line = mini.append(INDEX_EN, "## B {#b}\n\ntext")
    last = mini.line(INDEX_ZH, "{#home}")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{last}: parity: heading 2 is missing: `## b` at {INDEX_EN}:{line} (1 vs 2 in all)"
    ]


def test_a_heading_too_many_is_reported_with_the_counts(mini):
    line = mini.append(INDEX_ZH, "## 乙 {#b}\n\n文字")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{line}: parity: heading 2 is `## b`, but {INDEX_EN} has no more (2 vs 1 in all)"
    ]


TABLE = "| a | b |\n|---|---|\n| x | y |\n| x | y |"
BOX = '!!! trap "T"\n    x'
FLOW = "```mermaid\nflowchart TD\n  accTitle: T\n  accDescr: D\n  A --> B -.-> C\n```"


@pytest.mark.parametrize(
    ("english", "chinese", "message"),
    [
        (
            TABLE,
            TABLE.rpartition("\n")[0],
            "table 1 is `2 rows × 2 columns`, but `3 rows × 2 columns` at {there}",
        ),
        (
            TABLE,
            "| a |\n|---|\n| x |\n| x |",
            "table 1 is `3 rows × 1 columns`, but `3 rows × 2 columns` at {there}",
        ),
        (BOX, BOX.replace("trap", "signal"), "box 1 is `signal`, but `trap` at {there}"),
        ("```text\nx\n```", "```python\nx\n```", "fence 1 is `python`, but `text` at {there}"),
        ("{{ stage: data }}", "{{ stage: model }}", "block 1 is `stage model`, but `stage data` at {there}"),
    ],
)
def test_a_table_box_fence_or_block_that_differs_is_reported_at_its_line(english, chinese, message, mini):
    there, here = add(mini, english, chinese)
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: {message.format(there=f'{INDEX_EN}:{there}')}"
    ]


@pytest.mark.parametrize(
    ("what", "text", "name"),
    [
        ("table", TABLE, "3 rows × 2 columns"),
        ("box", BOX, "trap"),
        ("fence", FLOW, "mermaid"),
        ("block", "{{ stages }}", "stages"),
    ],
)
def test_one_that_is_missing_is_reported_with_the_counts(what, text, name, mini):
    there, _ = add(mini, text, "文字")
    assert (
        f"{INDEX_ZH}:1: parity: {what} 1 is missing: `{name}` at {INDEX_EN}:{there} (0 vs 1 in all)"
        in mini.problems("parity")
    )


def test_links_that_differ_are_reported(mini):
    _there, here = add(mini, "[x](designs/toy.md#data)", "[x](designs/toy.md#model)")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:1: parity: the link to `designs/toy.md#data` is missing, see {INDEX_EN}:{mini.line(INDEX_EN, '#data')}",
        f"{INDEX_ZH}:{here}: parity: the link to `designs/toy.md#model` is not on {INDEX_EN}",
    ]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("A --> B", "A[甲] -->|乙| B", []),
        (
            "B -.-> C",
            "B",
            [
                "arrows differ from {there}: only there: B → C (dotted)",
                "nodes differ from {there}: only there: C",
            ],
        ),
        ("-.->", "-->", ["arrows differ from {there}: only here: B → C (solid); only there: B → C (dotted)"]),
        (
            "A --> B",
            "B --> A",
            [
                "arrows differ from {there}: only here: A → C (dotted), B → A (solid); only there: A → B (solid), B → C (dotted)"
            ],
        ),
        (
            "A -->",
            "Z -->",
            [
                "arrows differ from {there}: only here: Z → B (solid); only there: A → B (solid)",
                "nodes differ from {there}: only here: Z; only there: A",
            ],
        ),
        (
            "A --> B",
            "A:::bad --> B:::good",
            ["nodes differ from {there}: only here: A (:::bad), B (:::good); only there: A, B"],
        ),
        (
            "A --> B",
            "A[(A)] --> B",
            ["nodes differ from {there}: only here: A (cylinder); only there: A"],
        ),
        (
            "A --> B",
            "subgraph G\n  A\n  end\n  A --> B",
            [
                "groups differ from {there}: only here: G",
                "nodes differ from {there}: only here: A (in G); only there: A",
            ],
        ),
        ("flowchart TD", "graph LR", []),
        ("flowchart TD\n", "", []),
    ],
    ids=["labels", "arrow lost", "style", "turned round", "node renamed", "classes", "shape", "group", "direction", "invalid"],
)
def test_a_diagram_has_the_same_nodes_and_arrows(old, new, messages, mini):
    there, here = add(mini, FLOW, FLOW.replace(old, new))
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: {message.format(there=f'{INDEX_EN}:{there}')}" for message in messages
    ]


def test_a_diagram_of_another_kind_is_reported(mini):
    sequence = "```mermaid\nsequenceDiagram\n  accTitle: T\n  accDescr: D\n  A->>B: x\n```"
    there, here = add(mini, FLOW, sequence)
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: a sequence diagram, but a flowchart at {INDEX_EN}:{there}"
    ]


def test_code_is_the_same_in_both_languages(mini):
    _there, here = add(mini, "```sh\nmake site\n```", "```sh\nmake sites\n```")
    there = mini.line(INDEX_EN, "```sh")
    assert mini.problems("parity") == [f"{INDEX_ZH}:{here}: parity: the code differs from {INDEX_EN}:{there}"]


def test_what_a_program_prints_may_be_in_the_readers_language(mini):
    add(mini, "```text\nmissing\n```", "```text\n缺失\n```")
    assert mini.problems("parity") == []
