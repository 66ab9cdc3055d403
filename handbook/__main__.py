"""`python -m handbook`: a command that is told to stop cleans up first."""

import signal
import sys
from types import FrameType

from handbook.cli import main


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough
    sys.exit(128 + number)


if __name__ == "__main__":
    for name in ("SIGTERM", "SIGHUP"):  # Windows knows only one of them
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    sys.exit(main())
