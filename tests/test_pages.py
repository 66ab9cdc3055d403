"""What a page says, as the rules read it: records with 1-based lines."""

from __future__ import annotations

import pytest

from handbook.source import page as pages

FRONT = "---\ntitle: T\ndescription: D\n---\n"  # the body begins on line 5


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# Title {#title}", (5, 1, "Title", "title")),
        (
            "### Labels that arrive late {#data-label-delay}",
            (5, 3, "Labels that arrive late", "data-label-delay"),
        ),
        ("## 数据 {#data}", (5, 2, "数据", "data")),
        ("## Data {#data .wide}", (5, 2, "Data", "data")),
        ("## No id", (5, 2, "No id", "")),
        ("##No space {#close}", (5, 2, "No space", "close")),
        ("## Sets {a, b} {#sets}", (5, 2, "Sets {a, b}", "sets")),
    ],
)
def test_a_heading_has_line_level_text_and_id(line, heading, pages_of):
    found = pages_of(line + "\n").headings
    assert [(h.line, h.level, h.text, h.id) for h in found] == [heading]


@pytest.mark.parametrize(
    "body",
    ["```python\n# a comment\n```\n", "<!--\n# hidden\n-->\n", "    # indented code\n", "####### seven\n"],
)
def test_what_only_looks_like_a_heading_is_none(body, pages_of):
    assert pages_of(body).headings == ()


def test_a_section_ends_before_the_next_heading_of_its_level(pages_of):
    page = pages_of("# A {#a}\n\n## B {#b}\ntext\n### C {#c}\ntext\n## D {#d}\nend")
    assert [page.section(heading) for heading in page.headings] == [(6, 12), (8, 10), (10, 10), (12, 12)]


def test_a_fence_knows_its_lines_and_its_source(pages_of):
    page = pages_of("a\n```mermaid\nflowchart TD\n  A --> B\n```\nb\n")
    (fence,) = page.fences
    assert (fence.line, fence.end, fence.info, fence.source, fence.closed) == (
        6,
        9,
        "mermaid",
        "flowchart TD\n  A --> B",
        True,
    )
    assert page.prose[4:10] == ("a", "", "", "", "", "b")


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("```\n```\n## After {#after}\n", [(5, 6)]),
        ("```\none\n```\n## After {#after}\n", [(5, 7)]),
        ("````\n```\n````\n## After {#after}\n", [(5, 7)]),
        ("~~~\n```\n~~~\n## After {#after}\n", [(5, 7)]),
    ],
    ids=["empty", "one line", "longer marks", "other marks"],
)
def test_a_fence_hides_its_own_lines_and_no_other(body, spans, pages_of):
    page = pages_of(body)
    assert [(fence.line, fence.end) for fence in page.fences] == spans
    assert [heading.id for heading in page.headings] == ["after"]


def test_an_indented_fence_is_dedented(pages_of):
    (fence,) = pages_of('!!! note "N"\n    ```mermaid\n    flowchart TD\n      A\n    ```\n').fences
    assert fence.source == "flowchart TD\n  A"


def test_an_unclosed_fence_reaches_to_the_end(pages_of):
    (fence,) = pages_of("```mermaid\nflowchart TD\n# not a heading\n").fences
    assert not fence.closed
    assert fence.end == 8


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", [("a", "b"), ("1", "2")]),
        ("a | b\n--|--:\n1 | 2\n", [("a", "b"), ("1", "2")]),
        ("| a | b |\n|-|-|\n| 1 | 2 |\n", [("a", "b"), ("1", "2")]),
        ("| a | b |\n|---|---|\n| 1 | |\n", [("a", "b"), ("1", "")]),
        ("| a | b |\n|---|---|\n| 1 |\n", [("a", "b"), ("1",)]),
        (
            "| a |\n|---|\n| {{ x | bare }} and `a|b` and a\\|b |\n",
            [("a",), ("{{ x | bare }} and `a|b` and a|b",)],
        ),
    ],
    ids=["outer bars", "no outer bars", "short rule", "empty cell", "short row", "bars inside cells"],
)
def test_a_table_has_cells_without_its_rule(body, rows, pages_of):
    (table,) = pages_of(body).tables
    assert table.line == 5
    assert list(table.rows) == rows


def test_the_shape_of_a_table_counts_its_head(pages_of):
    (table,) = pages_of("| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n").tables
    assert table.shape == (2, 3)


