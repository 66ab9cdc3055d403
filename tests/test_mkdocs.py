"""MkDocs by itself: either language builds, and a problem is a line with a way out, no traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}


def _mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def _break(handbook: Path) -> str:
    """Write a value that does not exist into a Chinese page; return its place."""
    page = handbook / "docs/zh/framework/index.md"
    text = page.read_text(encoding="utf-8").rstrip("\n") + "\n\n{{ no_such_value }}\n"
    page.write_text(text, encoding="utf-8")
    return f"docs/zh/framework/index.md:{len(text.splitlines())}: "


@pytest.mark.parametrize("language", CONFIGS)
def test_either_language_builds_strictly(root, tmp_path, language):
    built = _mkdocs(
        root, "build", "--strict", "--config-file", CONFIGS[language], "--site-dir", str(tmp_path / language)
    )
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    html = (tmp_path / language / "designs/fraud-detection/index.html").read_text(encoding="utf-8")
    assert "<svg" in html
    assert "{{" not in html


@pytest.mark.parametrize("language", CONFIGS)
def test_a_problem_stops_a_build_and_names_its_line(handbook_copy, tmp_path, language):
    place = _break(handbook_copy)
    site = tmp_path / "site"
    built = _mkdocs(handbook_copy, "build", "--config-file", CONFIGS[language], "--site-dir", str(site))
    assert built.returncode == 1
    assert place in built.stderr
    assert "no_such_value" in built.stderr
    assert "Traceback" not in built.stdout + built.stderr
    assert not site.exists()


def test_a_date_that_is_none_stops_a_build_in_one_sentence(root, tmp_path, monkeypatch):
    monkeypatch.setitem(ENVIRONMENT, "SOURCE_DATE_EPOCH", "tomorrow")
    built = _mkdocs(root, "build", "--site-dir", str(tmp_path / "site"))
    assert built.returncode == 1
    assert "SOURCE_DATE_EPOCH:1: environment: “tomorrow” is no date" in built.stderr
    assert "Traceback" not in built.stdout + built.stderr


def test_a_preview_shows_a_problem_and_goes_on(handbook_copy, tmp_path):
    place = _break(handbook_copy)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "serve.log"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "serve",
        "--config-file",
        "mkdocs.zh.yml",
        "--dev-addr",
        f"127.0.0.1:{port}",
    ]
    with log.open("w") as output:
        preview = subprocess.Popen(command, cwd=handbook_copy, env=ENVIRONMENT, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + 600
        while "Serving on" not in log.read_text(encoding="utf-8"):
            assert preview.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.2)
        for path in ("", "framework/", "designs/fraud-detection/", "references/serving-tradeoffs/"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/zh/{path}", timeout=120) as answer:
                assert answer.status == 200
                assert "no_such_value" in answer.read().decode() or path != "framework/"
        assert preview.poll() is None
    finally:
        preview.terminate()
        preview.wait(timeout=120)
    said = log.read_text(encoding="utf-8")
    assert place in said
    assert "Traceback" not in said
