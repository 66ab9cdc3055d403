"""Everything that the handbook is made from, read once: pages of all languages and data files.

Each data file has a module of this folder that reads it into records. What is wrong with one is a
problem at its line, and the file counts as broken: rules that need data wait until it is mended.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from handbook import boards, languages, numbers, yamlfile
from handbook.boards import Board
from handbook.entry import DataText, Entry
from handbook.languages import Languages
from handbook.numbers import Numbers
from handbook.problems import Problem
from handbook.source import (
    anti_patterns,
    bibliography,
    changes,
    designs,
    framework,
    glossary,
    navigation,
    plans,
    questions,
    redirects,
    search_words,
    templates,
    units,
    verified,
)
from handbook.source import page as pages
from handbook.source.anti_patterns import AntiPattern
from handbook.source.bibliography import Source
from handbook.source.changes import Change
from handbook.source.designs import Design
from handbook.source.framework import Framework, Loop, Stage, TimelineEntry
from handbook.source.glossary import Term
from handbook.source.navigation import Navigation
from handbook.source.page import Page
from handbook.source.plans import Plan
from handbook.source.questions import Question
from handbook.source.redirects import Redirect
from handbook.source.search_words import Asked
from handbook.source.templates import Template
from handbook.source.verified import Verified

T = TypeVar("T")

#: Where pages live, and the published folder that each source folder becomes.
FOLDERS = (("docs/{language}", ""), ("references/{language}", "references/"))

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Book:
    """The sources of all languages.

    Attributes:
        root: The repository.
        languages: The languages in their order, the original first.
        navigation: Order of the pages.
        pages: Page of each language and slug.
        framework: The interview: stages, minutes, timeline.
        designs: Worked designs by id.
        glossary: Terms in their order.
        units: How units are written, by unit.
        redirects: Places that moved, by old place.
        asked: What readers type, by the place that they look for.
        questions: The question bank, by place; empty where there is none.
        plans: Plans of practice, by id; empty where there are none.
        verified: The sections of what ages, by place; empty where there are none.
        changes: What is new, the latest first; empty where nobody keeps it.
        anti_patterns: What `make review` looks for.
        numbers: Numbers of each page, by the page's slug.
        boards: Whiteboard of a page, likewise.
        sources: Bibliography by key.
        templates: Documents to copy, by language and name.
        texts: What the data files say to a reader.
        problems: What was found wrong while reading.
        broken: Paths of the data files that could not be read; what they have is empty here.
    """

    root: Path
    languages: Languages = field(default_factory=Languages)
    navigation: Navigation = field(default_factory=Navigation)
    pages: Mapping[str, Mapping[str, Page]] = field(default_factory=dict)
    framework: Framework = field(default_factory=lambda: framework.empty(()))
    designs: Mapping[str, Design] = field(default_factory=dict)
    glossary: tuple[Term, ...] = ()
    units: Mapping[str, units.Patterns] = field(default_factory=dict)
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    verified: Mapping[str, Verified] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    anti_patterns: tuple[AntiPattern, ...] = ()
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    boards: Mapping[str, Board] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    templates: Mapping[str, Mapping[str, Template]] = field(default_factory=dict)
    texts: tuple[DataText, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The seven stages in order."""
        return self.framework.stages

    @property
    def buffer(self) -> Stage:
        """The minutes left for questions."""
        return self.framework.buffer

    @property
    def minutes(self) -> int:
        """Length of the interview."""
        return self.framework.minutes

    @property
    def timeline(self) -> tuple[TimelineEntry, ...]:
        """The whiteboard timeline."""
        return self.framework.timeline

    @property
    def loops(self) -> tuple[Loop, ...]:
        """What leads back from one stage to an earlier one."""
        return self.framework.loops

    @property
    def originals(self) -> Mapping[str, Page]:
        """The pages of the original language, by slug."""
        return self.pages[self.languages.original.code]

    def all_pages(self) -> list[Page]:
        """Return the pages of all languages, sorted by path."""
        found = [page for pages_ in self.pages.values() for page in pages_.values()]
        return sorted(found, key=lambda page: page.path)

    def only(self, pages: Iterable[Page]) -> Book:
        """Return a book in which no other pages are."""
        kept: dict[str, dict[str, Page]] = {code: {} for code in self.pages}
        for page in pages:
            kept[page.language][page.slug] = page
        return replace(self, pages=kept)


