"""What a text claims that is the same in every language: figures with their units, values, sources, code.

`read` finds them in a Markdown text of one language and normalises them: 1.5 万 is 15000, 毫秒 is ms, and
the unit and the scale at the end of a range hold for both its ends. `differences` compares two texts.

A unit counts where both texts name one: `80 s` differs from `80 ms`, `the 30 of a day` from nothing. A
small number in words (two, 两) stands for a digit of the other language, and is not asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from handbook.source.page import CITATION, CODE_SPAN, LINK, VALUE

_SCALES = {
    "万": 1e4,
    "亿": 1e8,
    "万亿": 1e12,
    "千万": 1e7,
    "百万": 1e6,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "K": 1e3,
    "k": 1e3,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
}
#: How a unit is written, in either language.
_UNITS = {
    "ms": "ms millisecond milliseconds 毫秒",
    "s": "s sec second seconds 秒 秒钟",
    "min": "min minute minutes 分钟",
    "h": "h hour hours 小时 个小时",
    "day": "day days 天",
    "week": "week weeks 周 个星期",
    "month": "month months 个月",
    "year": "year years 年",
    "%": "% percent",
    "bit": "bit bits",
    "kB": "kB KB",
    "MB": "MB",
    "GB": "GB",
    "TB": "TB",
    "PB": "PB",
    "USD": "USD dollar dollars 美元",
    "EUR": "EUR euro euros 欧元",
    "times": "times x 倍",
    "QPS": "QPS",
    "TPS": "TPS",
    "MFLOP": "MFLOP",
    "GFLOP": "GFLOP",
    "TFLOP": "TFLOP",
    "TFLOPS": "TFLOPS",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_CURRENCIES = {"$": "USD", "€": "EUR"}


def _any(words: dict[str, object]) -> str:
    """Return a pattern for any of the words; a Latin one ends where its letters end."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![A-Za-z])" if word[-1].isascii() and word != "%" else "") for word in ordered)


_NUMBER = re.compile(
    r"(?P<currency>[$€])?"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    rf"(?:\s?(?P<scale>{_any(_SCALES)}))?"
    r"(?:(?:st|nd|rd|th)(?![A-Za-z]))?"
    rf"(?:[\s-]?(?P<unit>{_any(_UNIT_OF)}))?"
)
#: A name with a digit in it: p99, L6, H100, 3DS. A letter and a hyphen before a number are no name: top-10.
_NAME = re.compile(r"(?<![A-Za-z0-9_])(?:[A-Za-z]+\d+(?:\.\d+)?[A-Za-z]?|\d+[A-Za-z]{2,}\d*)(?![A-Za-z0-9_])")
_RANGE = re.compile(r"\s?[-–—~～]\s?")
_SOFT_RANGE = re.compile(r"\s(?:to|and|or)\s|\s?[到至和或]\s?")
_FORMULA = re.compile(r"\\[(\[](?P<source>.*?)\\[)\]]", re.S)
_LATEX_TEXT = re.compile(r"\\(?:text|mathrm|operatorname)\{([^{}]*)\}")
_MARKUP = re.compile(r"\{[#:.][^{}]*\}|https?://\S+|<[^<>]+>|^\s*\d+\.\s", re.M)

_MONTHS = "January February March April May June July August September October November December".split()
#: An English date: Chinese writes its month as a number.
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})(?= (?:\d{{1,2}}, )?\d{{4}}\b)")

_ENGLISH = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)) | {
    "both": 2,
    "twice": 2,
    "double": 2,
}
_CHINESE = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2}
_DIGITS, _TENS = "一二三四五六七八九两", {"": 1, "十": 10, "百": 100, "千": 1000}
#: How a language spells numbers: a pattern, and what a match is worth.
_SPELLED: dict[str, tuple[re.Pattern[str], Callable[[re.Match[str]], float]]] = {
    "en": (
        re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.I),
        lambda match: _ENGLISH[match[0].lower()],
    ),
    # 两, 一亿, 十亿; 三十 is no small number, and 万一 is no number.
    "zh": (
        re.compile(
            rf"(?<![{_DIGITS}十百千万亿])(?:(?P<n>[{_DIGITS}]?)(?P<tens>[十百千]?)(?P<scale>[万亿])(?<=[{_DIGITS}十百千].)"
            rf"|(?P<small>[{_DIGITS}十]))(?![{_DIGITS}十百千万亿])"
        ),
        lambda match: (
            _CHINESE[match["small"]]
            if match["small"]
            else _CHINESE.get(match["n"], 1) * _TENS[match["tens"]] * _SCALES[match["scale"]]
        ),
    ),
}


