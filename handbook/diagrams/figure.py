"""HTML around a drawing: a figure that scrolls on a phone and can be enlarged."""

from __future__ import annotations

from html import escape

from handbook.diagrams.drawing import Drawing

_STRINGS = {
    "en": {"enlarge": "Enlarge", "diagram": "Diagram"},
    "zh": {"enlarge": "放大", "diagram": "图"},
}


def figure(drawing: Drawing, diagram_id: str, language: str) -> str:
    """A drawing as a figure.

    The zoom button is hidden until `diagram-zoom.js` reveals it: without
    scripts it could do nothing. The search index skips the figure, whose labels
    are not sentences.

    Args:
        drawing: The drawing.
        diagram_id: Prefix of its ids; unique on its page, and in a book made from all pages.
        language: `en` or `zh`, for the labels of the controls.
    """
    strings = _STRINGS[language]
    title = escape(drawing.title or strings["diagram"])
    enlarge = f"{strings['enlarge']}{'：' if language == 'zh' else ': '}{title}"
    return (
        f'<figure class="diagram" data-search-exclude style="--w:{drawing.width}">'
        f'<button class="diagram-zoom" type="button" hidden aria-label="{enlarge}"></button>'
        f'<div class="diagram-scroll" tabindex="0" role="region" aria-label="{title}">'
        f"{drawing.named(diagram_id).svg}</div></figure>"
    )
