"""The same sources give the same bytes, whatever the clock, the time zone and the caches say."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from handbook.outputs import site

pytestmark = pytest.mark.slow


def _fingerprints(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_two_builds_are_byte_identical(root, tmp_path, monkeypatch):
    assert site.build(root, tmp_path / "first") == []
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("DIAGRAM_CACHE", str(tmp_path / "empty-cache"))
    time.tzset()
    assert site.build(root, tmp_path / "second") == []
    first, second = _fingerprints(tmp_path / "first"), _fingerprints(tmp_path / "second")
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert len(first) > 50
