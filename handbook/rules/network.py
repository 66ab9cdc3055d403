"""No built page asks anything of the network or runs a script of its own text.

Every file that a page loads is the site's own: scripts, styles, images, fonts, icons. No element has a
handler in an attribute; nothing is embedded.

Why: readers are not told on to others, and the site works behind a firewall, offline and in ten years.
Right: `<script src="../assets/handbook.js">`, `<a href="https://…">`: a link is followed, not loaded.
Wrong: `<img src="https://…">`, `<link rel="preconnect" href="https://…">`, `onclick="…"`, `<iframe>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "network"

#: Relations of a `<link>` that name another page and load nothing.
_NAMING = frozenset(("alternate", "author", "canonical", "help", "license", "next", "prev", "search", "up"))
_EMBEDDED = "//iframe | //frame | //object | //embed | //applet | //base | //portal"
_HANDLERS = "//@*[starts-with(translate(name(), 'ON', 'on'), 'on')]"
_LOADED = (
    "//@src | //@srcset | //@poster | //@background | //@ping | //@formaction | //form/@action"
    " | //object/@data | //*[local-name() = 'use' or local-name() = 'image']/@*[name() = 'href' or name() = 'xlink:href']"
)
_FROM_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?P<address>[^"')\s]*)""", re.I)


def check(folder: Path) -> Iterator[Problem]:
    """Look at every page and style sheet of a built site."""
    for file in sorted(folder.rglob("*")):
        path = f"site/{file.relative_to(folder).as_posix()}"
        if file.suffix == ".html":
            yield from page(path, file.read_text(encoding="utf-8"))
        elif file.suffix == ".css":
            text = file.read_text(encoding="utf-8")
            for found in _FROM_STYLE.finditer(text):
                if _is_foreign(found["address"]):
                    line = text.count("\n", 0, found.start()) + 1
                    yield Problem(path, line, ID, f"`{found['address']}` is loaded from elsewhere")


def page(path: str, text: str) -> Iterator[Problem]:
    """Report what one page loads from elsewhere or runs; in the order of its lines."""
    if not text.strip():
        return
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    found: set[tuple[int, str]] = set()
    for node in root.xpath(_EMBEDDED):
        found.add((node.sourceline or 1, f"`<{node.tag}>` is not allowed"))
    for value in root.xpath(_HANDLERS):
        found.add((_line(value), f"`{value.attrname}` runs a script"))
    for value in root.xpath(_LOADED):
        addresses = [part.split()[0] for part in value.split(",") if part.split()]
        for address in addresses if value.attrname == "srcset" else [value]:
            if _is_foreign(address):
                found.add((_line(value), f"`{address}` is loaded from elsewhere"))
    for node in root.iter("link"):
        relations = set((node.get("rel") or "").lower().split())
        if not (relations and relations <= _NAMING) and _is_foreign(node.get("href") or ""):
            found.add((node.sourceline or 1, f"`{node.get('href')}` is loaded from elsewhere"))
    for node, style in _styles(root):
        for address in _FROM_STYLE.finditer(style):
            if _is_foreign(address["address"]):
                found.add((node.sourceline or 1, f"`{address['address']}` is loaded from elsewhere"))
    for value in root.xpath("//@href"):
        scheme = re.sub(r"[\x00-\x20]", "", value).lower()
        if scheme.startswith(("javascript:", "vbscript:", "data:")) and value.getparent().tag != "link":
            found.add((_line(value), f"`{' '.join(value.split())}` runs a script"))
    for line, message in sorted(found):
        yield Problem(path, line, ID, message)


def _styles(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for node in root.iter("style"):
        yield node, node.text_content()
    for node in root.xpath("//*[@style]"):
        yield node, node.get("style")


def _line(value: etree._ElementUnicodeResult) -> int:
    return value.getparent().sourceline or 1


def _is_foreign(address: str) -> bool:
    """Whether an address leads to another host, or to one that is named."""
    try:
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", address).replace("\\", "/"))
    except ValueError:
        return True
    return bool(parts.netloc) or parts.scheme not in ("", "data")


RULE = Rule(ID, Scope.OUTPUT, __doc__, check, needs_all=False)
