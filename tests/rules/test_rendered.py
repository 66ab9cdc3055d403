"""Rule `rendered`: what the rules read in a page's Markdown is what its HTML has."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import render
from handbook.rules import rendered

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def renderer():
    return render.Renderer(render.extensions(ROOT, "mkdocs.yml"))


@pytest.fixture(params=["en", "zh"])
def said(request, renderer, pages_of):
    """Return what is said of a page's body, as line and message; the body begins on line 5."""

    def problems(body: str) -> list[tuple[int, str]]:
        page = pages_of(body, request.param)
        return [(problem.line, problem.message) for problem in rendered.compare(page, renderer)]

    return problems


def test_a_handbook_that_shows_what_it_says_passes(mini):
    assert mini.problems("rendered") == []


def test_a_page_is_looked_at_again_only_after_it_changed(mini, monkeypatch):
    looked: list[str] = []
    compare = rendered.compare

    def spy(page, renderer):
        looked.append(page.path)
        return compare(page, renderer)

    monkeypatch.setattr(rendered, "compare", spy)
    assert mini.problems("rendered") == []
    assert len(looked) == len(mini.book().all_pages())
    looked.clear()
    assert mini.problems("rendered") == []
    assert looked == []
    line = mini.append("docs/en/index.md", "a ** b")
    for _ in range(2):  # what failed is looked at each time
        assert [problem.split(":")[1] for problem in mini.problems("rendered")] == [str(line)]
    assert looked == ["docs/en/index.md"] * 2


def test_a_cache_that_cannot_be_written_or_read_is_no_problem(mini):
    mini.write(".cache/passed", "a file where the folder would be")
    assert mini.problems("rendered") == []
    (mini.root / ".cache/passed").unlink()
    mini.write(".cache/passed/rendered.json", b"\xff\0")
    assert mini.problems("rendered") == []


@pytest.mark.parametrize(
    "body",
    [
        "# T {#t}\n\n## A `b` *c* {#a}\n\ntext\n### D {#d-1}\n",
        '!!! trap "T"\n    text\n\n    - a\n    - b\n\n??? question "Q & A, *b* “c”"\n    a\n',
        '- a\n\n    !!! note "T"\n        x\n\n- b\n',
        "text\n\n- **a**: b\n- `c` d\n- [e](f.md)\n  goes on\n    - g\n        1. h\n- {{ i }} j [@k]\n- [ ] l\n",
        "> - a\n> - b\n\n1. c\n2. d\n\ntext\n\n- e\n",
        "- a\n\n    text\n\n    ```python\n    x\n    ```\n\n- b\n",
        "| a | b |\n|---|--:|\n| {{ x | bare }} | `c|d` [@e] |\n| 1 | |\n",
        '!!! board "T"\n    | a |\n    |---|\n    | b |\n',
        "```mermaid\nA\n```\n\n~~~text\n**a** {{ b }}\n~~~\n",
        "```python\nx = a[i](j)  # **\n```\n",
        "{{ card }}\n\ntext\n\n{{ stage: data }}\n\ntext\n",
        '!!! trap "T"\n    text\n\n    {{ card }}\n',
        "a[^1]\n\n[^1]: b\n    c\n",
        "[a](b.md#c) ![d](e.svg) [f][g]\n\n[g]: h.md\n",
        "**A** - b, 5 - 3, a | b, |a|, {a, b}, $5 and $6, A* search, `**`, \\(x_{i}\\)\n\n\\[ \\{ a \\} \\]\n",
        "**你好。**谢谢 **《书》**，*重*点\n",
        "Term\n\n:   definition\n",
        "*a*{.b} [c](d.md){.citation}\n\npara\n{: .lead }\n",
        "<!-- a\n## b\n-->\n\ntext<br>text\n\n---\n\ntext\n",
        "即 a<b && c>d。\n",
        '<div class="home" markdown>\n\n# T {#t}\n\n- a\n\n</div>\n',
    ],
)
def test_well_written_markdown_passes(body, said):
    assert said(body) == []


