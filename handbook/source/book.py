"""Everything that the handbook is made from, read once: pages of both languages and data files."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handbook import languages, numbers, yamlfile
from handbook.source import navigation, page as pages, schema
from handbook.languages import Languages
from handbook.numbers import Numbers
from handbook.source.page import Page
from handbook.problems import Problem

#: Where pages live, and the published folder that each source folder becomes.
FOLDERS = (("docs/{language}", ""), ("references/{language}", "references/"))


@dataclass(frozen=True)
class Stage:
    """A stage of the framework with its place in the 45 minutes."""

    id: str
    number: int
    minutes: int
    start: int
    labels: Mapping[str, str]
    keys: Mapping[str, str]
    establish: Mapping[str, str]
    reason: Mapping[str, str]

    @property
    def end(self) -> int:
        """Minute at which the stage is over."""
        return self.start + self.minutes


@dataclass(frozen=True)
class TimelineEntry:
    """What is drawn from one minute to another, and why."""

    start: int
    end: int
    stages: tuple[str, ...]
    what: Mapping[str, str]
    why: Mapping[str, str]


@dataclass(frozen=True)
class Loop:
    """An arrow that leads back from a stage to an earlier one."""

    origin: str
    target: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography."""

    key: str
    path: str
    line: int
    authors: str
    year: int
    title: str
    where: str
    url: str
    checked: str
    says: str


@dataclass
class Book:
    """The sources of both languages.

    Attributes:
        root: The repository.
        languages: The languages in their order, the original first.
        navigation: Order of the pages.
        pages: Page of each language and slug.
        files: The data files, by stem.
        numbers: Numbers of each page, by the page's slug.
        sources: Bibliography.
        problems: What was found wrong while reading.
    """

    root: Path
    languages: Languages = field(default_factory=Languages)
    navigation: navigation.Navigation = field(default_factory=navigation.Navigation)
    pages: dict[str, dict[str, Page]] = field(default_factory=dict)
    files: dict[str, yamlfile.YamlFile] = field(default_factory=dict)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @functools.cached_property
    def stages(self) -> list[Stage]:
        """The seven stages in order."""
        result, start = [], 0
        for number, spec in enumerate(self.files["framework"].data.get("stages") or [], 1):
            result.append(_stage(spec, number, start, self.languages.codes))
            start = result[-1].end
        return result

    @functools.cached_property
    def buffer(self) -> Stage:
        """The minutes left for questions."""
        spec = self.files["framework"].data["buffer"]
        start = self.stages[-1].end if self.stages else 0
        return _stage(spec, len(self.stages) + 1, start, self.languages.codes)

    @property
    def minutes(self) -> int:
        """Length of the interview."""
        return int(self.files["framework"].data["total"])

    @functools.cached_property
    def timeline(self) -> list[TimelineEntry]:
        """The whiteboard timeline."""
        codes = self.languages.codes
        return [_timeline_entry(spec, codes) for spec in self.files["framework"].data.get("timeline") or []]

    @functools.cached_property
    def loops(self) -> list[Loop]:
        """The loops between the stages."""
        loops = self.files["framework"].data.get("loops") or []
        return [Loop(str(spec["from"]), str(spec["to"]), _both(spec, "", self.languages.codes)) for spec in loops]

    def all_pages(self) -> list[Page]:
        """Return the pages of both languages, sorted by path."""
        found = [page for pages_ in self.pages.values() for page in pages_.values()]
        return sorted(found, key=lambda page: page.path)

    def data_texts(self) -> Iterator[tuple[str, int, str, str]]:
        """Yield path, line, language and text of what the data files say to a reader."""
        for stem in ("framework", "designs"):
            file = self.files[stem]
            yield from ((file.path, *text) for text in file.texts(self.languages.codes))
        for numbers_ in self.numbers.values():
            yield from ((numbers_.path, *text) for text in numbers_.texts)


DATA_FILES = ("framework", "designs", "glossary", "units", "redirects", "search")


def load(root: Path) -> Book:
    """Read the whole handbook below `root`; what is wrong with a file becomes a problem."""
    book = Book(root)
    book.languages, book.problems = languages.read(root)
    if book.problems:  # everything is read in some language, and would only repeat the cause
        book.languages = Languages()
        return book
    book.navigation, problems = navigation.read(root)
    book.problems += problems
    for stem in DATA_FILES:
        file = book.files[stem] = yamlfile.load(root, f"data/{stem}.yml")
        book.problems += file.problems
        if stem != "framework":
            book.problems += schema.check(file, stem, book.languages.codes)
    unreadable = _framework_unreadable(book.files["framework"], book.languages.codes)
    book.problems += unreadable
    if unreadable or book.files["framework"].problems:
        # Pages and rules stand on the framework; without it each would only repeat the cause.
        book.files["framework"].data = {"stages": [], "buffer": _no_stage(book.languages.codes), "total": 0}
    else:
        book.problems += _framework_problems(book)
    for language in book.languages.codes:
        book.pages[language] = {}
        for folder, prefix in FOLDERS:
            _read_folder(book, language, root / folder.format(language=language), prefix)
    book.numbers = numbers.load_all(root, book.languages.codes)
    for page_numbers in book.numbers.values():
        book.problems += page_numbers.problems
    _read_sources(book)
    return book


def _no_stage(codes: tuple[str, ...]) -> dict[str, Any]:
    prefixes = ("", "keys_", "establish_", "reason_")
    return {"id": "", "minutes": 0} | {f"{prefix}{code}": "" for prefix in prefixes for code in codes}


