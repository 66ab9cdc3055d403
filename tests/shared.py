"""What is made once for all tests, also where several workers run them side by side.

The process that starts first makes a folder and names it in the environment, which its workers inherit.
Whoever needs a thing first makes it there; the others wait for it and read it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

VARIABLE = "HANDBOOK_TESTS"


def begin() -> None:
    """Make the folder, in the process that starts first."""
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="handbook-tests-")


def end() -> None:
    """Remove the folder with all that was made."""
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


def folder() -> Path:
    """Return the folder."""
    return Path(os.environ[VARIABLE])


def once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a file or folder that is made by the first who asks for it.

    Args:
        name: Its name in the shared folder.
        make: Makes it at the path that it is given. What fails is tried again by the next one.
    """
    target = folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    done = Path(f"{target}.done")
    with Path(f"{target}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(target)
            done.touch()
    return target


def fingerprints(folder: Path) -> str:
    """Return a line for each file of a folder: its hash, and its path below it."""
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    )
