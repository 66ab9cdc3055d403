"""Ways for arrows: along and across, around boxes, with few turns and few crossings.

The board is a lattice of points 16 px apart. A way is the cheapest one from a side of one box to a side
of another (Dijkstra), where a turn, a crossing and a place that another arrow already uses cost extra.
All arrows of a board are routed once, with all of its boxes there: an arrow stays where it was first
drawn.
"""

from __future__ import annotations

import functools
import heapq
from collections.abc import Iterator
from itertools import pairwise

from handbook.boards.board import COLUMNS, ROWS, Board, Box

STEP = 16  # px between points
CELL = (3, 2)  # points from one cell to the next, across and down

Point = tuple[int, int]
Way = tuple[Point, ...]
#: Left, top, right and bottom of a box, in points.
Outline = tuple[int, int, int, int]

_SIDES: tuple[Point, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
_TURN, _CROSSING, _SHARED, _EDGE = 6, 8, 40, 3


def outline(box: Box) -> Outline:
    """Left, top, right and bottom of a box, in points."""
    return (
        box.column * CELL[0],
        box.row * CELL[1],
        (box.column + box.columns) * CELL[0],
        (box.row + box.rows) * CELL[1],
    )


def routes(board: Board) -> tuple[Way | None, ...]:
    """The way of each arrow as its corners, in points; None if there is none."""
    outlines = {box.id: outline(box) for box in board.boxes}
    return _routes(
        tuple(outlines.values()), tuple((outlines[arrow.start], outlines[arrow.end]) for arrow in board.arrows)
    )


# They are the same at every minute and in every language.
@functools.lru_cache(maxsize=64)
def _routes(boxes: tuple[Outline, ...], arrows: tuple[tuple[Outline, Outline], ...]) -> tuple[Way | None, ...]:
    blocked = {point for box in boxes for point in _inside(box)}
    used: dict[Point, set[Point]] = {}
    found: dict[int, Way | None] = {}
    # Short arrows first: long ones can go around them.
    order = sorted(range(len(arrows)), key=lambda number: (_distance(*arrows[number]), number))
    for number in order:
        way = _way(*arrows[number], blocked, used)
        found[number] = _corners(way) if way else None
        for (x, y), (next_x, next_y) in pairwise(way):
            direction = (abs(next_x - x), abs(next_y - y))
            used.setdefault((x, y), set()).add(direction)
            used.setdefault((next_x, next_y), set()).add(direction)
    return tuple(found[number] for number in range(len(arrows)))


def _distance(one: Outline, other: Outline) -> int:
    return abs(one[0] + one[2] - other[0] - other[2]) + abs(one[1] + one[3] - other[1] - other[3])


def _inside(box: Outline) -> Iterator[Point]:
    left, top, right, bottom = box
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _ports(box: Outline) -> Iterator[tuple[Point, Point, int]]:
    """Points on the sides of a box, the direction away from it, and what it costs not to be in the middle."""
    left, top, right, bottom = box
    for x in range(left + 1, right):
        off = abs(2 * x - left - right) // 2
        yield (x, top), (0, -1), off
        yield (x, bottom), (0, 1), off
    for y in range(top + 1, bottom):
        off = abs(2 * y - top - bottom) // 2
        yield (left, y), (-1, 0), off
        yield (right, y), (1, 0), off


def _way(
    start: Outline, end: Outline, blocked: set[Point], used: dict[Point, set[Point]]
) -> list[Point]:
    goals = {(point, (-x, -y)): off for point, (x, y), off in _ports(end) if point not in used}
    heap: list[tuple[int, Point, Point]] = []
    before: dict[tuple[Point, Point], tuple[Point, Point] | None] = {}
    best: dict[tuple[Point, Point], int] = {}
    for point, direction, off in _ports(start):
        if point not in used:
            best[point, direction] = off
            before[point, direction] = None
            heapq.heappush(heap, (off, point, direction))
    while heap:
        cost, point, direction = heapq.heappop(heap)
        if cost > best[point, direction]:
            continue
        if (point, direction) in goals and before[point, direction] is not None:
            return _walked((point, direction), before)
        if point in blocked and before[point, direction] is not None:
            continue  # the side of a box: an arrow ends here or nowhere
        for turned in _SIDES:
            if turned == (-direction[0], -direction[1]) or (point in blocked and turned != direction):
                continue
            target = (point[0] + turned[0], point[1] + turned[1])
            if not _is_on_board(target) or (target in blocked and (target, turned) not in goals):
                continue
            price = cost + 1 + _TURN * (turned != direction) + _price(point, target, turned, used)
            price += goals.get((target, turned), 0)
            if price < best.get((target, turned), 1 << 30):
                best[target, turned] = price
                before[target, turned] = (point, direction)
                heapq.heappush(heap, (price, target, turned))
    return []


def _price(point: Point, target: Point, direction: Point, used: dict[Point, set[Point]]) -> int:
    along = (abs(direction[0]), abs(direction[1]))
    there = used.get(target, set())
    if along in there and along in used.get(point, set()):
        return _SHARED
    on_edge = target[0] in (0, COLUMNS * CELL[0]) or target[1] in (0, ROWS * CELL[1])
    return (_CROSSING if there else 0) + (_EDGE if on_edge else 0)


def _is_on_board(point: Point) -> bool:
    return 0 <= point[0] <= COLUMNS * CELL[0] and 0 <= point[1] <= ROWS * CELL[1]


def _walked(
    last: tuple[Point, Point], before: dict[tuple[Point, Point], tuple[Point, Point] | None]
) -> list[Point]:
    way: list[Point] = []
    state: tuple[Point, Point] | None = last
    while state is not None:
        way.append(state[0])
        state = before[state]
    return way[::-1]


def _corners(way: list[Point]) -> Way:
    kept = [way[0]]
    for before, point, after in zip(way, way[1:], way[2:], strict=False):
        if (point[0] - before[0], point[1] - before[1]) != (after[0] - point[0], after[1] - point[1]):
            kept.append(point)
    return (*kept, way[-1])
