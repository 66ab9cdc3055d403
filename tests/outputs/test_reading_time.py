"""How long a page takes to read, in both scripts."""

from __future__ import annotations

import pytest

from handbook.outputs.reading_time import minutes
from handbook.source.pace import CHARACTERS, WORDS


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p></p>", 1),
        (f"<p>{'word ' * WORDS * 7}</p>", 7),
        (f"<p>{'字' * CHARACTERS * 7}</p>", 7),
        (f"<p>{'字' * CHARACTERS * 2}，{'token ' * WORDS * 3}</p>", 5),
        (f"<p>a</p><svg><text>{'word ' * WORDS * 7}</text></svg><pre>{'word ' * WORDS * 7}</pre>", 1),
        (f"<p class='{'word ' * WORDS * 7}'>a&nbsp;b</p>", 1),
    ],
)
def test_words_and_characters_take_their_time(page, expected):
    assert minutes(page) == expected
