"""Results that are kept in `.cache/`: JSON that is read if it is whole, and written in one step.

The first line of a file is the SHA-256 of the rest: with one letter changed, JSON may still be JSON. A
result that cannot be read or kept costs time, nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any


def read(path: Path) -> Any:
    """Return what was kept; None where nothing was, or where it is not what was written."""
    try:
        promised, _, text = path.read_bytes().partition(b"\n")
        return json.loads(text) if promised == _fingerprint(text) else None
    except (OSError, ValueError):
        return None


def write(path: Path, data: Any) -> None:
    """Keep a result: beside its place first, since two processes may do so at once."""
    with contextlib.suppress(OSError, UnicodeError), draft(path) as file:
        text = json.dumps(data, ensure_ascii=False).encode()
        file.write(_fingerprint(text) + b"\n" + text)


def _fingerprint(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()


@contextlib.contextmanager
def draft(path: Path) -> Iterator[IO[bytes]]:
    """Give a file beside a place; it takes the place when it is whole, and goes if anything goes wrong.

    Raises:
        OSError: If it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.replace(name, path)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)
