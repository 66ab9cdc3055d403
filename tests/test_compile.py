"""The compiled handbook: what it holds, that it survives a folder, and that nothing is compiled twice."""

from __future__ import annotations

import json

import pytest

from handbook import compile, compiled
from handbook.problems import ProblemsError


@pytest.fixture
def buildable(mini, root):
    """The small handbook with the repository's Markdown extensions."""
    mini.write("mkdocs.yml", (root / "mkdocs.yml").read_text(encoding="utf-8"))
    return mini


def test_a_page_has_its_markdown_its_html_and_what_is_known_of_it(buildable):
    page = compile.compile_book(buildable.book()).pages["zh"]["designs/toy"]
    assert (page.language, page.source, page.title) == ("zh", "docs/zh/designs/toy.md", "玩具")
    assert page.markdown.startswith('---\ntitle: "玩具"\n')
    assert "{{" not in page.markdown + page.html
    assert [heading.id for heading in page.headings][:3] == ["toy", "board", "requirements"]
    assert page.cited == ("smith2020",)


def test_a_section_says_when_it_was_verified(buildable):
    buildable.write("data/verified.yml", "verified:\n  designs/toy:\n    sources: 2026-11-29\n")
    for language in ("en", "zh"):
        buildable.append(f"docs/{language}/designs/toy.md", "{{ verified: sources }}")
    pages = compile.compile_book(buildable.book()).pages
    for language, words in (("en", "Last verified: "), ("zh", "最近一次核对：")):
        assert f'<p class="verified">{words}2026-11-29</p>' in pages[language]["designs/toy"].markdown


def test_a_drawing_stands_under_its_own_id(buildable):
    page = compile.compile_book(buildable.book()).pages["en"]["designs/toy"]
    assert [figure.id for figure in page.figures] == [f"designs-toy-{n}" for n in (1, 2, 3)]
    # The same drawing three times, each with ids of its own.
    assert len({figure.drawing.key for figure in page.figures}) == 1
    for figure in page.figures:
        assert page.html.count(f'data-figure="{figure.id}"') == 1


def test_diagrams_stay_mermaid_in_the_markdown(buildable):
    page = compile.compile_book(buildable.book()).pages["en"]["designs/toy"]
    assert page.markdown.count("```mermaid") == 3
    assert "30\u00a0ms" in page.markdown


def test_it_is_the_same_after_a_folder(buildable, tmp_path):
    made = compile.compile_book(buildable.book())
    made.write(tmp_path / "build")
    assert compiled.read(tmp_path / "build") == made
    assert (tmp_path / "build/en/designs/toy.md").read_text(encoding="utf-8").startswith("---\n")
    assert len(list((tmp_path / "build/drawings").iterdir())) == 2  # one for each language


def test_a_page_that_is_as_it_was_is_not_compiled_again(buildable, monkeypatch):
    compile.compile_book(buildable.book())
    rendered = []
    render = compile.Renderer.render
    monkeypatch.setattr(
        compile.Renderer, "render", lambda self, text, **rest: rendered.append(text) or render(self, text, **rest)
    )
    compile.compile_book(buildable.book())
    assert rendered == []
    buildable.append("docs/en/index.md", "One more.")
    compile.compile_book(buildable.book())
    assert len(rendered) == 1


def test_a_change_of_the_data_compiles_every_page_again(buildable):
    compile.compile_book(buildable.book())
    buildable.replace("data/numbers/designs/toy.yml", "value: 3000", "value: 4000")
    page = compile.compile_book(buildable.book()).pages["en"]["designs/toy"]
    assert "4,000\u00a0tx/s" in page.markdown


def test_a_page_that_shows_a_part_of_another_changes_with_it(buildable):
    buildable.write(
        "docs/en/designs/by-stage.md", "---\ntitle: T\ndescription: D\n---\n\n# T {#t}\n\n{{ decisions: data }}\n"
    )
    compile.compile_book(buildable.book())
    buildable.replace("docs/en/designs/toy.md", "    A box.", "    Another decision.", count=-1)
    page = compile.compile_book(buildable.book()).pages["en"]["designs/by-stage"]
    assert "    Another decision." in page.markdown


