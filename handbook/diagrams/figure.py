"""HTML around a drawing: a figure that scrolls on a phone and can be enlarged."""

from __future__ import annotations

from html import escape

from handbook.diagrams.drawing import Drawing
from handbook.languages import Language


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
    wide = " wide" if drawing.kind == "board" else ""
    return (
        f'<figure class="diagram{wide}" data-figure="{diagram_id}" data-search-exclude style="--w:{drawing.width}">'
        f'<button class="diagram-zoom" type="button" hidden aria-label="{enlarge}"></button>'
        f'<div class="diagram-scroll" tabindex="0" role="region" aria-label="{title}">'
        f"{drawing.named(diagram_id).svg}</div></figure>"
    )
