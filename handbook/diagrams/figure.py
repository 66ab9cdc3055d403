"""HTML around a drawing: a figure that scrolls on a phone and can be enlarged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from handbook.diagrams.drawing import Drawing
from handbook.languages import Language


#: A drawing that is higher, in px, takes more than half of a printed page.
TALL = 700
_WIDTH = re.compile(r'data-width="(\d+)"')


def widths(pages: Iterable[str]) -> str:
    """Return style rules for the widths of all figures on pages: a figure has no style of its own.

    Args:
        pages: HTML.
    """
    found = sorted({int(width) for page in pages for width in _WIDTH.findall(page)})
    return "".join(f'[data-width="{width}"]{{--w:{width}}}' for width in found) + "\n"


def figure(drawing: Drawing, diagram_id: str, language: Language) -> str:
    """A drawing as a figure.

    The zoom button is hidden until `diagram-zoom.js` reveals it: without
    scripts it could do nothing. The search index skips the figure, whose labels
    are not sentences.

    Args:
        drawing: The drawing.
        diagram_id: Prefix of its ids; unique on its page, and in a book made from all pages.
        language: Language of the labels of the controls.
    """
    title = escape(drawing.title or language.word("page.diagram"))
    enlarge = f"{language.word('page.enlarge')}{language.typography.colon}{title}"
    wide = " wide" if drawing.kind == "board" else " tall" if drawing.height > TALL else ""
    return (
        f'<figure class="diagram{wide}" data-figure="{diagram_id}" data-search-exclude data-width="{drawing.width}">'
        f'<button class="diagram-zoom" type="button" hidden aria-label="{enlarge}"></button>'
        f'<div class="diagram-scroll" tabindex="0" role="region" aria-label="{title}">'
        f"{drawing.named(diagram_id).svg}</div></figure>"
    )
