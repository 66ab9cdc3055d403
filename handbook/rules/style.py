"""Chinese sentences are short, and each 它 stands for a noun just before it.

An advice: `make check ARGS="--advice"` lists it, and nothing fails. It looks for sentences with three and more
clauses held together by semicolons, and for sentences that begin with 它.

Why: both come more often in translations than in what was written in Chinese; only a reader can judge each.
Right: 余量留给重试。 / 模型挂了，就用规则。
Wrong: 甲先做；乙再做；丙最后做。 / 它在这里先被扣掉。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import texts
from handbook.source.book import Book
from handbook.source.page import Page

ID = "style"

_SENTENCE = re.compile(r"[^。！？\n]+")
_BARE_IT = re.compile(r"^[\s“（]*它(?!们)")


def check(book: Book, page: Page) -> Iterator[Problem]:
    """Look at a Chinese page."""
    if book.languages[page.language].typography.script != "han":
        return
    for text in texts.of_page(page):
        sentences = _SENTENCE.findall(text.plain)
        if any(sentence.count("；") > 1 for sentence in sentences):
            yield Problem(page.path, text.line, ID, "more than one semicolon in a sentence", "make it two")
        if any(_BARE_IT.match(sentence) for sentence in sentences):
            yield Problem(page.path, text.line, ID, "a sentence that begins with 它", "say the noun")


RULE = Rule(ID, Scope.PAGE, __doc__, check, alone=True, advice=True)
