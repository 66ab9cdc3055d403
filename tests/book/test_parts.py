"""The parts that a book is made of, each on its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from handbook import languages, source
from handbook.compiled import Figure
from handbook.diagrams import Drawing
from handbook.outputs import downloads
from handbook.outputs.book import edition
from handbook.outputs.book.chapters import Chapter
from handbook.outputs.book.convert import Converted, plain, written
from handbook.outputs.pdf import characters, finish, frame, numbering, terms
from handbook.outputs.pdf.convert import OnPaper
from handbook.render import Heading
from handbook.source.glossary import Term

LANGUAGES = languages.load(Path(__file__).resolve().parents[2])
ADDRESS = "http://127.0.0.1/en/"


def chapter(slug: str, body: str, *headings: Heading, part: str = "") -> Chapter:
    """A chapter called Toy."""
    return Chapter(
        slug=slug, source=f"docs/en/{slug}.md", place=f"{slug}/", part=part, description="", sheet=False,
        content=f"<h1 id='toy'>Toy</h1>{body}", folder=Path(),
        headings=(Heading(1, "toy", "Toy", "Toy"), *headings),
    )  # fmt: skip


def converted(body: str, *headings: Heading) -> Converted:
    """Convert a chapter that stands beside another one."""
    listed = [chapter("designs/toy", body, *headings, part="Designs"), chapter("other", "")]
    return OnPaper(listed, LANGUAGES["en"], ADDRESS).convert(listed[0])


def convert(body: str) -> str:
    """Convert a chapter that stands beside another one; return its HTML."""
    return written(converted(body).body)


def test_folded_answers_are_opened():
    written = convert("<details class='question'><summary>Why?</summary><p>So.</p></details>")
    assert "<details" not in written
    assert '<p class="admonition-title">Why?</p><p>So.</p>' in written


def test_tabs_are_unrolled_under_their_labels():
    written = convert(
        "<div class='tabbed-set'><input type='radio'><input type='radio'>"
        "<div class='tabbed-labels'><label>One</label><label>Two</label></div>"
        "<div class='tabbed-content'><div class='tabbed-block'><p>1</p></div>"
        "<div class='tabbed-block'><p>2</p></div></div></div>"
    )
    assert "<input" not in written
    assert written.index("One") < written.index("<p>1</p>") < written.index("Two") < written.index("<p>2</p>")


def test_check_boxes_are_printed():
    written = convert("<ul><li><input type='checkbox' checked> a</li><li><input type='checkbox'> b</li></ul>")
    assert written.count('class="checked box"') == 1
    assert written.count('class="box"') == 1


def test_headings_under_a_part_are_lowered():
    assert '<h3 id="designs-toy--a" class="h2">A</h3>' in convert("<h2 id='a'>A</h2>")


def test_headings_are_those_of_the_page_that_the_book_shows():
    headings = Heading(2, "a", "A &amp; B", "A &amp; <b>B</b>"), Heading(3, "gone", "Gone", "Gone")
    body = "<h2 id='a'>A &amp; <b>B</b></h2><div data-book-exclude><h3 id='gone'>Gone</h3></div>"
    found = [(heading.id, heading.text, heading.level) for heading in converted(body, *headings).headings]
    assert found == [("designs-toy", "Toy", 1), ("designs-toy--a", "A & B", 2)]


def test_a_formula_is_an_image_that_says_its_latex():
    formula = (
        '<math alttext="a &lt; \\frac{1}{2}" xmlns="http://www.w3.org/1998/Math/MathML" display="inline">'
        '<mrow><mi>a</mi><mo stretchy="false">&lt;</mo><mspace width="1em"/>'
        "<mfrac><mn>1</mn><mn>2</mn></mfrac></mrow></math>"
    )
    assert convert(f"<p>Say {formula}, so.</p>").endswith(
        '<p>Say <span class="math" role="img" aria-label="Formula: a &lt; \\frac{1}{2}">'
        '<math alttext="a &lt; \\frac{1}{2}" xmlns="http://www.w3.org/1998/Math/MathML" display="inline">'
        '<mrow><mi>a</mi><mo stretchy="false">&lt;</mo><mspace width="1em"></mspace>'
        "<mfrac><mn>1</mn><mn>2</mn></mfrac></mrow></math></span>, so.</p>"
    )


def test_a_drawing_comes_from_its_record_as_it_is():
    shapes = '<linearGradient id="g"/><text>latency</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" class="dg">{shapes}</svg>'
    figure = Figure("f-1", Drawing("", "flowchart", "T", "D", 0, 0, 320, 200, 16, (), (), (), svg))
    body = "<figure class='diagram' data-figure='f-1'><svg id='old'></svg></figure>"
    page = replace(chapter("toy", body), figures=(figure,))
    found = OnPaper([page], LANGUAGES["en"], ADDRESS).convert(page)
    text = written(found.body)
    assert 'viewBox="0 0 320 200"' in text
    assert '<linearGradient id="g"></linearGradient><text>latency</text></svg>' in text
    assert "old" not in text
    assert [(diagram.anchor, diagram.title) for diagram in found.diagrams] == [("toy--diagram-1", "T")]
    # A term in a drawing is no place of the index.
    assert plain(found.body) == "T"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("#a", "#designs-toy--a"),
        ("../../other/", "#other"),
        ("../../other/#o", "#other--o"),
        ("../toy/#a", "#designs-toy--a"),
        ("../../assets/x.txt", f"{ADDRESS}assets/x.txt"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_a_link_leads_to_where_its_target_is(href, target):
    assert f'href="{target}"' in convert(f"<p><a href='{href}'>words</a></p>")


def test_an_address_that_stands_nowhere_is_numbered():
    page = chapter("toy", (
        "<p><a href='https://a.example/'>one</a> <a href='https://b.example/'>b</a>"
        " <a href='https://a.example/'>again</a></p>"
        "<ul class='sources'><li><a href='https://b.example/'>B</a>. 2020</li></ul>"
    ))  # fmt: skip
    found = OnPaper([page], LANGUAGES["en"], ADDRESS).convert(page)
    assert found.notes == ["https://a.example/"]
    text = written(found.body)
    assert text.count('<sup class="note">1</sup>') == 2
    assert '<span class="address">https://b.example/</span>' in text


@pytest.mark.parametrize(
    ("language", "citation", "shown"),
    [
        ("en", "Li and Wu\u00a02020", ">Li and Wu\u00a02020<"),
        ("zh", "Li 和 Wu\u00a02020", ">Li 和 Wu 2020<"),
        ("zh", "李\u00a02020", ">李\u00a02020<"),
    ],
)
def test_a_line_in_chinese_may_end_within_latin_names(language, citation, shown):
    page = chapter("toy", f"<p><a class='citation' href='https://a.example/'>{citation}</a></p>")
    assert shown in written(OnPaper([page], LANGUAGES[language], ADDRESS).convert(page).body)


def test_tables_have_scopes_and_no_scrolling_box():
    written = convert(
        "<div class='table-scroll' tabindex='0'><table><thead><tr><th>a</th></tr></thead>"
        "<tbody><tr><td class='right'>1</td></tr></tbody></table></div>"
    )
    assert '<th scope="col">' in written
    assert '<td class="right">' in written
    assert "table-scroll" not in written


def index(language: str, *names: str) -> list[str]:
    """The index of a handbook with these terms: letters and terms as they follow each other."""
    none, readings = {"en": (), "zh": ()}, {"重训": ("chong2", "xun4")}
    glossary = [
        Term(labels={"en": name, "zh": name}, meanings={"en": "", "zh": ""}, avoid={}, unless={}, aliases={}, line=1,
             forms=none, readings=none | {"zh": readings.get(name, ())})
        for name in names
    ]  # fmt: skip
    collected = terms.collect(glossary, [], LANGUAGES[language], LANGUAGES)
    return [f"{term.letter} {term.name}" for term in collected]


def test_chinese_terms_are_sorted_by_sound_and_tone_among_latin_ones():
    names = ["延迟", "延迟预算", "基线", "token", "阈值", "A/B 测试", "白板", "batching", "熵", "机器", "验证", "3D"]
    assert index("zh", *names) == [
        "# 3D", "A A/B 测试", "B 白板", "B batching", "J 机器", "J 基线", "S 熵", "T token",
        "Y 延迟", "Y 延迟预算", "Y 验证", "Y 阈值",
    ]  # fmt: skip


def test_a_term_whose_characters_sound_otherwise_says_so():
    assert index("zh", "重试", "重训") == ["C 重训", "Z 重试"]


def test_english_terms_are_sorted_without_regard_to_case():
    assert index("en", "token", "PSI", "prefill") == ["P prefill", "P PSI", "T token"]


def test_only_a_book_reads_dictionaries_of_sounds(root):
    code = "import sys, handbook.cli, handbook.outputs.pdf.press; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "False\n"


def test_every_term_has_a_letter(root):
    glossary = source.load(root).glossary
    for language in LANGUAGES:
        collected = terms.collect(glossary, [], language, LANGUAGES)
        assert not [term.name for term in collected if term.letter == "#"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("drift", "Drift and drifts", 2),
        ("drift", "adrift", 0),
        ("base rate", "base-rate", 1),
        ("A/B test", "an A/B test", 1),
        ("回滚", "要能回滚", 1),
    ],
)
def test_a_term_is_found_as_a_word(name, text, found):
    assert len(terms.pattern_of(name).findall(text)) == found


def test_the_edition_follows_the_content_and_not_the_rest(handbook_copy):
    before = edition.of(handbook_copy, 1).hash
    (handbook_copy / "theme" / "main.html").write_text("changed")
    assert edition.of(handbook_copy, 1).hash == before
    page = handbook_copy / "docs" / "en" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert edition.of(handbook_copy, 1).hash != before


def test_the_date_is_that_of_the_last_commit_to_the_content(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def git(*arguments: str, at: int) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        date = {"GIT_AUTHOR_DATE": f"@{at} +0000", "GIT_COMMITTER_DATE": f"@{at} +0000"}
        subprocess.run(
            ["git", "-C", tmp_path, *who, *arguments],
            check=True,
            capture_output=True,
            env=date | {"PATH": "/usr/bin:/bin"},
        )

    (tmp_path / "docs").mkdir()
    git("init", at=0)
    for name, at in (("docs/a.md", 1_700_000_000), ("other", 1_750_000_000)):
        (tmp_path / name).write_text("x")
        git("add", "-A", at=at)
        git("commit", "-m", name, at=at)
    assert edition.of(tmp_path, 1).epoch == 1_700_000_000


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("a\u00a0b\u200bc\u00ad", "abc"),  # spaces and breaks are not drawn
        ("&lt;&#x2705;", "<✅"),
        ("✔\ufe0f", "✔"),
    ],
)
def test_what_is_drawn_needs_a_glyph(text, used):
    assert characters.used(text) == set(used)


# ---- beside the site --------------------------------------------------------------------------

SLOT = "<!--downloads:home--><!--/downloads--> <!--downloads:footer--><!--/downloads-->"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A site of three pages with slots."""
    for language in LANGUAGES:
        for place in ("index.html", "404.html", "designs/toy/index.html"):
            page = tmp_path / "site" / language.code / place
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(SLOT)
    return tmp_path / "site"


