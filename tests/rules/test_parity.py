"""Both languages say the same: pages, headings, tables, figures, links, diagrams."""

from __future__ import annotations

import random

import pytest

from handbook import source
from handbook.rules import parity
from handbook.source import outline
from handbook.source import page as pages

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
        ("10–20K a day", "每天 1–2 万"),
        ("10-20% of 80 ms", "80 毫秒的 10%–20%"),
        ("2 weeks, twice", "两周，两次"),
        ("two weeks, 3 times as much", "2 周，三倍"),
        ("$5 and 30 dollars", "5 美元与 $30"),
        ("a 24-hour window, 8-bit", "24 小时窗口，8 bit"),
        ("top-10, the 90th", "前 10，第 90"),
        ("5 to 10 seconds", "5 到 10 秒"),
        ("in November 2026", "2026 年 11 月"),
        (r"\( p > 0.5 \text{ or so} \)", r"\( p > 0.5 \text{ 左右} \)"),
    ],
)
def test_the_same_figures_in_another_order_scale_or_spelling_pass(english, chinese, mini):
    add(mini, english, chinese)
    assert mini.problems("parity") == []


HINT = "(the same numbers, units, values, sources, code and links)"


@pytest.mark.parametrize(
    ("english", "chinese", "difference"),
    [
        ("30 days", "31 天", "only here: 31 day; only there: 30 day"),
        ("30 days", "三十天", "only there: 30 day"),
        ("a month", "30 天", "only here: 30 day"),
        ("10 million", "1000 亿", "only here: 1e+11; only there: 10000000"),
        ("p99", "p95", "only here: p95; only there: p99"),
        ("H100", "A100", "only here: A100; only there: H100"),
        ("55 and 55", "55", "only there: 55"),
        ("so {{ toy:load }}", "即 {{ toy:rate }}", "only here: {{toy:rate}}; only there: {{toy:load}}"),
        (
            "so {{ toy:load }}",
            "即 {{ toy:load | bare }}",
            "only here: {{toy:load|bare}}; only there: {{toy:load}}",
        ),
        ("So it is [@smith2020].", "正是如此。", "only there: @smith2020"),
        ("80 ms", "80 s", "only here: 80 s; only there: 80 ms"),
        ("80 ms", "80 秒", "only here: 80 s; only there: 80 ms"),
        ("10-20%", "10-30%", "only here: 30%; only there: 20%"),
        ("10–20K", "1–3 万", "only here: 30000; only there: 20000"),
        ("$5", "5 欧元", "only here: 5 EUR; only there: 5 USD"),
        ("8-bit", "4-bit", "only here: 4 bit; only there: 8 bit"),
        ("top-10", "top-20", "only here: 20; only there: 10"),
        ("`a`", "`b`", "only here: `b`; only there: `a`"),
        (r"\( p > 0.5 \)", r"\( p < 0.5 \)", "only here: p<0.5; only there: p>0.5"),
        (
            "[x](designs/toy.md#data)",
            "[x](designs/toy.md#model)",
            "only here: → designs/toy.md#model; only there: → designs/toy.md#data",
        ),
    ],
)
@pytest.mark.parametrize(
    "around",
    ["{}", "- {}", '!!! trap "T"\n    {}', '!!! trap "{}"\n    x', "| a |\n|---|\n| {} |"],
    ids=["paragraph", "item", "box", "title", "cell"],
)
def test_figures_that_differ_are_reported_where_they_stand(english, chinese, difference, around, mini):
    add(mini, around.format(english), around.format(chinese))
    there, here = mini.line(INDEX_EN, english), mini.line(INDEX_ZH, chinese)
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: figures differ from {INDEX_EN}:{there}: {difference} {HINT}"
    ]


