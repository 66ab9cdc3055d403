"""What lies in the sources is read by something, stays in the handbook, and is finished."""

from __future__ import annotations

import pytest

EN = "docs/en/index.md"
CONFLICT = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n"


def test_the_small_handbook_passes(mini):
    assert mini.problems("files") == []


@pytest.mark.parametrize(
    "path",
    [
        EN,
        "docs/zh/designs/toy.md",
        "data/framework.yml",
        "data/review.yml",
        "data/languages/zh.yml",
        "README.md",
        "theme/main.html",
    ],
)
def test_marks_of_a_merge_are_reported_alone(path, mini):
    text = mini.read(path) if (mini.root / path).exists() else "text\n"
    mini.write(path, text + CONFLICT)
    line = text.count("\n") + 1
    assert mini.problems() == [f"{path}:{line}: files: `<<<<<<<` is left of a merge (resolve it)"]


@pytest.mark.parametrize("mark", [">>>>>>> other", "||||||| base"])
def test_half_a_conflict_is_reported(mark, mini):
    line = mini.append(EN, mark)
    assert mini.problems("files") == [f"{EN}:{line}: files: `{mark[:7]}` is left of a merge (resolve it)"]


def test_an_underlined_title_is_no_conflict(mini):
    mini.append(EN, "Title\n=======")
    assert mini.problems("files") == []


@pytest.mark.parametrize("name", ["metrics.md.orig", ".DS_Store", "index.md~", "board.svg", "designs/notes.txt"])
def test_what_is_no_page_and_is_shown_by_none_is_reported(name, mini):
    mini.write(f"docs/en/{name}", "x\n")
    assert mini.problems("files") == [f"docs/en/{name}:1: files: no page, and no page shows it (remove it)"]


@pytest.mark.parametrize("text", ["![board](assets/board.svg)", "[board](assets/board.svg)", '<img src="assets/board.svg" alt="b">'])
def test_what_a_page_shows_passes(text, mini):
    mini.write("docs/en/assets/board.svg", "<svg/>")
    mini.append(EN, text)
    assert mini.problems("files") == []


@pytest.mark.parametrize("path", ["docs/en/notes.md", "docs/en/notes.txt", "data/numbers/notes.yml", "docs/en/folder"])
def test_a_link_out_of_the_handbook_is_reported_alone(path, mini, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_text("root:x:0:0\n")
    (mini.root / path).symlink_to(outside if path.endswith("folder") else outside / "secret")
    assert mini.problems("files") == [f"{path}:1: files: a link that leads out of the handbook (copy the file)"]


@pytest.mark.parametrize("name", ["My Page", "Metrics", "a_b", "v1.2", "数据"])
def test_a_page_whose_path_is_no_address_is_reported(name, mini):
    mini.write(f"docs/en/{name}.md", mini.read(EN))
    assert mini.problems("files") == [
        f"docs/en/{name}.md:1: files: `{name}` is not an address (lower-case letters, digits and hyphens)"
    ]


def test_numbers_without_a_page_that_nothing_uses_are_reported(mini):
    path = "data/numbers/designs/old.yml"
    mini.write(path, "inputs:\n  a: {value: 1, unit: ms, en: A, zh: 甲, source: assumption}\n")
    assert mini.problems("files") == [
        f"{path}:1: files: no page `designs/old`, and nothing uses its numbers (remove it)"
    ]
    mini.append(EN, "So {{ designs/old:a }}.")
    assert mini.problems("files") == []


def test_sources_without_a_page_are_reported(mini):
    mini.write("data/sources/old.yml", "{}\n")
    assert mini.problems("files") == ["data/sources/old.yml:1: files: no page `old` (name the file as its page)"]