def put(folder: Path, name: str, this: edition.Edition) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"x" * 1_500_000)
    downloads.write_record(folder, this, address=ADDRESS)


THIS = edition.Edition("0123abcd", 1_790_000_000)


def test_without_files_there_are_no_links(pages):
    downloads.link(pages, LANGUAGES)
    assert (pages / "en/index.html").read_text() == SLOT


def test_links_name_size_and_edition_and_lead_to_the_file(pages):
    put(pages / "pdf", "ml-system-design-handbook-en.pdf", THIS)
    downloads.link(pages, LANGUAGES)
    page = pages / "en/designs/toy/index.html"
    assert 'href="../../../pdf/ml-system-design-handbook-en.pdf"' in page.read_text()
    assert f"1.5 MB, edition {THIS.name}" in page.read_text()
    assert (page.parent / "../../../pdf/ml-system-design-handbook-en.pdf").is_file()
    # The Chinese book is not there, and a host answers with 404.html at any depth.
    assert (pages / "zh/index.html").read_text() == SLOT
    assert (pages / "en/404.html").read_text() == SLOT


def test_linking_twice_is_linking_once(pages):
    put(pages / "pdf", "ml-system-design-handbook-zh.pdf", THIS)
    downloads.link(pages, LANGUAGES)
    once = (pages / "zh/index.html").read_text()
    downloads.link(pages, LANGUAGES)
    assert (pages / "zh/index.html").read_text() == once
    downloads.unlink(pages, LANGUAGES)
    assert (pages / "zh/index.html").read_text() == SLOT


