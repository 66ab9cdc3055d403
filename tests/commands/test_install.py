"""`scripts/install`: a fresh machine gets an environment, or one sentence that says what is in the way.

The interpreter is a small shell script, so that nothing is downloaded and every failure can be had.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: An interpreter that has a version, makes environments of itself, and notes what it was asked for.
INTERPRETER = """#!/bin/sh
case "$1 ${2:-}" in
  "-c import sys"*) echo "$VERSION" ;;
  "-c import fcntl"*) exec "$LOCKING" "$@" ;;
  "-m venv")
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    echo "#!$(cd "$3" && pwd -P)/bin/python" > "$3/bin/pip"
    echo venv >> "$ASKED" ;;
  "-m pip")
    echo pip >> "$ASKED"
    sleep "${PIP_TAKES:-0}"
    [ -z "${PIP_SAYS:-}" ] || { printf '%b\\n' "$PIP_SAYS" >&2; exit 1; } ;;
esac
"""


class Machine:
    """A folder with the script and a machine around it."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "a handbook"
        (self.checkout / "scripts").mkdir(parents=True)
        for path in ("scripts/install", "requirements.txt", "requirements-test.txt", "package-lock.json"):
            shutil.copy(ROOT / path, self.checkout / path)
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.asked = folder / "asked"
        self.asked.touch()
        for name in ("sh", "cat", "cksum", "grep", "sed", "tail", "rm", "mkdir", "cp", "sleep", "id"):
            (self.programs / name).symlink_to(shutil.which(name))
        self.environment = {
            "PATH": str(self.programs),
            "VERSION": "3.11.2",
            "ASKED": str(self.asked),
            "LOCKING": sys.executable,
        }
        self.add("python3")

    def add(self, name: str, text: str = INTERPRETER) -> None:
        """Put a program on the machine."""
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def start(self, what: str = "site", **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["scripts/install", what],
            cwd=self.checkout,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def install(self, what: str = "site", **environment: str) -> tuple[int, list[str]]:
        """Return the exit code and the lines of the script."""
        process = self.start(what, **environment)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said.splitlines()

    def counted(self) -> list[str]:
        """Return what the interpreter was asked for since the last time."""
        lines = self.asked.read_text().split()
        self.asked.write_text("")
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_fresh_clone_gets_an_environment(machine):
    assert machine.install() == (0, ["making .venv with Python 3.11.2", "installing requirements.txt"])
    assert machine.counted() == ["venv", "pip"]


def test_what_is_installed_is_not_installed_again(machine):
    machine.install()
    machine.counted()
    assert machine.install() == (0, [])
    assert machine.counted() == []


def test_a_changed_lock_file_is_installed_into_the_same_environment(machine):
    machine.install()
    machine.counted()
    with (machine.checkout / "requirements.txt").open("a") as lock:
        lock.write("# more\n")
    assert machine.install() == (0, ["installing requirements.txt"])
    assert machine.counted() == ["pip"]


def test_a_lock_file_with_a_new_date_is_not_installed_again(machine):
    machine.install()
    (machine.checkout / "requirements.txt").touch()
    assert machine.install() == (0, [])


@pytest.mark.parametrize("version", ["3.11.2", "3.12.3", "3.13.0", "3.14.1"])
def test_these_versions_of_python_do(machine, version):
    code, lines = machine.install(VERSION=version)
    assert (code, lines[0]) == (0, f"making .venv with Python {version}")


@pytest.mark.parametrize("version", ["2.7.18", "3.1.4", "3.9.18", "3.10.13"])
def test_an_old_python_is_refused_in_one_sentence(machine, version):
    assert machine.install(VERSION=version) == (
        1,
        [
            f"python3 is Python {version}, the handbook needs 3.11 to 3.13: "
            "install one and name it with PYTHON=…"
        ],
    )
    assert machine.counted() == []


def test_a_newer_python_beside_the_old_one_is_named(machine):
    machine.add("python3.12", "#!/bin/sh\necho 3.12.3\n")
    assert machine.install(VERSION="3.9.18") == (
        1,
        ["python3 is Python 3.9.18, the handbook needs 3.11 to 3.13: add PYTHON=python3.12 to the command"],
    )


def test_a_machine_without_python_is_one_sentence(machine):
    (machine.programs / "python3").unlink()
    sentence = "python3 does not run: install Python 3.11 to 3.13, or name one with PYTHON=…"
    assert machine.install() == (1, [sentence])


def test_a_name_that_is_no_python_is_one_sentence(machine):
    sentence = "`touch x` does not run: install Python 3.11 to 3.13, or name one with PYTHON=…"
    assert machine.install(PYTHON="`touch x`") == (1, [sentence])
    assert not (machine.checkout / "x").exists()


def test_another_python_asked_for_makes_the_environment_anew(machine):
    machine.install()
    machine.add("python3.12", INTERPRETER.replace("$VERSION", "3.12.3"))
    assert machine.install(PYTHON="python3.12") == (
        0,
        ["making .venv with Python 3.12.3", "installing requirements.txt"],
    )
    assert machine.install(PYTHON="python3.12") == (0, [])
    assert machine.install() == (0, [])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "ERROR: Ignored the following versions that require a different python version: 13.1\\n"
            "ERROR: Could not find a version that satisfies the requirement pymdown-extensions==13.1\\n"
            "ERROR: No matching distribution found for pymdown-extensions==13.1",
            "there is no pymdown-extensions==13.1 for Python 3.11.2 here; "
            "name a Python of 3.11 to 3.13 with PYTHON=…",
        ),
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by NewConnectionError\\n"
            "ERROR: Could not find a version that satisfies the requirement mkdocs==1.6.1 (from versions: none)\\n"
            "ERROR: No matching distribution found for mkdocs==1.6.1",
            "check the network, then run the command again",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "a package is not the one that was locked",
        ),
        ("ERROR: Can not perform a '--user' install.", "Can not perform a '--user' install."),
    ],
)
def test_an_installation_that_fails_says_why(machine, said, sentence):
    code, lines = machine.install(PIP_SAYS=said)
    assert code == 1
    assert lines[-1] == f"cannot install requirements.txt: {sentence}; see .venv/install.log"
    # And the next try begins where this one ended.
    assert machine.install() == (0, ["installing requirements.txt"])


