"""The seven stages, their minutes and the whiteboard timeline, from `data/framework.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.entry import Entry
from handbook.problems import guess
from handbook.source.points import Point
from handbook.source.points import read as read_point

STEM = "framework"


@dataclass(frozen=True)
class Stage:
    """A stage of the framework with its place in the 45 minutes.

    Attributes:
        id: Its name in addresses and data.
        number: Its place, from 1.
        minutes: Its length.
        start: Minute at which it begins.
        labels: What it is called, by language.
        keys: Its key words.
        establish: What it must establish.
        reason: Why it has its place and its length.
        must_name: What an answer names in it.
    """

    id: str
    number: int
    minutes: int
    start: int
    labels: Mapping[str, str]
    keys: Mapping[str, str]
    establish: Mapping[str, str]
    reason: Mapping[str, str]
    must_name: tuple[Point, ...] = ()

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
    """What leads back from one stage to an earlier one."""

    origin: str
    target: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Framework:
    """The interview: stages in order, the minutes left for questions, what is drawn when."""

    stages: tuple[Stage, ...]
    buffer: Stage
    minutes: int
    timeline: tuple[TimelineEntry, ...]
    loops: tuple[Loop, ...]


def empty(languages: tuple[str, ...]) -> Framework:
    """Return a framework without stages, to go on with where there is none."""
    nothing = dict.fromkeys(languages, "")
    return Framework((), Stage("", 1, 0, 0, nothing, nothing, nothing, nothing), 0, (), ())


def read(file: Entry) -> Framework:
    """Read the framework."""
    keys = file.mapping("stages", "buffer", "total", "timeline", optional=("loops",))
    stages: list[Stage] = []
    for entry in keys["stages"].items():
        stages.append(_stage(entry, len(stages) + 1, stages[-1].end if stages else 0))
    keys["stages"].distinct([stage.id for stage in stages])
    known = [stage.id for stage in stages]
    return Framework(
        stages=tuple(stages),
        buffer=_stage(keys["buffer"], len(stages) + 1, stages[-1].end if stages else 0),
        minutes=keys["total"].whole(),
        timeline=tuple(_timeline_entry(entry, known) for entry in keys["timeline"].items()),
        loops=tuple(_loop(entry, known) for entry in keys["loops"].items()) if "loops" in keys else (),
    )


_TEXTS = ("", "keys_", "establish_", "reason_")


def _stage(entry: Entry, number: int, start: int) -> Stage:
    keys = entry.mapping("id", "minutes", optional=("must_name",), spoken=_TEXTS)
    labels, words, establish, reason = (entry.texts_of(prefix) for prefix in _TEXTS)
    must_name = tuple(map(read_point, keys["must_name"].items())) if "must_name" in keys else ()
    return Stage(
        keys["id"].text(), number, keys["minutes"].whole(), start, labels, words, establish, reason, must_name
    )


def _timeline_entry(entry: Entry, known: list[str]) -> TimelineEntry:
    keys = entry.mapping("from", "to", "stages", spoken=("", "why_"))
    return TimelineEntry(
        start=keys["from"].whole(least=0),
        end=keys["to"].whole(),
        stages=tuple(_known_stage(item, known) for item in keys["stages"].items()),
        what=entry.texts_of(),
        why=entry.texts_of("why_"),
    )


def _loop(entry: Entry, known: list[str]) -> Loop:
    keys = entry.mapping("from", "to", spoken=("",))
    origin, target = (_known_stage(keys[key], known) for key in ("from", "to"))
    return Loop(origin, target, entry.texts_of())


def _known_stage(entry: Entry, known: list[str]) -> str:
    name = entry.text()
    if name.strip() and name not in known:
        entry.report(f"there is no stage `{name}`", guess(name, known))
    return name


def check(framework: Framework, file: Entry) -> None:
    """Report minutes that do not add up, and a timeline that does not follow them."""
    every = [*framework.stages, framework.buffer]
    spent = sum(stage.minutes for stage in every)
    if spent != framework.minutes:
        message = f"the stages and the buffer take {spent} minutes, not {framework.minutes}"
        file.at_key("total").report(message)
    spans = {stage.id: stage for stage in framework.stages}
    right = True
    for index, entry in enumerate(framework.timeline):
        start, end = spans[entry.stages[0]].start, spans[entry.stages[-1]].end
        if (entry.start, entry.end) != (start, end):
            right = False
            names = ", ".join(entry.stages)
            message = f"timeline {entry.start}–{entry.end} does not match the minutes of {names}"
            file.at_key("timeline", index).report(message, f"{start}–{end}")
    drawn = [id_ for entry in framework.timeline for id_ in entry.stages]
    if right and spent == framework.minutes and drawn != list(spans):
        file.at_key("timeline").report("the timeline does not go through the stages in order")
