"""A Markdown copy beside each page: `index.md` next to `index.html`, with every value written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
    return plain(page, lambda target: places.link(page.slug, target, "index.md"))


def plain(page: CompiledPage, link: Callable[[str], str] = str) -> str:
    """Return a page's Markdown without the names of its values.

    Args:
        page: The page.
        link: What a link's target becomes; by default it stays as it is.
    """

    def linked(match: re.Match[str]) -> str:
        return match[0].replace(f"]({match['target']}", f"]({link(match['target'])}", 1)

    source = pages.parse(page.source, page.language, page.slug, page.markdown)
    verbatim = {number for fence in source.fences for number in fence.covered}
    return "\n".join(
        line if number in verbatim else pages.LINK.sub(linked, _MARK.sub("", line))
        for number, line in enumerate(source.lines, 1)
    )
