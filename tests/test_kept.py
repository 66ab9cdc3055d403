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


def test_what_was_changed_since_was_never_kept(tmp_path):
    kept.write(tmp_path / "b.json", {"en": "Profile"})
    whole = (tmp_path / "b.json").read_bytes()
    assert kept.read(tmp_path / "b.json") == {"en": "Profile"}
    for place in range(len(whole)):
        (tmp_path / "b.json").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.read(tmp_path / "b.json") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "a").write_text("a file")
    kept.write(tmp_path / "a" / "b.json", 1)
    assert kept.read(tmp_path / "a" / "b.json") is None


def test_half_a_character_is_not_kept(tmp_path):
    kept.write(tmp_path / "b.json", "\ud800")
    assert kept.read(tmp_path / "b.json") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failure", [OSError("no space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("moment", ["while it is written", "while it takes its place"])
def test_what_fails_half_way_leaves_nothing(tmp_path, monkeypatch, moment, failure):
    def fail(*_: object) -> None:
        raise failure

    kept.write(tmp_path / "b.json", 1)
    if moment == "while it takes its place":
        monkeypatch.setattr(kept.os, "replace", fail)
    with pytest.raises(type(failure)), kept.draft(tmp_path / "b.json") as file:
        file.write(b"2")
        if moment == "while it is written":
            fail()
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]
    assert kept.read(tmp_path / "b.json") == 1