@pytest.mark.parametrize("key", ["title", "description"])
def test_figures_of_the_front_matter_are_compared(key, mini):
    mini.replace(INDEX_EN, f"{key}: ", f"{key}: 30 ")
    mini.replace(INDEX_ZH, f"{key}: ", f"{key}: 31 ")
    there, here = mini.line(INDEX_EN, f"{key}:"), mini.line(INDEX_ZH, f"{key}:")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: figures differ from {INDEX_EN}:{there}: only here: 31; only there: 30 {HINT}"
    ]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("5 here.\n\n7 there.", "7 那里。\n\n5 这里。"),
        ("- 5 here\n- 7 there", "- 7 那里\n- 5 这里"),
        ("| a | b |\n|---|---|\n| 5 | 7 |", "| a | b |\n|---|---|\n| 7 | 5 |"),
        ("| a |\n|---|\n| 5 |\n| 7 |", "| a |\n|---|\n| 7 |\n| 5 |"),
    ],
    ids=["paragraphs", "items", "cells", "rows"],
)
def test_two_figures_that_have_changed_places_are_reported(english, chinese, mini):
    add(mini, english, chinese)
    first, second = sorted(mini.problems("parity"), key=lambda problem: "only here: 5" in problem)
    assert "only here: 7; only there: 5" in first
    assert "only here: 5; only there: 7" in second


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
        (TABLE, "| a |\n|---|\n| x |\n| x |", "a table of 1 columns, but a table of 2 columns at {there}"),
        (BOX, BOX.replace("trap", "signal"), "a box `signal`, but a box `trap` at {there}"),
        ("```text\nx\n```", "```python\nx\n```", "a fence `python`, but a fence `text` at {there}"),
        (
            "{{ stage: data }}",
            "{{ stage: model }}",
            "a block `stage model`, but a block `stage data` at {there}",
        ),
        ("- a\n- b", "1. 甲\n2. 乙", "an ordered list, but a bullets list at {there}"),
        ('<div class="a">\nx\n</div>', '<div class="b">\nx\n</div>', '`<div class="b">`, but `<div class="a">` at {there}'),
    ],
)
def test_a_block_of_another_kind_is_reported_at_its_line(english, chinese, message, mini):
    there, here = add(mini, english, chinese)
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: {message.format(there=f'{INDEX_EN}:{there}')}"
    ]


SAME = "(the same blocks in both languages)"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("One more.", "a paragraph of {there} is missing below this line: “One more.”"),
        (TABLE, "a table of 2 columns of {there} is missing below this line: “a | b | x | y | x | y”"),
        (BOX, "a box `trap` of {there} is missing below this line: “T | x”"),
        (FLOW, "a fence `mermaid` of {there} is missing below this line"),
        ("{{ stages }}", "a block `stages` of {there} is missing below this line"),
        ("- a\n- b", "a bullets list of {there} is missing below this line: “a | b”"),
        ("> a", "a quote of {there} is missing below this line: “a”"),
        (r"\[ x \]", r"a formula of {there} is missing below this line: “\[ x \]”"),
    ],
    ids=["paragraph", "table", "box", "fence", "block", "list", "quote", "formula"],
)
def test_a_block_that_is_missing_is_reported_below_the_one_before(text, called, mini):
    there, here = add(mini, f"A first paragraph, 3.\n\n{text}\n\nA last one, 5.", "第一段，3。\n\n最后一段，5。")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here}: parity: {called.format(there=f'{INDEX_EN}:{there + 2}')} {SAME}"
    ]


@pytest.mark.parametrize(
    ("english", "chinese", "kind", "quoted"),
    [
        ("- one 1\n- two 2\n- three 3", "- 一 1\n- 三 3", "an item", "two 2"),
        ("- one\n    - two 2\n    - three 3", "- 一\n    - 三 3", "an item", "two 2"),
        ("| a |\n|---|\n| 1 |\n| 2 |\n| 3 |", "| 甲 |\n|---|\n| 1 |\n| 3 |", "a row", "2"),
        ('!!! trap "T"\n    1\n\n    2', '!!! trap "题"\n    1', "a paragraph", "2"),
        ("- one\n\n    1\n\n    2", "- 一\n\n    1", "a paragraph", "2"),
    ],
    ids=["item", "nested item", "row", "box", "paragraph of an item"],
)
def test_what_is_missing_inside_a_block_is_reported(english, chinese, kind, quoted, mini):
    add(mini, english, chinese)
    (problem,) = mini.problems("parity")
    there = mini.line(INDEX_EN, quoted)
    assert f": parity: {kind} of {INDEX_EN}:" in problem
    assert problem.endswith(f" is missing below this line: “{quoted}” {SAME}")
    assert f"{INDEX_EN}:{there} " in problem


def test_a_block_too_many_is_reported_at_its_line(mini):
    _, here = add(mini, "One, 5.", "一，5。\n\n又一段。")
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here + 2}: parity: a paragraph more than {INDEX_EN} has: “又一段。” {SAME}"
    ]


