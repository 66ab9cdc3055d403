"""What is searched: the sections of a page, the list of words, and what readers say instead."""

from __future__ import annotations

import json

import pytest

from handbook import vocabulary
from handbook.outputs import search
from handbook.outputs.search import Section
from handbook.vocabulary import Vocabulary

PAGE = """
<h1 id="toy">Toy <a class="headerlink" href="#toy">#</a></h1>
<nav data-search-exclude><p>On these pages</p></nav>
<p>One &amp; two.</p>
<figure class="diagram"><svg><text>label</text></svg></figure>
<h2 id="b">Next</h2>
<p><strong>Fast labels.</strong> They come early.</p>
<div class="language-console highlight"><pre>$ make site</pre></div>
<table><tr><td>Canary</td><td>4 h</td></tr></table>
<details class="question" id="b-1"><summary>Why?</summary><p>Because.</p></details>
<h2 id="sources">Sources</h2><ul><li>A book</li></ul>
"""


def index_of(pages: dict[str, list[Section]], words: Vocabulary | None = None) -> dict[str, object]:
    """Return the parts of an index by name."""
    files = search.scripts(pages, words or Vocabulary())
    called = [text.removeprefix("handbookIndex(").removesuffix(")\n").split(",", 1) for text in files.values()]
    return {json.loads(name): json.loads(data) for name, data in called}


def test_a_page_is_its_sections_and_its_questions():
    assert search.sections(PAGE) == [
        Section("", "Toy", 1, "One & two."),
        Section("b", "Next", 2, "\tFast labels.\t They come early. \tCanary\t 4 h"),
        Section("b-1", "Why?", 5, "Because."),
        Section("sources", "Sources", 2, "A book"),
    ]


def test_a_fragment_without_a_heading_has_no_sections():
    assert search.sections("<p>Nothing.</p>") == []


def test_words_and_pairs_of_chinese_are_listed_with_their_pages():
    pages = {"a": [Section("", "甲", 1, "这是段简单 text")], "b": [Section("", "B", 1, "text and text")]}
    listed = {key: places for name, part in index_of(pages).items() if "words" in name for key, places in part.items()}
    assert listed["text"] == [0, 1, 1, 2]
    assert listed["段简"] == [0, 1]
    assert "段" not in listed


def test_a_section_has_its_place_its_heading_and_what_readers_call_it():
    words = Vocabulary([["canary", "灰度"]], {"a/index": ["start"], "a/index#sources": ["literature"]})
    index = index_of({"a/index": search.sections(PAGE)}, words)["index"]
    assert index["meanings"] == [["canary", "灰度"]]
    (page,) = index["pages"]
    assert (page["place"], page["title"]) == ("a/", "Toy")
    assert page["sections"] == [
        ["", "", 1, 0, ["start"]],
        ["b", "Next", 2],
        ["b-1", "Why?", 5],
        ["sources", "Sources", 2, 1, ["literature"]],
    ]


def test_texts_of_another_edition_stand_in_another_folder():
    first, second = (
        {name.split("/")[0] for name in search.scripts({"a": [Section("", "A", 1, text)]}, Vocabulary())}
        for text in ("one", "two")
    )
    assert first & second == {"index.js"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("p99延迟", ["p99", "延迟"]),
        ("A/B test", ["ab", "test"]),
        ("the user's near-real-time path", ["the", "users", "near", "real", "time", "path"]),
        ("calibration_ratio 5%", ["calibration", "ratio", "5%"]),
        ("金丝雀，灰度", ["金丝", "丝雀", "灰度"]),
    ],
)
def test_keys_of_a_text(text, keys):
    assert list(search.keys(text)) == keys


def test_words_that_begin_alike_stand_together():
    assert search.shard_of("threshold", 7) == search.shard_of("th", 7)
    assert search.shard_of("阈值", 7) == search.shard_of("阈", 7)


def test_readers_words_come_from_the_glossary_and_the_list(mini):
    mini.write(
        "data/glossary.yml",
        "terms:\n  - {en: canary, zh: 金丝雀发布, avoid_zh: [灰度发布, '灰.?度'], forms_en: [canaries], aliases_en: [ramp-up]}\n",
    )
    mini.write("data/search.yml", "sections:\n  designs/toy#levels: {en: [seniority], zh: [职级]}\n")
    words = vocabulary.of(mini.book(), "zh")
    assert words.meanings[0] == ["金丝雀发布", "canary", "灰度发布", "canaries", "ramp-up"]
    assert ["监控"] in words.meanings
    assert {place: list(said) for place, said in words.asked.items()} == {"designs/toy#levels": ["职级"]}
