"""A page is clean UTF-8 text with Unix line ends."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"


def test_clean_text_passes(mini):
    mini.append(INDEX, "Tabs\tand “quotes” – 中文 – are no stray characters.")
    assert mini.problems("encoding") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x07b", "U+0007 in the text (remove it)"),
        ("a\x00b", "U+0000 in the text (remove it)"),
        ("a\u200bb", "U+200B in the text (remove it)"),
        ("a\u200fb", "U+200F in the text (remove it)"),
        ("a\u2028b", "U+2028 in the text (remove it)"),
        ("a\ufeffb", "U+FEFF in the text (remove it)"),
        ("a\ufffdb", "U+FFFD in the text (remove it)"),
        ("a\x0cb", "U+000C in the text (remove it)"),
        ("a\u00a0b", "U+00A0 in the text (write a space)"),
        ("a\u202fb", "U+202F in the text (write a space)"),
        ("a\u00adb", "U+00AD in the text (remove it)"),
        ("a\u202eb", "U+202E in the text (remove it)"),
        ("a\u2066b", "U+2066 in the text (remove it)"),
        ("a\u2060b", "U+2060 in the text (remove it)"),
        ("a\u2009b", "U+2009 in the text (remove it)"),
        ("a\ufe0fb", "U+FE0F in the text (remove it)"),
        ("a\ue000b", "U+E000 in the text (remove it)"),
        ("a\x85b", "U+0085 in the text (remove it)"),
        ("a\U000e0041b", "U+E0041 in the text (remove it)"),
    ],
)
def test_invisible_characters_are_reported_at_their_line(text, message, mini):
    line = mini.append(INDEX, text)
    assert mini.problems("encoding") == [f"{INDEX}:{line}: encoding: {message}"]


def test_windows_line_ends_are_reported_once(mini):
    mini.write(INDEX, mini.read(INDEX).replace("\n", "\r\n"))
    assert mini.problems("encoding") == [
        f"{INDEX}:1: encoding: a carriage return in the text (use Unix line ends)"
    ]


def test_a_byte_order_mark_is_reported(mini):
    mini.write(INDEX, "\ufeff" + mini.read(INDEX))
    assert mini.problems("encoding") == [f"{INDEX}:1: encoding: U+FEFF in the text (remove it)"]


def test_a_byte_that_is_not_utf_8_is_reported_at_its_line(mini):
    text = mini.read(INDEX).encode() + b"caf\xe9\n"
    mini.write(INDEX, text)
    line = text.count(b"\n")
    assert mini.problems("encoding") == [
        f"{INDEX}:{line}: encoding: not UTF-8: byte 0xe9 (save the file as UTF-8)"
    ]


def test_a_folder_named_like_a_page_is_reported(mini):
    (mini.root / "docs/en/folder.md").mkdir()
    assert mini.problems("encoding") == ["docs/en/folder.md:1: encoding: unreadable: Is a directory"]


def test_an_invisible_character_in_a_data_file_is_reported(mini):
    line = mini.replace("data/framework.yml", "en: Requirements", "en: Require\u200bments")
    assert mini.problems("encoding") == [
        f"data/framework.yml:{line}: encoding: U+200B in the text (remove it)"
    ]


def test_windows_line_ends_in_a_data_file_are_reported_once(mini):
    mini.write("data/units.yml", mini.read("data/units.yml").replace("\n", "\r\n"))
    assert mini.problems("encoding") == [
        "data/units.yml:1: encoding: a carriage return in the text (use Unix line ends)"
    ]
