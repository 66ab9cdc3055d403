"""Where the values of a page come from: assumed, from a source, or computed, and then with what; what its terms mean.

A reader who points at one is told. This is what `web/origins.js` then loads, page by page: a script, so
that a page opened from a file can have it as well as one from a host.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import terms
from handbook.blocks import calculation
from handbook.numbers import Quantity
from handbook.numbers.quantities import ASSUMPTION
from handbook.output import Output
from handbook.render import glosses
from handbook.writer import Writer

if TYPE_CHECKING:
    from handbook.compiled import CompiledPage

FOLDER = "origins"

_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)\)(?:\{[^}]*\})?")

#: Of each value by its name on the page: what it is, and where it comes from, as HTML. Of each term, whose
#: name begins with `glosses.PREFIX`: the term, and what it means.
Origins = Mapping[str, tuple[str, str]]


def of(writer: Writer, link: Callable[[str], str]) -> Origins:
    """Return the origins of all values that a writer has marked.

    Args:
        writer: Has written the page.
        link: Resolves the target of a link as written.
    """

    def linked(match: re.Match[str]) -> str:
        return f'<a href="{link(html.unescape(match["target"]))}">{match["text"]}</a>'

    return {
        name: (
            quantity.labels.get(writer.language, ""),
            # Of an assumption the value's kind says it all.
            "" if quantity.source == ASSUMPTION else _LINK.sub(linked, _escaped(writer, quantity)),
        )
        for name, quantity in sorted(writer.shown.items())
    }


def of_terms(writer: Writer, link: Callable[[str], str], used: Collection[str]) -> Origins:
    """Return the meanings of terms, each with a link to the glossary.

    Args:
        writer: Has written the page.
        link: Resolves the target of a link as written.
        used: Ids of the terms.
    """
    language, original = writer.language, writer.book.languages.original.code
    known = {terms.anchor_of(term, original): term for term in writer.book.glossary}
    title = html.escape(writer.text("sections.glossary"), quote=False)
    found = {}
    for id_ in used:
        meaning = html.escape(known[id_].meanings[language], quote=False)
        place = link(writer.path_to(terms.GLOSSARY, id_))
        found[glosses.PREFIX + id_] = (known[id_].labels[language], f'{meaning} <a href="{place}">{title}</a>')
    return found


def _escaped(writer: Writer, quantity: Quantity) -> str:
    return html.escape(calculation.origin(writer, quantity), quote=False)


def write(pages: Iterable[CompiledPage], site: Path) -> None:
    """Write a script for each page that has values: `origins/<slug>.js`."""
    output = Output(site)
    for page in pages:
        if page.origins:
            known = json.dumps(page.origins, ensure_ascii=False, separators=(",", ":"))
            output.write(f"{FOLDER}/{page.slug}.js", f"handbookOrigins({json.dumps(page.slug)},{known})\n")
