"""A language as a record: its words, its numerals and the facts of its typography."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from handbook.problems import Problem, ProblemsError, guess

#: Scripts that rules of typography exist for; see `handbook.rules.typography`.
SCRIPTS = ("latin", "han")


@dataclass(frozen=True)
class Scale:
    """A sign that stands for zeros: `M`, ` 万`.

    Attributes:
        size: What one of it is, 1,000,000.
        sign: What is written behind the number, with the space before it.
    """

    size: float
    sign: str


@dataclass(frozen=True)
class Numerals:
    """How numbers are written.

    Attributes:
        group: Between thousands.
        decimal: Before the first decimal place.
        scaled_from: The smallest number that is written with a scale.
        scales: From the largest to the smallest.
        singular: Matches a written number that takes the singular; None where there is none.
    """

    group: str
    decimal: str
    scaled_from: float
    scales: tuple[Scale, ...]
    singular: re.Pattern[str] | None

    def takes_singular(self, number: str) -> bool:
        """Whether a written number takes the singular: `1 day`, `2 days`."""
        return self.singular is not None and bool(self.singular.search(number))


#: Numerals of no language: what a formula says of a number that has no unit.
PLAIN = Numerals(group=",", decimal=".", scaled_from=math.inf, scales=(), singular=None)


@dataclass(frozen=True)
class Typography:
    """Marks and spaces between words.

    Attributes:
        script: Which rules of typography hold: one of `SCRIPTS`.
        comma: Between parts of a sentence, with its space.
        list: Between the members of a list.
        semicolon: Between sentences that belong together.
        colon: Before what is explained.
        stop: At the end of a sentence, with the space to the next.
        aside: Brackets around `{}`, with the space before them.
    """

    script: str
    comma: str
    list: str
    semicolon: str
    colon: str
    stop: str
    aside: str

    @property
    def joined(self) -> bool:
        """Whether words, and lines of a paragraph, stand side by side without a space."""
        return self.script == "han"

    @property
    def space(self) -> str:
        """What stands between two words, or between a full stop and the next sentence."""
        return "" if self.joined else " "

    def brackets(self, text: str) -> str:
        """Put brackets around a text that has its space before it already."""
        return self.aside.strip().format(text)


@dataclass(frozen=True)
class Language:
    """A language of the handbook.

    Attributes:
        code: Its folder, and its name in the data files: `zh`.
        tag: Its BCP 47 tag: `zh-Hans`.
        name: What it calls itself.
        order: Its place among the languages; the lowest is the original.
        theme: Name of the theme's own words in this language.
        site_name: Name of the handbook.
        site_description: What it is, in a sentence.
        numerals: How numbers are written.
        typography: How text is set.
        words: What the handbook says by itself, by key.
        texts: Translations of texts of the data files; empty where those have the language's own.
        path: Its file, relative to the repository.
    """

    code: str
    tag: str
    name: str
    order: int
    theme: str
    site_name: str
    site_description: str
    numerals: Numerals
    typography: Typography
    words: Mapping[str, str] = field(repr=False, hash=False)
    texts: Mapping[str, str] = field(repr=False, hash=False)
    path: str

    def word(self, key: str, **values: object) -> str:
        """Return what the handbook says by itself.

        Args:
            key: Name of the word: `quantity`, `book.contents`.
            **values: What is filled in.

        Raises:
            ProblemsError: The language has no such word.
        """
        if key not in self.words:
            problem = Problem(self.path, 1, "languages", f"no word `{key}`", guess(key, self.words))
            raise ProblemsError([problem])
        return self.words[key].format(**values)


@dataclass(frozen=True)
class Languages:
    """The languages in their order, the original first."""

    members: tuple[Language, ...] = ()

    def __iter__(self) -> Iterator[Language]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Language:
        for language in self.members:
            if language.code == code:
                return language
        raise KeyError(code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Their codes, in order."""
        return tuple(language.code for language in self.members)

    @property
    def original(self) -> Language:
        """The one that the others are translated from."""
        return self.members[0]

    @property
    def translations(self) -> tuple[Language, ...]:
        """All but the original."""
        return self.members[1:]

    @property
    def overlays(self) -> dict[str, Mapping[str, str]]:
        """The translations of the texts of the data files, for the languages that those do not have."""
        return {language.code: language.texts for language in self.members if language.texts}

    @classmethod
    def of(cls, languages: Iterable[Language]) -> Languages:
        """Put languages into their order."""
        return cls(tuple(sorted(languages, key=lambda language: (language.order, language.code))))
