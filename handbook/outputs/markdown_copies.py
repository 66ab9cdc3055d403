"""A Markdown copy beside each page: `index.md` next to `index.html`, with every value written out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from handbook import places
from handbook.compiled import CompiledPage
from handbook.output import Output
from handbook.source import page as pages

#: The names of values are for machines that read the page itself.
_MARK = re.compile(r"</?data\b[^>]*>")


def write(compiled: Iterable[CompiledPage], site: Path) -> None:
    """Write the copies of one language below its site."""
    for page in compiled:
        Output(site).write(f"{places.place(page.slug)}index.md", copy(page))


def copy(page: CompiledPage) -> str:
    """Return a page's Markdown with links that lead to the other copies."""
    source = pages.parse(page.source, page.language, page.slug, page.markdown)
    verbatim = {number for fence in source.fences for number in fence.covered}
    return "\n".join(
        line if number in verbatim else _line(page.slug, line) for number, line in enumerate(source.lines, 1)
    )


def _line(slug: str, line: str) -> str:
    def link(match: re.Match[str]) -> str:
        target = places.link(slug, match["target"], "index.md")
        return match[0].replace(f"]({match['target']}", f"]({target}", 1)

    return pages.LINK.sub(link, _MARK.sub("", line))