def test_a_table_in_a_fence_is_code(pages_of):
    assert pages_of("```\n| a |\n|---|\n```\n").tables == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[Data](#data)", ("Data", "#data", False)),
        ("![Alt](a.svg)", ("Alt", "a.svg", True)),
        ('[T](../x.md#y "Title")', ("T", "../x.md#y", False)),
        ("[site]: http://example.org", ("site", "http://example.org", False)),
        ('<a href="/x/">x</a>', ("", "/x/", False)),
        ('<img alt="" src="x.png">', ("", "x.png", True)),
    ],
)
def test_a_link_has_text_and_target(line, expected, pages_of):
    (link,) = pages_of(line).links
    assert (link.line, link.text, link.target, link.image) == (5, *expected)


def test_a_link_in_code_is_none(pages_of):
    assert pages_of("`[a](b)`\n\n```\n[c](d)\n```\n").links == ()


def test_an_admonition_reaches_to_the_end_of_its_indented_body(pages_of):
    page = pages_of('!!! trap "Trap"\n    One.\n\n    Two.\n\nAfter.\n\n??? question "Why?"\n    So.\n')
    assert [(a.line, a.kind, a.title, a.end) for a in page.admonitions] == [
        (5, "trap", "Trap", 8),
        (12, "question", "Why?", 13),
    ]


def test_values_blocks_and_citations_are_told_apart(pages_of):
    page = pages_of(
        "{{ card }}\n{{ stage: data }}\nLoad {{ load }}, {{ a:b | bare }} [@smith2020].\n`{{ code }}` `[@code]`\n"
        "```mermaid\nA[{{ drawn }}]\n```\n```python\n{{ verbatim }}\n```\n"
    )
    assert [(b.line, b.text, b.argument) for b in page.blocks] == [(5, "card", ""), (6, "stage", "data")]
    assert [(v.line, v.text) for v in page.values] == [(7, "load"), (7, "a:b | bare"), (10, "drawn")]
    assert [(c.line, c.text) for c in page.citations] == [(7, "smith2020")]


def test_anchors_are_headings_and_elements_with_an_id(pages_of):
    page = pages_of('# T {#t}\n\n<span class="x" id="old"></span>\n')
    assert page.anchors == {"t", "old"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "p.md:1: front-matter: no front matter (start with --- title, description ---)"),
        ("# Title\n", "p.md:1: front-matter: no front matter (start with --- title, description ---)"),
        (
            "\ufeff---\ntitle: T\n---\n",
            "p.md:1: front-matter: no front matter (start with --- title, description ---)",
        ),
        ("---\ntitle: T\n", "p.md:1: front-matter: the front matter is never closed (add a line ---)"),
        ("---\n- a\n---\n", "p.md:2: front-matter: the front matter is not a mapping"),
        ("---\ntext\n---\n", "p.md:2: front-matter: the front matter is not a mapping"),
        (
            "---\ntitle: T\ndescription: a: b\n---\n",
            "p.md:3: front-matter: invalid YAML: mapping values are not allowed here",
        ),
        ("---\ntitle: T\ntitle: U\n---\n", "p.md:3: front-matter: the key `title` stands twice (keep one)"),
        ("---\n? [a]\n: b\n---\n", "p.md:2: front-matter: invalid YAML: found unhashable key"),
        ("---\ntitle: \x07\n---\n", "p.md:2: front-matter: invalid YAML: the character U+0007 (remove it)"),
    ],
)
def test_broken_front_matter_is_a_problem_of_the_page(text, problem):
    page = pages.parse("p.md", "en", "p", text)
    assert [str(p) for p in page.problems] == [problem]
    assert page.meta == {}


def test_windows_line_ends_do_not_hide_the_structure():
    page = pages.parse("p.md", "en", "p", (FRONT + "# T {#t}\n\n| a |\n|---|\n| b |\n").replace("\n", "\r\n"))
    assert [heading.id for heading in page.headings] == ["t"]
    assert page.tables[0].rows == (("a",), ("b",))
    assert page.meta["title"] == "T"


@pytest.mark.parametrize("line", ["`" * 5000, "| " * 5000, "[" * 5000, "#" + " " * 5000 + "x{", "{{" * 5000])
def test_parsing_hostile_lines_takes_no_time(line, pages_of):
    page = pages_of(f"{line}\n{line}\n")
    assert page.headings is not None
    assert page.tables is not None
    assert page.links is not None
    assert page.values is not None
