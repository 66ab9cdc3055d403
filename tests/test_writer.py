"""What an author writes becomes what MkDocs renders: values, citations and generated blocks."""

from __future__ import annotations

import re

import pytest

from handbook import blocks
from handbook.problems import guess
from handbook.render import allowed
from handbook.source import Book, pace
from handbook.source.designs import ROWS
from handbook.source.page import Page, parse
from handbook.writer import BrokenError, WriteError, Writer, cited

FRONT = "---\ntitle: T\ndescription: D\n---\n"


def page(body: str, language: str = "en") -> Page:
    return parse(f"docs/{language}/designs/toy.md", language, "designs/toy", FRONT + body)


def plain(text: str) -> str:
    return " ".join(text.split())


EN = "docs/en/designs/toy.md"


def table(block: str) -> list[str]:
    return [line for line in block.split("\n") if line.startswith("|")]


class Reader:
    """Reads what is written in one language of a handbook: the words, without the marks of values."""

    def __init__(self, book: Book, language: str) -> None:
        self.book, self.language = book, language

    def page(self, page: Page) -> str:
        return re.sub("</?data[^>]*>", "", Writer(self.book, page).markdown())

    def block(self, kind: str, argument: str = "", body: str = "", slug: str = "designs/toy") -> str:
        path = f"docs/{self.language}/{slug}.md"
        writer = Writer(self.book, parse(path, self.language, slug, FRONT + body))
        return re.sub("</?data[^>]*>", "", blocks.write(writer, kind, argument))


@pytest.fixture(params=["en", "zh"])
def reader(request, mini):
    return Reader(mini.book(), request.param)


@pytest.fixture
def english(mini):
    return Reader(mini.book(), "en")


@pytest.fixture
def chinese(mini):
    return Reader(mini.book(), "zh")


@pytest.mark.parametrize(
    ("written", "in_english", "in_chinese"),
    [
        ("{{ load }}", "3,000 tx/s", "3,000 笔/秒"),
        ("{{load}}", "3,000 tx/s", "3,000 笔/秒"),
        ("{{ load | bare }}", "3,000", "3,000"),
        ("{{ designs/toy:load|bare }}", "3,000", "3,000"),
        ("{{ rate }}", "0.1%", "0.1%"),
        ("{{ day_load }}", "259M transactions", "2.59 亿笔"),
        ("{{ frauds }}", "259,200 tx a day", "每天 25.92 万笔"),
        ("{{ decision.network }}", "30 ms", "30 ms"),
        ("{{ decision.fetch }} {{ decision.counters }}", "25 ms 5 ms", "25 ms 5 ms"),
        ("{{ decision.total }} {{ decision.slack | bare }}", "100 ms 20", "100 ms 20"),
        ("{{ framework:data }}", "7 minutes", "7 分钟"),
        ("{{ framework:total | bare }} {{ framework:qa | bare }}", "45 4", "45 4"),
        (
            "So it is [@smith2020].",
            "So it is ([Smith et al. 2020](https://example.org/paper){.citation}).",
            "So it is（[Smith 等 2020](https://example.org/paper){.citation}）.",
        ),
        ("`{{ load }}` ``[@smith2020]``", "`{{ load }}` ``[@smith2020]``", "`{{ load }}` ``[@smith2020]``"),
    ],
)
def test_an_inline_value_is_written_in_the_pages_language(written, in_english, in_chinese, english, chinese):
    assert plain(english.page(page(written))) == in_english
    assert plain(chinese.page(page(written, "zh"))) == in_chinese


def test_a_number_never_parts_from_its_unit(english):
    assert english.page(page("{{ load }}")) == "3,000\u00a0tx/s"


def test_one_of_a_thing_is_written_in_the_singular(mini):
    mini.replace("data/numbers/designs/toy.yml", "value: 3000, unit: tx/s", "value: 1, unit: tx")
    assert plain(Reader(mini.book(), "en").page(page("{{ load }}"))) == "1 transaction"


