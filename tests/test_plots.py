"""Plots: declared in a numbers file, computed, drawn in each language, with a table of their values."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from handbook import blocks, plots
from handbook.numbers import Axis, cache
from handbook.writer import WriteError, Writer

NUMBERS = "data/numbers/designs/toy.yml"
PLOT = """plots:
  noise:
    en: Noise
    zh: 噪声
    describe: {en: It falls., zh: 一路下降。}
    x: {from: 10, to: 1000, scale: log, en: Rows, zh: 行数}
    y: {from: 0, to: 50, unit: "%", en: Share, zh: 占比}
    rows: [10, 1000]
    curves:
      - {formula: 1 / x, en: mean, zh: 均值}
      - {formula: 4 * rate + 0 * x, en: "four times {{ rate }}", zh: "{{ rate }} 的四倍"}
"""


@pytest.fixture()
def plotted(mini):
    mini.write(NUMBERS, mini.read(NUMBERS) + PLOT)
    mini.replace("data/units.yml", '"%":', '"1": {en: "{n}", zh: "{n}"}\n"%":', 0)
    for language in ("en", "zh"):
        mini.append(f"docs/{language}/designs/toy.md", "{{ plot: noise }}")
    mini.settle()
    return mini


def _writer(mini, language: str) -> Writer:
    book = mini.book()
    return Writer(book, book.pages[language]["designs/toy"])


def test_a_page_with_a_plot_passes_every_rule(plotted):
    assert plotted.problems() == []


def test_curves_are_computed_where_the_axis_is_divided_equally(plotted):
    plot = _writer(plotted, "en").numbers().plots["noise"]
    assert (plot.places[0], plot.places[-1]) == pytest.approx((10, 1000))
    assert plot.places[48] == pytest.approx(100)
    mean, level = plot.curves
    assert mean.values[48] == pytest.approx(1)  # 1 / 100 as a percentage
    assert mean.rows == pytest.approx((10, 0.1))
    assert level.values == pytest.approx([0.4] * 97)


def test_a_curve_may_name_a_span_of_time(plotted):
    plotted.replace(NUMBERS, "formula: 1 / x", "formula: hour / day / x")
    mean, _ = _writer(plotted, "en").numbers().plots["noise"].curves
    assert mean.values[48] == pytest.approx(1 / 24)


def test_what_is_kept_is_what_was_computed(plotted):
    first = cache.load_all(plotted.root, ("en", "zh"))["designs/toy"]
    assert (plotted.root / ".cache/numbers.json").exists()
    assert cache.load_all(plotted.root, ("en", "zh"))["designs/toy"].plots == first.plots


def test_the_block_writes_a_fence_and_a_folded_table(plotted):
    written = blocks.write(_writer(plotted, "zh"), "plot", "noise").replace("\u00a0", " ").split("\n")
    assert written[:5] == ["```plot", "noise", "噪声", "一路下降。", "```"]
    assert written[6] == '??? note "图上的数值：噪声"'
    assert written[7] == "    | 行数 | 均值 | 0.1% 的四倍 |"
    assert written[9:] == ["    | 10 | 10% | 0.40% |", "    | 1,000 | 0.10% | 0.40% |"]


def test_a_drawing_is_named_described_and_the_same_each_time(plotted):
    writer = _writer(plotted, "en")
    drawing = plots.draw(writer.numbers().plots["noise"], writer)
    assert (drawing.kind, drawing.title, drawing.description) == ("plot", "Noise", "It falls.")
    assert drawing.texts == ("mean", "four times 0.1%")
    assert drawing == plots.draw(writer.numbers().plots["noise"], writer)
    root = etree.fromstring(drawing.named("d").svg)
    labels = [" ".join(text.itertext()).replace("\u00a0", " ") for text in root.iter("{*}text")]
    assert [label for label in labels if label.isdigit() or "," in label] == ["10", "100", "1,000"]
    assert not re.search(r"#[0-9a-f]{6}|rgb", drawing.svg)  # colours are the style sheet's


def test_curves_and_names_stay_inside_the_drawing(plotted):
    writer = _writer(plotted, "en")
    drawing = plots.draw(writer.numbers().plots["noise"], writer)
    root = etree.fromstring(drawing.named("d").svg)
    for path in root.iter("{*}path"):
        for x, y in re.findall(r"([\d.]+),([\d.]+)", path.get("d")):
            assert 0 <= float(x) <= drawing.width
            assert 0 <= float(y) <= drawing.height
    middles = plots.apart([300.0, 299.0, 10.0], [18, 36, 18], (0, 300))
    assert middles == [291, 264, 10]


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (Axis({}, "1", 0, 0, 0.25, False), [0, 0.05, 0.1, 0.15, 0.2, 0.25]),
        (Axis({}, "%", -2, 0, 100, False), [0, 20, 40, 60, 80, 100]),
        (Axis({}, "1", 0, 200, 100_000, True), [1000, 10_000, 100_000]),
    ],
)
def test_ticks_are_round(axis, expected):
    assert plots.ticks(axis) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1 / x", "1 / z", "plot `noise`: unknown quantity `z`"),
        ("1 / x", "ln(x - 1000)", "plot `noise`: "),
        ("1 / x", "x < 3", "plot `noise`: `x < 3` compares and gives no number"),
        ("1 / x", "x * load", "plot `noise`: a curve comes out in tx/s"),
        ("from: 10,", "from: 0,", "the axis `x` of plot `noise` does not rise"),
        ("from: 0, to: 50", "from: 50, to: 0", "the axis `y` of plot `noise` does not rise"),
        ('unit: "%", en: Share', "unit: tx, en: Share", "plot `noise`: `tx` is no plain number"),
        ("rows: [10, 1000]", "rows: 10", "plot `noise` has no rows for its table"),
        ("scale: log", "scale: root", "plot `noise`: unknown scale `root`"),
        ("x: {from: 10, to: 1000, scale: log, en: Rows, zh: 行数}", "x: 3", "`x` is not a mapping"),
        ("rows: [10, 1000]", "rows: []", "plot `noise` has no rows for its table"),
        (", zh: 一路下降。}", "}", "plot `noise` is described in no word"),
        ("    curves:\n", "    curve:\n", "`noise` has an unknown key `curve`"),
    ],
)
def test_what_is_wrong_with_a_plot_is_said_where_it_stands(plotted, old, new, message):
    plotted.replace(NUMBERS, old, new)
    found = [str(problem) for problem in plotted.book().numbers["designs/toy"].problems]
    assert any(message in problem for problem in found), found


def test_a_plot_that_does_not_exist_is_named_with_a_guess(plotted):
    with pytest.raises(WriteError, match="unknown plot `nois`") as raised:
        blocks.write(_writer(plotted, "en"), "plot", "nois")
    assert "noise" in raised.value.hint
