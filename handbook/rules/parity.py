"""Both languages say the same: headings, tables, figures, links, diagrams.

Why: a reader of either language must get the same numbers and the same argument.
Right: `{{ sla }}` and p99 in both; the wording is free.
Wrong: 30 days against 31 天; a table with a row less; an arrow that is dotted in one language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handbook import diagrams
from handbook.source.book import Book
from handbook.source.page import CITATION, LINK, VALUE, Page
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.writer import WriteError, Writer

ID = "parity"

#: A literal number with its scale, or a percentile such as p99.
_NUMBER = re.compile(
    r"\bp(?P<percentile>\d{2}(?:\.\d+)?)s?\b|"
    r"(?<![\w.#-])(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>万亿|亿|万|(?:thousand|million|billion|trillion|[KMBT])\b)?"
)
_SCALE = {
    "万": 1e4,
    "亿": 1e8,
    "万亿": 1e12,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "K": 1e3,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
}
_MONTHS = ("January February March April May June July August September October November December").split()
#: An English date: Chinese writes its month as a number.
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})(?= \d{{4}}\b)")


def check(book: Book, original: Page, page: Page) -> Iterator[Problem]:
    """Compare a page with its original."""
    headings = list(_headings(original, page))
    yield from headings
    if not headings:  # without the same sections, comparing their contents says nothing
        for first, second in zip(_sections(original), _sections(page), strict=True):
            yield from _figures(original, first, page, second)
    for what, ours, theirs in (
        (
            "table",
            [(t.line, _size(t.shape)) for t in page.tables],
            [(t.line, _size(t.shape)) for t in original.tables],
        ),
        (
            "box",
            [(a.line, a.kind) for a in page.admonitions],
            [(a.line, a.kind) for a in original.admonitions],
        ),
        (
            "fence",
            [(f.line, f.info or "plain") for f in page.fences],
            [(f.line, f.info or "plain") for f in original.fences],
        ),
        (
            "block",
            [(b.line, f"{b.text} {b.argument}".strip()) for b in page.blocks],
            [(b.line, f"{b.text} {b.argument}".strip()) for b in original.blocks],
        ),
    ):
        yield from _sequence(what, original, theirs, page, ours)
    yield from _links(original, page)
    for first, second in zip(original.fences, page.fences, strict=False):
        # What a machine reads is the same in both; what it prints may be in the reader's language.
        code = first.info == second.info and first.info.split(" ")[0] not in (
            "",
            "mermaid",
            "text",
            "console",
        )
        if code and first.source != second.source:
            yield Problem(page.path, second.line, ID, f"the code differs from {original.path}:{first.line}")
    if len(original.diagrams) == len(page.diagrams):
        for first, second in zip(original.diagrams, page.diagrams, strict=True):
            yield from _diagram(book, original, first, page, second)


def _size(shape: tuple[int, int]) -> str:
    return f"{shape[0]} rows × {shape[1]} columns"


def _headings(original: Page, page: Page) -> Iterator[Problem]:
    ours = [(h.line, f"{'#' * h.level} {h.id}") for h in page.headings]
    theirs = [(h.line, f"{'#' * h.level} {h.id}") for h in original.headings]
    yield from _sequence("heading", original, theirs, page, ours)


def _sequence(
    what: str,
    original: Page,
    theirs: list[tuple[int, str]],
    page: Page,
    ours: list[tuple[int, str]],
) -> Iterator[Problem]:
    """Report the first place where two sequences part; what follows would only repeat it."""
    for index in range(max(len(ours), len(theirs))):
        mine = ours[index] if index < len(ours) else None
        other = theirs[index] if index < len(theirs) else None
        if mine and other and mine[1] == other[1]:
            continue
        count = f"{len(ours)} vs {len(theirs)} in all" if len(ours) != len(theirs) else ""
        if mine and other:
            message = f"{what} {index + 1} is `{mine[1]}`, but `{other[1]}` at {original.path}:{other[0]}"
        elif other:
            message = f"{what} {index + 1} is missing: `{other[1]}` at {original.path}:{other[0]}"
        else:
            message = f"{what} {index + 1} is `{mine[1]}`, but {original.path} has no more"
        line = mine[0] if mine else (ours[-1][0] if ours else 1)
        yield Problem(page.path, line, ID, message, count)
        return


def _sections(page: Page) -> list[tuple[int, int]]:
    """Return first and last line from each heading to the next, of whatever level."""
    starts = [page.body_line, *(heading.line for heading in page.headings)]
    ends = [start - 1 for start in starts[1:]] + [len(page.lines)]
    return list(zip(starts, ends, strict=True))


def _figures(
    original: Page, first: tuple[int, int], page: Page, second: tuple[int, int]
) -> Iterator[Problem]:
    theirs, ours = _claims(original, *first), _claims(page, *second)
    lacking = Counter(claim for _, claim in theirs) - Counter(claim for _, claim in ours)
    extra = Counter(claim for _, claim in ours) - Counter(claim for _, claim in theirs)
    if not lacking and not extra:
        return
    line = next((line for line, claim in ours if claim in extra), second[0])
    where = next((line for line, claim in theirs if claim in lacking), first[0])
    parts = []
    if extra:
        parts.append("only here: " + ", ".join(sorted(extra.elements())))
    if lacking:
        parts.append("only there: " + ", ".join(sorted(lacking.elements())))
    yield Problem(
        page.path,
        line,
        ID,
        f"figures differ from {original.path}:{where}: {'; '.join(parts)}",
        "the same numbers, values and sources in both languages",
    )


def _claims(page: Page, start: int, end: int) -> list[tuple[int, str]]:
    """Return the literal numbers, `{{ … }}` values and citations of a section, normalised."""
    found = []
    for mark in page.values:
        if start <= mark.line <= end:
            found.append((mark.line, "{{" + re.sub(r"\s", "", mark.text) + "}}"))
    for mark in page.citations:
        if start <= mark.line <= end:
            found.append((mark.line, f"@{mark.text}"))
    drawn = {line for fence in page.diagrams for line in fence.covered}
    for number in range(start, end + 1):
        line = page.lines[number - 1] if number in drawn else page.prose[number - 1]
        line = CITATION.sub("", VALUE.sub("", LINK.sub(r"\g<text>", line)))
        line = re.sub(r"\{[^{}]*\}|https?://\S+|^\s*\d+\.\s", "", line)
        line = _DATE.sub(lambda match: str(_MONTHS.index(match[1]) + 1), line)
        for match in _NUMBER.finditer(line):
            if match["percentile"]:
                found.append((number, f"p{match['percentile']}"))
            else:
                value = float(match["number"].replace(",", "")) * _SCALE.get(match["scale"], 1)
                found.append((number, f"{value:.10g}"))
    return found


def _links(original: Page, page: Page) -> Iterator[Problem]:
    ours = Counter(link.target for link in page.links)
    theirs = Counter(link.target for link in original.links)
    for target in sorted((ours - theirs).keys()):
        line = next(link.line for link in page.links if link.target == target)
        yield Problem(page.path, line, ID, f"the link to `{target}` is not on {original.path}")
    for target in sorted((theirs - ours).keys()):
        line = next(link.line for link in original.links if link.target == target)
        yield Problem(page.path, 1, ID, f"the link to `{target}` is missing, see {original.path}:{line}")


def _diagram(book: Book, original: Page, first, page: Page, second) -> Iterator[Problem]:  # noqa: ANN001
    try:
        theirs = diagrams.structure(Writer(book, original).values(first.source))
        ours = diagrams.structure(Writer(book, page).values(second.source))
    except (WriteError, diagrams.DiagramError):
        return  # rules `values` and `diagrams` report it
    there = f"{original.path}:{first.line}"
    if ours.kind != theirs.kind:
        yield Problem(page.path, second.line, ID, f"a {ours.kind} diagram, but a {theirs.kind} at {there}")
        return
    for what, mine, others in (
        ("nodes", _looks(ours.nodes), _looks(theirs.nodes)),
        ("groups", _looks(ours.groups), _looks(theirs.groups)),
        ("arrows", list(map(_arrow, ours.edges)), list(map(_arrow, theirs.edges))),
    ):
        extra = sorted((Counter(mine) - Counter(others)).elements())
        lacking = sorted((Counter(others) - Counter(mine)).elements())
        parts = []
        if extra:
            parts.append(f"only here: {', '.join(extra)}")
        if lacking:
            parts.append(f"only there: {', '.join(lacking)}")
        if parts:
            yield Problem(page.path, second.line, ID, f"{what} differ from {there}: {'; '.join(parts)}")


def _looks(nodes: tuple[diagrams.Node, ...]) -> list[str]:
    """Return each node with all that both languages draw alike: `D (cylinder :::store in online)`."""
    found = []
    for node in nodes:
        marks = [
            node.shape,
            *(f":::{name}" for name in node.classes),
            f"in {node.group}" if node.group else "",
        ]
        look = " ".join(filter(None, marks))
        found.append(f"{node.id} ({look})" if look else node.id)
    return found


def _arrow(edge: diagrams.Edge) -> str:
    return f"{edge[0]} → {edge[1]} ({edge[2]})"


RULE = Rule(ID, Scope.PAIR, __doc__, check)
