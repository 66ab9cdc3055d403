"""Rule `markup`: raw HTML is limited to a short list; labels and front matter have none."""

from __future__ import annotations

import time

import pytest

from handbook.rules.markup import without_code

PAGES = ["docs/en/index.md", "docs/zh/index.md"]


def test_a_handbook_without_raw_html_passes(mini):
    assert mini.problems("markup") == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('<a href="serving.md">x</a>', 0, "`<a>` is not allowed (write [text](page.md))"),
        ('x\n<img src=\n"x.png">', 1, "`<img>` is not allowed (write ![what it shows](drawing.svg))"),
        ("<iframe src='https://a.example'></iframe>", 0, "`<iframe>` is not allowed (write `&lt;` where it is text)"),
        ("a <script>x()</script>", 0, "`<script>` is not allowed (write `&lt;` where it is text)"),
        ("<style>p {}</style>", 0, "`<style>` is not allowed (write `&lt;` where it is text)"),
        ("a <b>c</b>", 0, "`<b>` is not allowed (write **text**)"),
        ("<span onclick='x'>a</span>", 0, "`onclick` is not allowed on `<span>`"),
        ("<br style='x'>", 0, "`style` is not allowed on `<br>`"),
        ("a <!-- b", 0, "a comment is never closed (close it with -->)"),
        ("| a |\n|---|\n| <em>b</em> |", 2, "`<em>` is not allowed (write *text*)"),
        ('!!! trap "<i>T</i>"\n    x', 0, "`<i>` is not allowed (write *text*)"),
    ],
)
def test_raw_html_is_refused_at_its_line(page, text, line, message, mini):
    at = mini.append(page, text)
    assert f"{page}:{at + line}: markup: {message}" in mini.problems("markup")


@pytest.mark.parametrize(
    "text",
    [
        "a<br>b <span class='x'>c</span> H<sub>2</sub>O <kbd>Tab</kbd>",
        "`<iframe>` and `` <b> ` `` and\n`a\n<b>`",
        "```html\n<iframe>\n```",
        "a<b && c>d, x<y>z, List<T>, a < b",
        "<!-- a comment -->",
        "&lt;iframe&gt;",
        "<div class='home' markdown>\n\nx\n\n</div>",
    ],
)
def test_what_is_allowed_or_no_tag_passes(text, mini):
    mini.append("docs/en/index.md", text)
    assert mini.problems("markup") == []


@pytest.mark.parametrize("key", ["title", "description"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("value", "culprit"),
    [("'a <b>'", "<"), ("'a \"b\"'", '"'), ("a &lt; b", "&"), ("a `b`", "`"), ("a **b**", "**"), ("a {{ b", "{{")],
)
def test_front_matter_has_no_markup(key, page, value, culprit, mini):
    text = mini.read(page).split("\n")
    line = next(n for n, each in enumerate(text, 1) if each.startswith(f"{key}:"))
    text[line - 1] = f"{key}: {value}"
    mini.write(page, "\n".join(text))
    assert f"{page}:{line}: markup: `{culprit}` in the {key} (plain text, “ ” for quotes)" in mini.problems("markup")


def test_front_matter_may_have_an_ampersand(mini):
    mini.replace("docs/en/index.md", "title: Home", "title: Q & A, R&D? a > b".replace("R&D? a > b", "x"))
    assert mini.problems("markup") == []


@pytest.mark.parametrize("label", ["a<b && c>d", "<iframe>", "a </b>", "<!-- x"])
def test_a_label_has_no_tag(label, mini):
    line = mini.replace("data/numbers/designs/toy.yml", "en: Load, zh: 负载, source", f'en: "{label}", zh: 负载, source')
    culprit = label[label.index("<") :].split(" ")[0]
    assert mini.problems("markup") == [
        f"data/numbers/designs/toy.yml:{line}: markup: `{culprit}` is read as a tag (a space after `<`, or in words)"
    ]


@pytest.mark.parametrize("label", ["a **b**", "`a`", "a {{ b", "[a](b.md)", "a { #b }"])
def test_a_label_has_no_markdown(label, mini):
    line = mini.replace("data/numbers/designs/toy.yml", "en: Load, zh: 负载, source", f'en: "{label}", zh: 负载, source')
    found = mini.problems("markup")
    assert found
    assert all(each.startswith(f"data/numbers/designs/toy.yml:{line}: markup: Markdown in a label: ") for each in found)


def test_a_source_has_no_markup(mini):
    mini.replace("data/sources/designs/toy.yml", "title: A Title", "title: A **Title**")
    mini.replace("data/sources/designs/toy.yml", "where: KDD", "where: <i>KDD</i>")
    assert mini.problems("markup") == [
        "data/sources/designs/toy.yml:1: markup: Markdown in a label: `A **Title**` (plain text)",
        "data/sources/designs/toy.yml:1: markup: `<i>KDD</i>` is read as a tag (a space after `<`, or in words)",
    ]


def test_a_diagrams_label_has_no_tag(mini):
    line = mini.replace("docs/en/designs/toy.md", "[Payment]", '["<iframe src=x> Payment"]')
    assert (
        f"docs/en/designs/toy.md:{line}: markup: `<iframe src=x>` is not allowed in a diagram (write `#lt;` where it is text)"
        in mini.problems("markup")
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a `b` c"], ["a     c"]),
        (["`a", "b` c"], ["  ", "   c"]),
        (["`a", "", "b`"], ["`a", "", "b`"]),
        (["``a ` b`` c"], ["          c"]),
        (["\\`a`b`"], ["\\`a   "]),
        (["a ` b"], ["a ` b"]),
    ],
)
def test_code_is_blanked_out(lines, expected):
    assert without_code(lines) == expected


