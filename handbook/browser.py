"""Which Chromium is used: for the book and the pictures, for official Mermaid, and by the tests."""

from __future__ import annotations

import os
import shutil

#: In the order in which they are taken. The headless shell prints and shows the same, and opens a page with a
#: sixth of the work, since it has no window of its own to draw.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Return Chromium: `CHROMIUM` in the environment, whatever that is, else the first one installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
