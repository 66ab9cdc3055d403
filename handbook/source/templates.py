"""Documents that a reader copies and fills in: `data/templates/<language>/<name>.md`.

A page shows one with the block `template`, and the site has it as a file beside that page. It is Markdown
without the handbook's own marks, but for values, which are written out with the names of the page's numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbook.source import page as pages
from handbook.source.page import Page

FOLDER = "data/templates"


@dataclass(frozen=True)
class Template:
    """A document of one language.

    Attributes:
        path: Path relative to the repository's root.
        language: Code of its language.
        name: What it is called, in every language.
        text: The whole file.
    """

    path: str
    language: str
    name: str
    text: str

    @property
    def file(self) -> str:
        """What the site calls it, beside the page that shows it."""
        return f"{self.name}.md"

    def on(self, slug: str) -> Page:
        """Return it as if it were the text of a page, for what reads and compares pages."""
        return pages.parse(self.path, self.language, slug, self.text)
