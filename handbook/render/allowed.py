"""The elements and attributes that a page may have: what an author writes, and what we generate.

`tags` finds raw HTML in Markdown; what only looks like a tag (`a<b && c>d`) is text, and `Preprocessor`
keeps it text through all of Markdown, which would take it for a tag. `faults` looks at finished HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor as MarkdownPreprocessor

_EVERYWHERE = frozenset(("class", "id", "lang", "title"))
#: Raw HTML that an author may write, with attributes beside those of every element.
AUTHORS: dict[str, frozenset[str]] = {
    "abbr": frozenset(),
    "br": frozenset(),
    "data": frozenset(("value", "data-q")),
    "div": frozenset(("markdown", "data-book-exclude", "data-search-exclude")),
    "kbd": frozenset(),
    "span": frozenset(),
    "sub": frozenset(),
    "sup": frozenset(),
    "wbr": frozenset(),
}
#: Raw HTML of the generated blocks.
_BLOCKS: dict[str, frozenset[str]] = {
    "a": frozenset(("href", "download")),
    "dd": frozenset(),
    "div": AUTHORS["div"] | {"data-all", "data-shown", "data-plan", "data-steps", "data-words"},
    "dl": frozenset(),
    "dt": frozenset(),
    "li": frozenset(),
    "ol": frozenset(),
    "p": frozenset(),
    "ul": frozenset(),
}
ALLOWED = {**AUTHORS, **_BLOCKS}

#: Elements of HTML: `<b>` is a tag that is refused, `<T>` is text.
KNOWN = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html "
    "i iframe image img input ins kbd label legend li link listing main map mark marquee math menu meta meter nav "
    "noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby "
    "s samp script search section select slot small source span strike strong style sub summary sup svg table tbody "
    "td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)

_ATTRIBUTE = r"""[A-Za-z_:@][\w:.@-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s+{_ATTRIBUTE})*)\s*/?>")
_NAME = re.compile(r"""(?P<name>[A-Za-z_:@][\w:.@-]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_COMMENT = re.compile(r"<!--(?!>|->).*?-->", re.S)
_ADDRESS = re.compile(r"<(?:(?:https?|mailto):[^<>\s]*|[^<>@\s]+@[^<>@\s]+)>")
#: What Markdown might take for the beginning of HTML.
_OPEN = re.compile(r"<(?=[A-Za-z/!?])")
#: Nothing that is longer is read as a tag.
_LONGEST = 1000


@dataclass(frozen=True)
class Tag:
    """A tag as written: where its `<` stands, the element, its attributes."""

    start: int
    end: int
    name: str
    attributes: tuple[str, ...]

    @property
    def fault(self) -> str:
        """What an author may not write here; empty if all is well."""
        if self.name not in AUTHORS:
            return f"`<{self.name}>` is not allowed"
        wrong = [name for name in self.attributes if name not in AUTHORS[self.name] | _EVERYWHERE]
        return f"`{wrong[0]}` is not allowed on `<{self.name}>`" if wrong else ""


def tag(text: str, start: int) -> Tag | None:
    """Return the tag that begins at `start`, if what stands there is one."""
    found = _TAG.match(text, start, start + _LONGEST)
    if not found or found["name"].lower() not in KNOWN:
        return None
    attributes = tuple(name["name"].lower() for name in _NAME.finditer(found["attributes"]))
    return Tag(start, found.end(), found["name"].lower(), attributes)


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a Markdown text without code."""
    end = 0
    for opened in _OPEN.finditer(text):
        if opened.start() >= end and (found := tag(text, opened.start())):
            end = found.end
            yield found


#: Stands for a `<` that is text, from before Markdown reads a page until it is written.
LESS = "\ue03c"


class Preprocessor(MarkdownPreprocessor):
    """Marks each `<` that begins no allowed tag; runs when fences are put aside."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with marks."""
        text = "\n".join(lines)
        return _OPEN.sub(lambda opened: "<" if _is_markup(text, opened.start()) else LESS, text).split("\n")


class Restorer(Postprocessor):
    """Writes the marks as what they stand for."""

    def run(self, text: str) -> str:
        """Return the HTML without marks."""
        return text.replace(LESS, "&lt;")


def plain(text: str) -> str:
    """Return marked text as the characters that it stands for."""
    return html.unescape(text.replace(LESS, "<"))


def _is_markup(text: str, start: int) -> bool:
    if text.startswith("<!--", start):
        return _COMMENT.match(text, start) is not None
    if _ADDRESS.match(text, start, start + _LONGEST):
        return True
    found = tag(text, start)
    if not found or found.name not in ALLOWED:
        return False
    return not set(found.attributes) - ALLOWED[found.name] - _EVERYWHERE


#: Elements that load, run or ask for something; no page's text has them.
_REFUSED = frozenset(
    "applet audio base body button embed fieldset font form frame frameset head html iframe link marquee meta "
    "noembed noframes noscript object param picture plaintext script select source style template textarea title "
    "track video xmp".split()
)
#: Schemes of links; `""` is a page of ours.
_SCHEMES = frozenset(("", "http", "https", "mailto"))
#: Attributes of a page's text, beside `data-…` and `aria-…`.
_ATTRIBUTES = frozenset(
    "alt checked class colspan datetime dir disabled download for height href hreflang id lang name open rel role rowspan "
    "scope src start tabindex target title type value width xml:lang".split()
)


def faults(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what a rendered fragment must not have: a message, and how the culprit may be written.

    Formulas and drawings are ours and are not looked at.
    """
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag in ("svg", "math") or any(True for _ in node.iterancestors("svg", "math")):
            continue
        if node.tag in _REFUSED:
            yield f"`<{node.tag}>` is not allowed", node.tag
        for name, value in node.attrib.items():
            yield from _attribute_faults(node, str(name), str(value))


def _attribute_faults(node: HtmlElement, name: str, value: str) -> Iterator[tuple[str, str]]:
    if name.startswith("on"):
        yield f"`{name}` is not allowed: a page runs no script", name
    elif name == "style":
        yield "`style` is not allowed: a page has no styles of its own", name
    elif name not in _ATTRIBUTES and not name.startswith(("data-", "aria-")):
        yield f"`{name}` is no attribute that a page may have", name
    elif name in ("href", "src"):
        address = "".join(char for char in value if char > " ")
        try:
            parts = urlsplit(address)
        except ValueError:
            yield f"`{value}` is no address", value
            return
        if name == "src":
            if parts.scheme or parts.netloc:
                yield f"`{value}` is loaded from elsewhere", value
        elif parts.scheme.lower() not in _SCHEMES or (parts.netloc and not parts.scheme):
            yield f"`{value}` is not allowed as a link", value