def test_a_new_site_keeps_what_belongs_to_the_same_content(pages, tmp_path):
    put(pages / "pdf", "ml-system-design-handbook-en.pdf", THIS)
    put(pages / "offline", "ml-system-design-handbook-en.zip", edition.Edition("ffffffff", 1))
    new = tmp_path / "new"
    new.mkdir()
    downloads.keep(pages, new, THIS, ADDRESS)
    assert sorted(path.name for path in new.iterdir()) == ["pdf"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div/><p>a</p><p>b</p><h2>c</h2>", "<p>a</p><p>b</p><div></div><h2>c</h2>"),
        ("<div/><p>a</p><ul><li>b</li></ul><p>c</p>", "<p>a</p><ul><li>b</li></ul><p>c</p><div></div>"),
        # What leads in to a table stays before it.
        ("<div/><p>a</p><p>lead</p><table></table>", "<p>a</p><div></div><p>lead</p><table></table>"),
        ("<div/><p>lead</p><table></table>", "<div></div><p>lead</p><table></table>"),
        ("<div/><h2>c</h2><p>a</p>", "<div></div><h2>c</h2><p>a</p>"),
        (f"<div/><p>a</p><p>{'b' * 2000}</p>", f"<p>a</p><div></div><p>{'b' * 2000}</p>"),
    ],
)
def test_a_diagram_lets_running_text_go_first(before, after):
    body = lxml.html.fragment_fromstring(before.replace("<div/>", "<div></div>"), create_parent="section")
    moved = frame._float(body[0])
    written = "".join(lxml.html.tostring(child, encoding="unicode") for child in body)
    assert written == after
    assert moved == (before.replace("<div/>", "<div></div>") != after)


