"""Work in processes of its own, all of which end at once and silently when the reader interrupts."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from handbook.outputs.book.errors import BookError


def run(work: Callable[..., object], jobs: Iterable[tuple[Any, ...]], at_once: int = 2) -> None:
    """Do several jobs, each in a process.

    An interruption reaches every process of a terminal. Python would print a traceback in each; and while
    it starts no handler of ours is there yet. So the signal is blocked until then, and deadly after.

    Args:
        work: A function of a module.
        jobs: Its arguments, job by job.
        at_once: How many processes there may be.

    Raises:
        BookError: If a process was stopped from outside.
    """
    with ProcessPoolExecutor(at_once, get_context("spawn"), _mortal) as pool:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            started = [pool.submit(work, *job) for job in jobs]
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        try:
            for job in started:
                job.result()
        except BrokenProcessPool as error:
            raise BookError(
                "a process that works on the book was stopped", "is there enough memory? Try again"
            ) from error


def _mortal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
