"""Pages that a slow rule has nothing to say about, so that it looks at each only once.

What a page is judged by is hashed: its text and the code. The hashes of pages that passed are kept in
`.cache/`; a page that failed is looked at again. A cache that cannot be read or written costs time,
nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from handbook import kept

FOLDER = ".cache/passed"


def key(code: str, text: str) -> str:
    """Return the hash of a page's text and of the code that judges it."""
    return hashlib.sha256(f"{code}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def code(*files: Path) -> str:
    """Return a hash of source files."""
    return hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()


def read(root: Path, rule: str) -> frozenset[str]:
    """Return the keys of the pages that passed when the rule last looked."""
    found = kept.read(root / FOLDER / f"{rule}.json")
    return frozenset(key for key in found if isinstance(key, str)) if isinstance(found, list) else frozenset()


def write(root: Path, rule: str, keys: Iterable[str]) -> None:
    """Keep the keys of the pages that passed now."""
    kept.write(root / FOLDER / f"{rule}.json", sorted(keys))