def test_a_chapter_that_was_printed_alone_moves_what_follows_it():
    """Front, a chapter of 3 pages, one of 5, a part and its chapter of 4, the terms; two are printed again."""
    starts = {"a": "a", "a--x": "a", "b": "b", "b--x": "b", "part-1": "part-1", "c": "c", "c--x": "c", "terms": "terms"}
    before = {"diagrams": 2, "a": 3, "a--x": 5, "b": 6, "b--x": 9, "part-1": 11, "c": 12, "c--x": 14, "terms": 16}
    # The first of them has become a page shorter, the other two longer; an anchor of it is not linked any more.
    printed = {"a": 1, "a--x": 2, "c": 3, numbering.END: 9}
    assert numbering.renumbered(before, printed, {"a", "c"}, starts) == {
        "diagrams": 2, "a": 3, "a--x": 4, "b": 5, "b--x": 8, "part-1": 10, "c": 11, "c--x": 13, "terms": 17,
    }  # fmt: skip


def test_a_chapter_that_is_set_tighter_in_vain_is_set_as_before(root):
    book = source.load(root)
    one, two = chapter("one", "<p>1</p>"), chapter("two", "<p>2</p>")
    made = frame.Frame(book, LANGUAGES["en"], ADDRESS, THIS, [one, two])
    before = made.extents({"one": 1, "two": 4, "whiteboard-timeline": 9})
    assert before == {"one": (1, 3), "two": (4, 8)}
    made.tight = {"one", "two"}
    assert made.html().count('class="chapter tight"') == 2
    assert made.loosen(before, {"one": (1, 2), "two": (3, 7)}) == {"two"}
    assert made.tight == {"one"}


