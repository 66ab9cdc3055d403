"""Markdown → HTML: one renderer whose fragments every output shows as they are.

`Renderer` turns the Markdown of a page into an HTML fragment and its headings. It knows nothing of
MkDocs, of files or of languages: the extensions come from `configuration.extensions`, the words of
the page's language, the drawing of fences and the resolving of links are handed in.
"""

from handbook.render.configuration import extensions
from handbook.render.renderer import Heading, Rendered, Renderer, RenderError, Words

__all__ = ["Heading", "RenderError", "Rendered", "Renderer", "Words", "extensions"]
