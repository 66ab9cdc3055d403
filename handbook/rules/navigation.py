"""Both configurations can be read, and list the same pages, all of them, once.

Why: what is not in the navigation is built and never found.
Right: `framework/data.md` at the same place in mkdocs.yml and mkdocs.zh.yml.
Wrong: a page that is in one of them, or in another order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook import yamlfile
from handbook.source.book import Book
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope

ID = "navigation"
CONFIGURATIONS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}


def check(book: Book) -> Iterator[Problem]:
    """Compare the navigation of each language with its pages, and with the other language."""
    orders: dict[str, list[str]] = {}
    lines: list[int] = []
    for language, path in CONFIGURATIONS.items():
        file = yamlfile.load(book.root, path, ID)
        yield from file.problems
        if file.problems:
            continue
        if not isinstance(file.data, dict) or not isinstance(file.data.get("nav"), list):
            yield Problem(path, 1, ID, "no `nav` list")
            continue
        listed = []
        for entry, at in _entries(file.data["nav"], ("nav",)):
            if entry.endswith(".md"):
                listed.append((entry.removesuffix(".md"), at))
            else:
                wrong = f"`{entry}` is not the path of a page" if entry else "a section without pages"
                yield file.problem(ID, wrong, at=at)
        orders[language] = [slug for slug, _ in listed]
        lines = [file.line(*at) for _, at in listed]
        seen = set()
        for slug, at in listed:
            if slug not in book.pages[language]:
                yield file.problem(ID, f"`{slug}.md` does not exist", at=at)
            if slug in seen:
                yield file.problem(ID, f"`{slug}.md` is listed twice", at=at)
            seen.add(slug)
        for slug, page in book.pages[language].items():
            if slug not in seen:
                yield Problem(
                    page.path,
                    1,
                    ID,
                    f"the page is not in the navigation of {path}",
                    f"add `{slug}.md` to nav",
                )
    if len(orders) == 2 and orders["en"] != orders["zh"] and sorted(orders["en"]) == sorted(orders["zh"]):
        first = next(i for i, pair in enumerate(zip(*orders.values(), strict=True)) if pair[0] != pair[1])
        yield Problem(
            CONFIGURATIONS["zh"],
            lines[first],
            ID,
            "the pages are in another order than in mkdocs.yml",
            f"`{orders['en'][first]}.md` comes here",
        )


def _entries(node: Any, at: yamlfile.Keys) -> Iterator[tuple[str, yamlfile.Keys]]:
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from _entries(child, (*at, index))
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _entries(child, (*at, key))
    else:
        yield "" if node is None else str(node), at


RULE = Rule(ID, Scope.BOOK, __doc__, check, needs_data=False)
