"""Pages that a slow rule has nothing to say about, so that it looks at each only once.

What a page is judged by is hashed: its text and the code. The hashes of pages that passed are kept in
`.cache/`; a page that failed is looked at again. A cache that cannot be read or written costs time,
nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

FOLDER = ".cache/passed"


def key(code: str, text: str) -> str:
    """Return the hash of a page's text and of the code that judges it."""
    return hashlib.sha256(f"{code}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def code(*files: Path) -> str:
    """Return a hash of source files."""
    return hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()


def read(root: Path, rule: str) -> frozenset[str]:
    """Return the keys of the pages that passed when the rule last looked."""
    try:
        return frozenset((root / FOLDER / rule).read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return frozenset()


def write(root: Path, rule: str, keys: Iterable[str]) -> None:
    """Keep the keys of the pages that passed now; two processes may do so at once."""
    target = root / FOLDER / rule
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=target.parent, delete=False) as draft:
            draft.write("\n".join(sorted(keys)))
        os.replace(draft.name, target)
