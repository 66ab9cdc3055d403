"""A page's Markdown becomes a fragment that every output shows as it is."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from lxml import html

from handbook import languages, render
from handbook.mathml import MathError
from handbook.problems import ProblemsError

TABLE = "| a | b |\n|---|---:|\n| 1 | 2 |\n"


def tree(fragment: str) -> html.HtmlElement:
    return html.fragment_fromstring(fragment, create_parent="div")


def test_a_page_is_a_fragment_with_its_headings(english):
    page = english.render("# Title {#title}\n\nText.\n\n## A & B {#a}\n\n### C {#c}\n\n## D {#d}\n")
    assert page.headings == (
        render.Heading(1, "title", "Title", "Title"),
        render.Heading(2, "a", "A &amp; B", "A &amp; B"),
        render.Heading(3, "c", "C", "C"),
        render.Heading(2, "d", "D", "D"),
    )
    (top,) = page.toc
    assert [(child["id"], [below["id"] for below in child["children"]]) for child in top["children"]] == [
        ("a", ["c"]),
        ("d", []),
    ]
    assert tree(page.html).xpath("//h2/@id") == ["a", "d"]


def test_a_page_leaves_nothing_to_the_next(english):
    text = (
        "# T {#t}\n\nHTML[^1] and [x].\n\n[^1]: A note.\n\n[x]: https://example.org/\n\n*[HTML]: Hypertext\n\n"
        '=== "One"\n\n    Text.\n'
    )
    first = english.render(text)
    plain = english.render("HTML[^1] and [x].")
    assert plain.html == "<p>HTML[^1] and [x].</p>"
    assert plain.headings == ()
    assert english.render(text) == first


def test_the_version_changes_with_what_a_fragment_depends_on(english, chinese, root):
    again = render.Renderer(render.extensions(root, "mkdocs.yml", languages.load(root)["en"]))
    assert english.version == again.version
    assert english.version != chinese.version
    assert len(english.version) == 64


def test_the_version_is_the_same_in_another_process(english, root):
    code = "from pathlib import Path; from handbook import languages, render; "
    code += "print(render.Renderer(render.extensions(Path(), 'mkdocs.yml', languages.load(Path())['en'])).version)"
    said = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == english.version


# ---- tables -----------------------------------------------------------------------------------


def test_a_table_scrolls_in_a_region_that_its_heading_names(english, chinese):
    text = f"# T {{#t}}\n\n## Costs & *limits* {{#c}}\n\n{TABLE}\n{TABLE}"
    regions = tree(english.render(text).html).xpath("//div[@class='table-scroll']")
    assert [region.get("aria-label") for region in regions] == [
        "Table 1: Costs & limits",
        "Table 2: Costs & limits",
    ]
    assert {(region.get("role"), region.get("tabindex")) for region in regions} == {("region", "0")}
    assert [[child.tag for child in region] for region in regions] == [["table"], ["table"]]
    assert {region[0].get("class") for region in regions} == {"data narrow-1 narrow-2"}
    (region,) = tree(chinese.render(f"## 成本 {{#c}}\n\n{TABLE}").html).xpath("//div[@class='table-scroll']")
    assert region.get("aria-label") == "表 1：成本"


def test_a_head_cell_without_words_heads_nothing(english):
    drawn = english.render("| | A |\n|---|---:|\n| x | 1 |").html
    head = drawn.partition("<thead>")[2].partition("</thead>")[0]
    assert re.findall(r"<(t[dh])\b", head) == ["td", "th"]


def test_each_cell_of_a_comparison_says_its_row(english):
    rows = "|  | A |\n|---|---|\n| Load | 1 |\n| *Hard* limit | 2 |"
    drawn = english.render(f'<div class="compare" markdown>\n\n{rows}\n\n</div>').html
    assert tree(drawn).xpath("//td/@data-row") == ["Load", "Hard limit"]
    assert "data-row" not in english.render(rows).html


def _table(*rows, right=None):
    rule = ["---:" if column == right else "---" for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:])]
    return "\n".join(lines)


def test_a_table_names_its_short_columns(chinese):
    text = _table(("#", "阶段", "分钟", "理由"), ("1", "需求", "5", "题目里故意不说清楚，先问清楚再动手设计"))
    assert 'class="data narrow-1 narrow-2 narrow-3"' in chinese.render(text).html
    assert 'class="data narrow-2"' in chinese.render(_table(("项目", "数值"), ("一笔交易的成本", "1,400 美元"))).html


def test_a_date_is_not_broken_at_its_hyphens(english, chinese):
    for renderer in (english, chinese):
        drawn = renderer.render("| a |\n|---|\n| 2021-11-01 |\n\nSince 2025-02, not 12-2025-11 or x-2025-11-01.").html
        assert tree(drawn).xpath("//span[@class='whole']/text()") == ["2021-11-01", "2025-02"]


def test_a_card_keeps_its_numbers_whole(english):
    card = '<dl class="card"><div><dt>Gate</dt><dd>p = <data value="1">85%</data></dd></div></dl>'
    assert '<dd>p\u00a0=\u00a0<data value="1">85%' in english.render(card).html
    assert "<dt>Missed on day</dt><dd>4" in english.render(card.replace("Gate", "Missed on day").replace("p = ", "4 ")).html


def test_a_number_stays_with_the_word_that_says_how_often(chinese):
    drawn = chinese.render(_table(("项目", "数值"), ("要审核的视频", "每秒 5,790 条"))).html
    assert 'class="data narrow-2"' in drawn


def test_a_head_of_three_characters_has_one_line(chinese):
    drawn = chinese.render(_table(("监控项", "负责人", "p99"), ("排序服务的延迟", "风控", "200 ms"))).html
    assert tree(drawn).xpath("//th[@class='whole']/text()") == ["监控项", "负责人"]


def test_a_short_column_with_a_long_head_says_so(chinese):
    drawn = chinese.render(_table(("项目", "超过阈值的违规内容"), ("内容安全的人工审核", "5%"))).html
    assert tree(drawn).xpath("//th[@class='long']/text()") == ["超过阈值的违规内容"]


def test_sentences_that_do_not_fit_side_by_side_become_cards(english, chinese):
    said = {english: "What one says at the board of it", chinese: "在白板前面要说清楚的一整句话"}
    for renderer, sentence in said.items():
        drawn = tree(renderer.render(_table(list("ABCDE"), [sentence] * 5)).html)
        assert drawn.xpath("//table/@class") == ["data cards"]
        assert drawn.xpath("//td/@data-head") == list("BCDE")
        # Three fit, and numbers are read down their columns however many they are.
        fits = renderer.render(_table(list("ABC"), [sentence] * 3)).html
        numbers = renderer.render(_table([sentence, *("A head of some length" for _ in range(8))], [sentence, *"12345678"])).html
        assert "cards" not in fits
        assert "cards" not in numbers
        assert "data-head" not in fits + numbers


def test_a_card_says_a_formula_by_its_characters(english):
    sentence = "What one says at the board of it"
    head = ["A", r"limit of \(\lvert z \rvert < \tau_2\)", "C", "D", "E"]
    drawn = tree(english.render(_table(head, [sentence] * 5)).html)
    assert drawn.xpath("//td/@data-head")[0] == "limit of |z|<τ2"


def test_a_long_derivation_gets_most_of_its_table(english, chinese):
    row = ("Cost", "$5", "model of the queue: " + ", ".join(f"input {number}" for number in range(20)))
    for renderer, head in ((english, ("Quantity", "Value", "From")), (chinese, ("项目", "数值", "来源"))):
        drawn = tree(renderer.render(_table(head, row, ("Rent", "$4", "assumption"), right=1)).html)
        assert "derived" in drawn.xpath("//table/@class")[0].split()
        assert drawn.xpath("//td[contains(@class, 'told')]/text()") == [row[-1]]
    assert "derived" not in english.render(_table(("Quantity", "Value", "From"), ("Cost", "$5", "assumption"), right=1)).html


def test_a_long_derivation_is_a_card_on_a_phone(english):
    row = ("Cost of the queue a day", "$5", "model of the queue: " + ", ".join(f"input {number}" for number in range(20)))
    head = ("Quantity", "Value", "From")
    assert 'class="data derived cards"' in english.render(_table(head, row, right=1)).html
    # On paper, only a calculation's goes over the whole width; a cell of prose stays in its column.
    assert 'class="data cards"' in english.render(_table(head, row)).html


def test_a_name_and_its_derivation_beside_a_number_get_room_or_become_cards(chinese):
    head, name, derivation = ("项目", "数值", "来源"), "每天要审核的视频条数", "每天的请求数 × 一次请求的条数 ÷ 10"
    assert "cards" not in chinese.render(_table(head, (name, "5 条", derivation))).html
    boxed = _table(head, (name, "1,234 万美元", derivation)).replace("\n", "\n    ")
    assert "cards" in chinese.render(f'!!! note "推导"\n    {boxed}').html


def test_a_table_in_a_box_has_less_room(chinese):
    row = ["在白板前面要说清楚的一整句话"] * 3 + ["四个字的"]
    text = _table(list("ABCD"), row)
    assert "cards" not in chinese.render(text).html
    boxed = '!!! note "N"\n\n' + "\n".join(f"    {line}" for line in text.split("\n"))
    assert "cards" in chinese.render(boxed).html


def test_a_table_without_a_heading_is_named_by_its_number(english, chinese):
    assert 'aria-label="Table 1"' in english.render(TABLE).html
    assert 'aria-label="表 1"' in chinese.render(TABLE).html


def test_a_table_in_a_box_or_list_scrolls_too(english):
    page = english.render('!!! note "N"\n\n    | a |\n    |---|\n    | 1 |\n\n- item\n\n    | b |\n    |---|\n    | 2 |\n')
    assert len(tree(page.html).xpath("//div[@class='table-scroll']/table[starts-with(@class, 'data')]")) == 2


# ---- formulas ---------------------------------------------------------------------------------


def test_formulas_are_drawn(english):
    page = english.render("So \\(a < b\\) and \\(c\\), *and* \\(d\\).\n\n\\[\nx^2\n\\]\n\n`\\(kept\\)`\n")
    found = tree(page.html)
    alternatives = found.xpath("//*[local-name()='math']/@alttext")
    assert alternatives == ["a < b", "c", "d", "x^2"]
    assert found.xpath("//p")[0].text == "So "
    (block,) = found.xpath("/div/div")
    assert dict(block.attrib) == {"class": "formula", "tabindex": "0", "role": "group"}
    assert found.xpath("//code")[0].text == "\\(kept\\)"
    assert "arithmatex" not in page.html


@pytest.mark.parametrize(("behind", "kept"), [("; so", ";"), (").", ")."), ("，因此", "，"), (" and", None), ("", None)])
def test_signs_behind_a_formula_never_begin_a_line(english, behind, kept):
    found = tree(english.render(f"With \\(a\\){behind}\n").html)
    (formula,) = found.xpath("//*[local-name()='math']")
    assert formula.tail == kept or (kept is None and formula.getparent().tag == "p")
    assert (formula.getparent().get("class") == "unbroken") is bool(kept)
    assert found.xpath("string(//p)").endswith(behind)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("因为（\\(a\\) 大", "（M"),
        ("算 \\(b\\) × \\(c\\) 得", "×_M"),
        ("是 \\(v\\) = 0.2 元", "M_=_"),
        ('是 \\(v\\) = <data value="1">0.2</data> 元', "M_=_"),
        ("因为（\\(a\\)），", "（M），"),
    ],
)
def test_a_formula_keeps_its_bracket_its_sign_and_its_result(chinese, written, kept):
    drawn = re.sub("<math.*?</math>", "M", chinese.render(written).html).replace("\u00a0", "_")
    assert f'<span class="unbroken">{kept}</span>' in drawn


def test_a_formula_that_cannot_be_read_is_an_error(english):
    with pytest.raises(MathError, match="cannot read the formula"):
        english.render("\\(\\frac{1\\)")


# ---- anchors, links, contents -----------------------------------------------------------------


def test_an_anchor_that_moved_stands_before_its_heading(english):
    page = english.render("# T {#t}\n\n## New {#new}\n", moved={"old": "new", "older": "new", "x": "gone"})
    assert '<a id="old"></a><a id="older"></a><h2 id="new">' in page.html
    assert 'id="x"' not in page.html


def test_folded_boxes_are_numbered_below_their_heading(english):
    boxes = '??? question "Why?"\n    Because.\n\n??? question "How?"\n    So.\n'
    page = english.render(f"# One {{#one}}\n\n{boxes}\n## Two {{#two}}\n\n{boxes}").html
    assert re.findall(r'<details[^>]* id="([^"]+)"', page) == ["one-1", "one-2", "two-1", "two-2"]


def test_links_and_images_are_resolved(english):
    seen = []

    def link(target: str) -> str:
        seen.append(target)
        return f"/{target}"

    page = english.render(
        "[a](b.md#c) ![d](e.svg) <https://f.example/> <a@b.example>\n\n[g]\n\n[g]: h.md\n", link=link
    )
    assert seen == ["b.md#c", "e.svg", "https://f.example/", "h.md"]
    assert 'href="/b.md#c"' in page.html
    assert 'src="/e.svg"' in page.html
    assert 'href="b.md"' in english.render("[a](b.md)").html


def test_the_printed_contents_come_below_the_first_paragraph(chinese):
    text = "# T {#t}\n\nLead.\n\n## A {#a}\n\n### B {#b}\n\n#### C {#c}\n\n## D & E {#d}\n"
    assert "print-contents" not in chinese.render(text).html
    page = chinese.render(text, contents=True)
    assert (
        '<p>Lead.</p>\n<nav class="print-contents" data-search-exclude data-book-exclude><p>本篇目录</p>'
        '<ol><li><a href="#a">A</a><ol><li><a href="#b">B</a></li></ol></li>'
        '<li><a href="#d">D &amp; E</a></li></ol></nav>\n<h2 id="a">'
    ) in page.html


def test_nothing_comes_between_what_leads_in_and_its_list(chinese):
    text = "# T {#t}\n\n**五句话**：\n\n- 甲\n- 乙\n\n## A {#a}\n"
    assert '</ul>\n<nav class="print-contents"' in chinese.render(text, contents=True).html
    assert '</p>\n<nav class="print-contents"' in chinese.render(text.replace("：", "。"), contents=True).html


def test_a_sheet_says_so_and_lists_no_sections(chinese):
    page = chinese.render("# T {#t}\n\nLead.\n\n## A {#a}\n", contents=True, sheet=True)
    assert '<h1 class="one-sheet" id="t">' in page.html or '<h1 id="t" class="one-sheet">' in page.html
    assert "print-contents" not in page.html


# ---- fences -----------------------------------------------------------------------------------


def test_a_fence_is_drawn_by_what_is_passed_in(english):
    drawn = []

    def draw(source: str, options: dict) -> str:
        drawn.append(source)
        return f"<figure><svg><text>{len(drawn)} &lt;</text></svg></figure>"

    page = english.render(
        "```mermaid\nA --> B\n```\n\n- item\n\n    ```mermaid\n    C\n    ```\n\n```python\nx = 1\n```\n",
        draw={"mermaid": draw},
    )
    assert drawn == ["A --> B", "C"]
    assert "<text>1 &lt;</text>" in page.html
    assert "highlight" in page.html


def test_a_drawing_that_fails_is_an_error_not_its_source(english):
    def draw(source: str, options: dict) -> str:
        raise LookupError(source)

    with pytest.raises(LookupError, match="A --> B"):
        english.render("```mermaid\nA --> B\n```\n", draw={"mermaid": draw})
    assert english.render("Text.").html == "<p>Text.</p>"


def test_a_fence_that_nobody_draws_shows_its_source(english):
    assert '<pre class="mermaid"><code>A &lt; B</code></pre>' in english.render("```mermaid\nA < B\n```").html


# ---- languages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("你好\n谢谢", "你好谢谢"),
        ("**你好**\n谢谢", "<strong>你好</strong>谢谢"),
        ("你好\n**谢谢**", "你好<strong>谢谢</strong>"),
        ("[你好](https://a.example)\n谢谢", '<a href="https://a.example">你好</a>谢谢'),
        ("你好，\n谢谢", "你好，谢谢"),
        ("你好\n“谢谢”", "你好“谢谢”"),
        ("“你好”\n谢谢", "“你好”谢谢"),
        ("你好——\n谢谢", "你好——谢谢"),
        ("见 GPU，\nCPU 也行", "见 GPU，CPU 也行"),
        ("你好\nGPU", "你好\nGPU"),
        ("GPU\n你好", "GPU\n你好"),
        ("`码`\n你好", "<code>码</code>\n你好"),
        ("你好  \n谢谢", "你好<br />\n谢谢"),
        ("one\ntwo", "one\ntwo"),
        ("a — b\nc", "a — b\nc"),
        ("he said “no”\nand left", "he said “no”\nand left"),
    ],
)
def test_a_line_break_between_chinese_characters_leaves_nothing(written, shown, chinese):
    assert chinese.render(written).html == f"<p>{shown}</p>"


@pytest.mark.parametrize("mark", ["> {}", "- {}", '!!! note "框"\n    {}', "## 题 {{#t}}\n{}", "[^1]\n\n[^1]: {}"])
def test_a_line_break_is_dropped_in_every_block(mark, chinese):
    page = chinese.render(mark.format("你好\n    谢谢" if "    " in mark or "[^" in mark else "你好\n谢谢"))
    assert "你好谢谢" in page.html


@pytest.mark.parametrize(
    ("written", "together"),
    [
        ("within ± 2% of it", "± 2%"),
        ("p ≥ 79.6% passes", "p ≥ 79.6%"),
        ("κ = 0.6 between two", "κ = 0.6"),
        ("at > 0.5 px it stops", "> 0.5 px"),
        ("it costs − $1.65 more", "− $1.65"),
        ("in 100 ms, or 15 min", "100 ms"),
        ("from 0 to 6 h", "6 h"),
        ("up to EUR 500 a day", "EUR 500"),
        ("on day 28", "day 28"),
        ("UN Regulation No. 155", "No. 155"),
        ("brakes with 4 m/s² at once", "4 m/s²"),
        ("is 4.5 × 10⁻⁶ a mile", "4.5 × 10⁻⁶"),
        ('± <data class="assumed">2%</data>', '± <data class="assumed">2%</data>'),
        ("**± 2%**", "± 2%"),
        ("| a |\n|---|\n| > 5 min |", "&gt; 5 min"),
        ("recall → rank, cores × load", "→ rank"),
        ("recall → rank, cores × load", "× load"),
        ("召回 → 排序", "→ 排序"),
        ("0.12 × (70% + (1 − 70%)²) / 2", "× (70%"),
        ("0.12 × (70% + (1 − 70%)²) / 2", "+ (1 − 70%)²"),
        ("z × √(100 / 5) / 2", "× √(100 / 5)"),
        ("z × √(100 / 5) / 2", "/ 2"),
        ("0.1 × (1 + [15 results](#a))", '(1 + <a href="#a">15 results</a>)'),
    ],
)
def test_a_number_keeps_its_sign_and_unit_on_its_line(written, together, english):
    tags = re.split(r"(<[^>]*>)", together)
    kept = "".join(part if part.startswith("<") else part.replace(" ", "\u00a0") for part in tags)
    assert kept in english.render(written).html.replace("&gt;", "&gt;" if "&gt;" in kept else ">")


@pytest.mark.parametrize(
    "written",
    ["in 5 minutes", "a = b", "rows + columns", "option B = none", "`> 5 ms`", "read / write", "(what we said of 2)", "a →\nb"],
)
def test_other_words_may_part(written, english):
    assert "\u00a0" not in english.render(written).html


@pytest.mark.parametrize(
    ("written", "together"),
    [
        ("每天 23.17 万美元就够", "23.17 万美元"),
        ("高了 5 个百分点", "5 个百分点"),
        ("到第 25 分钟为止", "第 25 分钟"),
        ("一张卡 2.50 美元/卡时", "2.50 美元/卡时"),
        ("减速度 4 米/秒²，", "4 米/秒²"),
        ("每 1.20 美元/(副本·小时)", "1.20 美元"),
        ('要 <data value="2">2.52</data> 万美元', '<data value="2">2.52</data> 万美元'),
        ("**500 美元**", "500 美元"),
        ("设 \\(g\\) 是 12 美元", "12 美元"),
        ("| 价 |\n|---|\n| 15 美元 |", "15 美元"),
    ],
)
def test_a_chinese_number_and_its_measure_word_are_one_piece(written, together, chinese):
    kept = re.sub(r" (?![^<]*>)", "\u00a0", together)
    assert f'<span class="whole">{kept}</span>' in chinese.render(written).html


@pytest.mark.parametrize("written", ["有 5 个", "过了 14 天", "2,000 条"])
def test_before_one_character_a_space_that_does_not_break_is_enough(written, chinese):
    page = chinese.render(written).html
    assert "\u00a0" in page
    assert "whole" not in page


@pytest.mark.parametrize("written", ["L4 级", "`5 美元`", "v1.2 天", '<data value="5">5\u00a0美元</data>', "用 5 台"])
def test_what_holds_already_or_is_no_measure_gets_no_span(written, chinese):
    assert "whole" not in chinese.render(written).html


def test_a_short_sum_in_brackets_is_one_piece(english):
    assert "(1\u00a0−\u00a050%)" in english.render("times (1 − 50%) of it").html
    long = "all of it (the first half, then the second, then − 50%)"
    assert long.replace("− 50", "−\u00a050") in english.render(long).html


def test_code_keeps_its_lines(chinese):
    assert "你好\n谢谢" in chinese.render("```text\n你好\n谢谢\n```").html


def test_a_footnote_leads_back_in_the_pages_language(english, chinese):
    text = "A[^1]\n\n[^1]: B\n"
    assert 'title="Jump back to footnote 1 in the text"' in english.render(text).html
    assert 'title="回到正文中的脚注 1"' in chinese.render(text).html


def test_blocks_nested_too_deep_are_an_error(english):
    with pytest.raises(render.RenderError, match="nested too deep"):
        english.render("- " * 5_000 + "a")


# ---- configuration ----------------------------------------------------------------------------


def test_a_language_puts_its_words_into_the_extensions(root):
    english, chinese = (render.extensions(root, "mkdocs.yml", language) for language in languages.load(root))
    assert list(english) == list(chinese)
    assert english["toc"] | {"permalink_title": "本节链接", "title": "本页目录"} == chinese["toc"]
    assert chinese["footnotes"]["BACKLINK_TITLE"] == "回到正文中的脚注 {}"
    assert english["pymdownx.details"] == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [\n", "m.yml:2: navigation: invalid YAML: "),
        ("markdown_extensions: [toc]\n", "m.yml:1: navigation: `markdown_extensions` is not a mapping"),
        ("markdown_extensions:\n  toc: 5\n", "m.yml:2: navigation: the settings of `toc` are not a mapping"),
        ("INHERIT: other.yml\n", "m.yml:1: navigation: `other.yml` cannot be inherited"),
        ("INHERIT: m.yml\n", "m.yml:1: navigation: `m.yml` cannot be inherited"),
    ],
)
def test_a_broken_configuration_is_a_problem(text, problem, tmp_path):
    (tmp_path / "m.yml").write_text(text)
    with pytest.raises(ProblemsError) as raised:
        render.extensions(tmp_path, "m.yml")
    assert str(raised.value).startswith(problem)


@pytest.mark.parametrize("settings", [{"no.such": {}}, {"toc": {"permalink": "#", "toc_depth": "x"}}, {"toc": {"a": 1}}])
def test_an_extension_that_cannot_be_set_up_is_an_error(settings):
    with pytest.raises(render.RenderError, match="Markdown cannot be set up"):
        render.Renderer(settings)
