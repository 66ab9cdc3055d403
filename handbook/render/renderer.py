"""One configured Markdown, reset between pages, and what is done to each page's tree.

A page goes through these steps, all before its tree becomes text:

1. a `<` that begins no allowed tag is text (`allowed`);
2. the extensions of mkdocs.yml; fences whose language can be drawn go to `draw`;
3. a line break between Chinese characters leaves nothing, a number keeps its sign and unit (`lines`);
4. tables get a region that scrolls and say which columns are short (`columns`), folded boxes an id, formulas
   become MathML, anchors that moved stand before their heading, links to other pages become addresses, a
   printed copy gets its contents (`finish`).

A renderer keeps no state between pages, so a fragment depends only on what `render` was given and on
`Renderer.version`, and may be cached by both. It is not safe to share between threads.
"""

from __future__ import annotations

import functools
import hashlib
import html
import importlib.metadata
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
from markdown.extensions.toc import nest_toc_tokens

from handbook.render import allowed, finish, lines
from handbook.render.configuration import Extensions
from handbook.render.glosses import Gloss

#: Draws a fence: its source and the options of its opening line in, HTML out. May raise.
Draw = Callable[[str, Mapping[str, str]], str]
#: Resolves the target of a link or an image as written; returns what stands in the page.
Link = Callable[[str], str]

#: What MkDocs loads before the extensions of its configuration.
_ALWAYS = ("toc", "tables", "fenced_code")
_LIBRARIES = ("Markdown", "pymdown-extensions", "Pygments", "latex2mathml")


class RenderError(ValueError):
    """A page that Markdown cannot turn into HTML."""


@dataclass(frozen=True)
class Words:
    """What the renderer itself writes, in the language of the page.

    Attributes:
        table: Label of a table's region, with `{number}` and `{heading}`.
        contents: Title of the contents of a printed page.
        values: How to read the values of a page, as HTML.
    """

    table: str = "Table {number}: {heading}"
    contents: str = "On these pages"
    values: str = "Numbers on this page"


@dataclass(frozen=True)
class Heading:
    """A heading as rendered.

    Attributes:
        level: 1 to 6.
        id: Its anchor.
        title: Its text without markup, as HTML (`&amp;` for an ampersand).
        html: Its text with markup, without the link to itself.
    """

    level: int
    id: str
    title: str
    html: str


@dataclass(frozen=True)
class Rendered:
    """A page as HTML fragment.

    Attributes:
        html: The fragment.
        headings: Its headings in order.
        terms: Ids of the terms that are marked in it.
    """

    html: str
    headings: tuple[Heading, ...]
    terms: tuple[str, ...] = ()

    @property
    def toc(self) -> list[dict[str, Any]]:
        """The headings nested, as `markdown.toc_tokens` and MkDocs' `get_toc` have them."""
        return nest_toc_tokens(
            [
                {"level": heading.level, "id": heading.id, "name": heading.title, "html": heading.html}
                for heading in self.headings
            ]
        )


@dataclass
class _Page:
    """What is known while one page is rendered."""

    draw: Mapping[str, Draw]
    error: Exception | None = None


class Renderer:
    """Renders the pages of one language."""

    def __init__(
        self, extensions: Extensions, words: Words | None = None, fences: tuple[str, ...] = ("mermaid",)
    ) -> None:
        """Configure Markdown.

        Args:
            extensions: The settings of each extension, see `handbook.render.extensions`.
            words: Words of the pages' language; English where there are none.
            fences: Languages of the fences that `render` is given a `draw` for.

        Raises:
            RenderError: An extension does not exist, or does not take its settings.
        """
        self._words = words or Words()
        self._extensions = extensions
        self._fences = fences
        self._page = _Page({})
        settings = {str(name): dict(options) for name, options in extensions.items()}
        settings.setdefault("pymdownx.superfences", {})["custom_fences"] = [
            {"name": name, "class": name, "format": functools.partial(self._draw, name)} for name in fences
        ]
        try:
            self._markdown = markdown.Markdown(
                extensions=list(dict.fromkeys([*_ALWAYS, *settings])), extension_configs=settings
            )
        except Exception as error:  # each extension has its own way of refusing its options
            raise RenderError(f"Markdown cannot be set up: {error}") from error
        # Between the fences (25) and raw HTML (20).
        self._markdown.preprocessors.register(allowed.Preprocessor(self._markdown), "handbook-allowed", 22)
        self._markdown.postprocessors.register(allowed.Restorer(self._markdown), "handbook-allowed", -10)
        self._markdown.treeprocessors.register(lines.Processor(self._markdown), "handbook-lines", 6)
        self._finish = finish.Processor(self._markdown)
        # After `unescape` (0), which is the last of the extensions.
        self._markdown.treeprocessors.register(self._finish, "handbook-finish", -10)

    @functools.cached_property
    def version(self) -> str:
        """Digest of all that a fragment depends on besides the arguments of `render`."""
        parts = [
            json.dumps([self._extensions, self._words.__dict__, self._fences], sort_keys=True, default=str),
            *(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES),
        ]
        digest = hashlib.sha256("\n".join(parts).encode())
        here = Path(__file__).parent
        for source in (*sorted(here.glob("*.py")), here.parent / "mathml.py"):
            digest.update(source.read_bytes())
        return digest.hexdigest()

    def render(
        self,
        text: str,
        *,
        draw: Mapping[str, Draw] | None = None,
        link: Link | None = None,
        moved: Mapping[str, str] | None = None,
        contents: bool = False,
        sheet: bool = False,
        values: bool = False,
        glosses: Sequence[Gloss] = (),
    ) -> Rendered:
        """Return a page's Markdown as HTML.

        Args:
            text: Markdown without front matter, values filled in.
            draw: Draws the fences of each language that the renderer was made for.
            link: Resolves the targets of links and images; without it they stay as written.
            moved: Anchors that lead to a heading under another name: old anchor to the heading's id.
            values: Whether the page says how to read its values.
            contents: Whether the page lists its sections, for its printed copy.
            sheet: Whether it is printed as a sheet of its own, without what leads elsewhere.
            glosses: Terms to mark where they are used first.

        Raises:
            RenderError: Blocks are nested too deep.
            MathError: A formula cannot be read.
            Exception: What `draw` or `link` raises.
        """
        self._page = _Page(draw or {})
        self._finish.page = finish.Page(
            link=link,
            moved=moved or {},
            table=self._words.table,
            contents=self._words.contents * (contents and not sheet),
            sheet=sheet,
            values=self._words.values * values,
            glosses=glosses,
        )
        self._markdown.reset()
        try:
            fragment = self._markdown.convert(text)
        except RecursionError:
            raise RenderError("quotes, lists or boxes are nested too deep") from None
        if self._page.error:
            raise self._page.error
        tokens = getattr(self._markdown, "toc_tokens", [])
        return Rendered(fragment, tuple(_flat(tokens)), self._finish.terms)

    def _draw(
        self, name: str, source: str, language: str, css_class: str, options: dict, md: Any, **_: Any
    ) -> str:
        """Format a fence for superfences, which would print the source where an exception is raised."""
        if name not in self._page.draw:
            return f'<pre class="{css_class}"><code>{html.escape(source, quote=False)}</code></pre>'
        try:
            return self._page.draw[name](source, options)
        except Exception as error:  # raised again once Markdown is through
            self._page.error = self._page.error or error
            return ""


def _flat(tokens: list[dict[str, Any]]) -> list[Heading]:
    found = []
    for token in tokens:
        found.append(Heading(token["level"], token["id"], token["name"], token["html"]))
        found += _flat(token["children"])
    return found