# ---- boxes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("!!! trap “T”\n    x", [(5, "a box shows its Markdown: `!!! trap “T”`")]),
        ("!!! trap 'T'\n    x", [(5, "a box shows its Markdown: `!!! trap 'T'`")]),
        ('!!! trap "T" x\n    y', [(5, 'a box shows its Markdown: `!!! trap "T" x`')]),
        ('??? question "Q\n    a', [(5, 'a box shows its Markdown: `??? question "Q`')]),
        ('!!! notte "T"\n    x', [(5, "`notte` is no kind of box")]),
        ("!!! trap\n    x", [(5, "the box has no title")]),
        ('!!! trap "T"\nx', [(5, "the box is empty")]),
        ('!!! trap "T"\n  x', [(5, "the box is empty")]),
        ('!!! trap "T"\n    x\n\n  y', [(8, "the text is indented by 2 and belongs to nothing")]),
        ('!!!trap "T"\n    x', [(5, "a box `trap` that the rules do not see")]),
        (
            '  !!! trap "T"\n      x',
            [
                (5, 'a box shows its Markdown: `!!! trap "T"`'),
                (5, "the box `trap` is not shown as a box"),
            ],
        ),
        (
            'text\n\n- item\n  !!! note "T"\n      x',
            [
                (8, 'a box shows its Markdown: `!!! note "T"`'),
                (8, "the box `note` is not shown as a box"),
            ],
        ),
    ],
)
def test_a_box_that_is_none_is_reported(body, expected, said):
    assert said(body) == expected


# ---- fences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```python\nx\n````\n\ny", [(5, "the fence is not shown as written")]),
        ("text\n\n    code", [(7, "`code` is shown as code")]),
    ],
)
def test_a_fence_that_is_none_is_reported(body, expected, said):
    assert said(body) == expected


def test_a_diagram_whose_end_has_other_marks_is_reported(said):
    assert (5, "0 diagrams are shown, 1 are written") in said("```mermaid\nA\n````\n\ntext")


# ---- tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("text\n| a | b |\n|---|---|\n| 1 | 2 |", 6),
        ("| a | b |\n|---|\n| 1 | 2 |", 5),
        ("- a\n| b |\n|---|\n| c |", 6),
    ],
)
def test_a_table_that_is_none_is_reported(body, line, said):
    assert said(body) == [(line, "this table is not shown as a table")]


def test_bars_without_a_line_of_dashes_are_reported(said):
    assert said("| a | b |\n| 1 | 2 |") == [
        (5, "a table shows its Markdown: `| a | b |`"),
        (6, "a table shows its Markdown: `| 1 | 2 |`"),
    ]


def test_text_that_became_a_row_is_reported(said):
    assert said("| a | b |\n|---|---|\n| 1 | 2 |\ntext") == [
        (5, "the table is shown with 3 × 2 cells, not 2 × 2")
    ]


# ---- lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- a\n  - b", [(6, "the list item is shown at level 1, not 2")]),
        ("- a\n  - b\n  - c\n- d\n  - e", [
            (6, "the list item is shown at level 1, not 2"),
            (9, "the list item is shown at level 1, not 2"),
        ]),
        ("1. a\n   - b", [(6, "the list item is shown at level 1, not 2")]),
        ("> - a\n>   - b", [(6, "the list item is shown at level 1, not 2")]),
        ('!!! trap "T"\n    - a\n      - b', [(7, "the list item is shown at level 1, not 2")]),
        ("- a\n\n1. b", [(7, "the numbered item is shown with a bullet")]),
        ("1. a\n\n- b", [(7, "the item is shown with a number")]),
        ("text\n- a", [(6, "a list shows its Markdown: `- a`"), (6, "this is not shown as a list item")]),
        ("- a\n\n  b", [(7, "the text is indented by 2 and belongs to nothing")]),
    ],
)  # fmt: skip
def test_a_list_that_is_flat_or_none_is_reported(body, expected, said):
    assert said(body) == expected


# ---- headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["> ## {}", "> ## {} {{#two}}", "text\n\n- ## {} {{#two}}", '!!! trap "T"\n    ## {}'])
def test_a_heading_inside_another_block_is_reported(mark, said):
    body = mark.format("二")
    assert (4 + len(body.split("\n")), "“二” is a heading that the rules do not see") in said(body)


def test_a_heading_inside_another_block_is_reported_at_its_line_though_its_words_stand_elsewhere(said):
    assert (7, "“text” is a heading that the rules do not see") in said("text\n\n> ## text")