@dataclass(frozen=True, order=True)
class Figure:
    """One claim: a normalised number, a name with digits, `{{ value }}`, `@source`, `code` or → target."""

    text: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.text}{'' if self.unit == '%' else ' '}{self.unit}".strip()


@dataclass(frozen=True)
class Figures:
    """All claims of a text, and the small numbers that it writes in words."""

    claims: tuple[Figure, ...]
    words: tuple[str, ...] = ()


def read(text: str, language: str = "") -> Figures:
    """Read the claims of a Markdown text; its language says how it spells small numbers."""
    found: list[Figure] = []

    def take(pattern: re.Pattern[str], name: str, shown: str, left: str) -> None:
        nonlocal text
        for match in pattern.finditer(text):
            found.append(Figure(shown.format(re.sub(r"\s", "", match[name]))))
        text = pattern.sub(left, text)

    # Code first: what looks like a link or a value in it is neither.
    found += [Figure(match[0]) for match in CODE_SPAN.finditer(text)]
    text = CODE_SPAN.sub(" ", text)
    for match in _FORMULA.finditer(text):
        found.append(Figure("".join(_LATEX_TEXT.sub("", match["source"]).split())))
    text = _FORMULA.sub(lambda match: " ".join(_LATEX_TEXT.findall(match["source"])), text)
    take(CITATION, "key", "@{}", "")
    take(LINK, "target", "→ {}", r"\g<text>")
    take(VALUE, "name", "{{{{{}}}}}", "")
    text = _MARKUP.sub("", text)
    text = _DATE.sub(lambda match: str(_MONTHS.index(match[1]) + 1), text)
    found += [Figure(re.sub(r"(?<=\d)s$", "", match[0])) for match in _NAME.finditer(text) if not _is_number(match[0])]
    text = _NAME.sub(lambda match: match[0] if _is_number(match[0]) else "·", text)
    found += _numbers(text)
    words: tuple[str, ...] = ()
    if language in _SPELLED:
        pattern, value = _SPELLED[language]
        words = tuple(f"{value(match):.10g}" for match in pattern.finditer(text))
    return Figures(tuple(found), words)


def _is_number(text: str) -> bool:
    """Whether `10ms`, `10K` or `90th` is a number with its unit and no name."""
    return bool(_NUMBER.fullmatch(text))


def _numbers(text: str) -> list[Figure]:
    """Read the numbers of a text; the first end of a range takes scale and unit of the second."""
    matches = list(_NUMBER.finditer(text))
    found: list[Figure] = []
    scale, unit = "", ""
    for index in range(len(matches) - 1, -1, -1):
        match = matches[index]
        between = text[match.end() : matches[index + 1].start()] if index + 1 < len(matches) else "."
        is_range, is_pair = bool(_RANGE.fullmatch(between)), bool(_SOFT_RANGE.fullmatch(between))
        own = _CURRENCIES.get(match["currency"] or "", "") or _UNIT_OF.get(match["unit"] or "", "")
        unit = own or (unit if is_range or is_pair else "")
        scale = match["scale"] or (scale if is_range and not own else "")
        value = float(match["number"].replace(",", "")) * _SCALES.get(scale, 1)
        found.append(Figure(f"{value:.10g}", unit))
    return found[::-1]


def differences(original: Figures, other: Figures) -> tuple[list[Figure], list[Figure]]:
    """Return what the original has and the other lacks, and what only the other has."""
    lacking, extra = Counter(original.claims), Counter(other.claims)
    both = lacking & extra
    lacking -= both
    extra -= both
    # The same number with a unit in one text and none in the other is the same claim.
    for figure in list(lacking.elements()):
        for mate in list(extra.elements()):
            if mate.text == figure.text and "" in (mate.unit, figure.unit):
                lacking[figure] -= 1
                extra[mate] -= 1
                break
    return (
        _without_words(+lacking, Counter(other.words)),
        _without_words(+extra, Counter(original.words)),
    )


def _without_words(figures: Counter[Figure], words: Counter[str]) -> list[Figure]:
    """Leave out the numbers that the other text writes in words."""
    left = []
    for figure in sorted(figures.elements()):
        if words[figure.text] > 0:
            words[figure.text] -= 1
        else:
            left.append(figure)
    return left
