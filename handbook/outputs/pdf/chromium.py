"""Printing and taking pictures with the Chromium that is installed, by its command line alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from handbook import browser
from handbook.outputs.book.errors import BookError

#: Seconds; a book of seven hundred pages takes half a minute, and ten times that beside other work.
PATIENCE = 900
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # A page from a file may otherwise not load its own fonts.
    "--allow-file-access-from-files",
    # Printed is what has settled: fonts loaded, nothing left to lay out, however busy the machine is.
    "--run-all-compositor-stages-before-draw",
    "--virtual-time-budget=20000",
    # The same glyph outlines whatever the machine's settings are.
    "--font-render-hinting=none",
)


_running: set[subprocess.Popen[str]] = set()
_stopped = threading.Event()


def stop() -> None:
    """Stop every print that is under way, and start no other until `ready` is called."""
    _stopped.set()
    for process in list(_running):
        _kill(process)


def ready() -> None:
    """Allow prints again."""
    _stopped.clear()


def _kill(process: subprocess.Popen[str]) -> None:
    """Stop Chromium with all its processes: the first one alone may wait for the others for ever."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        process.kill()


def executable() -> str:
    """Return Chromium: `CHROMIUM` in the environment, else the first one installed.

    Raises:
        BookError: If there is none.
    """
    found = browser.installed()
    if found is None or not shutil.which(found):
        raise BookError(
            f"CHROMIUM={found} is no program" if found else "the book needs Chromium",
            "install it (Debian: apt-get install chromium-headless-shell) or name it with CHROMIUM=…",
        )
    return found


def print_pdf(source: Path, target: Path) -> None:
    """Print an HTML file.

    Raises:
        BookError: If Chromium fails, or writes nothing.
    """
    _run(["--no-pdf-header-footer", "--export-tagged-pdf", f"--print-to-pdf={target}"], source, target)


def take_picture(source: Path, target: Path, width: int, height: int) -> None:
    """Write what an HTML file looks like in a window of some pixels, as a PNG.

    Raises:
        BookError: If Chromium fails, or writes nothing.
    """
    _run(["--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={target}"], source, target)


def _run(order: list[str], source: Path, target: Path) -> None:
    command = [executable(), *_ARGUMENTS, *order]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses to run as root with it
    with tempfile.TemporaryDirectory(prefix="handbook-chromium-", ignore_cleanup_errors=True) as profile:
        command += [f"--user-data-dir={profile}", source.resolve().as_uri()]
        # A session of its own, so that it is stopped by `stop` alone.
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        _running.add(process)
        if _stopped.is_set():
            _kill(process)
        try:
            _, said = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise BookError(f"Chromium did not finish within {PATIENCE} s") from error
        finally:
            if process.poll() is None:
                _kill(process)
                process.wait()
            _running.discard(process)
    if process.returncode or not target.exists():
        lines = [line for line in said.splitlines() if line.strip()]
        reason = f": {lines[-1].strip()[:160]}" if lines else ""
        raise BookError(f"Chromium stopped with status {process.returncode}{reason}")
