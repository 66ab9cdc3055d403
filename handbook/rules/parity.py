"""Both languages say the same: blocks in the same order, with the same figures, links and diagrams.

Both pages are read as trees of blocks: headings, paragraphs, lists with their items, tables with rows and
cells, boxes with what they hold. Where the trees are the same, each paragraph, item and cell is compared
with its counterpart: numbers with their units, values, sources, code, formulas, targets of links, length.
Sentences may be joined, split and ordered otherwise; their blocks stay.

Why: a reader of either language must get the same numbers and the same argument.
Right: `80 ms` and 80 毫秒; `10–20K` and 1–2 万; `2 weeks` and 两周; `{{ sla }}` and p99 in both.
Wrong: `80 ms` against `80 s`; an item or a row less; two figures that have changed places; an arrow that
    is dotted in one language.
"""

from __future__ import annotations

import functools
import math
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

from handbook import diagrams
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source import figures
from handbook.source.book import Book
from handbook.source.outline import Block, sections
from handbook.source.page import CITATION, CODE_SPAN, LINK, VALUE, Fence, Page
from handbook.writer import WriteError, Writer

ID = "parity"

Pair = tuple[Block | None, Block | None]

#: What a fence of these kinds holds is for people, and may be in the reader's language.
_PROSE_FENCES = ("plain", "mermaid", "text", "console")
#: From so many words of the original on, the least and the most that a block may have of the page's usual
#: characters for a word. Measured on the 1,119 blocks of 8 words and more of this handbook: the extremes
#: are 0.50 and 1.67 from 8 words on, 0.64 and 1.38 from 15, 0.66 and 1.36 from 30, 0.82 and 1.18 from 60.
_LENGTHS = ((60, 0.76, 1.35), (30, 0.62, 1.6), (15, 0.6, 1.6), (8, 0.48, 1.9))
_WORDS = _LENGTHS[-1][0]


def check(book: Book, original: Page, page: Page) -> Iterator[Problem]:
    """Compare a page with its original."""
    headings = list(_headings(original, page))
    yield from headings
    first, second = sections(original), sections(page)
    # Without the same sections, comparing their contents says nothing. A heading inside a formula that is
    # never closed begins none: rule `formulas` reports it.
    if headings or len(first) != len(second):
        return
    comparison = _Comparison(book, original, page)
    for theirs, ours in zip(first, second, strict=True):
        yield from comparison.blocks(theirs, ours, 1)
    yield from comparison.front_matter()


def _headings(original: Page, page: Page) -> Iterator[Problem]:
    """Report the first place where the headings part; what follows would only repeat it."""
    ours = [(h.line, f"{'#' * h.level} {h.id}") for h in page.headings]
    theirs = [(h.line, f"{'#' * h.level} {h.id}") for h in original.headings]
    for index in range(max(len(ours), len(theirs))):
        mine = ours[index] if index < len(ours) else None
        other = theirs[index] if index < len(theirs) else None
        if mine and other and mine[1] == other[1]:
            continue
        count = f"{len(ours)} vs {len(theirs)} in all" if len(ours) != len(theirs) else ""
        if mine and other:
            message = f"heading {index + 1} is `{mine[1]}`, but `{other[1]}` at {original.path}:{other[0]}"
        elif other:
            message = f"heading {index + 1} is missing: `{other[1]}` at {original.path}:{other[0]}"
        else:
            message = f"heading {index + 1} is `{mine[1]}`, but {original.path} has no more"
        line = mine[0] if mine else (ours[-1][0] if ours else 1)
        yield Problem(page.path, line, ID, message, count)
        return


