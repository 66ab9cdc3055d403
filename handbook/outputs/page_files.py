"""Files to take away, beside the page that offers them: `design-template.md` next to `index.html`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handbook import places
from handbook.compiled import CompiledPage
from handbook.output import Output


def write(compiled: Iterable[CompiledPage], site: Path) -> None:
    """Write the files of one language below its site."""
    output = Output(site)
    for page in compiled:
        for name, text in page.files.items():
            output.write(f"{places.place(page.slug)}{name}", text)
