"""A command that is told to stop leaves nothing behind: no folder, no process, no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def descendants(mark: str) -> list[int]:
    """Return the processes that have a mark in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes() and "\nState:\tZ" not in (folder / "status").read_text():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def heed() -> None:
    """Let signals work as in a terminal: who runs the tests in the background has some of them ignored."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs a terminal's signals")
def test_a_command_goes_on_where_its_caller_ignores_the_end_of_the_terminal():
    said = subprocess.run(
        [sys.executable, "-c", "import os, runpy, signal\n"
         "from handbook import cli\n"
         "cli.main = lambda: os.kill(os.getpid(), signal.SIGHUP) or print('went on')\n"
         "runpy.run_module('handbook', run_name='__main__')"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (0, "went on\n")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
@pytest.mark.parametrize("moment", ["the folder is there", "MkDocs runs", "MkDocs builds"])
def test_a_build_that_is_stopped_leaves_nothing_behind(moment, number, code, mini, tmp_path):
    mark = f"HANDBOOK_TEST={tmp_path}"
    (mini.root / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nwatch: []\n")
    for name in ("theme", "hooks"):
        (mini.root / name).symlink_to(ROOT / name)
    (mini.root / "site").mkdir()
    (mini.root / "site/index.html").write_text("earlier")
    process = subprocess.Popen(
        [sys.executable, "-c", START, "--root", str(mini.root), "site"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "HANDBOOK_TEST": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        preexec_fn=heed,
    )  # fmt: skip
    reached = {
        "the folder is there": lambda: list(mini.root.glob(".site-*")),
        "MkDocs runs": lambda: len(descendants(mark)) > 1,
        "MkDocs builds": lambda: list(mini.root.glob(".site-*/new/*")),
    }[moment]
    deadline = time.monotonic() + 60
    while not reached() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(number)
    said, _ = process.communicate(timeout=30)
    deadline = time.monotonic() + 5
    assert process.returncode == code, said
    assert "Traceback" not in said
    # Who has just been killed may need a moment.
    while descendants(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert descendants(mark) == []
    assert list(mini.root.glob(".site-*")) == []
    assert (mini.root / "site/index.html").read_text() == "earlier"


#: `python -m handbook` on a toy, which cannot pass the rules.
START = """
import runpy
from handbook import rules
rules.check = lambda *_, **__: []
runpy.run_module("handbook", run_name="__main__", alter_sys=True)
"""