class _Comparison:
    """Two pages with the same headings."""

    def __init__(self, book: Book, original: Page, page: Page) -> None:
        self.book, self.original, self.page = book, original, page
        self.scripts = [book.languages[each.language].typography.script for each in (original, page)]

    def problem(self, line: int, message: str, hint: str = "") -> Problem:
        return Problem(self.page.path, line, ID, message, hint)

    def there(self, block: Block | Fence) -> str:
        return f"{self.original.path}:{block.line}"

    def blocks(self, theirs: Sequence[Block], ours: Sequence[Block], line: int) -> Iterator[Problem]:
        """Compare two sequences of blocks; `line` is where what holds ours begins."""
        for first, second in _aligned(theirs, ours):
            if first is None:
                yield self.problem(
                    second.line,
                    f"{_called(second)} more than {self.original.path} has{_quoted(second)}",
                    "the same blocks in both languages",
                )
            elif second is None:
                yield self.problem(
                    line,
                    f"{_called(first)} of {self.there(first)} is missing below this line{_quoted(first)}",
                    "the same blocks in both languages",
                )
            elif first.name != second.name:
                yield self.problem(
                    second.line, f"{_called(second)}, but {_called(first)} at {self.there(first)}"
                )
            elif first.kind == "fence":
                yield from self.fence(first, second)
            else:
                yield from self.texts(first, second)
                yield from self.blocks(first.blocks, second.blocks, second.line)
            line = second.line if second else line

    def texts(self, first: Block, second: Block) -> Iterator[Problem]:
        """Compare what two blocks of the same kind say."""
        if not first.text and not second.text:
            return
        yield from self.figures(first.text, first.line, second.text, second.line)
        words, share = _size(first.text, self.scripts[0]), _size(second.text, self.scripts[1])
        if words < _WORDS:
            return
        usual = self.usual
        least, most = next(limits for least_words, *limits in _LENGTHS if words >= least_words)
        if not least <= share / words / usual <= most:
            longer = "longer" if share / words > usual else "shorter"
            yield self.problem(
                second.line,
                f"much {longer} than {self.there(first)}: {share} characters for {words} words,"
                f" {share / words / usual:.0%} of what is usual on this page",
                "is a sentence missing?" if longer == "shorter" else "does it say more?",
            )

    def figures(self, theirs: str, there: int, ours: str, here: int) -> Iterator[Problem]:
        """Compare the figures of two texts."""
        lacking, extra = figures.differences(
            figures.read(theirs, self.original.language), figures.read(ours, self.page.language)
        )
        parts = [
            f"only {where}: {', '.join(map(str, found))}"
            for where, found in (("here", extra), ("there", lacking))
            if found
        ]
        if parts:
            yield self.problem(
                here,
                f"figures differ from {self.original.path}:{there}: {'; '.join(parts)}",
                "the same numbers, units, values, sources, code and links",
            )

    @functools.cached_property
    def usual(self) -> float:
        """The median of Chinese characters for an English word, over the blocks that pair off."""
        ratios = []
        for theirs, ours in zip(sections(self.original), sections(self.page), strict=True):
            for first, second in _aligned(theirs, ours):
                if first is None or second is None:
                    continue
                for one, two in zip(first.walk(), second.walk(), strict=False):
                    words = _size(one.text, self.scripts[0]) if one.kind == two.kind else 0
                    if words >= _WORDS:
                        ratios.append(_size(two.text, self.scripts[1]) / words)
        return statistics.median(ratios) if ratios else 1

    def fence(self, first: Block, second: Block) -> Iterator[Problem]:
        """Compare two fences of the same kind."""
        kind = first.name.split(" ")[0]
        if kind == "mermaid":
            yield from self.diagram(first, second)
        elif kind not in _PROSE_FENCES and first.text != second.text:
            yield self.problem(second.line, f"the code differs from {self.there(first)}")

    def front_matter(self) -> Iterator[Problem]:
        """Compare the figures of titles and descriptions."""
        for key in ("title", "description"):
            theirs, ours = self.original.meta.get(key), self.page.meta.get(key)
            if isinstance(theirs, str) and isinstance(ours, str):
                yield from self.figures(theirs, _key(self.original, key), ours, _key(self.page, key))

    def diagram(self, first: Block, second: Block) -> Iterator[Problem]:
        """Compare what two diagrams draw, and then the figures on them, line by line."""
        try:
            theirs = diagrams.structure(Writer(self.book, self.original).values(first.text))
            ours = diagrams.structure(Writer(self.book, self.page).values(second.text))
        except (WriteError, diagrams.DiagramError):
            return  # rules `values` and `diagrams` report it
        if ours.kind != theirs.kind:
            message = f"a {ours.kind} diagram, but a {theirs.kind} at {self.there(first)}"
            yield self.problem(second.line, message)
            return
        same = True
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
                same = False
                yield self.problem(
                    second.line, f"{what} differ from {self.there(first)}: {'; '.join(parts)}"
                )
        lines = [text.split("\n") for text in (first.text, second.text)]
        if same and len(lines[0]) == len(lines[1]):
            for offset, (one, two) in enumerate(zip(*lines, strict=True), 1):
                yield from self.figures(one, first.line + offset, two, second.line + offset)
        elif same:
            yield from self.figures(first.text, first.line, second.text, second.line)


