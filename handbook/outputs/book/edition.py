"""Which edition of the handbook this is: the date of its last change and a hash of its content."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handbook.outputs import environment
from handbook.source import history

#: What a reader reads is made from these.
CONTENT = ("docs", "references", "data", "mkdocs.yml", "mkdocs.zh.yml")
#: Beside it, what decides how it looks.
MACHINERY = ("handbook", "hooks", "theme", "web", "requirements.txt", "LICENSE-TEXT")
_IGNORED = {"__pycache__"}


@dataclass(frozen=True)
class Edition:
    """An edition of the handbook.

    Attributes:
        hash: First digits of the SHA-256 of everything that a reader reads.
        epoch: Seconds since 1970 of the commit that changed any of it last.
    """

    hash: str
    epoch: int

    @property
    def moment(self) -> datetime:
        """The date of the edition, in UTC."""
        return datetime.fromtimestamp(self.epoch, UTC)

    @property
    def date(self) -> str:
        """The date as 2026-11-21."""
        return self.moment.strftime("%Y-%m-%d")

    @property
    def name(self) -> str:
        """Date and hash, as printed on the cover and beside every link."""
        return f"{self.date} · {self.hash}"


def of(root: Path, otherwise: int) -> Edition:
    """Return the edition of the sources below `root`.

    Args:
        root: The repository.
        otherwise: The date where there is no history to ask.
    """
    return Edition(digest(root, CONTENT)[:8], _changed(root, otherwise))


def doubts(root: Path, edition: Edition) -> Iterator[str]:
    """Yield what nobody can tell of the dates of a build, a sentence each."""
    why = history.gap(root)
    if why:
        yield f"pages have no dates: {why}"
    if environment.read(os.environ).epoch:
        return
    if not history.last_commit(root, *CONTENT):
        yield f"the edition is dated {edition.date}: there is no commit, and SOURCE_DATE_EPOCH is not set"
    elif why:
        told = "the day of the only commit, whatever that changed, since SOURCE_DATE_EPOCH is not set"
        yield f"the edition is dated {edition.date}, {told}"


def licence(root: Path) -> dict[str, str]:
    """Return the licence's name and address from the repository's licence file."""
    try:
        text = (root / "LICENSE-TEXT").read_text(encoding="utf-8")
    except OSError:
        return {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    address = re.search(r"https://creativecommons\.org/\S+", text)
    url = address[0].removesuffix("legalcode") if address else ""
    return {"name": text.strip().splitlines()[0].strip(), "url": url}


def files(root: Path) -> list[Path]:
    """Return the files that a reader's text comes from."""
    return list(_files(root, CONTENT))


def digest(root: Path, names: tuple[str, ...]) -> str:
    """Return a hash of files and folders: of what they are called and of what is in them."""
    total = hashlib.sha256()
    for path in _files(root, names):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(root: Path, names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        path = root / name
        if path.is_file():
            yield path
        for file in sorted(path.rglob("*")):
            if file.is_file() and not _IGNORED & set(file.parts):
                yield file


def _changed(root: Path, otherwise: int) -> int:
    return environment.read(os.environ).epoch or history.last_commit(root, *CONTENT) or otherwise
