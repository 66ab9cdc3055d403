"""The swap: whenever a build stops, there is a whole site, the earlier one or the new one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.outputs import swap

ROOT = Path(__file__).resolve().parents[2]
ONE_STEP = ["one step", "two steps"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a site from an earlier build."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("earlier")
    return folder


@pytest.fixture(params=ONE_STEP)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How folders are exchanged: as this system can, and as every system can."""
    if request.param == "two steps":
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    return request.param


def build(site: Path) -> None:
    with swap.workplace(site) as folder:
        (folder / swap.NEW).mkdir()
        (folder / swap.NEW / "index.html").write_text("new")
        swap.publish(folder, site)


def shown(site: Path) -> str:
    return (site / "index.html").read_text()


def leftovers(site: Path) -> list[Path]:
    return list(site.parent.glob(".site-*"))


def test_a_finished_site_takes_the_place_of_the_earlier_one(site, way):
    build(site)
    assert shown(site) == "new"
    assert leftovers(site) == []


def test_the_first_site_needs_no_place(tmp_path, way):
    build(tmp_path / "site")
    assert shown(tmp_path / "site") == "new"
    assert leftovers(tmp_path / "site") == []


@pytest.mark.skipif(sys.platform != "linux", reason="one step is Linux'")
def test_linux_exchanges_in_one_step(site, tmp_path):
    (tmp_path / "other").mkdir()
    assert swap._exchange(tmp_path / "other", site)
    assert shown(tmp_path / "other") == "earlier"
    assert list(site.iterdir()) == []


def test_what_cannot_be_exchanged_says_so(site, tmp_path):
    assert not swap._exchange(tmp_path / "missing", site)
    assert shown(site) == "earlier"


def test_an_interruption_in_the_instant_a_working_folder_is_made_leaves_none(site, monkeypatch):
    mkdir = Path.mkdir

    def interrupted(self: Path, mode: int = 0o777, **options: bool) -> None:
        mkdir(self, mode, **options)
        if self.name.startswith(".site-"):
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(site)
    assert leftovers(site) == []
    assert shown(site) == "earlier"


def test_an_interruption_while_a_working_folder_is_locked_leaves_none(site, monkeypatch):
    lock = swap._lock

    def interrupted(folder: Path, *, wait: bool):
        if folder.name.startswith(".site-"):
            raise KeyboardInterrupt
        return lock(folder, wait=wait)

    monkeypatch.setattr(swap, "_lock", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(site)
    assert leftovers(site) == []


def renames(monkeypatch: pytest.MonkeyPatch, at: int, happens: Callable[[], None], *, before: bool) -> None:
    """Let something happen right before or after a rename, counted from 1."""
    count = 0
    rename = Path.rename

    def counting(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == at and before:
            happens()
        result = rename(self, target)
        if count == at and not before:
            happens()
        return result

    monkeypatch.setattr(Path, "rename", counting)


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", [1, 2])
def test_ctrl_c_at_any_step_leaves_a_whole_site(site, at, before, monkeypatch):
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    renames(monkeypatch, at, interrupt, before=before)
    with pytest.raises(KeyboardInterrupt):
        build(site)
    assert shown(site) == ("new" if (at, before) == (2, False) else "earlier")
    assert leftovers(site) == []


def test_a_new_site_that_is_missing_leaves_the_earlier_one(site, way):
    with pytest.raises(OSError), swap.workplace(site) as folder:  # noqa: PT011, PT012
        swap._exchange(site, site)
        swap.publish(folder, site)
    assert shown(site) == "earlier"
    assert leftovers(site) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from handbook.outputs import swap

site, step, way = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
count = 0
rename = Path.rename
def counting(self, target):
    global count
    count += 1
    if step == f"before rename {count}":
        die()
    rename(self, target)
    if step == f"after rename {count}":
        die()
Path.rename = counting
if way == "two steps":
    swap._exchange = lambda one, other: False
if step == "while removing":
    swap.shutil.rmtree = die
with swap.workplace(site) as folder:
    (folder / "new").mkdir()
    if step == "while building":
        die()
    (folder / "new" / "index.html").write_text("new")
    swap.publish(folder, site)
    if step == "after publishing":
        die()
"""


def killed(site: Path, step: str, way: str) -> None:
    """Run a build that is killed at a step, beyond the reach of any `finally`."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(site), step, way],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr


@pytest.mark.parametrize(
    ("step", "way"),
    [
        *((step, way) for step in ("while building", "after publishing", "while removing") for way in ONE_STEP),
        *((f"{when} rename {number}", "two steps") for number in (1, 2, 3) for when in ("before", "after")),
    ],
)
def test_a_build_that_is_killed_costs_no_site_and_the_next_one_cleans_up(site, step, way):
    killed(site, step, way)
    with swap.workplace(site) as folder:
        assert shown(site) in {"earlier", "new"}
        assert leftovers(site) == [folder]
    assert leftovers(site) == []
    build(site)
    assert shown(site) == "new"


def test_a_build_that_goes_on_is_left_alone(site):
    with swap.workplace(site) as first, swap.workplace(site) as second:
        assert sorted(leftovers(site)) == sorted([first, second])


def test_a_place_that_cannot_be_written_to_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError), swap.workplace(tmp_path / "missing" / "site"):
        pass


def test_without_locks_a_build_cleans_up_behind_itself_alone(site, monkeypatch):
    monkeypatch.setattr(swap, "fcntl", None)
    (site.parent / ".site-other").mkdir()
    build(site)
    assert shown(site) == "new"
    assert leftovers(site) == [site.parent / ".site-other"]
