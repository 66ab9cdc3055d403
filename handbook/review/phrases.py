"""Phrases of data/review.yml as patterns; how one is written stands at the top of that file.

A search is linear in the length of the text: a phrase that could repeat without bound is
refused, and its occurrences are looked at up to a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from handbook.review.folding import CJK, CJK_CHAR

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_LEADING_GROUP = re.compile(r"\(([^()?\[\\]{1,400})\)(?![?{])")
_PLAIN = re.compile(r"[^\\()\[\]{}?.|^$]*")
_BLANK_BESIDE_CJK = re.compile(rf"(?<=[{CJK}]) (?=\w)|(?<=\w) (?=[{CJK}])")
_PLURAL = r"(?:s|es)?(?![a-z0-9])"
_WORD_ENDS = r"(?![a-z0-9])"
_TIMESTAMP = r"\s*[\[(]?(?:\d{1,2}:){0,2}\d{0,2}[\])]?\s*[-–—]?\s*"


class PhraseError(ValueError):
    """Raised for a phrase that cannot be searched for; the text goes on from its name.

    Attributes:
        hint: The way out; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Phrase:
    """One alternative of a phrase.

    Attributes:
        pattern: What to search for in a folded text.
        literal: What has to occur in a text for the pattern to match at all.
        begins_word: Whether it counts only at the beginning of a word.
    """

    pattern: re.Pattern[str]
    literal: str
    begins_word: bool

    def spans(self, text: str, limit: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of the first `limit` occurrences, those inside a word left out."""
        if self.literal not in text:
            return
        for match in islice(self.pattern.finditer(text), limit):
            start, end = match.span()
            inside = start and _is_ascii_word(text[start - 1]) and _is_ascii_word(text[start])
            if not (self.begins_word and inside):
                yield start, end


def compile_phrase(source: str) -> list[Phrase]:
    """Compile a phrase as data/review.yml has it.

    Raises:
        PhraseError: If it is no pattern, matches anything, or could repeat without bound.
    """
    plain = "".join(token for token in _TOKEN.findall(source) if len(token) == 1)
    if _UNBOUNDED.search(plain):
        raise PhraseError("repeats without bound", "use {m,n}")
    try:
        phrases = [_compile_alternative(option) for option in _alternatives(source)]
    except (re.error, OverflowError, RecursionError) as error:
        raise PhraseError(f"is no pattern: {error}") from None
    if any(phrase.pattern.match("") for phrase in phrases):
        raise PhraseError("is found in any text")
    return phrases


def any_pattern(sources: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return one pattern that matches where one of `sources` does.

    Raises:
        PhraseError: If they are no pattern, or match anything.
    """
    union = "|".join(sources)
    try:
        pattern = re.compile(union, flags)
    except (re.error, OverflowError, RecursionError) as error:
        # Its position is not the author's: words come wrapped in what makes them whole.
        raise PhraseError(f"is no pattern: {getattr(error, 'msg', error)}") from None
    if union and pattern.match(""):
        raise PhraseError("is found in any text")
    return pattern


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for a list of words; English ones match as whole words only.

    Raises:
        PhraseError: If one of them is no pattern, or matches anything.
    """
    # Longest first: "not only" before "not".
    ordered = sorted(dict.fromkeys(word.lower() for word in words), key=len, reverse=True)
    return any_pattern(
        word if CJK_CHAR.search(word) else rf"(?<![a-z0-9']){word}(?![a-z0-9'])" for word in ordered
    )


def speaker_label(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the beginning of a line that one of `names` speaks in a transcript.

    Raises:
        PhraseError: If one of the names is no pattern.
    """
    label = rf"[*_]{{0,2}}(?:{'|'.join(names)})[*_]{{0,2}}\s?[:：][*_]{{0,2}}"
    return any_pattern([_TIMESTAMP + label], re.IGNORECASE)


def _alternatives(source: str) -> Iterator[str]:
    """Split `a|b` at the top level, and unfold a leading group: `(a|b) c` -> `a c`, `b c`.

    A pattern that begins with plain letters is searched for an order of magnitude faster
    than one that begins with a group.
    """
    parts, depth = [""], 0
    for token in _TOKEN.findall(source):
        if token == "|" and depth == 0:
            parts.append("")
            continue
        depth += {"(": 1, ")": -1}.get(token, 0)
        parts[-1] += token
    for part in parts:
        group = _LEADING_GROUP.match(part)
        if group:
            yield from (option + part[group.end() :] for option in group[1].split("|"))
        else:
            yield part


def _compile_alternative(option: str) -> Phrase:
    # Blanks beside Chinese were folded away, so a phrase cannot have them either.
    option = _BLANK_BESIDE_CJK.sub("", option)
    body = option.removesuffix("~")
    literal = _PLAIN.match(body)[0]  # type: ignore[index]
    if body[len(literal) :].startswith(("?", "{")):
        literal = literal[:-1]  # the last letter is optional
    return Phrase(re.compile(body + _ending(option)), literal, begins_word=not body.startswith("\\d"))


def _ending(option: str) -> str:
    """Return what has to follow a phrase: nothing, the end of the word, or a plural and its end."""
    if re.search(r"[a-z]$", option):
        return _PLURAL
    chinese = CJK_CHAR.search(option[-1:]) or (option.endswith(")") and CJK_CHAR.search(option))
    if chinese or option.endswith(("~", " ", ":", "@")):
        return ""
    return _WORD_ENDS


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