def test_a_cache_that_is_cut_short_is_not_believed(buildable):
    made = compile.compile_book(buildable.book())
    for entry in (buildable.root / compile.CACHE).iterdir():
        entry.write_text(entry.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert compile.compile_book(buildable.book()) == made


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ laod }}", "docs/en/designs/toy.md:1: compile: unknown value `laod` (did you mean `load`?)"),
        (
            "```mermaid\nnonsense\n```",
            "docs/en/designs/toy.md:1: compile: diagram 4: line 1: no Mermaid diagram detected",
        ),
    ],
)
def test_what_cannot_be_written_out_ends_the_work(buildable, text, message):
    buildable.append("docs/en/designs/toy.md", text)
    with pytest.raises(ProblemsError) as raised:
        compile.compile_book(buildable.book())
    assert str(raised.value) == message


def test_a_preview_is_told_and_shows_the_page_all_the_same(buildable):
    buildable.append("docs/en/designs/toy.md", "{{ laod }}")
    told = []
    page = compile.compile_book(buildable.book(), told.append).pages["en"]["designs/toy"]
    assert [problem.message for problem in told] == ["unknown value `laod`"]
    assert "laod" in page.html
    # What a preview shows is not kept for a build.
    with pytest.raises(ProblemsError):
        compile.compile_book(buildable.book())


def test_the_manifest_is_plain_json(buildable, tmp_path):
    compile.compile_book(buildable.book()).write(tmp_path / "build")
    manifest = json.loads((tmp_path / "build/manifest.json").read_text(encoding="utf-8"))
    page = manifest["pages"]["en"]["designs/toy"]
    assert page["figures"][0]["drawing"]["title"] == "Board"
    assert "svg" not in page["figures"][0]["drawing"]


def test_a_document_to_copy_is_a_file_of_its_page(buildable, tmp_path):
    for language in ("en", "zh"):
        buildable.write(f"data/templates/{language}/form.md", "# Form\n\n`x` {{ load }}\n\n| a | b |\n|---|---|\n| c | |\n")
        buildable.append(f"docs/{language}/designs/toy.md", "{{ template: form }}\n\n{{ template: form, form }}")
    made = compile.compile_book(buildable.book())
    page = made.pages["en"]["designs/toy"]
    assert page.files == {"form.md": "# Form\n\n`x` 3,000\u00a0tx/s\n\n| a | b |\n|---|---|\n| c | |\n"}
    assert 'href="form.md" download' in page.html
    assert "Form" not in [heading.title for heading in page.headings]
    made.write(tmp_path / "build")
    assert (tmp_path / "build/en/designs/toy/form.md").read_text(encoding="utf-8") == page.files["form.md"]
    assert compiled.read(tmp_path / "build") == made


BOARD = """title: {en: Board, zh: 白板}
description: {en: Two boxes., zh: 两个框。}
minutes: [{at: 8}, {at: 20, en: Say it., zh: 说。}]
boxes:
  - {id: a, at: [0, 0], size: [3, 2], minute: 8, en: One, zh: 一}
  - {id: b, at: [6, 0], size: [3, 2], minute: 20, class: store, en: Two, zh: 二}
arrows:
  - {from: a, to: b, minute: 20, en: "{{ sla }}", zh: "{{ sla }}"}
"""


def test_a_board_is_drawn_on_its_page_as_it_grows(buildable):
    buildable.write("data/boards/designs/toy.yml", BOARD)
    for language in ("en", "zh"):
        buildable.append(f"docs/{language}/designs/toy.md", "{{ board: 8 }}\n\n{{ board }}")
    page = compile.compile_book(buildable.book()).pages["zh"]["designs/toy"]
    alone, first, last = (figure.drawing for figure in page.figures[-3:])
    assert alone == first
    assert (first.kind, first.title, first.texts) == ("board", "白板，第 8 分钟", ("一",))
    assert last.texts == ("一", "二", "100 ms") or last.texts == ("一", "二", "100\u00a0ms")
    assert (first.width, first.height) == (last.width, last.height)
    # Who reads the Markdown is told what is new at each minute.
    assert "```board\n8\n一\n```" in page.markdown
    assert "```board\n20\n二\n一 → 二：100 ms\n```\n\n说。\n\n</div>" in page.markdown.replace("\u00a0", " ")
