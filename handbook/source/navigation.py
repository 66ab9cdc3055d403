"""The order of the pages, read from `data/site.yml` once for all languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handbook.entry import Entry
from handbook.languages import Language

STEM = "site"
PATH = "data/site.yml"
_ADDRESS = re.compile(r"(?:mailto:|https://)[^\s\"<>{}]+\{subject\}[^\s\"<>{}]*\{body\}[^\s\"<>{}]*")


@dataclass(frozen=True)
class Section:
    """Pages that stand together.

    Attributes:
        id: Its name in the words of the languages, `sections.<id>`.
        pages: Slug and line of each page.
        line: Where it stands in data/site.yml.
        named: Whether it is one page under this name, and no section.
    """

    id: str
    pages: tuple[tuple[str, int], ...]
    line: int
    named: bool

    def title(self, language: Language) -> str:
        """Return what it is called."""
        return language.word(f"sections.{self.id}")


@dataclass(frozen=True)
class Navigation:
    """All pages in their order.

    Attributes:
        sections: The sections, which hold the pages.
        report: Where readers report errors, an address with `{subject}` and `{body}`; empty where nobody said.
    """

    sections: tuple[Section, ...] = ()
    report: str = ""

    def pages(self) -> Iterator[tuple[Section, str, int]]:
        """Yield section, slug and line of each page."""
        for section in self.sections:
            for slug, line in section.pages:
                yield section, slug, line

    def for_mkdocs(self, language: Language) -> list[Any]:
        """Return it as MkDocs takes it, `nav` of its configuration."""
        return [
            {section.title(language): files[0] if section.named else files}
            for section in self.sections
            if (files := [f"{slug}.md" for slug, _ in section.pages])
        ]


def read(file: Entry) -> Navigation:
    """Read the order of the pages."""
    entries = file.mapping("sections", optional=("report",))
    sections = (_section(name, entry) for name, entry in entries["sections"].mapping(optional=None).items())
    return Navigation(tuple(sections), _report(entries["report"]) if "report" in entries else "")


def _report(entry: Entry) -> str:
    address = entry.value
    if address and not (isinstance(address, str) and _ADDRESS.fullmatch(address)):
        entry.report("`report` is no address for reports", "mailto: or https://, with {subject} and {body}")
        return ""
    return address or ""


def _section(name: str, entry: Entry) -> Section:
    named = isinstance(entry.value, str)
    pages = [entry] if named else entry.items()
    return Section(name, tuple((page.text(), page.line) for page in pages), entry.line, named)