# ---- sizes ------------------------------------------------------------------------------------

HOSTILE = {
    "value": "{{" + " " * 5_000,
    "values": ("{{" + " " * 3_000 + "\n") * 300,
    "block": ("{{ a" + " " * 3_900 + "\n\n") * 100,
    "quotes": ">" * 10_000 + " a",
    "quotes apart": "> " * 10_000 + "a",
    "lists": "\n".join("    " * depth + "- a" for depth in range(400)),
    "lists on a line": "- " * 1_900 + "a",
    "boxes": "\n".join("    " * depth + '!!! note "x"\n' for depth in range(400)),
    "a long line": "a " * 2_500_000,
    "a long title": "#" + " " * 5_000_000 + "x{",
    "brackets": "[" * 50_000,
    "brackets on lines": "[\n" * 50_000,
    "images": "![a](" * 10_000,
    "backticks": "`a" * 10_000,
    "tags": "<a " * 10_000,
    "comments": "<!--" * 5_000,
    "comments apart": "<!-- a\n\n" * 5_000,
    "definitions": "a\n: " * 5_000,
    "dashes": ("|" + "-" * 1_900 + " " * 1_900 + "x\n|\n\n") * 100,
    "fences": "```\n" * 5_001,
    "many lines": "a\n\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_time(name, mini):
    line = mini.append("docs/en/index.md", HOSTILE[name])
    started = time.process_time()
    found = mini.problems()
    assert time.process_time() - started < 30, "the whole check, of which a few seconds are the rest of the handbook"
    assert any(int(problem.split(":")[1]) >= line for problem in found)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a" * 4_001, 0, "a line of 4,001 characters (at most 4,000)"),
        (("a" * 3_000 + "\n") * 5, 0, "a paragraph of 15,000 characters (at most 12,000)"),
        ("a\n" + " " * 44 + "b", 1, "a line that is indented by 44 (at most 40)"),
        (">" * 9 + " a", 0, "9 quotes and lists inside each other (at most 8)"),
        ("- > 1. * > + - - - a", 0, "9 quotes and lists inside each other (at most 8)"),
        ("*a " * 1_001, 0, "a paragraph with 1,001 marks of Markdown (at most 1,000)"),
    ],
)
def test_what_is_beyond_a_limit_is_reported_once(text, line, message, mini):
    at = mini.append("docs/en/index.md", text)
    assert mini.problems("markup") == [f"docs/en/index.md:{at + line}: markup: {message}"]