def test_a_page_loses_its_front_matter_and_keeps_its_lines(english):
    body = "# T {#t}\n\nLoad {{ load }}.\n\n```mermaid\nA[{{ load }}]\n```\n```python\n{{ load }}\n```\n"
    lines = english.page(page(body)).split("\n")
    assert len(lines) == len(body.split("\n"))
    assert lines[5] == "A[3,000\u00a0tx/s]"
    assert lines[8] == "{{ load }}"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("{{ laod }}", "unknown value `laod`", "did you mean `load`?"),
        ("{{ zzz }}", "unknown value `zzz`", ""),
        ("{{ }}", "unknown value ``", ""),
        ("{{ load | short }}", "unknown form `short`", "only `bare` exists"),
        ("{{ other:load }}", "`load`: no numbers file data/numbers/other.yml", ""),
        ("{{ framework:dta }}", "unknown stage `dta`", "did you mean `data`?"),
        ("{{ decision.netwrk }}", "unknown value `decision.netwrk`", "did you mean `decision.network`?"),
        ("[@smth2020]", "unknown source `smth2020`", "did you mean `smith2020`?"),
        ("{{ stage: dat }}", "unknown stage `dat`", "did you mean `data`?"),
        ("{{ calculation: laod }}", "unknown table `laod`", "did you mean `load`?"),
        ("{{ calculation }}", "unknown table ``", ""),
        ("{{ budget: decison }}", "unknown budget `decison`", "did you mean `decision`?"),
        ("{{ sources }}", "the page cites nothing", ""),
    ],
)
def test_a_name_that_nothing_stands_behind_is_an_error_with_a_guess(written, message, hint, english):
    with pytest.raises(WriteError) as raised:
        english.page(page(written))
    assert (str(raised.value), raised.value.hint) == (message, hint)


def test_a_unit_that_no_language_writes_is_an_error(mini):
    mini.replace("data/units.yml", 'tx/s: {en: "{n} tx/s", zh: "{n} 笔/秒"}\n', "")
    with pytest.raises(WriteError) as raised:
        Reader(mini.book(), "en").page(page("{{ load }}"))
    assert (str(raised.value), raised.value.hint) == (
        "`load`: no way to write the unit `tx/s`",
        "add it to data/units.yml",
    )


@pytest.mark.parametrize("kind", ["card", "calculation: load", "budget: decision"])
def test_a_block_of_numbers_needs_a_numbers_file(kind, mini):
    (mini.root / "data/numbers/designs/toy.yml").unlink()
    with pytest.raises(WriteError, match=re.escape("no numbers file data/numbers/designs/toy.yml")):
        Reader(mini.book(), "en").page(page(f"{{{{ {kind} }}}}"))


def test_a_calculation_shows_value_and_where_it_is_from(english, chinese):
    assert plain(english.block("calculation", "load")) == plain(
        "| Quantity | Value | From | | --- | ---: | --- | | Base rate | 0.1% | assumption |"
        " | Load | 3,000 tx/s | [Smith et al. 2020](https://example.org/paper){.citation} |"
        " | Load a day | 259M transactions | 3,000 tx/s × 86,400 |"
    )
    assert "| 日负载 | 2.59 亿笔 | 3,000 笔/秒 × 86,400 |" in plain(
        chinese.block("calculation", "load")
    )


def test_a_formula_may_show_another_pages_value(mini):
    mini.write(
        "data/numbers/other-page.yml",
        (
            "inputs:\n  hot__load: {value: 7, unit: tx, en: H, zh: 热, source: assumption}\n"
            "results:\n  a: {formula: designs/toy:load * day + hot__load, unit: tx, en: A, zh: 甲}\n"
            "tables:\n  t: [a]\n"
        ),
    )
    block = Reader(mini.book(), "en").block("calculation", "t", slug="other-page")
    assert "3,000 tx/s × 86,400 + 7 transactions" in plain(block)


