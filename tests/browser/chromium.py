"""The system's Chromium, started so that it asks the network for nothing.

Now and then, on a busy machine, Chromium does not answer any more, and Playwright waits for ever: most of
its calls know no limit. So a browser that keeps a test waiting is killed and the next one started; the
call ends in `TargetClosedError`, and such a test, and no other, is run once more (`pyproject.toml`).
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserType

#: Seconds that a test may wait for Chromium.
PATIENCE = 180
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Chromium:
    """A Playwright browser that is started when it is needed, and again after its end."""

    def __init__(self, kind: BrowserType, path: str) -> None:
        self._kind = kind
        self._path = path
        self._browser: Browser | None = None
        self._process = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.started(), name)

    def started(self) -> Browser:
        """Return a browser that runs."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._kind.launch(executable_path=self._path, args=list(ARGUMENTS))
            session = self._browser.new_browser_cdp_session()
            processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
            session.detach()
            (self._process,) = (process["id"] for process in processes if process["type"] == "browser")
        return self._browser

    @contextmanager
    def patience(self, seconds: float = PATIENCE) -> Iterator[None]:
        """Kill the browser if what is done meanwhile takes longer."""
        timer = threading.Timer(seconds, self._kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill(self) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

    def end(self) -> None:
        """Close the browser, if it ever began."""
        if self._browser is not None:
            self._browser.close()
