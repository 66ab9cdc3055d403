"""The stock set-up of the benchmark has the handbook's pages, as an author without its machine writes them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_stock_setup_has_every_page_with_its_values_and_diagrams(tmp_path):
    runpy.run_path(str(ROOT / "bench/stock.py"))["write"](ROOT, tmp_path)
    for language in ("en", "zh"):
        sources = {page.relative_to(ROOT / "docs" / language) for page in (ROOT / "docs" / language).rglob("*.md")}
        written = {page.relative_to(tmp_path / "docs" / language) for page in tmp_path.rglob(f"docs/{language}/**/*.md")}
        assert sources <= written
        page = (tmp_path / "docs" / language / "designs/fraud-detection.md").read_text(encoding="utf-8")
        assert "```mermaid" in page
        assert "/index.md" not in page
        assert "{{" not in page
        assert "<data" not in page
