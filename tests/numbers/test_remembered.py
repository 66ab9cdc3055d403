"""A model is run again only if its code or what it is given has changed."""

from __future__ import annotations

import pytest

from handbook.models import binormal
from handbook.numbers import remembered
from handbook.numbers.remembered import Memory

GIVEN = binormal.Inputs(0.001, 2.5, (0.02, 0.5))


@pytest.fixture
def runs(monkeypatch):
    """What a model was run on."""
    seen, run = [], binormal.run
    monkeypatch.setattr(binormal, "run", lambda given: seen.append(given) or run(given))
    return seen


def remember(root, *given):
    memory = Memory(root)
    found = [memory.ask(binormal, each) for each in given]
    memory.keep()
    return found


def test_what_is_remembered_is_what_a_run_gives_to_the_last_bit(tmp_path, runs):
    first, again = remember(tmp_path, GIVEN), remember(tmp_path, GIVEN)
    assert again == first == [binormal.run(GIVEN)]
    assert runs == [GIVEN, GIVEN], "once, and once by this test"


def test_another_input_is_run_and_alone(tmp_path, runs):
    other = binormal.Inputs(0.001, 2.6, (0.02, 0.5))
    remember(tmp_path, GIVEN)
    assert remember(tmp_path, GIVEN, other)[1] != remember(tmp_path, GIVEN)[0]
    assert runs == [GIVEN, other]


def test_only_what_was_asked_last_is_kept(tmp_path, runs):
    other = binormal.Inputs(0.002, 2.5, (0.02, 0.5))
    for given in (GIVEN, other, GIVEN):
        remember(tmp_path, given)
    assert runs == [GIVEN, other, GIVEN]


def test_a_memory_that_cannot_be_read_is_written_anew(tmp_path, runs):
    remember(tmp_path, GIVEN)
    (tmp_path / ".cache/runs.json").write_text("{", encoding="utf-8")
    remember(tmp_path, GIVEN)
    remember(tmp_path, GIVEN)
    assert runs == [GIVEN, GIVEN]


@pytest.mark.parametrize("changed", ["models/chosen.py", "models/base.py", "numbers/tool.py", "models/far.py"])
def test_code_that_a_model_imports_counts_as_its_own(tmp_path, monkeypatch, changed):
    modules = {
        "models/chosen.py": "from handbook.models import base\nfrom handbook.numbers.tool import solve\n",
        "models/base.py": "from handbook.models.far import (\n    LIMIT as most,\n)\n",
        "models/far.py": "",
        "models/other.py": "",
        "numbers/tool.py": "",
    }
    monkeypatch.setattr(remembered, "_FOLDER", tmp_path)
    for name, text in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    def code():
        remembered.code.cache_clear()
        return remembered.code("handbook.models.chosen")

    before = code()
    (tmp_path / "models/other.py").write_text("x = 1\n", encoding="utf-8")
    assert code() == before
    (tmp_path / changed).write_text(modules[changed] + "x = 1\n", encoding="utf-8")
    assert code() != before
    remembered.code.cache_clear()
