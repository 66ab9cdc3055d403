"""Markdown copies: pages as plain text, whose links lead to each other."""

from __future__ import annotations

from handbook.compiled import CompiledPage
from handbook.outputs import markdown_copies


def page(slug: str, body: str) -> CompiledPage:
    return CompiledPage(
        slug=slug, language="en", source=f"docs/en/{slug}.md", title="T", description="D", changed="",
        sheet=False, markdown=f"---\ntitle: T\n---\n{body}", html="", headings=(), figures=(), cited=(),
    )  # fmt: skip


def test_a_copy_has_values_without_their_names():
    text = markdown_copies.copy(page("a", "Load <data value='3' data-q='load'>3 tx/s</data>."))
    assert text.endswith("Load 3 tx/s.")


def test_links_lead_to_the_other_copies():
    text = markdown_copies.copy(page("framework/data", "[a](../designs/toy.md#x) [b](https://example.org/b.md)"))
    assert text.endswith("[a](../../designs/toy/index.md#x) [b](https://example.org/b.md)")


def test_code_stays_as_it_is():
    assert "[a](b.md)" in markdown_copies.copy(page("framework/data", "```\n[a](b.md)\n```"))


def test_a_copy_lies_beside_its_page(tmp_path):
    markdown_copies.write([page("index", "x"), page("framework/data", "y")], tmp_path)
    assert (tmp_path / "index.md").read_text().endswith("x")
    assert (tmp_path / "framework/data/index.md").read_text().endswith("y")
