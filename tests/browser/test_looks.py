"""What `looks` gathers: it sees what is wrong, also outside of the window, and takes nothing else for wrong."""

from __future__ import annotations

import pytest

from browser import looks

pytestmark = pytest.mark.browser

LABEL = """<svg width='{width}' height='60' viewBox='0 0 {width} 60'>
  <rect width='{width}' height='60' fill='#223344'/><text x='{x}' y='35' fill='{ink}'>{words}</text></svg>"""


@pytest.fixture
def page(new_page):
    """An empty page of a window."""
    return new_page("about:blank")


def drawing(words: str, ink: str, x: int = 10, width: int = 300) -> str:
    """A diagram with one label on a dark ground."""
    drawn = LABEL.format(words=words, ink=ink, x=x, width=width)
    return f"<figure class='diagram'><div style='width: 300px; overflow: auto'>{drawn}</div></figure>"


def test_a_pale_label_is_seen_wherever_it_is(page):
    far = "<div style='height: 4000px'></div>"
    page.set_content(
        drawing("pale here", "#334455") + drawing("fine here", "#ffffff")
        + drawing("pale to the side", "#334455", 1500, 2000) + drawing("fine to the side", "#ffffff", 1500, 2000)
        + far + drawing("pale below", "#334455") + drawing("fine below", "#ffffff")
    )  # fmt: skip
    assert [words for words, _ in page.evaluate(looks.PALE, 4.5)] == ["pale here", "pale to the side", "pale below"]


def test_a_label_that_something_covers_is_seen(page):
    cover = "<div style='position: fixed; inset: 0; background: white'></div>"
    page.set_content(drawing("covered", "#ffffff") + cover)
    assert [words for words, _ in page.evaluate(looks.PALE, 4.5)] == ["covered"]


@pytest.mark.parametrize(("rule", "broken"), [("normal", ["3\u00a0亿次"]), ("keep-all", [])])
def test_a_number_whose_unit_goes_to_the_next_line_is_seen(page, rule, broken):
    page.set_content(f"<p style='width: 2.6em; word-break: {rule}'><data>3\u00a0亿次/天</data></p>")
    assert page.locator("data").evaluate_all(looks.BROKEN) == broken
