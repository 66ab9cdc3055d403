"""Where lines end: a writer breaks lines where they please, a reader sees no gap and no torn number.

HTML shows a line break as a space. Chinese has no spaces between its words, so the break is dropped
between two Chinese characters and beside full-width punctuation. Between Chinese and Latin it stays:
there the handbook writes a space.

A number that is typed stays with its sign and its unit, as the values of the build do: `± 2%`, `100 ms`,
`4.5 × 10⁻⁶`, `κ = 0.6` never end a line in their middle. A sign between two terms begins a line rather than
ending one, `→` and `×` before words too, and a short bracket of a calculation stays whole: `(1 − 70%)²`.
Chinese may end a line between any two characters, so there a number and its measure word are one piece:
`2.52 万美元`, `5 个百分点`, `第 25 分钟`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL = "\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff1f\uff3b-\uff3d\uff5b-\uff60"
#: Punctuation of both scripts; it belongs to the one that it stands beside.
_EITHER = "—…·“”‘’"
_GAP = r"[^\S\n]*\n\s*"
_BREAK = re.compile(
    rf"(?<=[{_HAN}]){_GAP}(?=[{_HAN}{_EITHER}])|(?<=[{_EITHER}]){_GAP}(?=[{_HAN}])"
    rf"|(?<=[{_FULL}]){_GAP}(?=\S)|(?<=\S){_GAP}(?=[{_FULL}])"
)
_TOGETHER = re.compile(
    r"(?<=[±≈≥≤<>=×+−]) (?=[−+±≈$√(]*\d)|(?<= /) (?=[−$√(]*\d)"  # a sign and its number
    r"|(?<=[×÷→⇒]) (?=\S)"
    r"|(?<=\d) (?=× 10)|(?<=\d ×) (?=10)"
    r"|(?:(?<=^[A-Za-zα-ω])|(?<=[\s(（|\0][A-Za-zα-ω])) (?=[≥≤<>=≈±] ?[−+$]?\d)"  # a symbol of one letter
    r"|(?:(?<=\bEUR)|(?<=\bNo\.)|(?<=§)|(?<=\b[Dd]ay)|(?<=\b[Ss]lot)|(?<=\b[Ll]evel)|(?<=\bArticle)) (?=\d)"
    r"|(?<=\d) (?=(?:[µm]?s|h|bits?|min|px|km/h|mph|m/s²?|k?m|cm|[kMGTP]i?B|[kMGT]?Hz|k?W)(?![\w/]))"
)
#: What stands in brackets in a calculation, if a line has room for it: a table's cell on a phone, too.
_BRACKET = re.compile(r"\((?=[^()]*\d)[^()\n\0]{0,12} [+−×÷/][ \u00a0][^()\n\0]{1,12}\)")
_SHORT = 16
#: What is counted in Chinese, the longer of two that begin alike first; a unit per another one, if both are short.
_MEASURES = (
    "个百分点|个月|个小时|个节点|个副本|美元|分钟|小时|毫秒|微秒|字节|英里|公里|海里|辆车|张卡|人天|人月"
    "|[个条名天年月日周秒次辆篇起人台倍笔位行列种页维层轮步档类题道件家份张块句段帧米字词组套项批封级点票单]"
)
_MEASURED = re.compile(
    r"(?:第 ?|(?<![A-Za-z0-9_.,]))[−+±≈]?\d[\d.,]*(?:[–~至]\d[\d.,]*)?"
    rf"[ \u00a0]?(?:万亿|[万亿])?[ \u00a0]?(?:{_MEASURES})(?:/(?:{_MEASURES}|卡时|[时秒分天月年])[²³]?(?![(（·/]))?"
)
_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d(?:-\d\d)?(?![\w-])")
NBSP = "\u00a0"
#: Raw tags in whose text a line may end as elsewhere.
_TAG = re.compile(r"<(?P<close>/?)(?:span|data|sup|sub|abbr)\b")
_WHOLE = ('<span class="whole">', "</span>")
_CARD = '<dl class="card">'
#: A line break that is one, and code, whose characters are its own.
_OPAQUE = ("br", "code", "pre", "img", "math")


class Processor(Treeprocessor):
    """Mends the lines of a page; runs when inline Markdown has become elements."""

    def run(self, root: Element) -> None:
        """Work on each stretch of text that no block interrupts, and on the card, which is HTML from the first."""
        raw = self.md.htmlStash.rawHtmlBlocks
        raw[:] = [_kept(block) if str(block).startswith(_CARD) else block for block in raw]
        stretch: list[tuple[Element, str]] = []
        for slot in [*self._slots(root), None]:
            if slot:
                stretch.append(slot)
            else:
                self._mend(stretch)
                stretch = []

    def _slots(self, node: Element) -> Iterator[tuple[Element, str] | None]:
        """Yield the places of text in reading order; None where a stretch ends."""
        if node.tag in _OPAQUE:
            yield None
            return
        yield node, "text"
        for child in node:
            block = self.md.is_block_level(str(child.tag))
            if block:
                yield None
            yield from self._slots(child)
            if block:
                yield None
            yield child, "tail"

    def _mend(self, stretch: list[tuple[Element, str]]) -> None:
        texts = [getattr(node, part) or "" for node, part in stretch]
        seen, places = self._seen(texts)
        changed: dict[int, dict[int, str]] = {}
        for pattern, becomes in ((_BREAK, ""), (_TOGETHER, NBSP)):
            for found in pattern.finditer(seen):
                for index, offset in places[found.start() : found.end()]:
                    changed.setdefault(index, {})[offset] = becomes
        for found in _BRACKET.finditer(seen):
            spaces = [place for place in range(*found.span()) if seen[place] == " "]
            for index, offset in [places[place] for place in spaces if len(found[0]) <= _SHORT]:
                changed.setdefault(index, {})[offset] = NBSP
        for found in (*_MEASURED.finditer(seen), *_DATE.finditer(seen)):
            node, part = stretch[places[found.start()][0]]
            if part == "tail" or node.get("class") != "arithmatex":  # a formula has its own text
                self._hold(found[0], places[found.start() : found.end()], texts, changed)
        for index, characters in changed.items():
            node, part = stretch[index]
            kept = "".join(characters.get(offset, char) for offset, char in enumerate(texts[index]))
            setattr(node, part, kept)

    def _hold(
        self, piece: str, places: list[tuple[int, int]], texts: list[str], changed: dict[int, dict[int, str]]
    ) -> None:
        """Keep a date, or a number and its measure word, in one line: by its space alone, or in a span."""
        (index, first), (last_index, last) = places[0], places[-1]
        text = texts[index]
        spaces = [place for place, char in zip(places, piece, strict=True) if char == " "]
        for at, offset in spaces:
            changed.setdefault(at, {})[offset] = NBSP
        breaks = "-" in piece or len(re.findall(rf"[{_HAN}]", piece)) > 1
        if not breaks or index != last_index:
            return
        # The tags of a value between number and word, each of which is to be inside with its other half.
        inside = list(HTML_PLACEHOLDER_RE.finditer(text, first, last + 1))
        if not inside and "/" not in piece and "<data" in self._raw_before(text, first):
            return  # a value of the build, which holds together by itself
        closing = [tag for tag in map(self._tag, inside) if tag]
        depth = closing.count("close") - closing.count("open")
        before = text[:first]
        while depth > 0 and (opened := re.search(rf"{HTML_PLACEHOLDER_RE.pattern}$", before)):
            if self._tag(opened) != "open":
                break
            first, depth = opened.start(), depth - 1
            before = text[:first]
        if depth:
            return
        begin, end = (self.md.htmlStash.store(tag) for tag in _WHOLE)
        kept = changed.setdefault(index, {})
        kept[first] = begin + kept.get(first, text[first])
        kept[last] = kept.get(last, text[last]) + end

    def _raw_before(self, text: str, place: int) -> str:
        """Return the stashed HTML that stands directly before a place."""
        before = re.search(rf"{HTML_PLACEHOLDER_RE.pattern}$", text[:place])
        raw = self.md.htmlStash.rawHtmlBlocks[int(before[1])] if before else ""
        return raw if isinstance(raw, str) else ""

    def _tag(self, stashed: re.Match[str]) -> str:
        """Return whether stashed HTML is a tag that opens or closes; empty if it is something else."""
        kept, number = self.md.htmlStash.rawHtmlBlocks, int(stashed[1])
        raw = kept[number] if number < len(kept) else ""
        found = _TAG.match(raw) if isinstance(raw, str) else None
        return ("close" if found["close"] else "open") if found else ""

    def _seen(self, texts: list[str]) -> tuple[str, list[tuple[int, int]]]:
        """Return the text of a stretch without stashed tags, and where each character stands: text, offset."""
        seen, places = [], []
        for index, text in enumerate(texts):
            position = 0
            for stashed in [*HTML_PLACEHOLDER_RE.finditer(text), None]:
                end = stashed.start() if stashed else len(text)
                seen.append(text[position:end])
                places += [(index, offset) for offset in range(position, end)]
                if stashed and self._breaks(int(stashed[1])):
                    seen.append("\0")
                    places.append((index, -1))
                position = stashed.end() if stashed else end
        return "".join(seen), places

    def _breaks(self, number: int) -> bool:
        """Return whether stashed HTML stands between two words: all but the tags of a span."""
        stashed = self.md.htmlStash.rawHtmlBlocks
        raw = stashed[number] if number < len(stashed) else ""
        return not (isinstance(raw, str) and _TAG.match(raw))


def _kept(markup: str) -> str:
    """Keep numbers with their signs, units and names in finished HTML."""
    seen, places, position = [], [], 0
    for tag in [*re.finditer(r"<[^>]*>", markup), None]:
        end = tag.start() if tag else len(markup)
        seen.append(markup[position:end])
        places += range(position, end)
        if tag and not _TAG.match(tag[0]):
            seen.append("\0")
            places.append(tag.start())
        position = tag.end() if tag else end
    kept = list(markup)
    for found in _TOGETHER.finditer("".join(seen)):
        kept[places[found.start()]] = NBSP
    return "".join(kept)
