"""MkDocs in a process of its own: it is imported while the sources are loaded, then builds each language.

    with Themes(root) as themes:        # starts the process
        …                               # load, check, compile
        themes.begin(compiled, address, sites, edition)   # builds all languages side by side
        …                               # search, copies, pages above the languages
        problems = themes.end()

The process reads one line of JSON and writes one: what to build, and what went wrong.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from handbook.problems import Problem

RULE = "mkdocs"
#: What every language is built by; mkdocs.<code>.yml is for building one by hand.
CONFIGURATION = "mkdocs.yml"


class Themes:
    """Puts compiled pages into their theme, in a process beside this one."""

    def __init__(self, root: Path, epoch: int) -> None:
        """Start the process; it needs some time before it can build.

        Args:
            root: The repository.
            epoch: Date of the build in seconds since 1970.
        """
        # Without a fixed seed the order of sets differs between runs.
        environment = os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch)}
        environment["NO_MKDOCS_2_WARNING"] = "1"
        path = [str(Path(__file__).parents[2]), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], cwd=root, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace",
            # A group of its own, so that it ends with all the processes it began.
            start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever happened."""
        if self._process.returncode is None:  # nobody has waited for it yet, so its number is its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def begin(self, compiled: Path, address: str, sites: Mapping[str, Path], edition: str) -> None:
        """Build all languages.

        Args:
            compiled: Folder of the compiled handbook.
            address: Where the site is, with a slash at its end.
            sites: Folder to be written, by language.
            edition: Name of the edition, which every page says.
        """
        order = {
            "compiled": str(compiled),
            "address": address,
            "edition": edition,
            "sites": {code: str(folder) for code, folder in sites.items()},
        }
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has failed already; `end` knows why
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()

    def end(self) -> list[Problem]:
        """Wait for the builds; return what went wrong in them."""
        said, complaint = self._process.communicate()
        try:
            return [Problem(**problem) for problem in json.loads(said)]
        except (ValueError, TypeError):
            last = (complaint.strip().splitlines() or ["it stopped without a word"])[-1]
            return [Problem(CONFIGURATION, 1, RULE, f"MkDocs failed: {last}")]


# ── in the process ────────────────────────────────────────────────────────────────────────────────


class _Gather(logging.Handler):
    """Gathers what MkDocs complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines() or [""]
        self.problems.append(Problem(CONFIGURATION, 1, RULE, lines[0]))


def _build(job: tuple[str, str, str, str, str]) -> list[Problem]:
    """Build one language from what was compiled; return what went wrong."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    from handbook import compiled

    folder, address, edition, code, site = job
    gather = _Gather()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(gather)
    logger.propagate = False
    try:
        config = load_config(
            CONFIGURATION, docs_dir=f"docs/{code}", site_dir=site, site_url=f"{address}{code}/", strict=False
        )
        config.extra |= {"handbook": compiled.read(Path(folder)), "site_root": address, "edition": edition}
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except (Abort, MkDocsException, OSError, ValueError) as error:
        if not gather.problems:
            gather.problems.append(Problem(CONFIGURATION, 1, RULE, (str(error) or "failed").splitlines()[0]))
    finally:
        logger.removeHandler(gather)
    return gather.problems


def _main() -> None:
    """Import MkDocs, wait for the order, build each language in a process of its own."""
    import material  # noqa: F401  # the theme's Python, imported once for all languages
    import mkdocs.commands.build  # noqa: F401

    line = sys.stdin.readline()
    if not line:
        return  # the parent has found something to mend first
    order = json.loads(line)
    jobs = [
        (order["compiled"], order["address"], order["edition"], code, folder)
        for code, folder in order["sites"].items()
    ]
    # Unlike `multiprocessing.Pool`, it notices when one of its processes is killed, and does not wait for ever.
    with ProcessPoolExecutor(len(jobs)) as pool:
        problems = [problem for found in pool.map(_build, jobs) for problem in found]
    json.dump([asdict(problem) for problem in sorted(set(problems))], sys.stdout)


if __name__ == "__main__":
    _main()
