"""Plans of practice, from `data/plans.yml`: steps with their minutes, each of which leads to a page.

A step that is only read needs no minutes: they follow from the words of its page or section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry
from handbook.source import pace
from handbook.source.page import Page

STEM = "plans"
PATH = "data/plans.yml"
#: No step takes longer, in minutes.
LONGEST = 240


@dataclass(frozen=True)
class Step:
    """A step of a plan.

    Attributes:
        id: Its name in the plan, by which a reader's tick is kept.
        minutes: How long it takes; 0 where that is counted.
        to: Where it is taken, `page` or `page#section`.
        texts: What to do, by language.
        line: Where it stands in data/plans.yml.
    """

    id: str
    minutes: int
    to: str
    texts: Mapping[str, str]
    line: int

    def takes(self, pages: Mapping[str, Page]) -> int:
        """Return the minutes that it takes with the pages of a language."""
        slug, _, anchor = self.to.partition("#")
        return self.minutes or (pace.minutes(pages[slug], anchor) if slug in pages else 1)


@dataclass(frozen=True)
class Part:
    """Some steps of a plan under a name: a day, two weeks."""

    labels: Mapping[str, str]
    steps: tuple[Step, ...]

    def takes(self, pages: Mapping[str, Page]) -> int:
        """Return what its steps take with the pages of a language."""
        return sum(step.takes(pages) for step in self.steps)


@dataclass(frozen=True)
class Plan:
    """A plan.

    Attributes:
        id: Its name; `{{ practice-plan: <id> }}` prints it.
        limit: Minutes that its steps may take; 0 where there is no limit.
        parts: In their order.
        line: Where it stands in data/plans.yml.
    """

    id: str
    limit: int
    parts: tuple[Part, ...]
    line: int

    def takes(self, pages: Mapping[str, Page]) -> int:
        """Return what all steps take with the pages of a language."""
        return sum(part.takes(pages) for part in self.parts)

    def steps(self) -> Iterator[Step]:
        """Yield the steps of all parts."""
        for part in self.parts:
            yield from part.steps


def read(file: Entry) -> Mapping[str, Plan]:
    """Read the plans by their ids, in their order."""
    found = {}
    for id_, entry in file.mapping("plans")["plans"].mapping(optional=None).items():
        keys = entry.mapping("parts", optional=("limit",))
        parts = tuple(_part(each) for each in keys["parts"].items())
        limit = keys["limit"].whole() if "limit" in keys else 0
        found[id_] = Plan(id_, limit, parts, entry.line)
        entry.distinct([step.id for step in found[id_].steps()])
    return MappingProxyType(found)


def _part(entry: Entry) -> Part:
    keys = entry.mapping("steps", spoken=("",))
    return Part(entry.texts_of(), tuple(_step(each) for each in keys["steps"].items()))


def _step(entry: Entry) -> Step:
    keys = entry.mapping("id", "to", optional=("minutes",), spoken=("",))
    minutes = keys["minutes"].whole(1, LONGEST) if "minutes" in keys else 0
    return Step(keys["id"].text(), minutes, keys["to"].text(), entry.texts_of(), entry.line)
