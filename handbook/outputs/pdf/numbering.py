"""The page of each anchor, pieced together from a print of the whole book and a later one of some chapters.

A chapter begins on a page of its own, and no page number stands in it. So it is laid out alone as it is in
the book, and only moves what follows it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

#: What follows the last chapter in a print of some.
END = "end-of-these-chapters"


def renumbered(
    numbers: Mapping[str, int], printed: Mapping[str, int], alone: Collection[str], starts: Mapping[str, str]
) -> dict[str, int]:
    """Return the page of each anchor of the book after some of its chapters were printed on their own.

    Args:
        numbers: Page of each anchor when the whole was laid out last.
        printed: Page of each anchor in the print of these chapters, that of `END` with them.
        alone: These chapters.
        starts: For each anchor, in order, what it belongs to of all that begins on a page of its own. What is
            in front of that has none; what is last is no chapter.
    """
    order = list(dict.fromkeys(starts.values()))
    following = dict(pairwise([*(start for start in order if start in alone), END]))
    moved, by = {}, 0
    for start, after in pairwise([*order, END]):
        moved[start] = by
        if start in alone:
            by += printed[following[start]] - printed[start] - (numbers[after] - numbers[start])
    found = {}
    for anchor, page in numbers.items():
        start = starts.get(anchor)
        if start in alone and anchor in printed:
            page = numbers[start] + printed[anchor] - printed[start]
        found[anchor] = page + moved.get(start, 0)
    return found
