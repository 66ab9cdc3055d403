"""Results that are kept: whole, or as if they had never been."""

from __future__ import annotations

import pytest

from handbook import kept


def test_what_was_kept_is_read(tmp_path):
    kept.write(tmp_path / "a" / "b.json", {"词": [1, 2.5, None]})
    assert kept.read(tmp_path / "a" / "b.json") == {"词": [1, 2.5, None]}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]


@pytest.mark.parametrize("content", [b"", b'{"a": [1', b"\xff\xfe"])
def test_what_is_cut_short_was_never_kept(tmp_path, content):
    (tmp_path / "b.json").write_bytes(content)
    assert kept.read(tmp_path / "b.json") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "a").write_text("a file")
    kept.write(tmp_path / "a" / "b.json", 1)
    assert kept.read(tmp_path / "a" / "b.json") is None


def test_half_a_character_is_not_kept(tmp_path):
    kept.write(tmp_path / "b.json", "\ud800")
    assert kept.read(tmp_path / "b.json") is None