def test_a_budget_shows_serial_and_parallel_parts_slack_and_sum(english, chinese):
    assert english.block("budget", "decision").replace("\u00a0", " ").split("\n") == [
        "| Component | p99 (ms) | Note |",
        "| --- | ---: | --- |",
        "| Network | 30 |  |",
        "| Read | 25 | in parallel, the maximum counts |",
        "| ∥ Profile | (25) |  |",
        "| ∥ Counters | (5) |  |",
        "| Score | 25 |  |",
        "| Slack | 20 | for jitter and growth |",
        "| **Sum** | **100** | of 100 ms allowed |",
    ]
    assert "| **合计** | **100** | 上限 100 ms |" in plain(
        chinese.block("budget", "decision")
    )


def test_a_budget_of_seconds_groups_its_digits(mini):
    mini.replace("data/numbers/designs/toy.yml", "ms: 30}", "ms: 1030}")
    assert "| Network | 1,030 |" in Reader(mini.book(), "en").block("budget", "decision")


def test_a_card_is_a_list_of_labels_and_values(english):
    assert plain(english.block("card", "")) == (
        '<dl class="card"><div><dt>Load</dt><dd>3,000 tx/s</dd></div></dl>'
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{en: Load, zh: 负载, value_zh: x}", "numbers: a row of the card has no `value_en`"),
        ("{zh: 负载, value_en: x, value_zh: x}", "numbers: a row of the card has no `en`"),
        ("{em: Load, zh: 负载, value_en: x, value_zh: x}", "numbers: unknown key `em` (did you mean `en`?)"),
        ("text", "numbers: a row of the card is not a mapping"),
        ('{en: Load, zh: 负载, value_en: "{{ laod }}", value_zh: "{{ laod }}"}', "values: unknown value `laod` (did you mean `load`?)"),
    ],
)  # fmt: skip
def test_a_row_of_the_card_has_its_parts(row, message, mini):
    line = mini.read("data/numbers/designs/toy.yml").splitlines()[-1]
    number = mini.replace("data/numbers/designs/toy.yml", line, f"  - {row}")
    assert mini.problems() == [f"data/numbers/designs/toy.yml:{number}: {message}"]
    if message.startswith("numbers") and "mean" not in message:
        with pytest.raises(BrokenError):
            Reader(mini.book(), "en").block("card", "")


def test_a_card_without_rows_is_an_error(mini):
    text = mini.read("data/numbers/designs/toy.yml")
    mini.write("data/numbers/designs/toy.yml", text[: text.index("card:")])
    with pytest.raises(WriteError, match=re.escape("data/numbers/designs/toy.yml has no card")):
        Reader(mini.book(), "en").block("card", "")


def test_a_stage_line_says_number_minutes_clock_and_what_is_drawn(english, chinese):
    assert re.sub("<[^>]+>", "", plain(english.block("stage", "data"))) == (
        "Stage 3 of 7 7 min minute 8 to 15 Data pipeline: sources → ETL → store"
    )
    assert re.sub("<[^>]+>", "", plain(chinese.block("stage", "data"))).startswith(
        "阶段 3/7 7 分钟 第 8–15 分钟"
    )


def test_the_stages_add_up_to_the_length_of_the_interview(reader):
    lines = re.sub("<.*?>", "", reader.block("stages", "")).split("\n")[2:]
    rows = [[cell.strip(" *") for cell in line.split("|")[1:-1]] for line in lines]
    assert sum(int(row[2]) for row in rows[:-1]) == int(rows[-1][2]) == 45
    assert [row[0] for row in rows] == [*"1234567", "", ""]
    assert [row[3] for row in rows[:-1]] == [
        "0–5",
        "5–8",
        "8–15",
        "15–20",
        "20–28",
        "28–36",
        "36–41",
        "41–45",
    ]