def load(root: Path) -> Book:
    """Read the whole handbook below `root`; what is wrong with a file becomes a problem."""
    spoken, problems = languages.read(root)
    if problems:  # everything is read in some language, and would only repeat the cause
        return Book(root, problems=tuple(problems), broken=frozenset(problem.path for problem in problems))
    reading = _Reading(root, spoken)
    read_pages = {language.code: reading.pages(language.code) for language in spoken}
    interview = reading.data(framework.STEM, framework.read, framework.empty(spoken.codes), framework.check)
    stages = tuple(stage.id for stage in interview.stages)
    written = reading.data(units.STEM, units.read, _NOTHING)
    # Without units no number can be read, and each would only repeat the cause.
    read_numbers = numbers.load_all(root, spoken.codes, spoken.overlays) if written else {}
    for page_numbers in read_numbers.values():
        reading.problems += page_numbers.problems
        reading.said += [
            DataText(page_numbers.path, line, language, text) for line, language, text in page_numbers.texts
        ]
        if page_numbers.unreadable:
            reading.broken.add(page_numbers.path)
    return Book(
        root,
        languages=spoken,
        navigation=reading.data(navigation.STEM, navigation.read, Navigation()),
        pages=MappingProxyType(read_pages),
        framework=interview,
        designs=reading.data(designs.STEM, functools.partial(designs.read, stages=stages), _NOTHING),
        glossary=reading.data(glossary.STEM, glossary.read, ()),
        units=written,
        redirects=reading.data(redirects.STEM, redirects.read, _NOTHING),
        asked=reading.data(search_words.STEM, search_words.read, _NOTHING),
        questions=reading.optional(questions.STEM, functools.partial(questions.read, stages=stages), _NOTHING),
        plans=reading.optional(plans.STEM, plans.read, _NOTHING),
        verified=reading.optional(verified.STEM, verified.read, _NOTHING),
        changes=reading.optional(changes.STEM, changes.read, ()),
        anti_patterns=reading.data(anti_patterns.STEM, anti_patterns.read, ()),
        numbers=MappingProxyType(read_numbers),
        boards=reading.boards(),
        sources=reading.sources(),
        templates={language.code: reading.templates(language.code) for language in spoken},
        texts=tuple(reading.said),
        problems=tuple(sorted(set(reading.problems))),
        broken=frozenset(reading.broken),
    )


class _Reading:
    """One reading of the sources: gathers what is wrong and what the data files say."""

    def __init__(self, root: Path, spoken: Languages) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.said: list[DataText] = []
        self._codes = spoken.codes
        self._overlays = spoken.overlays

    def data(
        self, stem: str, read: Callable[[Entry], T], empty: T, check: Callable[[T, Entry], None] | None = None
    ) -> T:
        """Read `data/<stem>.yml`, and check what was read; return `empty` where that cannot be."""
        return self._file(f"data/{stem}.yml", stem, read, empty, check)

    def optional(self, stem: str, read: Callable[[Entry], T], empty: T) -> T:
        """Read `data/<stem>.yml`, if there is one."""
        if not (self.root / f"data/{stem}.yml").exists():
            return empty
        return self.data(stem, read, empty)

    def sources(self) -> Mapping[str, Source]:
        """Read the bibliography."""
        found: dict[str, Source] = {}
        for path in sorted((self.root / bibliography.FOLDER).rglob("*.yml")):
            relative = path.relative_to(self.root).as_posix()
            for source in self._file(relative, bibliography.RULE, bibliography.read, [], None):
                if source.key in found:
                    message = f"`{source.key}` stands in {found[source.key].path} too"
                    self.problems.append(
                        Problem(source.path, source.line, bibliography.RULE, message, "keep one")
                    )
                else:
                    found[source.key] = source
        return MappingProxyType(found)

    def boards(self) -> Mapping[str, Board]:
        """Read the whiteboards, by the slug of their page."""
        found: dict[str, Board] = {}
        for path in sorted((self.root / boards.FOLDER).rglob("*.yml")):
            slug = path.relative_to(self.root / boards.FOLDER).with_suffix("").as_posix()
            read = functools.partial(boards.read, slug=slug)
            board = self._file(f"{boards.FOLDER}/{slug}.yml", boards.RULE, read, None, None)
            if board is not None:
                found[slug] = board
        return MappingProxyType(found)

    def pages(self, language: str) -> Mapping[str, Page]:
        """Read the pages of a language, by slug."""
        found: dict[str, Page] = {}
        for name, prefix in FOLDERS:
            folder = self.root / name.format(language=language)
            for path in sorted(folder.rglob("*.md")):
                slug = prefix + path.relative_to(folder).with_suffix("").as_posix()
                page = self._page(path, language, slug)
                if page is not None:
                    found[slug] = page
        return MappingProxyType(found)

    def templates(self, language: str) -> Mapping[str, Template]:
        """Read the documents to copy of a language, by name."""
        found: dict[str, Template] = {}
        for path in sorted((self.root / templates.FOLDER / language).glob("*.md")):
            text = self._text(path)
            if text is not None:
                relative = path.relative_to(self.root).as_posix()
                found[path.stem] = Template(relative, language, path.stem, text)
        return MappingProxyType(found)

    def _page(self, path: Path, language: str, slug: str) -> Page | None:
        text = self._text(path)
        if text is None:
            return None
        page = pages.parse(path.relative_to(self.root).as_posix(), language, slug, text)
        self.problems += page.problems
        return page

    def _text(self, path: Path) -> str | None:
        """Return what a file of Markdown says; one that cannot be read is reported."""
        relative = path.relative_to(self.root).as_posix()
        try:
            content = path.read_bytes()
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            message = f"not UTF-8: byte 0x{content[error.start]:02x}"
            self.problems.append(Problem(relative, line, "encoding", message, "save the file as UTF-8"))
            return None
        except OSError as error:
            self.problems.append(Problem(relative, 1, "encoding", f"unreadable: {error.strerror}"))
            return None

    def _file(
        self,
        path: str,
        rule: str,
        read: Callable[[Entry], T],
        empty: T,
        check: Callable[[T, Entry], None] | None,
    ) -> T:
        file = yamlfile.load(self.root, path, rule)
        problems, said = list(file.problems), list[DataText]()
        entry = Entry(
            file, rule, problems, file.data, languages=self._codes, overlays=self._overlays, said=said
        )
        found = empty if problems else read(entry)
        if problems:
            self.broken.add(path)
            self.problems += problems
            return empty
        if check is not None:
            check(found, entry)
        self.problems += problems
        self.said += said
        return found
