"""Official Mermaid in Chromium: the fallback engine.

It needs what the tests need: Playwright, Chromium and `node_modules/mermaid`. It asks no network.
"""

from __future__ import annotations

import atexit
import json
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import browser
from handbook.diagrams import theme
from handbook.diagrams.errors import DiagramError

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PACKAGE = Path(__file__).resolve().parents[2] / "node_modules" / "mermaid"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND")


class Mermaid:
    """Draws on a page of a browser; layouts depend on the browser's fonts.

    Args:
        page: An empty page, for this engine alone.

    Raises:
        DiagramError: Mermaid is not installed.
    """

    def __init__(self, page: Page) -> None:
        script = _PACKAGE / "dist" / "mermaid.min.js"
        if not script.exists():
            raise DiagramError(0, "official Mermaid is not installed: run `npm ci --ignore-scripts`")
        self._page = page
        page.set_content("<body></body>")
        page.add_script_tag(path=script)
        page.evaluate("configuration => mermaid.initialize(configuration)", _configuration())

    @property
    def version(self) -> str:
        """Changes when the same source may be drawn differently."""
        package = json.loads((_PACKAGE / "package.json").read_text(encoding="utf-8"))
        return f"mermaid {package['version']}"

    def svg(self, source: str) -> str:
        """Draw a source; see `handbook.diagrams.engine.Engine`."""
        draw = (
            "source => mermaid.render('d', source).then(drawn => [drawn.svg, ''], error => ['', `${error}`])"
        )
        drawn, error = self._page.evaluate(draw, source)
        if error:
            raise DiagramError(0, f"the engine cannot draw this: {error.splitlines()[0]}")
        return drawn


def start() -> Mermaid:
    """Open a browser that is closed when the process ends.

    Raises:
        DiagramError: Something that the engine needs is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise DiagramError(0, "DIAGRAM_ENGINE=mermaid needs Playwright: `make test` installs it") from error
    path = browser.installed()
    if path is None:
        raise DiagramError(0, "DIAGRAM_ENGINE=mermaid needs Chromium: `scripts/browser` installs it")
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    opened = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
    return Mermaid(opened.new_page())


def _configuration() -> dict[str, object]:
    return theme.engine_configuration() | {"startOnLoad": False, "deterministicIds": True}
