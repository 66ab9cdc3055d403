"""What a data file says in one language, it says in the others: the same figures, values and units.

Labels, card values, the framework's texts and the glossary's definitions are compared with the original in
the same entry of the file, as paragraphs of two pages are by the rule `parity`.

Why: a label is printed on many pages, and its number is seen by nobody who reads one language.
Right: `en: Loss within 90 days`, `zh: 90 天内的损失`
Wrong: `value_en: "{{ sla }} p99"`, `value_zh: "p95 {{ sla }}"`
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook import yamlfile
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import figures
from handbook.source.book import Book
from handbook.yamlfile import Keys, YamlFile

ID = "labels"


def check(book: Book) -> Iterator[Problem]:
    """Compare the texts of every entry of the data files."""
    original = book.languages.original.code
    for path in sorted({text.path for text in book.texts}):
        file = yamlfile.load(book.root, path)
        for keys, line in file.lines.items():
            stem, _, language = str(keys[-1]).rpartition("_") if keys else ("", "", "")
            theirs = (*keys[:-1], f"{stem}_{original}" if stem else original)
            if language in book.languages and keys != theirs and stem != "pattern":
                yield from _compare(file, line, (theirs, original), (keys, language))


def _compare(file: YamlFile, line: int, theirs: tuple[Keys, str], ours: tuple[Keys, str]) -> Iterator[Problem]:
    texts = [_text(file, keys) for keys, _ in (theirs, ours)]
    if not all(texts):
        return
    lacking, extra = figures.differences(
        figures.read(texts[0], theirs[1]), figures.read(texts[1], ours[1])
    )
    parts = [
        f"only in `{keys[-1]}`: {', '.join(map(str, found))}"
        for (keys, _), found in ((ours, extra), (theirs, lacking))
        if found
    ]
    if parts:
        yield Problem(file.path, line, ID, f"figures differ: {'; '.join(parts)}", "the same in every language")


def _text(file: YamlFile, keys: Keys) -> str:
    value = file.data
    try:
        for key in keys:
            value = value[key]
    except (KeyError, IndexError, TypeError):
        return ""
    return value if isinstance(value, str) else ""


RULE = Rule(ID, Scope.DATA, __doc__, check)
