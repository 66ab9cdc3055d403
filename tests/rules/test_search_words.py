"""What readers type leads to a page or a section that exists."""

from __future__ import annotations

FILE = "data/search.yml"


def test_pages_and_sections_pass(mini):
    mini.write(
        FILE,
        "sections:\n  designs/toy: {en: [a toy], zh: [玩具]}\n  designs/toy#levels: {en: [L5], zh: [L5]}\n",
    )
    assert mini.problems("search-words") == []


def test_a_section_that_is_not_there_is_reported_at_its_line(mini):
    mini.write(FILE, "sections:\n  # a comment\n  designs/toy#level: {en: [L5], zh: [L5]}\n")
    assert mini.problems("search-words") == [
        f"{FILE}:3: search-words: `designs/toy#level` does not exist (did you mean `designs/toy#levels`?)"
    ]


def test_an_entry_without_words_of_a_language_is_reported(mini):
    mini.write(FILE, "sections:\n  designs/toy: {en: [a toy]}\n")
    assert f"{FILE}:2: search: `designs/toy` has no text `zh`" in mini.problems()