def test_a_box_that_is_none_is_reported_at_its_line_though_another_begins_alike(said):
    body = '!!! trap "T"\n    x\n\n!!! trap “T”\n文字'
    assert [line for line, message in said(body) if "“T”" in message] == [8]


def test_an_id_that_is_read_otherwise_is_reported(said):
    assert said("# T {#v1.2}") == [(5, "the id `v1.2` of “T” is read as `v1`")]


def test_an_unknown_attribute_is_reported(said):
    assert said("# T {#a b}") == [(5, "`b` is no attribute that a page may have")]


# ---- links, blocks ----------------------------------------------------------------------------


def test_a_link_that_the_rules_cannot_read_is_reported(said):
    assert said("[a](b (c).md)") == [(5, "the link to `b (c).md` is not read by the rules")]
    assert said("<https://a.example/>") == [(5, "the link to `https://a.example/` is not read by the rules")]


@pytest.mark.parametrize("body", ["text\n{{ card }}", "| a |\n|---|\n{{ card }}", "- a\n    {{ card }}"])
def test_a_block_stands_alone(body, said):
    assert (4 + len(body.split("\n")), "the block does not stand alone") in said(body)


def test_text_below_a_block_is_reported(said):
    assert said("{{ card }}\ntext") == [(5, "the block does not stand alone")]


# ---- Markdown that shows through --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a ** b", "bold text"),
        ("**a", "bold text"),
        ("a {{ b", "a value"),
        ("a }} b", "a value"),
        ("a `b", "code"),
        ("[a] (b.md)", "a link"),
        ("[a][b]", "a link"),
        ("a[^1]", "a footnote"),
        ("a [@b c]", "a citation"),
        ("a { #b }", "a list of attributes"),
        ("a {: .b }", "a list of attributes"),
        ("a { b }", "a list of attributes"),
        ('a{: onclick="b()" }', "a list of attributes"),
        ("a <!-- b", "a comment"),
        ("a --> b", "a comment"),
        ("a |---| b", "a table"),
        ("a ::: b", "a fence"),
        ("<<<<<<< HEAD", "a mark of a conflict"),
    ],
)
@pytest.mark.parametrize("place", ["{}", "- {}", "> {}", '!!! trap "T"\n    {}', "a  \n{}"])
def test_markdown_that_shows_through_is_reported_at_its_line(text, what, place, said):
    body = "text\n\n" + place.format(text)
    line = 4 + len(body.split("\n"))
    assert any((at, message.split(" shows its Markdown")[0]) == (line, what) for at, message in said(body))


@pytest.mark.parametrize("text", ["a ** b", "[a] (b.md)", "a { #b } c"])
def test_markdown_that_shows_through_in_a_cell_or_a_title_is_reported(text, said):
    assert any("shows its Markdown" in message for _, message in said(f"| a |\n|---|\n| {text} |"))
    assert any("shows its Markdown" in message for _, message in said(f'!!! trap "{text}"\n    x'))
    assert any("shows its Markdown" in message for _, message in said(f"## x {text} y {{#t}}"))


# ---- what no page may have --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("![x](https://example.com/x.png)", 5, "`https://example.com/x.png` is loaded from elsewhere"),
        ("![x][y]\n\n[y]: https://example.com/x.png", 7, "`https://example.com/x.png` is loaded from elsewhere"),
        ('text\n*x*{: onclick="a()" }', 6, "`onclick` is not allowed: a page runs no script"),
        ('# T {#t onclick="a()"}', 5, "`onclick` is not allowed: a page runs no script"),
        ("[x](javascript:a)", 5, "`javascript:a` is not allowed as a link"),
        ("[x](//evil.example)", 5, "`//evil.example` is not allowed as a link"),
        ('![x](a.svg){ srcset="b.svg 2x" }', 5, "`srcset` is no attribute that a page may have"),
        ('*x*{: style="background:url(a)" }', 5, "`style` is not allowed: a page has no styles of its own"),
    ],
)
def test_what_loads_or_runs_is_refused_at_its_line(body, line, message, said):
    assert (line, message) in said(body)


def test_blocks_nested_too_deep_are_reported_not_raised(said, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise render.RenderError("quotes, lists or boxes are nested too deep")

    monkeypatch.setattr(render.Renderer, "render", fail)
    assert said("text") == [(5, "quotes, lists or boxes are nested too deep")]