def _both(spec: Mapping[str, Any], prefix: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Read `en` and `zh`, or `why_en` and `why_zh`, as one mapping by language."""
    return {language: str(spec[f"{prefix}{language}"]) for language in codes}


def _stage(spec: Mapping[str, Any], number: int, start: int, codes: tuple[str, ...]) -> Stage:
    return Stage(
        str(spec["id"]),
        number,
        int(spec["minutes"]),
        start,
        _both(spec, "", codes),
        _both(spec, "keys_", codes),
        _both(spec, "establish_", codes),
        _both(spec, "reason_", codes),
    )


def _timeline_entry(spec: Mapping[str, Any], codes: tuple[str, ...]) -> TimelineEntry:
    return TimelineEntry(
        int(spec["from"]),
        int(spec["to"]),
        tuple(map(str, spec["stages"])),
        _both(spec, "", codes),
        _both(spec, "why_", codes),
    )


def _framework_unreadable(file: yamlfile.YamlFile, codes: tuple[str, ...]) -> list[Problem]:
    """Report the first entry of the framework that cannot be read."""
    if file.problems:
        return []
    readers: dict[str, Callable[[Any], Any]] = {
        "stages": lambda spec: _stage(spec, 0, 0, codes),
        "timeline": lambda spec: _timeline_entry(spec, codes),
        "loops": lambda spec: (spec["from"], spec["to"], _both(spec, "", codes)),
    }
    at: yamlfile.Keys = ()
    try:
        int(file.data["total"])
        at = ("buffer",)
        _stage(file.data["buffer"], 0, 0, codes)
        for key, reader in readers.items():
            at = (key,)
            if not isinstance(file.data[key], list):
                raise TypeError(f"`{key}` is not a list")
            for index, spec in enumerate(file.data[key]):
                at = (key, index)
                reader(spec)
    except KeyError as error:
        return [file.problem("framework", f"no key {error}", at=at)]
    except (TypeError, ValueError) as error:
        return [file.problem("framework", f"cannot be read: {error}", at=at)]
    return []


def _framework_problems(book: Book) -> list[Problem]:
    """Check that the minutes of the framework add up and that the timeline follows them."""
    file, rule, found = book.files["framework"], "framework", []
    spent = sum(stage.minutes for stage in [*book.stages, book.buffer])
    if spent != book.minutes:
        found.append(
            file.problem(
                rule, f"the stages and the buffer take {spent} minutes, not {book.minutes}", at=("total",)
            )
        )
    spans = {stage.id: (stage.start, stage.end) for stage in book.stages}
    for index, stage in enumerate(book.stages):
        if stage.minutes <= 0:
            found.append(file.problem(rule, f"`{stage.id}` takes no time", at=("stages", index)))
    if len(spans) < len(book.stages):
        found.append(file.problem(rule, "two stages have the same id", at=("stages",)))
    for index, entry in enumerate(book.timeline):
        at = ("timeline", index)
        unknown = [id_ for id_ in entry.stages if id_ not in spans]
        if unknown or not entry.stages:
            name = unknown[0] if unknown else ""
            found.append(file.problem(rule, f"timeline: no stage `{name}`", at=at))
            continue
        start, end = spans[entry.stages[0]][0], spans[entry.stages[-1]][1]
        if (entry.start, entry.end) != (start, end):
            found.append(
                file.problem(
                    rule,
                    f"timeline {entry.start}–{entry.end} does not match the minutes of "
                    + ", ".join(entry.stages),
                    f"{start}–{end}",
                    at=at,
                )
            )
    drawn = [id_ for entry in book.timeline for id_ in entry.stages]
    if not found and drawn != list(spans):
        found.append(
            file.problem(rule, "the timeline does not go through the stages in order", at=("timeline",))
        )
    return found


def _read_folder(book: Book, language: str, folder: Path, prefix: str) -> None:
    for path in sorted(folder.rglob("*.md")):
        relative = path.relative_to(book.root).as_posix()
        slug = prefix + path.relative_to(folder).with_suffix("").as_posix()
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            book.problems.append(
                Problem(
                    relative,
                    line,
                    "encoding",
                    f"not UTF-8: byte 0x{error.object[error.start]:02x}",
                    "save the file as UTF-8",
                )
            )
            continue
        except OSError as error:
            book.problems.append(Problem(relative, 1, "encoding", f"unreadable: {error.strerror}"))
            continue
        page = pages.parse(relative, language, slug, text)
        book.problems += page.problems
        book.pages[language][slug] = page


def _read_sources(book: Book) -> None:
    for path in sorted((book.root / "data" / "sources").rglob("*.yml")):
        file = yamlfile.load(book.root, path.relative_to(book.root).as_posix(), "sources")
        book.problems += file.problems
        if not isinstance(file.data, dict):
            book.problems.append(file.problem("sources", "the file is not a mapping"))
            continue
        for key, spec in file.data.items():
            if key in book.sources:
                book.problems.append(
                    file.problem(
                        "sources",
                        f"`{key}` stands in {book.sources[key].path} too",
                        "keep one",
                        at=(key,),
                    )
                )
                continue
            try:
                book.sources[key] = _source(file, key, spec)
            except (KeyError, TypeError, ValueError) as error:
                reason = f"no {error}" if isinstance(error, KeyError) else error
                book.problems.append(file.problem("sources", f"`{key}` cannot be read: {reason}", at=(key,)))


def _source(file: yamlfile.YamlFile, key: str, spec: Mapping[str, Any]) -> Source:
    texts = {}
    if not isinstance(spec, dict):
        raise TypeError("not a mapping")
    for name in ("authors", "title", "where", "url", "checked", "says"):
        if spec[name] is None or not str(spec[name]).strip():
            raise ValueError(f"`{name}` is empty")
        texts[name] = str(spec[name]).strip()
    return Source(str(key), file.path, file.line(key), year=int(spec["year"]), **texts)
