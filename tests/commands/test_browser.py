"""`scripts/browser`: Chromium, fonts and poppler are found or installed, or one sentence says what is missing.

The machine is a folder of small programs, so that nothing is installed and every failure can be had.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handbook import browser

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/browser"
#: Notes what it was asked for, and has every package but those in $LACKING.
APT = """\
echo "$*" >> asked
for word do
  case " $LACKING " in *" $word "*) exit 100 ;; esac
  case "$word" in chromium*) printf '#!/bin/sh\\n' > "bin/$word"; /bin/chmod +x "bin/$word" ;; esac
done
"""


@pytest.fixture
def machine(tmp_path):
    """Run the script on a machine with some programs; return exit code, what it said, what was installed."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def program(name: str, text: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)

    def run(*programs: str, root: bool = False, lacking: str = "") -> tuple[int, str, list[str]]:
        program("id", f"echo {0 if root else 1000}")
        program("fc-list", "echo a font")
        program("rm", ":")
        if root:
            program("apt-get", APT)
        for name in programs:
            program(name, ":")
        environment = {"PATH": str(folder), "LACKING": lacking}
        done = subprocess.run(
            ["/bin/sh", SCRIPT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        asked = tmp_path / "asked"
        return done.returncode, done.stderr, asked.read_text().splitlines() if asked.exists() else []

    return run


@pytest.mark.parametrize("name", browser.NAMES)
def test_each_chromium_that_the_handbook_takes_will_do(machine, name):
    assert machine(name, root=True) == (0, "", [])


def test_without_one_it_says_so(machine):
    code, said, _ = machine()
    assert code == 1
    assert said.startswith("Chromium is missing: install it ")


def test_the_headless_shell_is_installed(machine):
    code, _, asked = machine(root=True)
    assert code == 0
    assert [line.split()[-1] for line in asked if "chromium" in line] == ["chromium-headless-shell"]


def test_the_browser_is_installed_where_there_is_no_headless_shell(machine):
    code, _, asked = machine(root=True, lacking="chromium-headless-shell")
    assert code == 0
    assert asked[-1].split()[-1] == "chromium"


def test_where_nothing_can_be_installed_it_says_so(machine):
    code, said, _ = machine(root=True, lacking="update install")
    assert code == 1
    assert "Chromium is missing" in said
