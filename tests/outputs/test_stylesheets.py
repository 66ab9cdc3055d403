"""The style sheet keeps what pages can use, as it was, and nothing else."""

from __future__ import annotations

import pytest

from handbook.outputs.stylesheets import Words, assemble

PAGE = """<html lang="en"><body dir="ltr" data-color='default'><p class="a b" id="c">x <data value='1' class='d'>1</data></p>
<input type="checkbox" checked><table><tr><td>1</td></tr></table></body></html>"""
SCRIPT = 'const open = "is-open"; root.style.setProperty("--at", 1); body.dataset.color = "slate"; p.dataset.rowCount = 1'


def sheet(*css: str) -> str:
    return assemble(css, Words.of([PAGE], [SCRIPT])).rstrip("\n")


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".a{color:red}",
        "p.a.b>.d{color:red}",
        "#c{color:red}",
        "*{color:red}",
        ":root{color:red}",
        "td:nth-child(2n + 1):hover::after{color:red}",
        "input[type=checkbox]:checked~table{color:red}",
        "[data-color=slate]{color:red}",
        '[data-color="default"] td{color:red}',
        "[data-row-count] td{color:red}",
        "[dir=ltr] p{color:red}",
        ".is-open{color:red}",
        ":is(.a,.nowhere) td{color:red}",
        "p:not(.nowhere){color:red}",
        "p:has(>.a,.nowhere :is(i,b)){color:red}",
        "@media print{p{color:red}}",
        "@media screen and (min-width:1em){@supports (mask:none){p{color:red}}}",
        "@font-face{font-family:x;src:url(x.woff2)}",
        "p{animation:turn 1s}@keyframes turn{0%{top:0}to{top:1px}}",
        "p{--x:1;top:var(--x)}",
        "p{--at:1}",
        "p{mask:url(\"data:image/svg+xml,<path d='{;}'/>\");top:0}",
        "p{mask:url('data:image/svg+xml;charset=utf-8,<path/>')}",
        'p:after{content:"/* , } */"}',
        "p{width:calc(1px + 2 * (3px - 1px))}",
        "p{color:red!important}",
        '[id^="http"][class*="a"]{color:red}',
    ],
)
def test_what_a_page_or_a_script_can_use_stays(rule):
    assert sheet(rule) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".nowhere{color:red}",
        "i{color:red}",
        "p .nowhere .a{color:red}",
        "#a-id{color:red}",
        "[data-color=indigo]{color:red}",
        "[data-other]{color:red}",
        "[dir=rtl] p{color:red}",
        "@media print{.nowhere{color:red}}",
        "@keyframes turn{0%{top:0}}",
        "p{--x:1}",
        "p{--x:var(--y)}p{--y:1}",
        "p{}",
        "@charset \"UTF-8\";",
    ],
)  # fmt: skip
def test_what_nothing_uses_goes(rule):
    assert sheet(rule) == ""


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a, .nowhere, i p { color : red; }", ".a{color:red}"),
        ("p:is(.a, i), :not(p, .a) { top: 0 }", "p:is(.a,i),:not(p,.a){top:0}"),
        ("/* one */ p\n{ color: red /* two */;\n  margin: 0   1px }", "p{color:red;margin:0 1px}"),
        ("p > .a , p + .b ~ i { top: 0 }", "p>.a{top:0}"),
        ("@media print { .a { top: 0 } .nowhere { top: 1px } }", "@media print{.a{top:0}}"),
        ("p{--x:1;--y:2;top:var(--x, var(--z))}", "p{--x:1;top:var(--x, var(--z))}"),
    ],
)
def test_a_rule_keeps_what_can_match(css, kept):
    assert sheet(css) == kept


def test_sheets_follow_each_other_in_their_order():
    assert sheet("p{top:0}.nowhere{top:0}", "", ".a{top:1px}p{top:2px}") == "p{top:0}.a{top:1px}p{top:2px}"