def test_a_chapter_whose_last_page_holds_a_rest_is_found(tmp_path):
    with pikepdf.new() as pdf:
        for signs in (900, 1100, 100, 900, 800, 0, 900):
            page = pdf.add_blank_page()
            page.Contents = pdf.make_stream(b"BT <" + b"0001" * signs + b"> Tj [(ab) 3 <0001>] TJ ET")
        pdf.save(tmp_path / "print.pdf")
    extents = {"short": (1, 3), "full": (4, 5), "empty": (4, 6), "single": (7, 7)}
    assert finish.rests(tmp_path / "print.pdf", extents) == {"short", "empty"}


def test_steps_and_corners_are_rounded_and_matrices_are_not():
    """A matrix times what stands far down in the document: its sixth digit is a millimetre."""
    kept = b"3.1247721 0 0 3.1247721 237.5 -719763.06 cm\n<0050> Tj\n.2902 .3216 .3647 rg\n9.35 0 Td\n(1.23456 m) Tj\n"
    assert finish._rounded(kept) == kept
    assert finish._rounded(b"9.3562775 0 Td\n1 -.0059527 m\n.5 2.2 1.23456 3 4 5 c\n") == (
        b"9.36 0 Td\n1 -0.01 m\n.5 2.2 1.23 3 4 5 c\n"
    )


def test_a_link_is_described_by_what_it_leads_to():
    row = lxml.html.fragment_fromstring(
        "<table><tr><td>Mean <b>amount</b></td><td><data id='q-ticket'>$50</data></td></tr></table>"
    )
    assert frame._name(row.find(".//data")) == "Mean amount"
    assert frame._name(lxml.html.fragment_fromstring("<li id='source-a'>A. <cite>B</cite></li>")) == "A. B"


def test_a_term_is_marked_where_it_stands():
    block = lxml.html.fragment_fromstring("<p>A <b>feature</b> in the feature store, <i>our</i> recall.</p>")
    assert terms._anchor(block, terms.pattern_of("recall"), "r") == "r"
    assert terms._anchor(block, terms.pattern_of("feature store"), "f") == "f"
    assert terms._anchor(block, terms.pattern_of("of two"), "t") == "t"
    assert lxml.html.tostring(block, encoding="unicode") == (
        '<p><span id="t" class="mark"></span>A <b>feature</b> in the '
        '<span id="f" class="mark">feature store</span>, <i>our</i> '
        '<span id="r" class="mark">recall</span>.</p>'
    )


@pytest.mark.parametrize(
    ("block", "marked"),
    [
        ("<p>A <b>deep</b> model.</p>", '<p>A <b><span id="t" class="mark">deep</span></b> model.</p>'),
        ("<p>A <i>very</i> deep <b>model</b>.</p>", '<p>A <i>very</i> <span id="t" class="mark">deep</span> <b>model</b>.</p>'),
    ],
)  # fmt: skip
def test_a_term_of_several_elements_is_marked_where_it_begins(block, marked):
    """Its paragraph may go on on the next page."""
    root = lxml.html.fragment_fromstring(block)
    terms._anchor(root, terms.pattern_of("deep model"), "t")
    assert lxml.html.tostring(root, encoding="unicode") == marked


def test_other_forms_count_as_the_term():
    pattern = terms.pattern_of("model registry", "registry fields")
    assert (
        len(pattern.findall("Model registries: the registry fields, a registry field of a model-registry"))
        == 2
    )
    assert terms.pattern_of("A/B test").findall("A/B tests, a/b test")
