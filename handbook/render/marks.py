"""Markdown that a reader sees as it was typed, because it was not understood.

Patterns look at the text of a rendered block (`facts.Block`), in which code and formulas are one
character, so that what is meant to be seen is not taken for what shows through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbook.render import facts

#: Markdown that shows through: what it was to be, its pattern, the way out. `^` is the beginning of a line.
MARKS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, re.compile(pattern, re.M), hint)
    for name, pattern, hint in (
        ("bold text", r"\*\*", "a letter or a digit beside the asterisks, not a space or punctuation"),
        ("a value", r"\{\{|\}\}", "write `{{ name }}`"),
        ("a box", r"^(?:!!!|\?\?\?\+?)(?=\s|[\w“\"])", 'write `!!! trap "Title"`, indented by a multiple of four'),
        ("code", r"`", "as many backticks behind as before"),
        ("a link", r"\[[^\[\]\n]+\] ?\([^()\s]+\)|\[[^\[\]\n]+\] ?\[[^\[\]\n]*\]", "write [text](target), no space"),
        ("a footnote", r"\[\^[^\[\]\s]+\]", "write its text: `[^1]: …`"),
        ("a citation", r"\[@", "write `[@key]`"),
        (
            "a list of attributes",
            r"\{ ?:[^{}\n]*\}|\{ ?[#.][\w-][^{}\n]*\}|\{ ?[\w-]+(?:=[^{}\n]*)? ?\}",
            "only behind a title or a link",
        ),
        ("a comment", r"<!--|-->", "write `<!-- … -->`, an empty line before it"),
        ("a table", r"\|\s*:?-+:?\s*(?:\||$)|^\|.*\|$", "an empty line before it"),
        ("a fence", r"~~~|:::", "close it with as many marks as it opens with"),
        ("a heading", r"^#{1,6} +\S", "an empty line before it"),
        ("a quote", r"(?<=\n)> ?\S", "an empty line before it"),
        ("a list", r"(?<=\n)(?:[-*+]|\d{1,3}\.) +\S", "an empty line before it"),
        ("a formula", r"\\[()\[\]]", r"write \\( … \\) on one line"),
        ("a mark of a conflict", r"^(?:<{7}|={7}|>{7})", "resolve it"),
    )
)


def showing(blocks: Sequence[facts.Block]) -> Iterator[tuple[str, str, str]]:
    """Yield Markdown in a reader's text: what it was to be, the text around it, the way out."""
    for block in blocks:
        for name, pattern, hint in MARKS:
            for found in pattern.finditer(block.text):
                start = max(block.text.rfind(end, 0, found.start()) + 1 for end in ("\n", facts.OBJECT))
                stops = [block.text.find(end, found.end()) for end in ("\n", facts.OBJECT)]
                stop = min([stop for stop in stops if stop >= 0], default=len(block.text))
                around = block.text[max(start, found.start() - 20) : min(stop, found.end() + 20)]
                yield name, around, hint
