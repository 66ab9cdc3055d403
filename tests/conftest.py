"""Handbooks to test on: a copy of this one, and a small synthetic one that is easy to damage."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import sync_playwright

import shared
from browser import chromium, server
from handbook import source
from handbook.browser import installed
from handbook.outputs import downloads, site
from handbook.problems import Problem
from mini import Mini

ROOT = Path(__file__).resolve().parents[1]

#: What the site is made from, relative to the repository.
SOURCES = ("mkdocs.yml", "mkdocs.zh.yml", "data", "docs", "references", "hooks", "handbook", "theme", "web")


# The same examples in every run, however slow the machine is; `tests/fuzz.py` looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")

#: Where the shared site is served: at the top of a host, and below a path.
ADDRESSES = {"HANDBOOK_ADDRESS": "/", "HANDBOOK_ADDRESS_BELOW": "/some/prefix/"}
#: Bytes or characters from which on a difference is not listed in full.
LONG = 20_000
_STACK = pytest.StashKey[contextlib.ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the shared folder and serve the shared site, in the process that starts the others."""
    if hasattr(config, "workerinput"):
        return
    stack = config.stash[_STACK] = contextlib.ExitStack()
    shared.begin()
    stack.callback(shared.end)
    for name, prefix in ADDRESSES.items():
        os.environ[name] = stack.enter_context(server.serve(shared.folder() / "site", prefix))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Start one worker more than there are processors: many tests wait for a browser that has come to rest."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + 1


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say where two long files differ first: listing all differences of two books takes an hour."""
    if op != "==" or not isinstance(left, bytes | str) or type(left) is not type(right):
        return None
    if max(len(left), len(right)) < LONG:
        return None
    start = len(os.path.commonprefix([left, right]))
    around = slice(max(start - 40, 0), start + 40)
    sizes = f"{len(left):,} and {len(right):,} long"
    return [f"{sizes}, the same up to {start:,}", f"  left: {left[around]!r}", f"  right: {right[around]!r}"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let no test wait for Chromium for ever; what is built for it first takes the time that it takes."""
    browser = item.funcargs.get("browser") if isinstance(item, pytest.Function) else None
    with browser.patience() if browser else contextlib.nullcontext():
        return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop serving, and remove what was made."""
    if _STACK in config.stash:
        config.stash[_STACK].close()


@pytest.fixture
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def handbook_copy(tmp_path: Path, built: Path) -> Path:
    """A copy of the repository's sources, free to be damaged; it knows what the site was made from before."""
    copy = copy_sources(tmp_path / "handbook")
    with contextlib.suppress(OSError):  # a test beside this one is just writing there
        shutil.copytree(ROOT / ".cache", copy / ".cache")
    return copy


def copy_sources(target: Path, names: tuple[str, ...] = SOURCES) -> Path:
    """Copy the sources that exist to `target`."""
    target.mkdir(parents=True)
    for name in names:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif place.is_file():
            shutil.copy(place, target / name)
    return target


@pytest.fixture(scope="session")
def _mini_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mini")
    Mini(root).build()
    return root


@pytest.fixture
def mini(tmp_path: Path, _mini_sources: Path) -> Mini:
    """A small handbook that passes every rule."""
    return Mini(shutil.copytree(_mini_sources, tmp_path / "mini"))


@pytest.fixture
def pages_of() -> Callable[[str], source.Page]:
    """Parse a page's body, given without front matter; its first line is line 5."""
    from handbook.source import page as pages

    def parse(body: str, language: str = "en") -> source.Page:
        front = "---\ntitle: T\ndescription: D\n---\n"
        return pages.parse(f"docs/{language}/page.md", language, "page", front + body)

    return parse


@pytest.fixture(scope="session")
def built() -> Path:
    """The site of this handbook; where it is served is in the environment, see `ADDRESSES`."""

    def build(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", os.environ["HANDBOOK_ADDRESS"])
            _succeed(site.build(ROOT, folder))

    return shared.once("site", build)


@pytest.fixture(scope="session")
def elsewhere() -> Path:
    """The same handbook in another folder, at another place of the earth, with nothing drawn before.

    Holds `site`, `site.sha256`, which lists the files of `site` as they were at first, and afterwards
    the books and the offline copy in `site`.
    """

    def build(folder: Path) -> None:
        copy = copy_sources(folder, (*SOURCES, "LICENSE-TEXT", "requirements.txt", ".git"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITE_URL", os.environ["HANDBOOK_ADDRESS"])
            patch.setenv("TZ", "Asia/Shanghai")
            patch.setenv("LC_ALL", "C")
            patch.setenv("DIAGRAM_CACHE", str(copy / ".cache" / "diagrams"))
            time.tzset()
            _succeed(site.build(copy, copy / "site"))
            (copy / "site.sha256").write_text(shared.fingerprints(copy / "site"))
            _succeed(site.build(copy, copy / "site", tuple(downloads.KINDS)))
        time.tzset()

    return shared.once("elsewhere", build)


def _succeed(problems: list[Problem]) -> None:
    if problems:
        pytest.fail("\n".join(["the site does not build:", *map(str, problems)]), pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[chromium.Chromium]:
    """One browser for all tests: Playwright cannot be started twice at a time."""
    path = installed()
    if path is None:
        pytest.fail("no Chromium: install it, or name it with CHROMIUM=…")
    with sync_playwright() as playwright:
        shared_browser = chromium.Chromium(playwright.chromium, path)
        yield shared_browser
        shared_browser.end()
