"""Renderers made from the repository's own configuration, one a language for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import languages, render

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
CHINESE = render.Words(table="表 {number}：{heading}", contents="本篇目录")


@pytest.fixture(scope="session")
def english() -> render.Renderer:
    """As the English site is rendered."""
    return render.Renderer(render.extensions(ROOT, "mkdocs.yml", LANGUAGES["en"]))


@pytest.fixture(scope="session")
def chinese() -> render.Renderer:
    """As the Chinese site is rendered."""
    return render.Renderer(render.extensions(ROOT, "mkdocs.yml", LANGUAGES["zh"]), CHINESE)
