"""Compare the handbook with the stock set-up, in one run, on the same pages: `make bench`.

Prints a table with a verdict for each target; `--json FILE` writes the figures as well. The exit
status is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

import measure  # noqa: E402
import stock  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from browser import chromium, server  # noqa: E402
from handbook.browser import installed  # noqa: E402
from handbook.outputs import site  # noqa: E402

PAGE = "designs/fraud-detection"
#: A word that both set-ups find.
QUERIES = {"en": "threshold", "zh": "velocity"}


@dataclass
class Row:
    """One line of the table.

    Attributes:
        name: What was measured.
        ours: The handbook's figure; none if it found nothing.
        stock: The stock set-up's, where there is one.
        unit: The unit of both.
        target: What was promised, in words; empty where nothing was.
        met: Whether the target is met.
    """

    name: str
    ours: float | None
    stock: float | None
    unit: str
    target: str = ""
    met: bool = True

    @property
    def ratio(self) -> float | None:
        """How many times more the stock set-up takes."""
        return self.stock / self.ours if self.stock and self.ours else None


def _timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def _build(target: Path) -> tuple[float, float]:
    """Build the handbook as `make site` does; return the seconds with nothing kept before, and with all."""
    shutil.rmtree(ROOT / ".cache", ignore_errors=True)
    return _timed(lambda: _site(target)), _timed(lambda: _site(target))


def _site(target: Path) -> None:
    if problems := site.build(ROOT, target):
        raise SystemExit("\n".join(map(str, problems)))


def _check() -> None:
    command = [sys.executable, "-m", "handbook", "check"]
    environment = os.environ | {"PYTHONPATH": "."}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def _pages(
    browser: Browser, ours: measure.Site, other: measure.Site, drawings: dict[str, int], runs: int
) -> list[Row]:
    rows = []
    for language in ("en", "zh"):
        path = f"{language}/{PAGE}/"
        both = (ours, other)
        loads = [measure.bytes_of_page(browser, site, path) for site in both]
        (weight, search), (stock_weight, stock_search) = loads
        drawn = [
            [measure.seconds_until_drawn(browser, site.address + path, drawings[language]) for site in both]
            for _ in range(runs)
        ]
        seconds, stock_seconds = map(statistics.median, zip(*drawn, strict=True))
        first, stock_first = [measure.first_query(browser, site, path, QUERIES[language]) for site in both]
        rows += [
            Row(
                f"{language}: design page",
                weight / 1e3,
                stock_weight / 1e3,
                "kB",
                "≤ 1/10",
                weight <= stock_weight / 10,
            ),
            Row(
                f"{language}: all {drawings[language]} diagrams visible",
                seconds,
                stock_seconds,
                "s",
                "8 × sooner",
                stock_seconds >= 8 * seconds,
            ),
            Row(
                f"{language}: search before a query",
                search / 1e3,
                stock_search / 1e3,
                "kB",
                "≤ 20 kB",
                search <= 20e3,
            ),
            Row(f"{language}: search, first query loads", first[0] / 1e3, stock_first[0] / 1e3, "kB"),
            Row(f"{language}: search, first query takes", first[1], stock_first[1], "s"),
        ]
    return rows


def run(runs: int) -> list[Row]:
    """Build both set-ups, serve them and measure.

    Args:
        runs: How often each time is taken; the median counts.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        stock.write(ROOT, work)
        drawings = {}
        for language in ("en", "zh"):
            text = (work / "docs" / language / f"{PAGE}.md").read_text(encoding="utf-8")
            drawings[language] = len(re.findall(r"^```mermaid", text, re.M))
        # Alternating, so that a busy minute hits both.
        builds = [(*_build(work / "ours"), _timed(lambda: stock.build(work))) for _ in range(runs)]
        first, again, other = (statistics.median(times) for times in zip(*builds, strict=True))
        check = statistics.median(_timed(_check) for _ in range(runs))
        rows = [
            Row("build, nothing kept before", first, other, "s", "≤ 1.5 ×", first <= 1.5 * other),
            Row("build, nothing changed", again, other, "s", "not slower", again <= other),
            Row("make check", check, None, "s", "< 5 s", check < 5),
        ]
        path = installed()
        if path is None:
            raise SystemExit("no Chromium: install it, or name it with CHROMIUM=…")
        sent: tuple[list, list] = ([], [])
        with (
            server.serve(work / "ours", sent=sent[0]) as ours_address,
            server.serve(work / "site", sent=sent[1]) as stock_address,
            sync_playwright() as playwright,
        ):
            served = measure.Site(ours_address, sent[0]), measure.Site(stock_address, sent[1])
            browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
            rows += _pages(browser, *served, drawings, runs)
            browser.close()
    return rows


def table(rows: list[Row]) -> str:
    """Format the rows for a terminal."""
    lines = [f"{'':36}{'handbook':>12}{'stock':>12}{'ratio':>8}  target"]
    for row in rows:
        figures = (row.ours, row.stock)
        ours, other = [f"{figure:.1f} {row.unit}" if figure is not None else "–" for figure in figures]
        ratio = f"{row.ratio:.1f}" if row.ratio else "–"
        verdict = f"{row.target}: {'pass' if row.met else 'FAIL'}" if row.target else ""
        lines.append(f"{row.name:36}{ours:>12}{other:>12}{ratio:>8}  {verdict}")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    parser.add_argument("--runs", type=int, default=3, help="measurements of each time (default 3)")
    options = parser.parse_args()
    rows = run(options.runs)
    print(table(rows))
    if options.json:
        figures = [asdict(row) | {"ratio": row.ratio} for row in rows]
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
