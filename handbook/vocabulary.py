"""What readers may say instead of what the pages say, for search.

data/glossary.yml has a term's name in the other language, its forms, its other names, and the words that
the handbook does not use for it. data/search.yml has what readers type when they look for a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handbook.source import Book
from handbook.source.glossary import Term

#: What is a pattern and not a word: nobody types it.
_PATTERN = re.compile(r"[\\\[\](){}|^$*?]")


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language's readers.

    Attributes:
        meanings: Words that mean the same, the handbook's own first.
        asked: What readers type for a page or a section, by its place, `framework/data#numbers`.
    """

    meanings: Sequence[Sequence[str]] = ()
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)


def of(book: Book, language: str) -> Vocabulary:
    """Return the words of a language's readers."""
    codes = [language, *(code for code in book.pages if code != language)]
    meanings = [list(dict.fromkeys(_names(term, codes))) for term in book.glossary]
    known = {name for names in meanings for name in names}
    # Every stage is a word of its own, so that none is taken apart.
    meanings += [[stage.labels[language]] for stage in book.stages if stage.labels[language] not in known]
    return Vocabulary(meanings, {place: asked.words[language] for place, asked in book.asked.items()})


def _names(term: Term, codes: Sequence[str]) -> Iterator[str]:
    names = [term.labels[code] for code in codes]
    for code in codes:
        names += [*term.forms[code], *term.aliases[code], *term.avoid[code]]
    yield from (name for name in names if not _PATTERN.search(name))
