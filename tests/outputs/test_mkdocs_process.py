"""MkDocs' own process: whatever ends it is one problem, and nobody waits for it for ever."""

import json
import subprocess
import sys

from handbook.outputs import mkdocs_process

KILLED = """
import os
from handbook.outputs import mkdocs_process

def killed(job):
    os.kill(os.getpid(), 9)

mkdocs_process._build = killed
mkdocs_process._main()
"""


def test_a_language_whose_process_is_killed_ends_the_build(root, tmp_path):
    order = {"compiled": str(tmp_path), "address": "/", "edition": "", "sites": {"en": str(tmp_path / "en"), "zh": str(tmp_path / "zh")}}
    done = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=root, input=json.dumps(order) + "\n",
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "BrokenProcessPool" in done.stderr.splitlines()[-1]


def test_a_process_without_an_answer_is_one_problem(root):
    with mkdocs_process.Themes(root, 0) as themes:
        themes._process.kill()
        themes.begin(root, "/", {}, "")
        (problem,) = themes.end()
    assert problem.message == "MkDocs failed: it stopped without a word"