def test_the_timeline_ends_with_the_buffer(reader):
    rows = re.sub("<.*?>", "", reader.block("timeline", "")).split("\n")[2:]
    assert [row.split(" | ")[0].strip("| ") for row in rows] == [
        "0–5",
        "5–8",
        "8–15",
        "15–20",
        "20–28",
        "28–36",
        "36–41",
        "41–45",
    ]


def test_the_gantt_is_valid_mermaid(reader):
    from handbook import diagrams

    block = reader.block("gantt", "").split("\n")
    assert (block[0], block[-1]) == ("```mermaid", "```")
    source = "\n".join(block[1:-1])
    assert diagrams.problems(source, reader.book.languages["en"]) == []
    assert len(diagrams.structure(source).nodes) == 8
    texts = [re.sub(r" \(\d+\)", "", text) for text in diagrams.draw(source, reader.book.languages["en"]).texts]
    assert len(set(texts)) == len(texts)  # no stage is named twice


def test_the_sources_of_a_page_are_those_that_it_cites_and_calculates_with(mini):
    book = mini.book()
    assert cited(book, page("It is so [@smith2020].")) == ["smith2020"]
    assert cited(book, page("{{ calculation: load }}")) == ["smith2020"]
    assert cited(book, page("Nothing [@unknown].")) == []
    block = Reader(book, "zh").block("sources", body="[@smith2020]")
    assert block == (
        '<ul class="sources">\n<li id="source-smith2020">Smith 等 (2020). '
        '<a href="https://example.org/paper">A Title</a>. KDD; <span class="whole">2026-11-20 核对</span></li>\n</ul>'
    )


@pytest.mark.parametrize(
    ("title", "where", "shown"),
    [
        ("A Title", "Text, read in a copy; KDD", "Li (2020). A Title. Text, read in a copy; KDD; 2026-11-20 核对"),
        ("准则", "国标, 抄本; 重印", "Li（2020）。准则。国标，抄本；重印；2026-11-20 核对"),
        ("准则", "As reported, reprinted", "Li（2020）。准则。As reported, reprinted; 2026-11-20 核对"),
        ("Why?", "国标", "Li (2020). Why? 国标；2026-11-20 核对"),
    ],
)
def test_a_source_is_set_by_the_script_of_its_own_words(mini, title, where, shown):
    source = f'"{title}", where: "{where}", url: "https://example.org/x", checked: 2026-11-20, says: x'
    mini.write("data/sources/designs/toy.yml", f"li2020: {{authors: Li, year: 2020, title: {source}}}\n")
    block = Reader(mini.book(), "zh").block("sources", body="[@li2020]")
    assert re.sub("<[^>]*>", "", block).strip() == shown


def test_sources_of_one_author_and_year_are_told_apart(mini):
    mini.write(
        "data/sources/designs/toy.yml",
        (mini.root / "data/sources/designs/toy.yml").read_text(encoding="utf-8")
        + """\
smith2020b: {authors: Smith et al., year: 2020, title: Why?, where: "KDD; arXiv", url: "https://example.org/why", checked: 2026-11-20, says: x}
adams2020: {authors: adams and Brown, year: 2020, title: Old, where: Self, url: "https://example.org/old", checked: 2026-11-20, says: x}
""",
    )
    book = mini.book()
    both = Writer(book, page("[@smith2020] [@smith2020b] [@adams2020]", "zh"))
    assert both.citation("smith2020").startswith("[Smith\u00a0等\u00a02020a]")
    assert both.citation("smith2020b").startswith("[Smith\u00a0等\u00a02020b]")
    alone = Writer(book, page("[@smith2020b]", "zh")).citation("smith2020b")
    assert alone.startswith("[Smith\u00a0等\u00a02020]")
    listed = re.sub("<.*?>", "", blocks.write(both, "sources", "")).strip().split("\n")
    assert listed == [
        "adams 和 Brown (2020). Old. Self; 2026-11-20 核对",
        "Smith 等 (2020a). A Title. KDD; 2026-11-20 核对",
        "Smith 等 (2020b). Why? KDD; arXiv; 2026-11-20 核对",
    ]