@pytest.mark.parametrize(
    ("sentences", "called", "hint"),
    [(3, "shorter", "is a sentence missing?"), (12, "longer", "does it say more?")],
)
def test_a_paragraph_of_much_less_or_more_is_reported(sentences, called, hint, mini):
    english, chinese = "We decide it and say why here. ", "这里说明决定与理由，并给出依据。"
    there, here = add(mini, f"{english * 6}\n\n" * 3, f"{chinese * 6}\n\n{chinese * sentences}\n\n{chinese * 6}")
    characters, share = 14 * sentences, f"{sentences / 6:.0%}"
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here + 2}: parity: much {called} than {INDEX_EN}:{there + 2}: {characters} characters for"
        f" 42 words, {share} of what is usual on this page ({hint})"
    ]


def test_a_short_cell_may_be_of_any_length(mini):
    add(mini, "| One, two, three, four |\n|---|\n| x |", "| 四 |\n|---|\n| x |")
    assert mini.problems("parity") == []


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


@pytest.mark.parametrize(
    ("old", "new", "offset", "difference"),
    [
        ("accDescr: D", "accDescr: D 5", 3, "only there: 5"),
        ("A --> B", 'A["80 ms"] --> B', 4, "only there: 80 ms"),
        ("A --> B", "A -->|p99| B", 4, "only there: p99"),
        ("A --> B", 'A["{{ designs/toy:load }}"] --> B', 4, "only there: {{designs/toy:load}}"),
    ],
    ids=["description", "node", "arrow", "value"],
)
def test_figures_on_a_diagram_are_compared(old, new, offset, difference, mini):
    there, here = add(mini, FLOW.replace(old, new), FLOW)
    assert mini.problems("parity") == [
        f"{INDEX_ZH}:{here + offset}: parity: figures differ from {INDEX_EN}:{there + offset}: {difference} {HINT}"
    ]


def test_two_figures_that_have_changed_places_on_a_diagram_are_reported(mini):
    english = FLOW.replace("A --> B -.-> C", "A -->|5 ms| B\n  B -->|7 ms| C")
    add(mini, english, english.replace("5 ms", "x").replace("7 ms", "5 ms").replace("x", "7 ms"))
    assert [problem.partition(": only")[2] for problem in mini.problems("parity")] == [
        f" here: 7 ms; only there: 5 ms {HINT}",
        f" here: 5 ms; only there: 7 ms {HINT}",
    ]


@pytest.mark.slow
def test_a_paragraph_or_item_that_is_deleted_is_reported_wherever_it_stood(root):
    """Forty of the repository's Chinese paragraphs and list items, one at a time."""
    book = source.load(root)
    places = [
        (slug, block, line)
        for slug, page in sorted(book.pages["zh"].items())
        for block, line in with_ends(outline.outline(page), len(page.lines))
        if block.kind in ("paragraph", "item")
    ]
    for slug, block, last in random.Random(7).sample(places, 40):
        page = book.pages["zh"][slug]
        lines = [line for n, line in enumerate(page.lines, 1) if not block.line <= n <= last]
        text = "\n".join([*lines[: block.line - 1], "", *lines[block.line - 1 :]])
        damaged = pages.parse(page.path, "zh", slug, text)
        found = list(parity.check(book, book.pages["en"][slug], damaged))
        assert found, f"{page.path}:{block.line}"


def with_ends(blocks, end):
    """Yield every block that holds or is text, with its last line."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        last = following.line - 1 if following else end
        yield block, last
        if block.kind in ("box", "list", "quote"):
            yield from with_ends(block.blocks, last)


def test_a_heading_that_a_formula_swallows_is_left_to_other_rules(mini):
    add(mini, "## More {#more}\n\nWords.", "\\[\nx\n## 更多 {#more}\n\n文字。")
    assert mini.problems("parity") == []
    assert mini.problems("formulas")


def test_pages_without_a_long_block_have_no_usual_length(mini):
    for language, title, words in (("en", "Home", "One."), ("zh", "首页", "一。")):
        front = f"---\ntitle: {title}\ndescription: {title}\n---\n\n"
        mini.write(f"docs/{language}/index.md", f"{front}# {title} {{#home}}\n\n{words}\n")
    assert mini.problems("parity") == []
