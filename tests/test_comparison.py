"""How a failed comparison of long files is told: in three lines, at once."""

from __future__ import annotations

import pytest

from conftest import LONG


@pytest.mark.parametrize(("same", "other"), [("x", "y"), (b"x", b"y")])
def test_two_long_files_are_told_apart_in_three_lines(same, other):
    left, right = same * LONG + same, same * LONG + other
    with pytest.raises(AssertionError) as caught:
        assert left == right
    lines = str(caught.value).splitlines()
    assert f"20,001 and 20,001 long, the same up to {LONG:,}" in lines[0] + lines[1]
    assert len(lines) < 10
    assert max(map(len, lines)) < 400
