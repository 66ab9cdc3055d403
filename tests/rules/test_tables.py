"""Every row of a table has as many cells as its head."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"


def test_even_tables_pass(mini):
    mini.append(INDEX, "| a | b |\n|---|---|\n| 1 | |\n| `x|y` | {{ toy:load | bare }} |\n| a\\|b | 2 |")
    assert mini.problems("tables") == []


@pytest.mark.parametrize(("row", "cells"), [("| 1 |", 1), ("| 1 | 2 | 3 |", 3), ("| 1 | 2", 2)])
def test_a_row_of_another_length_is_reported_at_its_line(row, cells, mini):
    line = mini.append(INDEX, f"| a | b |\n|---|---|\n| 1 | 2 |\n{row}")
    expected = [
        f"{INDEX}:{line + 3}: tables: the row has {cells} cells, the head has 2 (write `\\|` for a bar inside a cell)"
    ]
    assert mini.problems("tables") == (expected if cells != 2 else [])
