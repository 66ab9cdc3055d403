"""Measurements in a browser: bytes over the wire and seconds, on a slow phone.

The connection is Chromium's "slow 4G", the processor is four times slower than this one. Nothing is
cached; the server compresses with gzip and counts what it sends.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, TimeoutError

#: Bytes a second and milliseconds, as in Chromium's developer tools.
SLOW_4G = {
    "offline": False,
    "downloadThroughput": 1.6e6 / 8 * 0.9,
    "uploadThroughput": 0.75e6 / 8 * 0.9,
    "latency": 150 * 3.75,
}
SLOWER = 4
#: Milliseconds that Material's worker gets to read its index: what is typed before is not answered.
READY = 8000
#: Files that are there for search only, in either set-up.
SEARCH = re.compile(r"/(search|lunr|workers)/|/assets/search[-\w]*\.js")
#: A drawing: ours, or the element that Material puts in the place of a source once it is drawn.
DRAWINGS = "figure.diagram svg, div.mermaid"

#: Notes the moment at which all drawings have a size in a frame that is painted.
WATCH = """(() => {
  const look = () => {
    const drawn = [...document.querySelectorAll(%r)]
      .filter(drawing => drawing.getBoundingClientRect().height > 20)
    const painted = performance.getEntriesByName('first-contentful-paint').length
    if (painted && drawn.length >= %d) window.allDrawn = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()"""


@dataclass
class Site:
    """A set-up that is being served.

    Attributes:
        address: Where.
        sent: Path and compressed size of everything that was sent, headers not counted.
    """

    address: str
    sent: list[tuple[str, int]] = field(default_factory=list)

    def total(self, pattern: re.Pattern[str] = re.compile("")) -> int:
        """Return the bytes sent of what matches."""
        return sum(size for path, size in self.sent if pattern.search(path))


@contextmanager
def _page(browser: Browser, *, slow_network: bool, slow_processor: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow_network:
        client.send("Network.emulateNetworkConditions", SLOW_4G)
    if slow_processor:
        client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        yield page
    finally:
        context.close()


def seconds_until_drawn(browser: Browser, url: str, drawings: int) -> float:
    """Return the seconds from the request until all of a page's diagrams are visible."""
    with _page(browser, slow_network=True, slow_processor=True) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.add_init_script(WATCH % (DRAWINGS, drawings))
        page.goto(url, timeout=120_000, wait_until="commit")
        page.wait_for_function("window.allDrawn", timeout=120_000)
        return page.evaluate("window.allDrawn") / 1000


def bytes_of_page(browser: Browser, site: Site, path: str) -> tuple[int, int]:
    """Return a page's bytes until nothing more is asked for, and those of them for search."""
    with _page(browser, slow_network=False, slow_processor=False) as page:
        site.sent.clear()
        page.goto(site.address + path)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        return site.total(), site.total(SEARCH)


def first_query(browser: Browser, site: Site, path: str, query: str) -> tuple[int, float | None]:
    """Return the bytes that the first query asks for, and the seconds until its first result.

    The network is not slowed down: Chromium does not do so for the workers that both set-ups use.
    No seconds if nothing was found.
    """
    with _page(browser, slow_network=False, slow_processor=True) as page:
        page.goto(site.address + path)
        page.wait_for_load_state("networkidle")
        page.locator(".md-search__input").click()
        page.wait_for_timeout(READY)
        site.sent.clear()
        started = time.perf_counter()
        page.locator(".md-search__input").fill(query)
        page.keyboard.press("End")  # Material's own search looks at keys only
        try:
            page.locator(".md-search-result__item").first.wait_for(state="attached", timeout=15_000)
            seconds = time.perf_counter() - started
        except TimeoutError:
            seconds = None
        page.wait_for_timeout(500)
        return site.total(), seconds