def test_a_block_inside_a_box_keeps_its_indentation(english):
    lines = english.page(page('!!! board "B"\n    {{ calculation: load }}\n')).split("\n")
    assert all(line.startswith("    |") for line in lines[1:6])


def test_a_guess_is_made_only_for_what_is_near():
    assert guess("laod", ["load", "day"]) == "did you mean `load`?"
    assert guess("xyz", ["load", "day"]) == ""


# ── values keep their names ───────────────────────────────────────────────────────────────────────


def write(book: Book, body: str, language: str = "en") -> str:
    return Writer(book, page(body, language)).markdown()


def test_a_value_on_a_page_says_which_number_it_is(mini):
    assert write(mini.book(), "{{ load }}") == "<data value='3000' data-q='load' class='sourced'>3,000\u00a0tx/s</data>"


def test_a_value_without_end_has_six_digits(mini):
    mini.replace("data/numbers/designs/toy.yml", "formula: load * rate", "formula: load * rate / 7")
    assert "<data value='37028.6' data-q='frauds'>" in write(mini.book(), "{{ frauds }}")


def test_a_value_of_another_page_names_the_page(mini):
    mini.write(
        "data/numbers/other-page.yml", "inputs:\n  a: {value: 7, unit: tx, en: A, zh: 甲, source: assumption}\n"
    )
    text = write(mini.book(), "{{ other-page:a | bare }}", "zh")
    assert text == "<data value='7' data-q='other-page:a' class='assumed'>7</data>"


def test_a_value_in_the_title_of_a_box_does_not_end_it(mini):
    assert write(mini.book(), '!!! trap "{{ load }}"').count('"') == 2


@pytest.mark.parametrize("body", ["\\( {{ load | bare }} \\)", "```mermaid\nA[{{ load | bare }}]\n```"])
def test_formulas_and_diagrams_take_no_marks(body, mini):
    assert "3,000" in write(mini.book(), body)
    assert "<data" not in write(mini.book(), body)


def test_a_row_of_a_calculation_can_be_linked_to_where_it_stands_first(mini):
    mini.replace("data/numbers/designs/toy.yml", "tables:\n", "tables:\n  again: [load]\n")
    text = write(mini.book(), "{{ calculation: again }}\n\n{{ calculation: load }}")
    assert re.findall("id='(.*?)'", text) == ["q-load", "q-rate", "q-day_load"]


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ('"a|b"', r"a\|b"),
        ("a|b|c", r"a\|b\|c"),
        (r"a\|b", r"a\|b"),
        (r"a\\|b", r"a\\\|b"),
        (r'"a\nb"', "a b"),
        ('"a\n\n    b"', "a b"),
    ],
)
def test_a_label_never_shifts_a_generated_table(label, cell, mini):
    mini.replace("data/numbers/designs/toy.yml", "en: Load,", f"en: {label},")
    rows = blocks.write(Writer(mini.book(), page("")), "calculation", "load").split("\n")
    assert len(rows) == 5
    assert rows[3].startswith(f"| {cell} | ")


def test_the_same_stage_is_linked_in_each_design_that_has_a_page(mini):
    assert Reader(mini.book(), "zh").block("same-stage", "data", slug="framework/data") == (
        "这一阶段在各个设计里怎么做：\n\n- [玩具](../designs/toy.md#data)：关于 data。"
    )


def test_the_same_stage_leads_to_the_page_that_has_all_decisions(mini):
    mini.write("docs/en/designs/by-stage.md", FRONT + "# T {#t}\n")
    said = Reader(mini.book(), "en").block("same-stage", "data", slug="framework/data")
    assert said.startswith(
        "The same stage in the worked designs ([their decisions in a row](../designs/by-stage.md#data)):\n"
    )


