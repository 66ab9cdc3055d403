"""Results that are kept in `.cache/`: JSON that is read if it is whole, and written in one step.

A result that cannot be read or kept costs time, nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


def read(path: Path) -> Any:
    """Return what was kept; None where nothing was, or where a full disk has cut it short."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write(path: Path, data: Any) -> None:
    """Keep a result: beside its place first, since two processes may do so at once."""
    with contextlib.suppress(OSError, UnicodeError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".tmp", delete=False
        ) as draft:
            json.dump(data, draft, ensure_ascii=False)
        os.replace(draft.name, path)
