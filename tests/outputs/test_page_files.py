"""Files to take away lie beside the page that offers them."""

from __future__ import annotations

from handbook.compiled import CompiledPage
from handbook.outputs import page_files


def page(slug: str, files: dict[str, str]) -> CompiledPage:
    return CompiledPage(
        slug=slug, language="en", source=f"docs/en/{slug}.md", title="T", description="D", changed="",
        sheet=False, markdown="", html="", headings=(), figures=(), cited=(), files=files,
    )  # fmt: skip


def test_a_file_lies_beside_its_page(tmp_path):
    page_files.write([page("index", {}), page("references/forms", {"form.md": "# Form\n"})], tmp_path)
    found = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.md")]
    assert found == ["references/forms/form.md"]
    assert (tmp_path / found[0]).read_text(encoding="utf-8") == "# Form\n"