def _aligned(theirs: Sequence[Block], ours: Sequence[Block]) -> list[Pair]:
    """Pair the blocks of two sequences; what has no counterpart stands alone.

    Sequences of the same kinds pair off in order. Otherwise the cheapest alignment says which block is
    missing: two blocks of a kind cost what their figures and lengths differ, one that stands alone more.
    """
    if [block.kind for block in theirs] == [block.kind for block in ours]:
        return list(zip(theirs, ours, strict=True))
    cost = [[0.0] * (len(ours) + 1) for _ in range(len(theirs) + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(theirs), -1, -1):
        for j in range(len(ours), -1, -1):
            choices = []
            if i < len(theirs) and j < len(ours) and theirs[i].kind == ours[j].kind:
                choices.append((_distance(theirs[i], ours[j]) + cost[i + 1][j + 1], (i + 1, j + 1)))
            if i < len(theirs):
                choices.append((_ALONE + cost[i + 1][j], (i + 1, j)))
            if j < len(ours):
                choices.append((_ALONE + cost[i][j + 1], (i, j + 1)))
            if choices:
                cost[i][j], step[i, j] = min(choices, key=lambda choice: choice[0])  # pairs off if it may
    pairs: list[Pair] = []
    at = (0, 0)
    while at in step:
        (i, j), at = at, step[at]
        pairs.append((theirs[i] if at[0] > i else None, ours[j] if at[1] > j else None))
    return pairs


#: Two blocks of a kind cost at most 1; to leave both alone must cost more.
_ALONE = 0.6


def _distance(first: Block, second: Block) -> float:
    """Return from 0, the same figures and lengths, to 1."""
    theirs, ours = (
        Counter(claim.text for part in block.walk() for claim in figures.read(part.text).claims)
        for block in (first, second)
    )
    either = (theirs | ours).total()
    same = (theirs & ours).total() / either if either else 1
    long, short = (sum(len(part.text) for part in block.walk()) + 1 for block in (first, second))
    return (1 - same + min(1, abs(math.log(long / short) - 1))) / 2


def _called(block: Block) -> str:
    if block.kind == "html":
        return f"`<{block.name}>`"
    named = {"list": f"{block.name} list", "table": f"table of {block.name}"}
    called = named.get(block.kind, f"{block.kind} `{block.name}`" if block.name else block.kind)
    return f"{'an' if called[0] in 'aeio' else 'a'} {called}"


def _quoted(block: Block) -> str:
    """Return how a block begins, to find it by."""
    text = " | ".join(part.text for part in block.walk() if part.text and part.kind != "fence")
    text = " ".join(text.split())
    return f": “{text[:40]}{'…' if len(text) > 40 else ''}”" if text else ""


def _size(text: str, script: str) -> int:
    """Return the words of a Latin text, or the characters of a Chinese one, a Latin word as two."""
    text = CITATION.sub("", VALUE.sub("0", LINK.sub(r"\g<text>", CODE_SPAN.sub("c", text))))
    text = re.sub(r"\\[(\[].*?\\[)\]]", "f", text, flags=re.S)
    text = re.sub(r"\{[#:.][^{}]*\}|https?://\S+|<[^<>]+>", "", text)
    words = len(re.findall(r"[A-Za-z0-9.,%$]*[A-Za-z0-9]", text))
    return words if script == "latin" else len(re.findall(r"[\u3400-\u9fff]", text)) + 2 * words


def _key(page: Page, key: str) -> int:
    """Return the line of a key of the front matter."""
    return next((n for n, line in enumerate(page.lines, 1) if line.startswith(f"{key}:")), 1)


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


RULE = Rule(ID, Scope.PAIR, __doc__, check, alone=True)
