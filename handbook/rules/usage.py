"""Chinese is written in one form for one thing: numbers, ranges, lead-ins, people.

On a page that says 万, numbers from 10,000 on are written with 万 or 亿. Ranges have one form, with a dash. A
lead-in of a few words is bold, and its colon is not. People are called what they are, not 他 or 她.

Why: each is a trace of a translation, and two forms of one thing read like two authors.
Right: 7.6 万张、12.2 万张；30–120 天；**理由**：……；面试官
Wrong: 76,000 张 beside 12.2 万张; 30–120 天 beside 5 到 7 天; **理由：**……; 他 for the interviewer
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import texts
from handbook.source.book import Book
from handbook.source.page import Page

ID = "usage"

_SCALED = re.compile(r"\d\s?[万亿]")
#: The number of a standard (ISO 21448) is its name.
_BARE = re.compile(r"(?<![\d.,])(?<!ISO )(?:\d{2,3}(?:,\d{3})+|\d(?:,\d{3}){2,}|\d{5,})(?![\d.,]*\s?[万亿\d])")
#: A change (从 3 到 5) is no range, nor is a date.
_RANGE = re.compile(r"(?<![\d.-])(?<!从 )(?<!从)[\d.]+%?\s?(?P<form>[–—~～-]|到|至)\s?\d+(?!-?\d)")
_DASH = "–"
#: A few words without a mark; more of them are a sentence, which may be bold as a whole.
_LEAD_IN = re.compile(r"^\*\*(?P<label>[^*，。；：？！“”]{1,6})(?P<form>[：。]\*\*|\*\*。)")
_PERSON = re.compile(r"(?<![其吉耳])[他她](?![们人])")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Look at a Chinese page."""
    if book.languages[page.language].typography.script != "han":
        return
    found = list(texts.of_page(page))
    scaled = any(_SCALED.search(text.plain) for text in found)
    ranges = [(text.line, match["form"]) for text in found for match in _RANGE.finditer(text.plain)]
    mixed = len({form for _, form in ranges}) > 1
    for text in found:
        if scaled and (bare := _BARE.search(text.plain)):
            yield Problem(page.path, text.line, ID, f"{bare[0]} on a page that says 万", "write it with 万 or 亿")
        if lead := _LEAD_IN.match(text.text):
            hint = f"write **{lead['label']}**："
            yield Problem(page.path, text.line, ID, f"the lead-in {lead[0]} in another form", hint)
        if person := _PERSON.search(text.plain):
            yield Problem(page.path, text.line, ID, f"“{person[0]}” for a person", "面试官, 候选人, 你")
    for line, form in ranges:
        if mixed and form != _DASH:
            yield Problem(page.path, line, ID, f"ranges in two forms: “{form}” and others", f"write “{_DASH}”")


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True)
