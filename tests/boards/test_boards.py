"""Whiteboards: what is declared once is drawn the same at every minute and in every language."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

from handbook import boards, languages, yamlfile
from handbook.boards import routes
from handbook.diagrams import theme
from handbook.entry import Entry

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = languages.load(ROOT)
EN, ZH = LANGUAGES["en"], LANGUAGES["zh"]
SAMPLE = (Path(__file__).parent / "fraud.yml").read_text(encoding="utf-8")

SMALL = """title: {en: Board, zh: 白板}
description: {en: Two boxes., zh: 两个框。}
minutes: [{at: 8}, {at: 20}]
boxes:
  - {id: a, at: [0, 0], size: [3, 2], minute: 8, en: One, zh: 一}
  - {id: b, at: [6, 0], size: [3, 2], minute: 20, class: store, en: Two, zh: 二}
arrows:
  - {from: a, to: b, minute: 20, style: dotted, en: "{{ load }}", zh: "{{ load }}"}
"""


def read(text: str) -> tuple[boards.Board, list[str]]:
    file = yamlfile.parse(text, "data/boards/toy.yml", boards.RULE)
    entry = Entry(file, boards.RULE, [], file.data, languages=("en", "zh"))
    board = boards.read(entry, "toy")
    return board, [str(problem) for problem in entry.problems]


@pytest.fixture(scope="module")
def board() -> boards.Board:
    found, problems = read(SAMPLE)
    assert problems == []
    return found


# --- reading ----------------------------------------------------------------------

WRONG = {
    "unknown key": ("minute: 8, en: One", "minute: 8, colour: red, en: One", 5, "unknown key `colour`"),
    "text missing": (", en: One, zh: 一", ", en: One", 5, "entry 1 has no text `zh`"),
    "unknown class": ("class: store", "class: stroe", 6, "`class` is `stroe` (did you mean `store`?)"),
    "unknown style": ("style: dotted", "style: wavy", 8, "`style` is `wavy`"),
    "unknown box": ("to: b", "to: c", 8, "the arrow ends at an unknown box `c`"),
    "itself": ("to: b", "to: a", 8, "the arrow leads from `a` to itself"),
    "twice": ("id: b", "id: a", 6, "the box `a` is declared twice"),
    "overlap": ("at: [6, 0]", "at: [2, 0]", 6, "the boxes `a` and `b` lie on each other"),
    "side by side": (
        "at: [6, 0]",
        "at: [3, 0]",
        6,
        "the boxes `a` and `b` touch each other (leave a free row or column between them)",
    ),
    "corner to corner": ("at: [6, 0]", "at: [3, 2]", 6, "the boxes `a` and `b` touch each other"),
    "off the board": (
        "at: [6, 0]",
        "at: [22, 0]",
        6,
        "the box leaves the board (a board has 24 columns and 22 rows)",
    ),
    "one number": ("at: [6, 0]", "at: [6]", 6, "`at` is not two numbers (across, down)"),
    "no size": ("size: [3, 2], minute: 20", "size: [0, 2], minute: 20", 6, "entry 1 is less than 1"),
    "minute": (
        "minute: 20, class",
        "minute: 21, class",
        6,
        "the board is not shown at minute 21 (it is at 8, 20)",
    ),
    "sentence in one language": (
        "[{at: 8}",
        '[{at: 8, en: "Say it."}',
        3,
        "entry 1 has no text `zh`",
    ),
    "minutes": ("[{at: 8}, {at: 20}]", "[{at: 20}, {at: 8}]", 3, "the minutes are not in order"),
    "too early": (
        "minute: 20, style",
        "minute: 8, style",
        8,
        "the arrow is drawn at minute 8, before its box `b`",
    ),
    "one language": (', zh: "{{ load }}"', "", 8, "entry 1 has no text `zh`"),
}


@pytest.mark.parametrize(("old", "new", "line", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_board_is_reported_at_its_line(old: str, new: str, line: int, message: str) -> None:
    assert old in SMALL
    _, problems = read(SMALL.replace(old, new, 1))
    assert any(
        problem.startswith(f"data/boards/toy.yml:{line}: boards: {message}") for problem in problems
    ), problems


def test_a_text_that_does_not_fit_is_reported_at_its_line() -> None:
    long = "A name that is far too long for a box of two columns and one row on any board"
    found, _ = read(SMALL.replace("en: One", f'en: "{long}"'))
    assert [str(problem) for problem in boards.problems(found, EN)] == [
        f"data/boards/toy.yml:5: boards: the label “{long}” leaves its box in `en` (shorten it, or make room)"
    ]
    assert boards.problems(found, ZH) == []


def test_a_label_without_room_is_reported() -> None:
    found, _ = read(
        SMALL.replace("at: [6, 0]", "at: [4, 0]").replace('en: "{{ load }}"', "en: a long label on it")
    )
    assert [str(problem) for problem in boards.problems(found, EN)] == [
        "data/boards/toy.yml:8: boards: there is no room for the label “a long label on it” on its arrow in `en` "
        "(shorten it, or make room)"
    ]


def test_a_board_is_wider_than_tall() -> None:
    found, problems = read(SMALL.replace("at: [6, 0]", "at: [0, 12]"))
    assert problems == []
    assert [str(problem) for problem in boards.problems(found, EN)] == [
        "data/boards/toy.yml:1: boards: the board is taller than it is wide (use its whole width)"
    ]


# --- routes -----------------------------------------------------------------------


def test_arrows_run_along_and_across_around_boxes(board: boards.Board) -> None:
    inside = {
        box.id: {
            (x, y)
            for x in range(routes.outline(box)[0], routes.outline(box)[2] + 1)
            for y in range(routes.outline(box)[1], routes.outline(box)[3] + 1)
        }
        for box in board.boxes
    }
    for arrow, way in zip(board.arrows, routes.routes(board), strict=True):
        assert way is not None
        points = []
        for (x1, y1), (x2, y2) in pairwise(way):
            assert (x1 == x2) != (y1 == y2)
            steps = max(abs(x1 - x2), abs(y1 - y2))
            points += [(x1 + (x2 - x1) * n // steps, y1 + (y2 - y1) * n // steps) for n in range(steps + 1)]
        assert way[0] in inside[arrow.start]
        assert way[-1] in inside[arrow.end]
        for name, cells in inside.items():
            touched = {*points} & cells
            assert len(touched) == (1 if name in (arrow.start, arrow.end) else 0), (arrow, name)


def test_no_two_arrows_run_on_each_other(board: boards.Board) -> None:
    def steps(way: routes.Way) -> set[frozenset[routes.Point]]:
        found = set()
        for (x1, y1), (x2, y2) in pairwise(way):
            count = max(abs(x1 - x2), abs(y1 - y2))
            line = [(x1 + (x2 - x1) * n // count, y1 + (y2 - y1) * n // count) for n in range(count + 1)]
            found |= {frozenset(pair) for pair in pairwise(line)}
        return found

    for one, other in combinations(filter(None, routes.routes(board)), 2):
        assert not steps(one) & steps(other)


def test_a_walled_in_box_has_no_way() -> None:
    walls = "".join(
        f"  - {{id: w{n}, at: [{x}, {y}], size: [2, 2], minute: 8, en: w, zh: w}}\n"
        for n, (x, y) in enumerate([(5, 5), (8, 5), (11, 5), (5, 11), (8, 11), (11, 11), (5, 8), (11, 8)])
    )
    text = SMALL.replace("at: [6, 0], size: [3, 2]", "at: [8, 8], size: [2, 2]").replace(
        "arrows:\n", walls + "arrows:\n"
    )
    found, problems = read(text)
    assert problems == []
    # Between boxes there is always a way, if a narrow one.
    assert routes.routes(found)[0] is not None


# --- drawings ---------------------------------------------------------------------


def boxes(svg: str) -> dict[str, str]:
    root = etree.fromstring(svg)
    found = {}
    for group in root.iter("{*}g"):
        shape = group.find("{*}rect")
        if shape is not None and shape.get("class") == "label-container":
            found["".join(group.itertext())] = " ".join(
                shape.get(key) for key in ("x", "y", "width", "height")
            )
    return found


def test_a_box_stays_where_it_was_first_drawn(board: boards.Board) -> None:
    steps = [boxes(boards.draw(board, EN, minute).svg) for minute in board.minutes]
    for before, after in pairwise(steps):
        assert before.items() <= after.items()
    assert [len(step) for step in steps] == [2, 8, 12, 13]


def test_every_minute_and_language_has_the_same_place_and_width(board: boards.Board) -> None:
    drawings = [
        boards.draw(board, LANGUAGES[code], minute) for code in ("en", "zh") for minute in board.minutes
    ]
    assert len({(found.left, found.top, found.width) for found in drawings}) == 1
    assert drawings[0].width <= 1168
    assert max(found.height for found in drawings) <= 720
    # As they are shown beside the navigation of a window of 1,440 px, in a column of 1,128 px.
    assert min(found.label_size * min(1, 1128 / found.width) for found in drawings) >= 12
    assert len({found.key for found in drawings}) == 8


def test_a_minute_ends_below_what_is_drawn_lowest(board: boards.Board) -> None:
    steps = [boards.draw(board, EN, minute) for minute in board.minutes]
    for step in steps:
        lowest = max(
            float(shape.get("y")) + float(shape.get("height"))
            for shape in etree.fromstring(step.svg).iter("{*}rect")
            if shape.get("y")
        )
        assert lowest <= step.top + step.height
    assert steps[0].height < steps[-1].height


def test_what_is_new_is_marked(board: boards.Board) -> None:
    root = etree.fromstring(boards.draw(board, EN, 41).svg)
    new = [
        "".join(group.itertext())
        for group in root.iter("{*}g")
        if "new" in (group.get("class") or "").split()
    ]
    assert new == ["Drift, alerts"]
    assert len(root.xpath("//*[local-name() = 'path' and contains(@class, 'new')]")) == 3


def test_on_the_first_board_nothing_is_new_for_all_is(board: boards.Board) -> None:
    assert "new" not in boards.draw(board, EN, 8).svg.replace("New", "")


def test_what_is_new_is_said_to_those_who_cannot_see_it(board: boards.Board) -> None:
    found = boards.draw(board, EN, 41)
    assert found.title == "Fraud detection at the board, minute 41"
    assert found.description == (
        "Payments are scored online; labels come back after weeks. New since minute 36: Drift, alerts, "
        "Decision log → Drift, alerts, Drift, alerts → Train weekly: retrain, Drift, alerts → Offline store: fix data"
    )


def places(svg: str) -> dict[str, str]:
    root = etree.fromstring(svg)
    return {"".join(text.itertext()): text[0].get("x") + " " + text[0].get("y") for text in root.iter("{*}text")}


@pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
def test_labels_stay_too(language: languages.Language, board: boards.Board) -> None:
    steps = [places(boards.draw(board, language, minute).svg) for minute in board.minutes]
    for before, after in pairwise(steps):
        assert before.items() <= after.items()


def test_a_label_lies_on_no_other_arrow_and_on_no_arrow_head(board: boards.Board) -> None:
    root = etree.fromstring(boards.draw(board, EN, 41).svg)
    labels = [group.find("{*}rect") for group in root.iter("{*}g") if group.get("class") == "edgeLabel"]
    assert len(labels) == sum(bool(arrow.texts) for arrow in board.arrows)
    ways = [
        [tuple(map(float, point.split(","))) for point in path.get("d")[1:].split("L")]
        for path in root.iter("{*}path")
        if path.get("marker-end")
    ]
    for label in labels:
        left, top, width, height = (float(label.get(key)) for key in ("x", "y", "width", "height"))

        def covers(x: float, y: float, box=(left, top, left + width, top + height)) -> bool:
            return box[0] < x < box[2] and box[1] < y < box[3]

        crossed = [
            way
            for way in ways
            if any(
                covers(x1 + (x2 - x1) * n / 50, y1 + (y2 - y1) * n / 50)
                for (x1, y1), (x2, y2) in pairwise(way)
                for n in range(51)
            )
        ]
        assert len(crossed) == 1
        assert not any(covers(*way[-1]) for way in ways)


def test_a_number_stays_with_its_unit() -> None:
    found, _ = read(SMALL.replace("class: store, en: Two", 'en: "A store of exactly 100\u00a0GB and"'))
    root = etree.fromstring(boards.draw(found, EN, 20).svg)
    rows = [row.text for row in root.iter("{*}tspan") if "GB" in row.text]
    assert ["100\u00a0GB" in row for row in rows] == [True]


def test_the_lines_of_a_list_begin_at_the_left() -> None:
    found, problems = read(SMALL.replace("class: store, en: Two", 'class: list, en: "Goal: a\\nLoad: b"'))
    assert problems == []
    root = etree.fromstring(boards.draw(found, EN, 20).svg)
    (label,) = [text for text in root.iter("{*}text") if text.get("text-anchor") == "start"]
    assert [row.text for row in label] == ["Goal: a", "Load: b"]


def test_values_are_filled_in() -> None:
    found, _ = read(SMALL)
    drawn = boards.draw(found, EN, 20, lambda text: text.replace("{{ load }}", "3,000 tx/s"))
    assert drawn.texts == ("One", "Two", "3,000 tx/s")


@pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
def test_the_sample_fits(language: languages.Language, board: boards.Board) -> None:
    assert boards.problems(board, language) == []
    for minute in board.minutes:
        assert boards.draw(board, language, minute).faults == ()


def test_a_board_is_an_image_with_a_name_and_no_colour(board: boards.Board) -> None:
    drawn = boards.draw(board, ZH, 36).named("page-1")
    root = etree.fromstring(drawn.svg)
    names = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("role") == "img"
    assert names[root.get("aria-labelledby")] == drawn.title == "白板上的反欺诈，第 36 分钟"
    assert names[root.get("aria-describedby")] == drawn.description
    assert set(re.findall(r"url\(#([^)]+)\)", drawn.svg)) <= set(names)
    assert not re.search(r"#[0-9a-f]{6}|fill=|stroke=|style=", drawn.svg)
    assert {name for group in root.iter("{*}g") for name in (group.get("class") or "").split()} <= {
        *theme.styled_classes(),
    }


def test_a_board_is_drawn_in_seconds_of_a_processor(board: boards.Board) -> None:
    import time

    start = time.process_time()
    boards.draw(board, EN, 41)
    assert time.process_time() - start < 10
