"""How long a page or a section takes to read, from its Markdown.

What is folded, drawn, computed into a table or typed as code is not counted: it is looked at or looked up.
"""

from __future__ import annotations

import re

from handbook.source.page import CITATION, LINK, VALUE, Page

#: A minute of somebody who reads closely: English words, Chinese characters. A rule of thumb.
WORDS, CHARACTERS = 220, 400
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][\w.,%/-]*", re.A)


def of(text: str) -> float:
    """Return the minutes that a text takes."""
    return len(_WORD.findall(text)) / WORDS + len(_HAN.findall(text)) / CHARACTERS


def minutes(page: Page, anchor: str = "") -> int:
    """Return the minutes that a page, or a section of it, takes; one at least.

    Args:
        page: The page.
        anchor: Id of the section's heading; the whole page without it, or where it has no such heading.
    """
    heading = page.heading(anchor) if anchor else None
    start, end = page.section(heading) if heading else (page.body_line, len(page.prose))
    folded = {
        line
        for box in page.admonitions
        if page.prose[box.line - 1].lstrip().startswith("???")
        for line in range(box.line, box.end + 1)
    }
    lines = (page.prose[line - 1] for line in range(start, end + 1) if line not in folded)
    text = CITATION.sub("", LINK.sub(lambda link: link["text"], "\n".join(lines)))
    return max(1, round(of(VALUE.sub("1", text))))
