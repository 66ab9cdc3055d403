"""The Makefile: what is given on the command line is handed on as it was typed, and never executed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What `make test` gives to pytest.
PARALLEL = ["-n", "auto", "--dist", "worksteal"]
#: Each would write a file named `x` if make or a shell read it.
EXECUTED = ["`touch x`", "$(touch x)", "$(shell touch x)", "${shell touch x}", '"; touch x; "', "'; touch x; '"]


@pytest.fixture
def make(tmp_path):
    """Run make in a folder whose handbook prints its arguments; return exit code and lines."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "mkdocs.zh.yml").touch()
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/run", tmp_path / "scripts")
    for name in ("install", "browser"):
        (tmp_path / "scripts" / name).write_text("#!/bin/sh\n")
        (tmp_path / "scripts" / name).chmod(0o755)
    for module in ("handbook", "pytest"):
        (tmp_path / f"{module}.py").write_text("import os, sys\nprint(*sys.argv[1:], os.environ['PORT'], sep='\\n')\n")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)

    def run(*arguments: str) -> tuple[int, list[str]]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            ["make", *arguments], cwd=tmp_path, env=kept, capture_output=True, text=True, check=False
        )
        assert not (tmp_path / "x").exists()
        return done.returncode, (done.stdout or done.stderr).splitlines()

    return run


@pytest.mark.parametrize("given", [*EXECUTED, "answer.md", "my answer.md", "a$b.md", "回答.md", "-x", "a#b", "100%"])
@pytest.mark.parametrize(("target", "name"), [("review", "FILE"), ("translated", "PAGE")])
def test_a_file_is_handed_on_as_it_was_typed(make, target, name, given):
    assert make(target, f"{name}={given}") == (0, [target, "--", given, ""])


@pytest.mark.parametrize("given", EXECUTED)
@pytest.mark.parametrize("name", ["ARGS", "PORT", "PYTHON", "LANG"])
def test_nothing_that_is_given_is_executed(make, name, given):
    make("serve", f"{name}={given}")


def test_arguments_are_split_as_a_shell_splits_them(make):
    assert make("test", "ARGS=-x -k 'a or b' \"c d\" *")[1] == [*PARALLEL, "-x", "-k", "a or b", "c d", "*", ""]


def test_arguments_that_cannot_be_split_are_one_sentence(make):
    code, lines = make("test", "ARGS=-k 'a")
    assert code == 2
    assert lines[0] == "ARGS cannot be split into words: No closing quotation"


@pytest.mark.parametrize(("given", "config"), [([], "mkdocs.yml"), (["LANG=zh"], "mkdocs.zh.yml"), (["LANG=en_GB.UTF-8"], "mkdocs.yml")])
def test_a_preview_has_a_language_and_a_port(make, given, config):
    assert make("serve", "PORT=8001", *given) == (0, ["serve", config, "8001"])


def test_two_goals_run_one_after_the_other(make):
    assert make("-j4", "check", "offline")[1] == ["check", "", "offline", ""]


def test_help_names_every_command():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = [line for line in text.replace("\\\n", " ").splitlines() if line.startswith(".PHONY:")]
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert sorted(listed) == sorted(set(phony.split()[1:]) - {"environment", "test-environment"})
