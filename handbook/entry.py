"""Values of a data file that know their line: one reading finds every fault.

What is not as asked is reported, and something empty of the right type comes back, so
that the reading goes on. The caller uses the result only if nothing was reported.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

from handbook.problems import Problem, guess
from handbook.yamlfile import Keys, YamlFile

T = TypeVar("T")

_ABSENT = object()  # has been reported where it should have stood


@dataclass(frozen=True)
class DataText:
    """A text that a data file says to a reader, where it stands and in which language."""

    path: str
    line: int
    language: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A value of a data file.

    Attributes:
        file: The file.
        rule: Rule that its problems are reported under.
        problems: What was found so far; shared by all entries of one reading.
        value: The value as YAML gave it.
        at: Where it stands.
        languages: Codes of the languages that texts come in, the original first.
        overlays: Languages whose texts do not stand beside the original: translations by its text.
        said: The texts by language that were read so far; shared by all entries of one reading.
    """

    file: YamlFile
    rule: str
    problems: list[Problem]
    value: Any
    at: Keys = ()
    languages: tuple[str, ...] = ()
    overlays: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    said: list[DataText] = field(default_factory=list)

    def report(self, message: str, hint: str = "") -> None:
        """Add a problem that stands at this entry."""
        self.problems.append(self.file.problem(self.rule, message, hint, self.at))

    def mapping(
        self, *required: str, optional: tuple[str, ...] | None = (), spoken: tuple[str, ...] = ()
    ) -> dict[str, Entry]:
        """Return the entries of a mapping by key; optional ones only where they are there.

        Args:
            *required: Keys that have to be there.
            optional: Keys that may be there; None where others read what else there is.
            spoken: Beginnings of keys that end in the code of a language, for `texts_of` and others.
        """
        absent = {key: self._child(key, _ABSENT) for key in required}
        if not self._is(dict, "a mapping"):
            return absent
        missing = [key for key in required if key not in self.value]
        if missing:
            self.report(f"{self.name} lacks {_listed(missing)}")
        entries = {key: self._child(key, value) for key, value in self.value.items()}
        texts = [f"{prefix}{code}" for prefix in spoken for code in self.languages]
        known = [*required, *(optional or ()), *texts]
        for key, entry in entries.items():
            if optional is not None and key not in known:
                entry.report(f"unknown key `{key}`", guess(key, known) or f"known are {_listed(known)}")
        return absent | entries

    def items(self) -> list[Entry]:
        """Return the entries of a list that may not be empty."""
        if not self._is(list, "a list"):
            return []
        if not self.value:
            self.report(f"{self.name} is empty")
        return [self._child(index, value) for index, value in enumerate(self.value)]

    def text(self, *, blank: bool = False) -> str:
        """Return a text, which may be blank only if `blank` says so."""
        if self.value is None:
            self.report(f"{self.name} is blank")
            return ""
        if not self._is(str, "a text", "put it in quotes"):
            return ""
        if not blank and not self.value.strip():
            self.report(f"{self.name} is blank")
        return self.value

    def texts(self) -> list[str]:
        """Return a list of texts that may not be empty."""
        return [item.text() for item in self.items()]

    def template(self, *fields: str) -> str:
        """Return a text with `{…}` to be filled in, which may use only `fields`."""
        text = self.text()
        try:
            text.format_map(dict.fromkeys(fields, ""))
        except (KeyError, IndexError, AttributeError, ValueError):
            may_use = ", ".join(f"{{{field}}}" for field in fields) or "no {…}"
            self.report(f"{self.name} cannot be filled in: {text!r}", f"it may use {may_use}")
        return text

    def choice(self, *known: str) -> str:
        """Return a text that is one of those known."""
        text = self.text()
        if text.strip() and text not in known:
            self.report(f"{self.name} is `{text}`", guess(text, known) or f"known are {_listed(known)}")
        return text

    def containing(self, part: str) -> str:
        """Return a text that has `part` in it."""
        text = self.text()
        if text.strip() and part not in text:
            self.report(f"{self.name} has no {part}")
        return text

    def pattern(self, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        """Return a text as a regular expression."""
        text = self.text()
        try:
            return re.compile(text, flags)
        except re.error as error:
            self.report(f"{self.name} is not a pattern: {error}")
            return re.compile("(?!)")

    def number(self) -> float:
        """Return a finite number."""
        if not self._is((int, float), "a number"):
            return 0.0
        if not math.isfinite(self.value):
            self.report(f"{self.name} is not a number")
            return 0.0
        return self.value

    def whole(self, least: int = 1, most: int = 10**9) -> int:
        """Return a whole number from `least` to `most`."""
        if not self._is(int, "a whole number"):
            return least
        if self.value < least:
            self.report(f"{self.name} is less than {least}")
        if self.value > most:
            self.report(f"{self.name} is more than {most}")
            return most
        return self.value

    def share(self) -> float:
        """Return a number from 0 to 1."""
        if not self._is((int, float), "a number"):
            return 0.0
        if not 0 <= self.value <= 1:
            self.report(f"{self.name} is not between 0 and 1")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        return self._is(bool, "true or false") and self.value

    def distinct(self, names: Sequence[str]) -> None:
        """Report names that occur twice in a list."""
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.report(f"`{name}` stands twice", "keep one")

    def texts_of(self, prefix: str = "") -> Mapping[str, str]:
        """Return a text by language, from the keys `<prefix><code>` of a mapping: `zh`, `why_zh`."""
        texts = self.in_languages(prefix, Entry.text)
        for code, text in texts.items():
            if self._has(f"{prefix}{code}"):
                line = self.file.line(*self.at, f"{prefix}{code}")
                self.said.append(DataText(self.file.path, line, code, text))
        return texts

    def optional_texts_of(self, prefix: str = "") -> Mapping[str, str]:
        """Return a text by language like `texts_of`; empty where no language has it."""
        if any(self._has(f"{prefix}{code}") for code in self.languages):
            return self.texts_of(prefix)
        return MappingProxyType(dict.fromkeys(self.languages, ""))

    def in_languages(self, prefix: str, read: Callable[[Entry], T]) -> Mapping[str, T]:
        """Return what `read` makes of the entry of each language; one that is missing is reported."""
        found = {}
        for code in self.languages:
            key = f"{prefix}{code}"
            entry = self._child(key, self.value[key]) if self._has(key) else self._overlaid(prefix, code)
            found[code] = read(entry)
        return MappingProxyType(found)

    def lists_of(self, prefix: str = "", *, needed: bool = False) -> Mapping[str, tuple[str, ...]]:
        """Return lists of texts by language; a language without one has none.

        Args:
            prefix: Beginning of the keys.
            needed: Whether to report a language that has none. One whose texts stand in its own file may
                have none: such a list is no translation of another.
        """
        found = {}
        for code in self.languages:
            key = f"{prefix}{code}"
            if needed and not self._has(key) and code not in self.overlays and isinstance(self.value, dict):
                self.report(f"{self.name} has no text `{key}`")
            found[code] = tuple(self._child(key, self.value[key]).texts()) if self._has(key) else ()
        return MappingProxyType(found)

    def _has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def _overlaid(self, prefix: str, code: str) -> Entry:
        """Return the entry of a language that does not stand here, from its overlay."""
        key = f"{prefix}{code}"
        original = self.value.get(f"{prefix}{self.languages[0]}") if isinstance(self.value, dict) else None
        overlay = self.overlays.get(code)
        if overlay is not None and original in overlay:
            return self._child(key, overlay[original])
        if isinstance(self.value, dict):
            hint = f"add `{original}` to `texts` of data/languages/{code}.yml" if overlay is not None else ""
            self.report(f"{self.name} has no text `{key}`", hint)
        return self._child(key, _ABSENT)

    def by_language(self, read: Callable[[Entry], T]) -> dict[str, T]:
        """Return what `read` makes of the entry of each language."""
        entries = self.mapping(*self.languages)
        return {language: read(entries[language]) for language in self.languages}

    def walk_languages(self) -> Iterator[Entry]:
        """Yield the items of the lists of all languages, for what answers mix anyway."""
        for items in self.by_language(Entry.items).values():
            yield from items

    def at_key(self, *keys: str | int) -> Entry:
        """Return the entry at a path below this one, for a report that stands there."""
        return replace(self, value=None, at=(*self.at, *keys))

    @property
    def line(self) -> int:
        """Line on which it stands."""
        return self.file.line(*self.at)

    @property
    def name(self) -> str:
        """What messages call it: its key, or its place in a list."""
        if not self.at:
            return "the file"
        key = self.at[-1]
        return f"`{key}`" if isinstance(key, str) else f"entry {key + 1}"

    def _child(self, key: str | int, value: Any) -> Entry:
        return replace(self, value=value, at=(*self.at, key))

    def _is(self, kind: type | tuple[type, ...], called: str, hint: str = "") -> bool:
        # YAML's true is an int to Python, and no number to anybody else.
        if isinstance(self.value, kind) and (kind is bool or not isinstance(self.value, bool)):
            return True
        if self.value is not _ABSENT:
            self.report(f"{self.name} is not {called}", hint)
        return False


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
