"""A Chinese page names the English text that it was written against."""

from __future__ import annotations

import pytest

from handbook.rules import translations
from handbook.source import page as pages

EN, ZH = "docs/en/index.md", "docs/zh/index.md"
HINT = f"(bring it up to date, then run `make translated PAGE={ZH}`)"


def english(mini) -> str:
    return translations.fingerprint(mini.book().pages["en"]["index"])


def test_a_stamped_page_passes(mini):
    assert mini.problems("translation") == []


def test_a_changed_english_page_makes_its_translation_stale(mini):
    before = english(mini)
    mini.append(EN, "One more sentence.")
    assert mini.problems("translation") == [
        f"{ZH}:2: translation: stale: written against {before}, {EN} is {english(mini)} {HINT}"
    ]


@pytest.mark.parametrize("stamp", ["", "translates:\n", "translates: ''\n"])
def test_a_page_without_a_stamp_is_reported(stamp, mini):
    mini.replace(ZH, f'translates: "{english(mini)}"\n', stamp)
    line = 2 if stamp else 1
    assert mini.problems("translation") == [
        f"{ZH}:{line}: translation: does not say which {EN} it was written against {HINT}"
    ]


@pytest.mark.parametrize("digest", ["012345670123", "123456789012", "1234e5678901"])
def test_a_hash_that_yaml_takes_for_a_number_is_read_as_written(digest, mini, monkeypatch):
    for slug in ("index", "designs/toy"):
        path = f"docs/zh/{slug}.md"
        old = mini.read(path).split("\n")[1]
        mini.replace(path, old, f"translates: {digest}")
    monkeypatch.setattr(translations, "fingerprint", lambda page: digest)
    assert mini.problems("translation") == []


@pytest.mark.parametrize("front", ["title: 甲\ntranslates: 0\n", "title: 甲\n"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_stamping_changes_one_line_and_nothing_else(front, ends, mini):
    body = f"---\n{front}description: 乙\n---\n\n# 甲 {{#home}}\n\ntranslates: this line stays\n".replace(
        "\n", ends
    )
    mini.write(ZH, body)
    book = mini.book()
    translations.stamp(book, book.pages["zh"]["index"])
    text = (mini.root / ZH).read_bytes().decode()
    stamp = f'translates: "{english(mini)}"'
    assert stamp in text
    assert "translates: this line stays" in text
    assert text.replace(stamp, "").split() == body.replace("translates: 0", "").split()
    assert pages.parse(ZH, "zh", "index", text).problems == ()


@pytest.mark.parametrize(("missing", "path", "other"), [("zh", EN, ZH), ("en", ZH, EN)])
def test_a_page_of_one_language_is_reported(missing, path, other, mini):
    (mini.root / other).unlink()
    assert mini.problems("translation") == [
        f"{path}:1: translation: the page does not exist in `{missing}` (write {other})"
    ]
