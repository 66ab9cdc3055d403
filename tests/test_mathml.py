"""Formulas are drawn as MathML while the site is built."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from handbook import mathml

FORMULAS = [
    r"p = \frac{r\,\pi}{r\,\pi + f\,(1-\pi)}",
    r"n = \frac{(z_{1-\alpha/2} + z_{1-\beta})^2 \cdot 2\sigma^2}{\delta^2}",
    r"\sum_{i=1}^{k} \log_2(i+1)",
    r"\text{precision} \le 1 < x",
    r"\sqrt{2 \cdot C \cdot M}",
    r"\mathrm{nDCG@}k",
]


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("block", [False, True])
def test_a_formula_is_well_formed_and_readable(latex, block):
    root = etree.fromstring(mathml.render(latex, block=block).encode())
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert root.get("alttext") == latex
    assert root.get("display") == ("block" if block else "inline")
    assert "\\" not in "".join(root.itertext())


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\frac{1", r"cannot read the formula `\frac{1`"),
        (r"\frac{1}", r"cannot read the formula `\frac{1}`"),
        (r"\left( x", r"cannot read the formula `\left( x`"),
        (r"x^1^2", r"cannot read the formula `x^1^2`"),
        (r"a + \fraq{1}{2}", r"cannot read the formula `a + \fraq{1}{2}`: unknown `\fraq`"),
        (r"\undefinedthing", r"cannot read the formula `\undefinedthing`: unknown `\undefinedthing`"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(latex, message):
    with pytest.raises(mathml.MathError) as raised:
        mathml.render(latex, block=False)
    assert str(raised.value) == message


def test_quotes_and_comparisons_survive_as_alternative_text():
    root = etree.fromstring(mathml.render('a < b \\text{ "c"}', block=False).encode())
    assert root.get("alttext") == 'a < b \\text{ "c"}'


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        ("d'", '<mi>d</mi><mo lspace="0" rspace="0">&#x02032;</mo>'),
        ("d'^2", '<msup><mrow><mi>d</mi><mo lspace="0" rspace="0">&#x02032;</mo></mrow><mn>2</mn></msup>'),
        (r"\tau_{low}", "<mtext>low</mtext></msub>"),
        ("c_{FN}", "<mtext>FN</mtext></msub>"),
        ("s_{xy}", "<mrow><mi>x</mi><mi>y</mi></mrow></msub>"),
    ],
)
def test_primes_are_no_specks_and_words_below_a_symbol_are_words(latex, drawn):
    assert drawn in mathml.render(latex, block=False)


def test_the_font_that_comes_with_the_pages_can_draw_their_formulas(root, built):
    """A letter alone is set in italics, which have characters of their own."""
    font = TTFont(root / "theme/assets/math.woff")
    assert "MATH" in font
    drawn = "".join(
        "".join(etree.fromstring(formula).itertext())
        for page in built.glob("??/**/index.html")
        for formula in re.findall(r"<math.*?</math>", page.read_text(encoding="utf-8"), re.S)
    )
    wanted = {character for character in drawn if ord(character) < 0x2E80 and not character.isspace()}
    assert len(wanted) > 60
    italics = {0x1D434 + n for n in range(52)} - {0x1D455} | {0x210E}
    lacking = ({ord(character) for character in wanted} | italics) - set(font.getBestCmap())
    assert "".join(map(chr, sorted(lacking))) == "", "add them to scripts/maths-font, and run it"
