"""The pages as a reader sees them: nothing beyond the margins, nothing nearly empty, nothing tiny."""

from __future__ import annotations

import re
import subprocess
from xml.etree import ElementTree

import pytest
from PIL import Image

from book.conftest import ROOT
from handbook import languages
from handbook.compiled import Figure
from handbook.diagrams import Drawing
from handbook.outputs.pdf import figures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Points: smaller margins than this are cut off by many printers.
MARGIN = 30
SMALLEST = 7.0
#: Characters of a page, below which it has to have a drawing.
FEW = 60
LANGUAGES = languages.load(ROOT)
_NAMESPACE = {"x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def boxes(finished):
    """Size and words of each page: text, left, top, right, bottom, in points."""
    command = ["pdftotext", "-bbox", str(finished.path), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", said)
    found = []
    for page in ElementTree.fromstring(said).iterfind(".//x:page", _NAMESPACE):
        words = [
            (word.text or "", *(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")))
            for word in page.iterfind("x:word", _NAMESPACE)
        ]
        found.append((float(page.get("width")), float(page.get("height")), words))
    return found


@pytest.fixture(scope="module")
def pictures(finished, tmp_path_factory):
    """Each page in grey, 36 dots an inch: half a point is half a pixel."""
    folder = tmp_path_factory.mktemp(finished.language)
    subprocess.run(["pdftoppm", "-r", "36", "-gray", str(finished.path), str(folder / "page")], check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.iterdir())]


def test_pages_are_a4(boxes):
    for width, height, _ in boxes:
        assert sorted((round(width), round(height))) == [595, 842]


def test_no_word_is_beyond_the_margins(boxes):
    beyond = [
        (number, word)
        for number, (width, height, words) in enumerate(boxes, 1)
        for word, left, top, right, bottom in words
        if left < MARGIN or right > width - MARGIN or top < MARGIN or bottom > height - MARGIN / 2
    ]
    assert not beyond


def test_nothing_is_painted_beyond_the_margins(pictures):
    painted = []
    for number, picture in enumerate(pictures[1:], 2):  # the cover is painted to its edges
        edge = round(MARGIN / 2)
        inside = (edge, edge, picture.width - edge, picture.height - edge)
        outside = picture.copy()
        outside.paste(255, inside)
        if outside.getextrema()[0] < 250:
            painted.append(number)
    assert not painted


def test_no_page_is_nearly_empty(finished, pictures):
    parts = {page for anchor, page in finished.anchors.items() if re.fullmatch(r"part-\d+", anchor)}
    empty = []
    for number, (text, picture) in enumerate(zip(finished.pages, pictures, strict=True), 1):
        body = picture.crop((20, 28, picture.width - 20, picture.height - 30))
        dark = sum(count for shade, count in enumerate(body.histogram()) if shade < 200)
        if number not in parts and len(text) < FEW and dark < 2000:
            empty.append((number, text))
    assert not empty


def test_no_text_is_smaller_than_it_may_be(finished):
    """Read from the page itself: font size times every scale around it."""
    import pikepdf

    small = {}
    for number, page in enumerate(finished.pdf.pages, 1):
        scale, stack, size = 1.0, [], 0.0
        base = None
        for operands, operator in pikepdf.parse_content_stream(page, "q Q cm Tf Tm Tj TJ"):
            name = str(operator)
            if name == "q":
                stack.append(scale)
            elif name == "Q":
                scale = stack.pop() if stack else 1.0
            elif name == "cm":
                scale *= (
                    abs(float(operands[0]) * float(operands[3]) - float(operands[1]) * float(operands[2]))
                    ** 0.5
                )
            elif name == "Tf":
                size = float(operands[1])
            elif name == "Tm":
                base = (
                    abs(float(operands[0]) * float(operands[3]) - float(operands[1]) * float(operands[2]))
                    ** 0.5
                )
            elif name in ("Tj", "TJ"):
                points = size * (base or 1.0) * scale
                if points < 5.5:  # superscripts are smaller than text, diagrams must not be
                    small[number] = min(points, small.get(number, 99.0))
    assert not small


def drawn(svg, width, height, kind="flowchart", label=16, spans=()):
    """A drawing as the engine hands it over."""
    return Figure("f", Drawing("", kind, "T", "D.", 0, 0, width, height, label, spans, (), (), svg))


def check_drawing(figure, language):
    label, drawing = figure.drawing.label_size, figures.fit(figure, LANGUAGES[language])
    for part in drawing.parts:
        box = [float(number) for number in part.get("viewBox").split()]
        scale = float(part.get("width")) / box[2]
        room = figures.SIDEWAYS if drawing.sideways else figures.UPRIGHT
        assert label * scale * 0.75 >= SMALLEST
        assert box[2] * scale <= room[0] + 1
        assert box[3] * scale <= room[1] + 1


@pytest.mark.parametrize("size", [(300, 300), (900, 400), (642, 1400), (1250, 500), (500, 4000)])
@pytest.mark.parametrize(("kind", "label"), [("flowchart", 16), ("gantt", 14)])
def test_a_diagram_of_any_size_can_be_read(size, kind, label):
    width, height = size
    opening = f'class="dg dg-{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {opening}><title>T</title><desc>D.</desc></svg>'
    check_drawing(drawn(svg, width, height, kind, label), "en")


def test_every_diagram_of_the_handbook_can_be_read(finished):
    found = [figure for page in finished.compiled.values() for figure in page.figures]
    assert found
    for figure in found:
        check_drawing(figure, finished.language)


def test_a_tall_diagram_is_cut_between_its_boxes():
    boxes = "".join(
        f'<g transform="translate(100, {y})"><rect x="-50" y="-20" width="100" height="40"/></g>'
        for y in range(60, 4000, 100)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dg dg-flowchart" viewBox="0 0 500 4000" width="500" '
        f'height="4000"><title>T</title><desc>D.</desc>{boxes}</svg>'
    )
    spans = tuple((y - 26, y + 26) for y in range(60, 4000, 100))
    drawing = figures.fit(drawn(svg, 500, 4000, spans=spans), LANGUAGES["en"])
    assert len(drawing.parts) > 2
    tops = [float(part.get("viewBox").split()[1]) for part in drawing.parts]
    for top in tops[1:]:
        assert all(abs(top - y) > 20 for y in range(60, 4000, 100))