@pytest.mark.parametrize("block", ["same-stage", "decisions"])
def test_an_unknown_stage_is_in_no_design(block, mini):
    with pytest.raises(WriteError, match="unknown stage `dat`"):
        Reader(mini.book(), "en").block(block, "dat")


QUESTIONS = """questions:
  designs/toy:
    data: {hardest: data, difficulty: 3, minutes: 30, nearest: "designs/toy#model"}
"""


def test_a_question_says_what_is_known_of_it(mini):
    mini.write("data/questions.yml", QUESTIONS)
    assert Reader(mini.book(), "en").block("question", "data") == (
        "**Hardest stage**: [Data](../framework/data.md) · **Difficulty**: hard · **Time**: 30 minutes"
        " · **Nearest**: [Toy (Model)](toy.md#model)"
    )
    assert "**最接近**：[玩具（模型）](toy.md#model)" in Reader(mini.book(), "zh").block("question", "data")


def test_an_unknown_question_is_not_guessed(mini):
    mini.write("data/questions.yml", QUESTIONS)
    with pytest.raises(WriteError, match="unknown question `dat`"):
        Reader(mini.book(), "en").block("question", "dat")


def test_the_list_of_questions_links_to_each(mini):
    mini.write("data/questions.yml", QUESTIONS)
    assert Reader(mini.book(), "en").block("question-list", slug="practice/index") == (
        '<div class="question-list" data-all="all" data-shown="# questions" markdown>\n\n'
        "| Question | Domain | Hardest stage | Difficulty | Minutes |\n"
        "| --- | --- | --- | --- | ---: |\n"
        "| [Data](../designs/toy.md#data) | [Toy](../designs/toy.md) | Data | hard | 30 |\n\n"
        "</div>"
    )


def test_the_list_of_questions_is_markup_that_pages_may_have(mini):
    mini.write("data/questions.yml", QUESTIONS)
    text = Reader(mini.book(), "en").block("question-list", slug="practice/index")
    tags = [tag for tag in allowed.tags(text) if tag.name == "div"]
    assert len(tags) == 2
    assert {name for tag in tags for name in tag.attributes} <= {*allowed.ALLOWED["div"], "class"}


def test_a_list_of_no_questions_is_an_error(mini):
    with pytest.raises(WriteError, match="no questions"):
        Reader(mini.book(), "en").block("question-list")


# ── plans of practice ─────────────────────────────────────────────────────────────────────────────

PLANS = """plans:
  day:
    parts:
      - en: Morning
        zh: 上午
        steps:
          - {id: read, minutes: 50, to: designs/toy, en: Read it, zh: 读一遍}
          - {id: say, minutes: 15, to: "designs/toy#model", en: Say it, zh: 讲一遍}
      - en: Evening
        zh: 晚上
        steps:
          - {id: again, minutes: 20, to: designs/toy, en: Again, zh: 再来}
"""


def test_a_plan_has_an_empty_box_for_each_step_and_sums_its_minutes(mini):
    mini.write("data/plans.yml", PLANS)
    text = Reader(mini.book(), "en").block("practice-plan", "day", slug="practice/index")
    assert "**Morning** · 1 h 5 min\n\n<div class=\"plan-part\" data-steps=\"read say\" markdown>" in text
    assert "| ☐ | Say it | [Toy (Model)](../designs/toy.md#model) | 15 |" in text
    assert text.endswith("</div>\n\n1 h 25 min in all.\n\n</div>")
    assert "| ☐ | 讲一遍 | [玩具（模型）]" in Reader(mini.book(), "zh").block("practice-plan", "day", slug="practice/index")


