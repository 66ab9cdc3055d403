"""The question bank, from `data/questions.yml`: what is known of a question beside its text.

A question is a section of a page of `practice/`; its place, `practice/risk#churn`, is its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handbook.entry import Entry

STEM = "questions"
PATH = "data/questions.yml"
#: From the easiest; each has a word, `questions.difficulty_<number>`.
DIFFICULTIES = (1, 2, 3)


@dataclass(frozen=True)
class Question:
    """A question of the bank.

    Attributes:
        page: Slug of its page.
        id: Of its section there, and of its calculation table.
        hardest: Id of the stage that decides it.
        difficulty: One of `DIFFICULTIES`.
        minutes: How long it takes.
        nearest: Where to read on, `page` or `page#section`.
        line: Where it stands in data/questions.yml.
    """

    page: str
    id: str
    hardest: str
    difficulty: int
    minutes: int
    nearest: str
    line: int


def read(file: Entry, stages: tuple[str, ...]) -> Mapping[str, Question]:
    """Read the questions by their places, in their order.

    Args:
        file: The data file.
        stages: Ids of the stages.
    """
    found = {}
    for page, entries in file.mapping("questions")["questions"].mapping(optional=None).items():
        for id_, entry in entries.mapping(optional=None).items():
            keys = entry.mapping("hardest", "difficulty", "minutes", "nearest")
            found[f"{page}#{id_}"] = Question(
                page=page,
                id=id_,
                # Without the framework nobody knows which stages there are.
                hardest=keys["hardest"].choice(*stages) if stages else keys["hardest"].text(),
                difficulty=keys["difficulty"].whole(DIFFICULTIES[0], DIFFICULTIES[-1]),
                minutes=keys["minutes"].whole(5, 90),
                nearest=keys["nearest"].text(),
                line=entry.line,
            )
    return MappingProxyType(found)
