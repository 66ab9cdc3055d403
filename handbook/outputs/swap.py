"""A finished site takes the place of the earlier one, whatever happens in that instant.

A build works in a folder of its own beside the site, `.site-…`, and holds a lock on it. Where the system
can, the two folders are exchanged in one step; else the earlier site steps aside into the working folder
and comes back if anything goes wrong. A build that was killed leaves its folder, unlocked; the next build
puts back the site if it is in there, and removes the rest.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows; there nobody looks for what a killed build left
    fcntl = None  # type: ignore[assignment]

#: Names within a working folder: the site that is being made, and the one whose place it takes.
NEW, EARLIER = "new", "earlier"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextlib.contextmanager
def workplace(site: Path) -> Iterator[Path]:
    """Give a working folder beside a site, and remove it in the end, also after Ctrl-C.

    Raises:
        OSError: If nothing can be written there.
    """
    # Named before it is made: whatever interrupts us, we know what to remove.
    folder = site.parent / f".{site.name}-{secrets.token_hex(8)}"
    with contextlib.ExitStack() as lock:
        try:
            with _lock(site.parent, wait=True):
                for leftover in sorted(site.parent.glob(f".{site.name}-*")):
                    with _lock(leftover, wait=False) as free:
                        if free:
                            _remove(leftover, site)
                folder.mkdir(mode=0o700)
                lock.enter_context(_lock(folder, wait=False))
            yield folder
        finally:
            _remove(folder, site)


def publish(folder: Path, site: Path) -> None:
    """Put `folder/new` in the place of a site; on any failure the site is what it was.

    Raises:
        OSError: If it cannot be done.
    """
    new, earlier = folder / NEW, folder / EARLIER
    if not os.path.lexists(site):
        new.rename(site)
    elif not _exchange(new, site):
        try:
            site.rename(earlier)
            new.rename(site)
        except BaseException:
            _restore(folder, site)
            raise


def _restore(folder: Path, site: Path) -> None:
    """Bring back the site that stepped aside, if nothing has its place."""
    if os.path.lexists(folder / EARLIER) and not os.path.lexists(site):
        (folder / EARLIER).rename(site)


def _remove(folder: Path, site: Path) -> None:
    """Remove a working folder, but never the only site there is."""
    _restore(folder, site)
    with contextlib.suppress(OSError):
        # Half removed it must not come back as a site.
        (folder / EARLIER).rename(folder / "removed")
    shutil.rmtree(folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return whether the system could."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0


@contextlib.contextmanager
def _lock(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Lock a folder as long as this process lives; give whether it is ours.

    A file system without locks gives no: then every build leaves alone what others left.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        try:
            if fcntl is None:
                raise OSError
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
