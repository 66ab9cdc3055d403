"""What the offline search looks through: every section of every page as plain text."""

from __future__ import annotations

import html
import re

_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.S)
#: What a page shows besides its text; the same as in `handbook.outputs.search`.
_EXCLUDED = re.compile(
    r'<a class="(?:headerlink|page-edit|footnote-backref)".*?</a>|<figure\b.*?</figure>'
    r"|<math\b.*?</math>|<(script|style|button)\b.*?</\1>|<p class=\"page-updated\".*?</p>"
    r'|<(\w+)[^>]*\bdata-search-exclude\b[^>]*>.*?</\2>',
    re.S,
)  # fmt: skip
_HEADING = re.compile(r'<h([1-4])[^>]*?\sid="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
_BLOCK_END = re.compile(r"</(?:p|li|td|th|dt|dd|h\d|summary|tr)>|<br/?>")
_TAG = re.compile(r"<[^>]+>")


def read(page: str, place: str) -> list[list[str]]:
    """Return the sections of a page: address from the top of the copy, page, heading, text."""
    found = _ARTICLE.search(page)
    if not found:
        return []
    article = _EXCLUDED.sub("", found[1])
    headings = list(_HEADING.finditer(article))
    if not headings:
        return []
    title = _plain(headings[0][3])
    result = []
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(article)
        anchor = f"#{heading[2]}" if number else ""
        text = _plain(article[heading.end() : end])
        result.append([f"{place}index.html{anchor}", title, _plain(heading[3]), text])
    return result


def _plain(fragment: str) -> str:
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", fragment)))
    return " ".join(text.split())
