"""Books that are made side by side: who waits, who works, and what an error leaves behind."""

from __future__ import annotations

import threading

import pytest

from handbook.outputs import pdf
from handbook.outputs.pdf import BookError


def test_what_they_wait_for_runs_side_by_side_and_all_else_in_one_thread():
    together = threading.Barrier(2, timeout=20)
    threads = []

    def book():
        for _ in range(3):
            threads.append(threading.current_thread())
            yield together.wait

    pdf.side_by_side([book(), book()])
    assert threads == [threading.current_thread()] * 6


@pytest.mark.parametrize("where", ["own work", "what it waits for"])
def test_an_error_in_one_ends_both(where):
    tidied = []

    def fail():
        raise BookError("the paper is out")

    def book(name, wait):
        try:
            yield wait
            fail()
        finally:
            tidied.append(name)

    job = fail if where == "what it waits for" else threading.Event().is_set
    with pytest.raises(BookError, match="the paper is out"):
        pdf.side_by_side([book("en", job), book("zh", job)])
    assert sorted(tidied) == ["en", "zh"]
