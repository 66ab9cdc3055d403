"""A page is a tree of blocks, each with the line on which it begins."""

from __future__ import annotations

import pytest

from handbook.source.outline import Block, outline, sections


def shape(blocks: tuple[Block, ...]) -> list:
    """Return kind, name, line and what is held, as short as it reads."""
    return [
        (f"{b.kind} {b.name}".strip(), b.line, *([shape(b.blocks)] if b.blocks else [b.text] if b.text else []))
        for b in blocks
    ]


# The first line of a body is line 5 of its page.
@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("a\nb\n\nc", [("paragraph", 5, "a\nb"), ("paragraph", 8, "c")]),
        ("## T {#t}\ntext", [("heading ## t", 5, "T"), ("paragraph", 6, "text")]),
        ("- a\n- b", [("list bullets", 5, [("item", 5, [("paragraph", 5, "a")]), ("item", 6, [("paragraph", 6, "b")])])]),
        ("1. a", [("list ordered", 5, [("item", 5, [("paragraph", 5, "a")])])]),
        (
            "- a\n    - b\n\n    c",
            [
                (
                    "list bullets",
                    5,
                    [
                        (
                            "item",
                            5,
                            [
                                ("paragraph", 5, "a"),
                                ("list bullets", 6, [("item", 6, [("paragraph", 6, "b")])]),
                                ("paragraph", 8, "c"),
                            ],
                        )
                    ],
                )
            ],
        ),
        ("- a\n\nb", [("list bullets", 5, [("item", 5, [("paragraph", 5, "a")])]), ("paragraph", 7, "b")]),
        (
            "- a\n\n1. b",
            [
                ("list bullets", 5, [("item", 5, [("paragraph", 5, "a")])]),
                ("list ordered", 7, [("item", 7, [("paragraph", 7, "b")])]),
            ],
        ),
        (
            "| a | b |\n|---|---|\n| x | `y|z` |",
            [
                (
                    "table 2 columns",
                    5,
                    [("row", 5, [("cell", 5, "a"), ("cell", 5, "b")]), ("row", 7, [("cell", 7, "x"), ("cell", 7, "`y|z`")])],
                )
            ],
        ),
        (
            '!!! trap "T"\n    a\n\n    - b\n\nc',
            [
                (
                    "box trap",
                    5,
                    [
                        ("title", 5, "T"),
                        ("paragraph", 6, "a"),
                        ("list bullets", 8, [("item", 8, [("paragraph", 8, "b")])]),
                    ],
                ),
                ("paragraph", 10, "c"),
            ],
        ),
        ("```text\n# x\n\n- y\n```\nz", [("fence text", 5, "# x\n\n- y"), ("paragraph", 10, "z")]),
        ("```\nx\n```", [("fence plain", 5, "x")]),
        ("{{ stage: data }}\ntext", [("block stage data", 5), ("paragraph", 6, "text")]),
        ("{{ data:load }}", [("paragraph", 5, "{{ data:load }}")]),
        ("> a\n> b", [("quote", 5, [("paragraph", 5, "a\nb")])]),
        ("\\[\nx\n\\]\ny", [("formula", 5, "\\[\nx\n\\]"), ("paragraph", 8, "y")]),
        ('<div class="a" title="t">\nx\n</div>', [('html div class="a"', 5), ("paragraph", 6, "x"), ("html /div", 7)]),
        ("a <!-- b\nc --> d", [("paragraph", 5, "a\nd")]),
        ("", []),
    ],
)
def test_blocks_are_found_with_their_lines(body, blocks, pages_of):
    assert shape(outline(pages_of(body))) == blocks


def test_a_page_is_split_before_each_heading(pages_of):
    page = pages_of("a\n\n# T {#t}\n\nb\n\n## U {#u}\n\nc\n")
    assert [[block.line for block in section] for section in sections(page)] == [[5], [7, 9], [11, 13]]


@pytest.mark.parametrize("body", ["- ", "> ", "|", "!!! trap", "\\[", "```", "-\n    -", "{{ card }}", "<div", "1. \n\n\n    "])
def test_what_is_not_finished_is_read_without_an_error(body, pages_of):
    list(outline(pages_of(body)))
