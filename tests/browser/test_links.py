"""Every link and every anchor of the served site leads somewhere."""

from __future__ import annotations

import csv
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.browser  # needs the built site, not Chromium

CONFIG = """\
[checking]
threads=4
maxrequestspersecond=1000
[AnchorCheck]
"""


def test_linkchecker_finds_no_broken_link_or_anchor(site, tmp_path):
    _, address, _ = site
    config = tmp_path / "linkcheckerrc"
    config.write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "linkcheck", "--config", str(config), "--no-status", "--verbose"]
    # To standard output: started by root, LinkChecker becomes nobody and may write no file.
    command += ["--output", "csv/utf-8"]
    command += [address, f"{address}en/404.html", f"{address}zh/404.html", f"{address}sitemap.xml"]
    finished = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    rows = [line for line in finished.stdout.splitlines() if line and not line.startswith("#")]
    links = list(csv.DictReader(rows, delimiter=";"))
    broken = {
        f"{link['parentname']}: {link['urlname']}: {link['result']} {link['warningstring']}"
        for link in links
        if link["valid"] != "True" or link["warningstring"]
    }
    assert not broken, "\n".join(sorted(broken))
    assert len(links) > 100, finished.stderr
    assert finished.returncode == 0, finished.stderr


def test_links_within_a_page_lead_to_a_section(site):
    """LinkChecker looks at anchors of other pages only."""
    folder, _, _ = site
    lost = []
    for file in sorted(folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        ids = set(re.findall(r'\s(?:id|name)="([^"]+)"', html))
        wanted = set(re.findall(r'\shref="#([^"]+)"', html))
        lost += [f"{file.relative_to(folder)}: #{anchor}" for anchor in sorted(wanted - ids)]
    assert not lost, "\n".join(lost)
