"""No built page asks anything of the network, and none has scripts or styles in its own text.

Every file that a page loads is the site's own: scripts, styles, images, fonts, icons. No element has a
handler or a style in an attribute; nothing is embedded.

Why: readers are not told on to others, and the site works behind a firewall, offline and in ten years; the
policy that every page states (`handbook/outputs/security.py`) would block what is written into a page.
Right: `<script src="../assets/handbook.js">`, `<a href="https://…">`: a link is followed, not loaded.
Wrong: `<img src="https://…">`, `<link rel="preconnect" href="https://…">`, `onclick="…"`, `style="…"`, `<iframe>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "network"

#: Relations of a `<link>` that name another page and load nothing.
_NAMING = frozenset(("alternate", "author", "canonical", "help", "license", "next", "prev", "search", "up"))
_EMBEDDED = "//iframe | //frame | //object | //embed | //applet | //base | //portal"
#: A script without an address; what is no script, such as JSON, is read and not run.
_INLINE = "//script[not(@src) and (not(@type) or contains(@type, 'script') or @type = 'module')] | //style"
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
    for node in root.xpath(_INLINE):
        found.add((node.sourceline or 1, f"`<{node.tag}>` stands in the page: it belongs to a file"))
    for value in root.xpath("//@style"):
        found.add((_line(value), "`style` stands in the page: it belongs to a style sheet"))
    for value in root.xpath(_LOADED):
        addresses = [part.split()[0] for part in value.split(",") if part.split()]
        for address in addresses if value.attrname == "srcset" else [value]:
            if _is_foreign(address):
                found.add((_line(value), f"`{address}` is loaded from elsewhere"))
    for node in root.iter("link"):
        relations = set((node.get("rel") or "").lower().split())
        if not (relations and relations <= _NAMING) and _is_foreign(node.get("href") or ""):
            found.add((node.sourceline or 1, f"`{node.get('href')}` is loaded from elsewhere"))
    for value in root.xpath("//@href"):
        scheme = re.sub(r"[\x00-\x20]", "", value).lower()
        if scheme.startswith(("javascript:", "vbscript:", "data:")) and value.getparent().tag != "link":
            found.add((_line(value), f"`{' '.join(value.split())}` runs a script"))
    for line, message in sorted(found):
        yield Problem(path, line, ID, message)


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
