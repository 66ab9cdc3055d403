"""Every formula can be drawn."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"


def test_formulas_that_can_be_drawn_pass(mini):
    mini.append(
        INDEX,
        r"So \(a < b\) and \(\frac{1}{2}\); `\(kept` as code." + "\n\n\\[\n\\sum_{i=1}^k x_i \\\\ y\n\\]",
    )
    assert mini.problems("formulas") == []


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        (r"So \(\frac{1\).", 0, r"cannot read the formula `\frac{1`"),
        (r"So \(\fraq{1}{2}\).", 0, r"cannot read the formula `\fraq{1}{2}`: unknown `\fraq`"),
        ("text\n\n\\[\nx^1^2\n\\]", 2, "cannot read the formula `x^1^2`"),
        (r"So \(x is open.", 0, r"`\(` has no counterpart"),
        (r"So x\) is open.", 0, r"`\)` has no counterpart"),
        ("text\n\n\\[\nx^2\n", 2, r"`\[` has no counterpart"),
    ],
)
def test_a_formula_that_cannot_be_drawn_is_reported_where_it_begins(text, offset, message, mini):
    line = mini.append(INDEX, text) + offset
    assert mini.problems("formulas") == [f"{INDEX}:{line}: formulas: {message}"]
