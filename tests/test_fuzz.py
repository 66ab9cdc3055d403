"""A short run of tests/fuzz.py: broken pages, data files and answers end in problems, never in tracebacks."""

from __future__ import annotations

import itertools
import random
import time

import pytest

import fuzz
from handbook.diagrams import text

pytestmark = pytest.mark.slow


def test_broken_inputs_are_dealt_with():
    tried, failures = fuzz.run(7, iter(range(60)), time.monotonic() + 300)
    assert failures == []
    assert sum(tried.values()) == 60
    assert {"page", "data", "answer"} <= set(tried)


def test_an_input_is_decided_by_its_number():
    texts = [fuzz.mutated("a: 1\n\n- b\n", random.Random("1:5")) for _ in range(2)]
    assert texts[0] == texts[1]
    assert len({fuzz.mutated("a: 1\n\n- b\n" * 20, random.Random(f"1:{n}")) for n in range(20)}) > 15


def test_an_exception_a_hang_and_a_death_are_failures(monkeypatch):
    class Broken:
        """Stands for a child process: an exception, a hang, a death, and again."""

        said = itertools.cycle([("", "ValueError: x"), ("", "a hang: longer than 10 s of work"), ("", "the process died with -11")])
        connection = process = property(lambda self: self)

        def __init__(self, seed: int) -> None: ...
        def send(self, number: int) -> None: ...
        def stop(self) -> None: ...
        def is_alive(self) -> bool:
            return True

        def answer(self) -> tuple[str, str]:
            return next(self.said)

    monkeypatch.setattr(fuzz, "_Worker", Broken)
    _, failures = fuzz.run(1, iter(range(3)), time.monotonic() + 60)
    assert [failure.reason.split(":")[0] for failure in failures] == [
        "ValueError",
        "a hang",
        "the process died with -11",
    ]


# ---- what long runs found ----------------------------------------------------------------------


def test_a_label_of_thousands_of_letters_is_wrapped_at_once():
    started = time.process_time()
    lines = text.wrap("a" * 4_000, 14, 100)
    assert time.process_time() - started < 10
    assert "".join(lines) == "a" * 4_000
    assert all(text.width(line, 14) <= 100 for line in lines)


def test_half_a_character_in_a_label_is_no_exception(mini):
    mini.replace("data/numbers/designs/toy.yml", "en: Load, zh: 负载, source", 'en: "\\ud800", zh: 负载, source')
    mini.problems()


def test_what_xml_cannot_have_is_left_out_of_a_drawing(mini):
    line = mini.replace("docs/en/designs/toy.md", "accDescr: From", "accDescr: \0From")
    mini.settle()
    assert mini.problems() == [f"docs/en/designs/toy.md:{line}: encoding: U+0000 in the text (remove it)"]


def test_a_culprit_of_two_lines_is_told_on_one(mini):
    mini.append("docs/zh/index.md", "看[玩具](designs\n/toy.md#data)。")
    line = mini.replace("data/numbers/designs/toy.yml", "unit: ms,", 'unit: "a\\nb",')
    problems = mini.problems()
    assert f"data/numbers/designs/toy.yml:{line}: numbers: `sla`: unknown unit `a b`" in problems
    assert not [problem for problem in problems if "\n" in problem]


def test_a_power_that_no_number_has_is_a_problem(mini):
    line = mini.replace("data/languages/zh.yml", "scaled_from: ", "scaled_from: 999")
    [problem] = [each for each in mini.problems() if "999" in each or "more than 30" in each]
    assert problem.startswith(f"data/languages/zh.yml:{line}: languages: ")


def test_a_link_longer_than_any_name_of_a_file_is_a_problem(mini):
    line = mini.append("docs/en/index.md", f"A [link](designs/{'a' * 3_000}).")
    assert [problem for problem in mini.problems("links") if f"index.md:{line}: links: " in problem]
