"""Rule `network`: no built page asks anything of the network or has scripts or styles in its own text."""

from __future__ import annotations

import pytest

from handbook import rules
from handbook.rules import network


def said(body: str) -> list[str]:
    text = f"<!doctype html>\n<html>\n<head>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    return [str(problem) for problem in network.page("site/en/index.html", text)]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<img src="https://a.example/x.png">', "`https://a.example/x.png` is loaded from elsewhere"),
        ('<img src="//a.example/x.png">', "`//a.example/x.png` is loaded from elsewhere"),
        ('<img src="\\\\a.example/x.png">', "`\\\\a.example/x.png` is loaded from elsewhere"),
        ('<img src="x.png" srcset="y.png 1x, https://a.example/z.png 2x">', "`https://a.example/z.png` is loaded from elsewhere"),
        ('<script src="http://a.example/x.js"></script>', "`http://a.example/x.js` is loaded from elsewhere"),
        ('<link rel="preconnect" href="https://a.example">', "`https://a.example` is loaded from elsewhere"),
        ('<link rel="stylesheet" href="https://a.example/x.css">', "`https://a.example/x.css` is loaded from elsewhere"),
        ('<link href="https://a.example/x.css">', "`https://a.example/x.css` is loaded from elsewhere"),
        ("<style>p { color: red }</style>", "`<style>` stands in the page: it belongs to a file"),
        ("<svg><style>p { color: red }</style></svg>", "`<style>` stands in the page: it belongs to a file"),
        ('<p style="color: red">a</p>', "`style` stands in the page: it belongs to a style sheet"),
        ("<script>inline()</script>", "`<script>` stands in the page: it belongs to a file"),
        ('<script type="module">inline()</script>', "`<script>` stands in the page: it belongs to a file"),
        ('<svg><use href="https://a.example/x#y"/></svg>', "`https://a.example/x#y` is loaded from elsewhere"),
        ('<svg><image xlink:href="https://a.example/x"/></svg>', "`https://a.example/x` is loaded from elsewhere"),
        ('<form action="https://a.example/"></form>', "`https://a.example/` is loaded from elsewhere"),
        ('<video poster="https://a.example/x"></video>', "`https://a.example/x` is loaded from elsewhere"),
        ('<a href="x/" ping="https://a.example/x">a</a>', "`https://a.example/x` is loaded from elsewhere"),
        ('<iframe src="x/"></iframe>', "`<iframe>` is not allowed"),
        ('<object data="x"></object>', "`<object>` is not allowed"),
        ('<p onclick="x()">a</p>', "`onclick` runs a script"),
        ('<svg onload="x()"></svg>', "`onload` runs a script"),
        ('<a href=" java&#10;script:x()">a</a>', "`java script:x()` runs a script"),
    ],
)  # fmt: skip
def test_what_asks_or_runs_is_reported_at_its_line(body, message):
    assert said(body) == [f"site/en/index.html:6: network: {message}"]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://a.example/">a link is followed</a>',
        '<link rel="canonical" href="https://a.example/"><link rel="alternate " hreflang="zh" href="https://a.example/">',
        '<script src="../assets/x.js"></script><script type="application/json">{}</script>',
        '<link rel="icon" href="data:image/svg+xml,x"><img src="data:image/png;base64,x">',
        '<meta http-equiv="refresh" content="0; url=../x/">',
        '<svg><use href="#x"/></svg>',
        "&lt;iframe&gt; https://a.example/x.png",
    ],
)
def test_what_stays_on_the_site_passes(body):
    assert said(body) == []


def test_every_page_and_style_sheet_of_a_site_is_looked_at(tmp_path):
    (tmp_path / "en/a").mkdir(parents=True)
    (tmp_path / "en/a/index.html").write_text("<p onclick='x'>a</p>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<iframe></iframe>", encoding="utf-8")
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    (tmp_path / "en/x.css").write_text("a { mask: url('data:image/svg+xml,x'); background: url(x.png) }\nb { background: url(//a.example/x) }", encoding="utf-8")
    (tmp_path / "en/x.js").write_text("fetch('https://a.example')", encoding="utf-8")
    assert [str(problem) for problem in rules.check_output(tmp_path)] == [
        "site/404.html:1: network: `<iframe>` is not allowed",
        "site/en/a/index.html:1: network: `onclick` runs a script",
        "site/en/x.css:2: network: `//a.example/x` is loaded from elsewhere",
    ]
