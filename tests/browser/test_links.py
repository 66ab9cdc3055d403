"""Every link and every anchor of the served site leads somewhere."""

from __future__ import annotations

import csv
import subprocess
import sys
from urllib.parse import unquote

import lxml.html
import pytest

pytestmark = pytest.mark.browser  # needs the built site, not Chromium

#: Its own check of anchors reads a page anew for each anchor on it, minutes in all; see the test below.
CONFIG = """\
[checking]
threads=4
maxrequestspersecond=1000
"""


def test_linkchecker_finds_no_broken_link(site, tmp_path):
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


def test_links_within_the_site_lead_to_a_file_and_an_anchor(site):
    folder, _, _ = site
    pages = {file: lxml.html.parse(str(file)).getroot() for file in sorted(folder.rglob("*.html"))}
    anchors = {file: {*root.xpath("//@id"), *root.xpath("//a/@name")} for file, root in pages.items()}
    lost = []
    for file, root in pages.items():
        for href in root.xpath("//a/@href"):
            path, _, anchor = href.partition("#")
            if ":" in path or path.startswith("/"):
                continue
            goal = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
            goal = goal / "index.html" if goal.is_dir() else goal
            found = goal.is_file() and (not anchor or unquote(anchor) in anchors.get(goal, {anchor}))
            if not found and file.name != "404.html":  # which a host shows at any depth
                lost.append(f"{file.relative_to(folder)}: {href}")
    assert not lost, "\n".join(lost)
    assert sum(len(found) for found in anchors.values()) > 1000