def test_a_full_disk_is_called_so(machine):
    said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    assert machine.install(PIP_SAYS=said)[1][-1] == "cannot install requirements.txt: the disk is full"


def test_a_moved_folder_gets_a_new_environment(machine):
    machine.install()
    machine.checkout = machine.checkout.rename(machine.checkout.parent / "elsewhere")
    assert machine.install() == (0, ["making .venv with Python 3.11.2", "installing requirements.txt"])
    assert machine.install() == (0, [])


def test_an_environment_whose_python_is_gone_is_made_anew(machine):
    machine.install()
    (machine.checkout / ".venv/bin/python").unlink()
    assert machine.install()[1][0] == "making .venv with Python 3.11.2"


def test_an_environment_shared_through_a_link_is_left_alone(machine):
    machine.install()
    (machine.checkout / ".venv").rename(machine.checkout.parent / "shared")
    (machine.checkout / ".venv").symlink_to(machine.checkout.parent / "shared")
    pip = machine.checkout.parent / "shared/bin/pip"
    pip.write_text(f"#!{pip.parent}/python\n")
    assert machine.install() == (0, [])


def test_two_installers_work_one_after_the_other(machine):
    first = machine.start(PIP_TAKES="1")
    deadline = time.monotonic() + 20
    while "pip" not in machine.asked.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    second = machine.install()
    assert first.wait() == 0
    first.stdout.close()
    assert second == (0, ["waiting for another installation"])
    assert machine.counted() == ["venv", "pip"]


def test_the_tests_need_node(machine):
    code, lines = machine.install("test")
    assert code == 1
    assert lines[-1] == "the tests need Node.js: install it (Debian: apt-get install nodejs npm)"


def test_what_the_tests_need_serves_the_site_too(machine):
    machine.add("npm", "#!/bin/sh\nmkdir -p node_modules\n")
    assert machine.install("test")[0] == 0
    assert machine.install("site") == (0, [])
    assert machine.install("test") == (0, [])
