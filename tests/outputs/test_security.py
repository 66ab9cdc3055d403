"""What hosts are told about security is the same everywhere, and strict."""

from __future__ import annotations

import re
from pathlib import Path

from handbook.outputs import security


def test_the_policy_allows_nothing_inline_and_no_other_host():
    assert security.POLICY.startswith("default-src 'self'; ")
    assert not re.search(r"unsafe|\*|https?:|sha\d|nonce", security.POLICY)


def test_nginx_is_told_what_static_hosts_are_told(root: Path):
    said = re.findall(r'^  add_header (\S+) "?(.*?)"? always;$', (root / "deploy/nginx.conf").read_text(), re.M)
    assert dict(said) == security.HEADERS
    assert re.findall(r"^  (\S+): (.*)$", security.headers_file(), re.M) == said


def test_a_header_says_what_a_page_says_and_keeps_out_of_frames():
    assert security.HEADERS["Content-Security-Policy"] == f"{security.POLICY}; frame-ancestors 'none'"
    assert f'content="{security.POLICY}"' in security.meta()