def test_the_minutes_of_reading_are_counted_without_what_is_folded(mini):
    mini.write("data/plans.yml", PLANS.replace("minutes: 15, ", "").replace("#model", "#further"))
    words, folded = "word " * 2 * pace.WORDS, "word " * pace.WORDS
    for language in ("en", "zh"):
        path = f"docs/{language}/designs/toy.md"
        mini.append(path, f'## Further {{#further}}\n\n{words}\n\n??? note "Folded"\n    {folded}')
    assert "**Morning** · 52 min" in Reader(mini.book(), "en").block("practice-plan", "day", slug="practice/index")


def test_an_unknown_plan_is_not_guessed(mini):
    mini.write("data/plans.yml", PLANS)
    with pytest.raises(WriteError, match="unknown plan `dai`"):
        Reader(mini.book(), "en").block("practice-plan", "dai")


def test_plans_are_markup_that_pages_may_have(mini):
    mini.write("data/plans.yml", PLANS)
    reader = Reader(mini.book(), "zh")
    for text in (reader.block("practice-plan", "day"), reader.block("plan-ticks")):
        tags = allowed.tags(text)
        assert {tag.name for tag in tags} == {"div"}
        assert {name for tag in tags for name in tag.attributes} <= {*allowed.ALLOWED["div"], "class"}


# ── designs side by side ──────────────────────────────────────────────────────────────────────────


def test_the_designs_stand_side_by_side_in_the_order_of_the_rows(mini):
    head, rule, *rows = table(Reader(mini.book(), "en").block("compare", slug="designs/index"))
    assert head == "|  | [Toy](toy.md) |"
    assert rule == "| --- | --- |"
    assert rows[:2] == ["| Load | its load |", "| SLA | its sla |"]
    assert rows[-1] == "| Hardest stage | [Data](toy.md#data): about data |"
    assert len(rows) == len(ROWS) + 1


def test_the_comparison_has_words_of_its_own_in_each_language(mini):
    head, _, *rows = table(Reader(mini.book(), "zh").block("compare", slug="designs/index"))
    assert head == "|  | [玩具](toy.md) |"
    assert rows[0] == "| 流量 | 它的 load |"
    assert rows[-1] == "| 最难的阶段 | [数据](toy.md#data)：关于 data |"


def test_a_value_of_the_comparison_is_that_of_the_design(mini):
    mini.replace("data/designs.yml", "{en: its load,", '{en: "{{ load }} or {{ load | bare }}",')
    writer = Writer(mini.book(), parse("docs/en/designs/index.md", "en", "designs/index", FRONT))
    said = plain(blocks.write(writer, "compare", ""))
    assert "data-q='designs/toy:load' class='sourced'>3,000 tx/s</data> or <data" in said
    assert set(writer.shown) == {"designs/toy:load"}


def test_without_designs_nothing_is_compared(mini):
    (mini.root / EN).unlink()
    assert Reader(mini.book(), "en").block("compare", slug="designs/index") == ""


def test_a_decision_is_told_in_the_words_of_its_page(mini):
    box = '!!! decision "Board"\n    A box.\n'
    told = (
        '!!! decision "Board"\n    **Ask at {{ load }}**, see [why](#metrics), [home](../index.md#home)\n'
        "    and [there](https://example.org/#a).\n\n    `{{ load }}` stays.\n"
    )
    mini.replace(EN, box, told)
    assert Reader(mini.book(), "en").block("decisions", "requirements", slug="designs/by-stage") == (
        "<div data-search-exclude markdown>\n\n"
        '!!! decision "Toy: about requirements"\n'
        "    **Ask at 3,000\u00a0tx/s**, see [why](toy.md#metrics), [home](../index.md#home)\n"
        "    and [there](https://example.org/#a).\n\n"
        "    `{{ load }}` stays.\n\n"
        "    [Requirements in Toy](toy.md#requirements)\n\n"
        "</div>"
    )


def test_a_design_without_a_decision_has_no_box(mini):
    mini.replace(EN, "!!! decision", "!!! note", count=7)
    assert Reader(mini.book(), "en").block("decisions", "data", slug="designs/by-stage") == ""
