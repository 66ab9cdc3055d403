"""From `data/languages/<code>.yml` to records; what is wrong with a file is a problem at its line."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from handbook import yamlfile
from handbook.entry import Entry
from handbook.languages.language import SCRIPTS, Language, Languages, Numerals, Scale, Typography
from handbook.problems import Problem, ProblemsError, guess

RULE = "languages"
FOLDER = "data/languages"

_MARKS = ("comma", "list", "semicolon", "colon", "stop")


def load(root: Path) -> Languages:
    """Read the languages of a handbook.

    Raises:
        ProblemsError: A file is missing or wrong; carries all problems.
    """
    languages, problems = read(root)
    if problems:
        raise ProblemsError(problems)
    return languages


def read(root: Path) -> tuple[Languages, list[Problem]]:
    """Read the languages of a handbook: those whose files are right, and what is wrong with others."""
    problems: list[Problem] = []
    found: list[tuple[Language, Entry]] = []
    for path in sorted((root / FOLDER).glob("*.yml")):
        file = yamlfile.load(root, f"{FOLDER}/{path.name}", RULE)
        wrong = list(file.problems)
        entry = Entry(file, RULE, wrong, file.data)
        language = None if wrong else _language(path.stem, entry)
        if language is not None and not wrong:
            found.append((language, entry))
        problems += wrong
    for folder in sorted((root / "docs").glob("*/")):
        if not (root / FOLDER / f"{folder.name}.yml").exists():
            problems.append(Problem(f"{FOLDER}/{folder.name}.yml", 1, RULE, "the file is missing"))
    languages = Languages.of(language for language, _ in found)
    if not languages and not problems:
        problems.append(Problem(FOLDER, 1, RULE, "no language", "write en.yml and docs/en/"))
    for language, entry in found:
        _compare(languages.original, language, entry, problems)
    return languages, sorted(set(problems))


def _language(code: str, entry: Entry) -> Language:
    texts = ("tag", "name", "theme", "site_name", "site_description")
    keys = entry.mapping("order", *texts, "numerals", "typography", "words", optional=("texts",))
    return Language(
        code=code,
        order=keys["order"].whole(),
        numerals=_numerals(keys["numerals"]),
        typography=_typography(keys["typography"]),
        words=MappingProxyType(_words(keys["words"])),
        texts=MappingProxyType({text: item.text() for text, item in _overlay(keys).items()}),
        path=entry.file.path,
        **{key: keys[key].text() for key in texts},
    )


def _overlay(keys: Mapping[str, Entry]) -> dict[str, Entry]:
    return keys["texts"].mapping(optional=None) if "texts" in keys else {}


def _numerals(entry: Entry) -> Numerals:
    keys = entry.mapping("group", "decimal", "scaled_from", "scales", optional=("singular",))
    scales = keys["scales"].mapping(optional=None)
    sizes = sorted(((zeros.whole(most=30), sign) for sign, zeros in scales.items()), reverse=True)
    return Numerals(
        group=keys["group"].text(blank=True),
        decimal=keys["decimal"].text(),
        scaled_from=10.0 ** keys["scaled_from"].whole(most=30),
        scales=tuple(Scale(10.0**zeros, sign.replace(" ", "\u00a0")) for zeros, sign in sizes),
        singular=keys["singular"].pattern() if "singular" in keys else None,
    )


def _typography(entry: Entry) -> Typography:
    keys = entry.mapping("script", *_MARKS, "aside")
    return Typography(
        script=keys["script"].choice(*SCRIPTS),
        aside=keys["aside"].containing("{}"),
        **{key: keys[key].text() for key in _MARKS},
    )


def _words(entry: Entry, prefix: str = "") -> dict[str, str]:
    """Flatten groups of words: `contents` of the group `book` is `book.contents`."""
    words: dict[str, str] = {}
    for key, item in entry.mapping(optional=None).items():
        if isinstance(item.value, dict):
            words |= _words(item, f"{prefix}{key}.")
        else:
            words[f"{prefix}{key}"] = item.text()
            _fields(item, words[f"{prefix}{key}"])
    return words


def _fields(entry: Entry, text: str) -> frozenset[str]:
    """Return the names that are filled in; a text that cannot be filled in is reported."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        entry.report(f"{entry.name} cannot be filled in: {text!r}", "write {{ for a brace")
        return frozenset()
    return frozenset(name for _, name, _, _ in parts if name is not None)


_NAME = re.compile(r"\{(\w*)\}")


def _compare(original: Language, language: Language, entry: Entry, problems: list[Problem]) -> None:
    """Report words that a language lacks, that nobody knows, or that are filled in with something else."""
    file = entry.file
    for key, text in original.words.items():
        at = ("words", *key.split("."))
        if key not in language.words:
            problems.append(file.problem(RULE, f"no word `{key}`", f"{original.name}: {text}", at))
        elif (wanted := set(_NAME.findall(text))) != (found := set(_NAME.findall(language.words[key]))):
            name = ", ".join(f"{{{name}}}" for name in sorted(wanted ^ found))
            where = "only here" if found - wanted else f"only in {original.path}"
            message = f"the word `{key}`: {name} is {where}"
            problems.append(file.problem(RULE, message, f"{original.name}: {text}", at))
    for key in language.words:
        if key not in original.words:
            at = ("words", *key.split("."))
            hint = guess(key, original.words)
            problems.append(file.problem(RULE, f"{original.path} has no word `{key}`", hint, at))
