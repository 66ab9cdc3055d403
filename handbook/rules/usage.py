"""Chinese is written as a Chinese engineer writes: one form for one thing on a page.

An advice: `make check ARGS="--advice"` lists it, and nothing fails. It looks for numbers from 10,000 on that
are written out where the page also says 万, ranges and bold lead-ins in more than one form, 他 and 她 for
people who have a name (面试官, 候选人), and sentences with more than one semicolon.

Why: each is a trace of a translation, and two forms of one thing read like two authors.
Right: 7.6 万张、12.2 万张；30–120 天；**理由**：……
Wrong: 76,000 张 beside 12.2 万张; 30–120 天 beside 5 到 7 天; **理由：**…… beside **代价**：……
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import texts
from handbook.source.book import Book
from handbook.source.page import Page

ID = "usage"

_SCALED = re.compile(r"\d\s?[万亿]")
_BARE = re.compile(r"(?<![\d.,])(?:\d{2,3}(?:,\d{3})+|\d(?:,\d{3}){2,}|\d{5,})(?![\d.,]*\s?[万亿\d])")
_RANGE = re.compile(r"\d%?\s?(?P<form>[–—~～-]|到|至)\s?\d")
_LEAD_IN = re.compile(r"^\*\*[^*]{1,20}?(?P<form>[：。]?\*\*[：。]?)")
_FORMS = {"：**": "**…：**", "**：": "**…**：", "。**": "**…。**", "**。": "**…**。"}
_PERSON = re.compile(r"(?<![其吉])[他她](?!们?人)")
_SENTENCE = re.compile(r"[^。！？\n]+")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Look at a Chinese page."""
    if book.languages[page.language].typography.script != "han":
        return
    found = list(texts.of_page(page))
    scaled = any(_SCALED.search(text.plain) for text in found)
    for text in found:
        if scaled and (bare := _BARE.search(text.plain)):
            yield Problem(page.path, text.line, ID, f"{bare[0]} on a page that says 万", "write it with 万 or 亿")
        if person := _PERSON.search(text.plain):
            yield Problem(page.path, text.line, ID, f"“{person[0]}” for a person", "面试官, 候选人, 你")
        if any(sentence.count("；") > 1 for sentence in _SENTENCE.findall(text.plain)):
            yield Problem(page.path, text.line, ID, "more than one semicolon in a sentence", "make it two")
    ranges = [(text.line, match["form"]) for text in found for match in _RANGE.finditer(text.plain)]
    yield from _one_form(page, "ranges", ranges)
    leads = [(text.line, match["form"]) for text in found if (match := _LEAD_IN.match(text.text))]
    yield from _one_form(page, "lead-ins", [(line, _FORMS[form]) for line, form in leads if form in _FORMS])


def _one_form(page: Page, what: str, found: list[tuple[int, str]]) -> Iterator[Problem]:
    """Report all but the form that a page uses most."""
    if not found:
        return
    usual = Counter(form for _, form in found).most_common(1)[0][0]
    for line, form in found:
        if form != usual:
            yield Problem(page.path, line, ID, f"{what} in two forms: “{form}” and “{usual}”", f"write “{usual}”")


RULE = Rule(ID, Scope.PAGE, __doc__, check, advice=True)
