"""The same sources give the same bytes, whatever the folder, the time zone and the caches say."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared import fingerprints

pytestmark = pytest.mark.slow


def test_two_builds_in_two_folders_are_byte_identical(built: Path, elsewhere: Path) -> None:
    first, second = fingerprints(built).splitlines(), (elsewhere / "site.sha256").read_text().splitlines()
    assert sorted(set(first) ^ set(second)) == []
    assert len(first) > 100
