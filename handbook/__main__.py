"""`python -m handbook`: a command that is told to stop cleans up first."""

import signal
import sys
from types import FrameType

from handbook.cli import main


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough
    sys.exit(128 + number)


if __name__ == "__main__":
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows knows only one of them
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # `nohup make pdf` goes on
            signal.signal(number, _stop)
    sys.exit(main())
