"""The search index of one language: what `web/search-core.js` ranks.

It is a handful of scripts, so that a page opened from a file can load them as well as one from a host:

- `search/index.js`: titles and headings of all pages, and what readers say instead of them;
- `search/<edition>/words-<n>.js`: for each word, and each pair of neighbours in Chinese, the pages
  that have it, and how often; split so that a query needs few of them;
- `search/<edition>/page-<n>.js`: the text of a page by section.

Nothing of it is loaded before a reader searches. `<edition>` is a hash of the index, so that an old
`index.js` never meets a new text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from handbook import places
from handbook.compiled import CompiledPage
from handbook.output import Output
from handbook.vocabulary import Vocabulary

#: Characters of a part of the word list: about 3 kB when compressed.
SHARD = 9_000
#: Sections that name what others say.
ASIDE = frozenset({"sources", "see-also"})
#: A question counts as a section below every heading.
QUESTION = 5

#: What a page shows besides its text; what a command printed is not the handbook's word.
_EXCLUDED = " | ".join(
    f".//{path}"
    for path in (
        "*[@data-search-exclude]", "math", "figure", "script", "style", "button",
        'div[contains(@class, "language-console")]', 'div[contains(@class, "language-text")]',
        'a[contains(@class, "headerlink")]', 'a[contains(@class, "footnote-backref")]',
    )
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_BLOCKS = frozenset({"p", "li", "td", "th", "dt", "dd", "summary", "tr", "br", "div", "pre", *_HEADINGS})
#: The same in search-core.js: what is one word, and what is Chinese.
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_]|[%+])+")
_IS_HAN = re.compile(f"[{_HAN}]")


@dataclass(frozen=True)
class Section:
    """A part of a page that search can lead to.

    Attributes:
        anchor: Its id on the page; empty for the page's beginning.
        heading: Its heading, or the question that it answers.
        depth: 1 for the page's beginning, 2 for its sections, and so on.
        text: What it says, in one line. What it names (a table's rows, words in bold) stands between tabs.
    """

    anchor: str
    heading: str
    depth: int
    text: str


def write(pages: Iterable[CompiledPage], vocabulary: Vocabulary, site: Path) -> None:
    """Write the index of one language below its site."""
    indexed = {page.slug: found for page in pages if (found := sections(page.html))}
    for name, text in scripts(indexed, vocabulary).items():
        Output(site).write(f"search/{name}", text, again=True)


def sections(fragment: str) -> list[Section]:
    """Return the sections of a page's HTML in order; the first heading begins the page itself."""
    article = html.fragment_fromstring(fragment, create_parent="article")
    for element in article.xpath(_EXCLUDED):
        element.drop_tree()
    found: list[Section] = []
    for piece in _pieces(article):
        if isinstance(piece, Section):
            found.append(piece)
        elif found:
            last = found[-1]
            found[-1] = Section(last.anchor, last.heading, last.depth, last.text + piece)
    return [
        Section(section.anchor if number else "", section.heading, section.depth, _one_line(section.text))
        for number, section in enumerate(found)
    ]


def _pieces(element: html.HtmlElement) -> Iterator[Section | str]:
    """Yield a section without text where one begins, and text, in the order of the page."""
    tag = element.tag if isinstance(element.tag, str) else ""
    children = list(element)
    if tag in _HEADINGS and element.get("id"):
        yield Section(element.get("id"), _line(element), _HEADINGS[tag], "")
        return
    if tag == "strong" or (tag == "td" and element.getprevious() is None):
        yield f"\t{_line(element)}\t"
        return
    if tag == "details" and element.get("id"):
        summary = element.find("summary")
        yield Section(element.get("id"), _line(summary), QUESTION, "")
        children.remove(summary)
    border = " " if tag in _BLOCKS else ""
    yield border + (element.text or "")
    for child in children:
        yield from _pieces(child)
        yield child.tail or ""
    yield border


def _line(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _one_line(text: str) -> str:
    return "\t".join(re.sub(r"\s+", " ", part) for part in text.split("\t")).strip(" ")


def scripts(pages: Mapping[str, Sequence[Section]], vocabulary: Vocabulary) -> dict[str, str]:
    """Return the files of the index by name.

    Args:
        pages: The sections of each page, by its slug.
        vocabulary: What readers of these pages say.
    """
    shards = _shards(pages.values())
    parts = {f"words-{number}": _json(shard) for number, shard in enumerate(shards)}
    for number, page in enumerate(pages.values()):
        parts[f"page-{number}"] = _json([section.text for section in page])
    edition = hashlib.sha256(_json(parts).encode()).hexdigest()[:8]
    index = {
        "edition": edition,
        "shards": len(shards),
        "meanings": vocabulary.meanings,
        "pages": [
            {
                "place": places.place(slug),
                "title": page[0].heading,
                "sections": [_listed(slug, section, vocabulary.asked) for section in page],
            }
            for slug, page in pages.items()
        ],
    }
    files = {f"{edition}/{name}.js": _script(name, text) for name, text in parts.items()}
    return {"index.js": _script("index", _json(index)), **files}


def _shards(pages: Iterable[Sequence[Section]]) -> list[dict[str, list[int]]]:
    """Return the list of words in parts: for each word a page's number, how often, the next page, …."""
    counts: dict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        text = " | ".join(f"{section.heading} | {section.text}" for section in page)
        for key, times in Counter(keys(text)).items():
            counts[key] += number, times
    shards: list[dict[str, list[int]]] = [{} for _ in range(max(1, len(_json(counts)) // SHARD))]
    for key in sorted(counts):
        shards[shard_of(key, len(shards))][key] = counts[key]
    return shards


def _listed(slug: str, section: Section, asked: Mapping[str, Sequence[str]]) -> list[object]:
    """Return what `index.js` says of a section, without what is empty at the end."""
    said = asked.get(f"{slug}#{section.anchor}" if section.anchor else slug, [])
    # The page's title is its first heading.
    row = [section.anchor, section.heading if section.anchor else "", section.depth]
    return [*row, int(section.anchor in ASIDE), said] if said or section.anchor in ASIDE else row


def keys(text: str) -> Iterator[str]:
    """Yield what a text is found by: its words, and in Chinese each pair of neighbours."""
    text = re.sub("[\u200b'’]", "", re.sub(r"\ba/b\b", "ab", text.lower(), flags=re.ASCII))
    for word in _WORD.findall(text):
        if _IS_HAN.match(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        else:
            yield word


def shard_of(key: str, count: int) -> int:
    """Return the part that has a key; words that begin alike are together, so that beginnings find them."""
    second = 0 if len(key) < 2 or _IS_HAN.match(key) else ord(key[1])
    return (ord(key[0]) * 31 + second) % count


def _script(name: str, data: str) -> str:
    return f'handbookIndex("{name}",{data})\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
