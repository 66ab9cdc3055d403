"""The built site in a browser.

One build and two servers for all workers: the site at the top of a host, and below a path. Whatever a
test does, no page may ask another host.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

import shared
from browser import looks
from browser.pages import PAGES

#: Milliseconds that a test waits for what a page is to do: a busy machine may take some seconds.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@dataclass
class Watch:
    """What the pages of one context asked for and complained about."""

    host: str
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Listen to everything that happens in a context."""
        context.on("request", self._requested)
        context.on("requestfailed", lambda request: self.failed.append(f"{request.url}: {request.failure}"))
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.console.append(str(error.error)))

    def _requested(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.foreign.append(request.url)

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.url}: {response.status}")

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.console.append(f"{message.page.url if message.page else ''}: {message.text}")


@pytest.fixture(scope="session")
def site(built: Path) -> tuple[Path, str, str]:
    """The folder of the site, its address, and its address below a path."""
    return built, os.environ["HANDBOOK_ADDRESS"], os.environ["HANDBOOK_ADDRESS_BELOW"]


@pytest.fixture(scope="session")
def address(site: tuple[Path, str, str]) -> str:
    """Where the site is served, at the top of a host."""
    return site[1]


@pytest.fixture(params=["top", "prefix"])
def each_address(request: pytest.FixtureRequest, site: tuple[Path, str, str]) -> str:
    """Where the site is served: once at the top of a host, once below a path."""
    return site[1] if request.param == "top" else site[2]


class Visitor:
    """Opens pages, and watches what they ask for."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[str, Page] = {}
        self.watches: list[Watch] = []

    def new(self, url: str, **options: Any) -> Page:
        """Open a page in a context of its own; options are those of a Playwright context.

        The pages' policy is not in force, since Playwright waits by evaluating text: see test_policy.
        """
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US", "bypass_csp": True} | options
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(url).netloc)
        watch.attach(context)
        self.watches.append(watch)
        page = context.new_page()
        page.watch = watch
        page.goto(url)
        return page

    def visit(self, url: str, name: str = "", **options: Any) -> Page:
        """Open a page in the context that other visits of this name and with these options used; faster."""
        host = urlsplit(url).netloc
        key = repr((name, host, sorted(options.items())))
        if key not in self.pages or self.pages[key].is_closed():
            self.pages[key] = self.new("about:blank", **options)
            self.pages[key].watch.host = host
        page = self.pages[key]
        page.goto("about:blank")
        # A test may have had it on paper, or in the dark.
        page.emulate_media(media="screen", color_scheme=options.get("color_scheme", "light"))
        page.watch.failed.clear()
        page.watch.console.clear()
        page.goto(url)
        return page

    def foreign(self) -> list[str]:
        """Return what was asked of other hosts."""
        return sorted({url for watch in self.watches for url in watch.foreign})


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in fresh contexts: `new_page(url, color_scheme="dark")`."""
    visitor = Visitor(browser)
    opened: list[Page] = []

    def new(url: str, **options: Any) -> Page:
        opened.append(visitor.new(url, **options))
        return opened[-1]

    yield new
    for page in opened:
        page.context.close()
    assert not visitor.foreign(), "other hosts were asked"


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Visitor:
    """The contexts that `visit` shares."""
    return Visitor(browser)


@pytest.fixture
def visit(visitor: Visitor) -> Iterator[Callable[..., Page]]:
    """Open pages to look at, in shared contexts: for tests that leave nothing behind."""
    yield visitor.visit
    assert not visitor.foreign(), "other hosts were asked"


# One visit of each page for all tests that look at it in the same way: see `looks`.


def _facts(look: str, path: str, visitor: Visitor, address: str) -> dict[str, Any]:
    def visit(target: Path) -> None:
        with visitor.browser.patience():
            page = visitor.visit(address + path, look, **looks.OPTIONS[look])
            found = looks.LOOKS[look](page)
        assert not visitor.foreign(), "other hosts were asked"
        target.write_text(json.dumps(found), encoding="utf-8")

    file = shared.once(f"looks/{look}/{path.replace('/', '+')}.json", visit)
    return {"path": path} | json.loads(file.read_text(encoding="utf-8"))


def _each_page(look: str) -> Any:
    @pytest.fixture(params=PAGES, name=look)
    def facts(request: pytest.FixtureRequest, visitor: Visitor, address: str) -> dict[str, Any]:
        return _facts(look, request.param, visitor, address)

    return facts


@pytest.fixture
def phones(visitor: Visitor, address: str) -> Callable[[str], list[dict[str, Any]]]:
    """All pages of a language on a phone."""
    return lambda language: [
        _facts("phone", path, visitor, address) for path in PAGES if path.startswith(f"{language}/")
    ]


desktop, phone, plain = map(_each_page, looks.LOOKS)


@pytest.fixture(scope="session")
def axe() -> Axe:
    """The accessibility checker."""
    return Axe()
