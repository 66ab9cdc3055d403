"""What the styles do to signs, tables and breaks, measured in small prints with the book's own sheets."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from book.conftest import ROOT
from handbook import mathml
from handbook.outputs.pdf import chromium, frame

pytestmark = pytest.mark.browser

#: Dots in a point of a picture.
SCALE = 4
SHEETS = Path(frame.__file__).parent
#: As the book is set, and as a page is on a screen without Material's sheet.
STYLES = {
    "book": "\n".join((SHEETS / name).read_text(encoding="utf-8") for name in frame.STYLES),
    "site": (ROOT / "theme/assets/handbook.css").read_text(encoding="utf-8").replace("1.06em", "10.6pt"),
}
FRACTION = mathml.render(r"\frac{TP}{TP+FP}", block=False)
_NAMESPACE = {"x": "http://www.w3.org/1999/xhtml"}

#: A word as it is printed: page, text, left, top, right, bottom, in points.
Word = tuple[int, str, float, float, float, float]


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Path]:
    """Print the body of a page."""

    def make(body: str, *, language: str = "en", styles: str = "book") -> Path:
        draft, target = tmp_path / "draft.html", tmp_path / "print.pdf"
        draft.write_text(
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{STYLES[styles]}</style>'
            f'<body><section class="chapter md-typeset">{body}</section>',
            encoding="utf-8",
        )
        chromium.print_pdf(draft, target)
        return target

    return make


def words(path: Path) -> list[Word]:
    """The words of a print."""
    command = ["pdftotext", "-bbox", str(path), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", said)).iterfind(".//x:page", _NAMESPACE)
    return [
        (number, word.text or "", *(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")))
        for number, page in enumerate(pages, 1)
        for word in page.iterfind("x:word", _NAMESPACE)
    ]


def picture(path: Path, page: int = 1) -> Image.Image:
    """A page in grey, without its margins."""
    command = ["pdftoppm", "-r", str(72 * SCALE), "-gray", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*command, str(path), str(path.with_suffix(""))], check=True)
    drawn = Image.open(path.with_suffix(".pgm"))
    edge = 54 * SCALE
    return drawn.crop((edge, edge, drawn.width - edge, drawn.height - edge))


def ink(drawn: Image.Image) -> list[list[bool]]:
    """Which dots are dark, row by row."""
    row = drawn.width
    dark = [shade < 210 for shade in drawn.tobytes()]
    return [dark[start : start + row] for start in range(0, len(dark), row)]


def runs(column: list[bool]) -> list[tuple[bool, int]]:
    """The lengths of dark and light, one after the other."""
    found: list[tuple[bool, int]] = []
    for dark in column:
        found = [*found[:-1], (dark, found[-1][1] + 1)] if found and found[-1][0] == dark else [*found, (dark, 1)]
    return found


@pytest.mark.parametrize("styles", STYLES)
@pytest.mark.parametrize(("latex", "least"), [(r"\sqrt{n}", 2.4), (r"\sqrt n", 2.4), (r"\sqrt{\text{MSE}}", 1.8)])
def test_the_bar_of_a_root_keeps_off_what_stands_under_it(printed, styles, latex, least):
    """Under a bar that touches it, n is read as the letter pi."""
    rows = ink(picture(printed(f"<p>{mathml.render(latex, block=False)}</p>", styles=styles)))
    columns = [runs(list(column)) for column in zip(*rows, strict=True)]
    first = min(column[0][1] for column in columns if len(column) > 1)
    # Under the bar, which is the highest line, and is drawn in less than a point.
    under = [column for column in columns if len(column) > 3 and column[0][1] == first and column[1][1] < SCALE]
    assert len(under) > 2 * SCALE
    assert min(column[2][1] for column in under) > least * SCALE


@pytest.mark.parametrize("styles", STYLES)
def test_the_bar_of_a_fraction_keeps_off_letters(printed, styles):
    rows = ink(picture(printed(f"<p>{FRACTION}</p>", styles=styles)))
    _, _, above, _, below, *_ = runs([any(row) for row in rows])
    for dark, dots in (above, below):
        assert not dark
        assert dots > 0.8 * SCALE


TABLE = """<table class="data columns-3"><thead><tr><th>Metric</th><th>Formula</th><th>Use it when</th></tr></thead>
<tbody>{}</tbody></table>"""


def test_a_fraction_keeps_off_the_rules_of_its_row(printed):
    rows = ink(picture(printed(TABLE.format(f"<tr><td></td><td>{FRACTION}</td><td></td></tr>" * 2))))
    width = len(rows[0])
    ruled = [sum(row) > 0.6 * width for row in rows]
    # From the second rule to the third: the first row.
    _, second, third = [number for number, dark in enumerate(ruled) if dark and not ruled[number - 1]][:3]
    above, *_, below = runs([any(row) for row in rows[second + SCALE : third]])
    assert not above[0] and above[1] > 2.4 * SCALE
    assert not below[0] and below[1] > 2.4 * SCALE


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("family", ["serif", "sans"])
def test_marks_and_roots_are_as_wide_as_they_look(printed, language, family):
    """In a Chinese font they are as wide as a character, with a gap on both sides."""
    body = (
        f'<p style="font-family: var(--{family})">at <data class="assumed">30%</data>, <data class="sourced">4</data>. '
        "&radic;(100) <b>&radic;(7)</b></p>"
    )
    found = words(printed(body, language=language))
    edges = {round(word[2], 1) for word in found}
    signs = [word for word in found if word[1] in "†§√"]
    assert len(signs) == 4
    for _, _, left, _, right, _ in signs:
        assert right - left < 6
        assert any(abs(right - edge) < 0.3 for edge in edges)  # where the next sign begins


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Spread between rings of their frauds that passed, over the mean"), ("zh", "一个数据中心里所有机器在高峰时段的利用率之间的差距")],
)
def test_a_long_derivation_leaves_the_names_their_room(printed, language, name):
    long = " + ".join(f"{number} × (1 − 0.{number}%)" for number in range(11, 99))
    head = '<tr><th scope="col">A</th><th class="right" scope="col">B</th><th scope="col">C</th></tr>'
    row = '<tr><td>{}</td><td class="right">400 B per payment</td><td>{}</td></tr>'
    body = f'<table class="data columns-3"><thead>{head}</thead>{row.format(name, "assumption")}{row.format("x", long)}</table>'
    found = words(printed(body, language=language))
    (stop,) = [place for place, word in enumerate(found) if word[1] == "x"]
    left = found[0][2]
    assert len({round(word[3]) for word in found[:stop] if word[2] < left + 160 and word[1] not in "ABC"}) <= 2


def test_a_table_that_goes_on_begins_with_one_rule(printed):
    rows = "".join(f"<tr><td>{number}</td><td>{number}</td></tr>" for number in range(90))
    table = f'<table class="data"><thead><tr><th>Much</th><th>More</th></tr></thead><tbody>{rows}</tbody></table>'
    path = printed(f'<div class="note unfolded"><p class="admonition-title">Derivation</p>{table}</div>')
    lines = ink(picture(path, 2))
    width = len(lines[0])
    ruled = [sum(row) > 0.9 * width for row in lines]
    head = next(number for number, row in enumerate(lines) if any(row) and sum(row) < 0.5 * width)
    assert sum(dark for dark, _ in runs(ruled[:head])) == 1


#: What a heading and the paragraph under it stay with.
FOLLOWING = {
    "a table": "<table class='data'><tbody><tr><td>end</td></tr></tbody></table>",
    "a box": "<div class='admonition'><p>end</p><p>x</p></div>",
    "a part of a plan": "<div class='plan'><p>Lead</p><div class='plan-part'><table class='data'><tbody><tr><td>end</td></tr></tbody></table></div></div>",
    "a smaller heading": "<h3>Less</h3><p>end</p>",
    "a drawing beside no text": "<div class='diagram'><p>end</p></div><table></table>",
    "its answer": "<blockquote><p>Question?</p></blockquote><div class='unfolded'><p class='admonition-title'>Answer</p><p>end</p></div>",
}


@pytest.mark.parametrize("following", FOLLOWING)
def test_a_heading_is_not_alone_with_a_sentence_at_a_foot(printed, following):
    """Whatever room is left."""
    ends = "<div class='room' style='{}'>{}<h2 class='h2'>Title</h2><p>One sentence.</p>{}</div>"
    body = "".join(
        ends.format("break-before: page", f"<div style='height: {room}mm'></div>", FOLLOWING[following])
        for room in range(160, 262, 6)
    )
    found = words(printed(body))
    pages = {name: [word[0] for word in found if word[1] == name] for name in ("Title", "sentence.", "end")}
    assert len(pages["Title"]) == len(pages["end"]) == 17
    assert pages["Title"] == pages["sentence."] == pages["end"]
