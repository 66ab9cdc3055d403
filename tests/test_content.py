"""What the handbook reads: the framework's minutes and timeline, and the shape of each data file."""

from __future__ import annotations

import pytest
import yaml

from handbook import yamlfile

FRAMEWORK = "data/framework.yml"


def test_the_stages_follow_each_other_and_fill_the_interview(mini):
    book = mini.book()
    spans = [(stage.number, stage.start, stage.end) for stage in book.stages]
    assert [number for number, _, _ in spans] == list(range(1, 8))
    assert [start for _, start, _ in spans] == [0, *(end for _, _, end in spans[:-1])]
    assert (book.buffer.start, book.buffer.end) == (spans[-1][2], book.minutes)


def test_pages_have_the_same_slug_in_both_languages(mini):
    mini.write("references/en/a.md", mini.read("docs/en/index.md"))
    pages = mini.book().pages
    assert list(pages["en"]) == ["designs/toy", "index", "references/a"]
    assert list(pages["zh"]) == ["designs/toy", "index"]


@pytest.mark.parametrize(
    ("old", "new", "at", "problem"),
    [
        ("minutes: 5", "minutes: 6", "total:", "the stages and the buffer take 46 minutes, not 45"),
        ("total: 45", "total: 60", "total:", "the stages and the buffer take 45 minutes, not 60"),
        ("  - id: model", "  - id: data", "stages:", "two stages have the same id"),
        ("    to: 8\n", "    to: 9\n", "from: 5", "timeline 5–9 does not match the minutes of metrics (5–8)"),
        ("stages: [data]", "stages: [dta]", "from: 8", "timeline: no stage `dta`"),
        ("stages: [data]", "stages: []", "from: 8", "timeline: no stage ``"),
        (
            "total: 45",
            "total: many",
            "stages:",
            "cannot be read: invalid literal for int() with base 10: 'many'",
        ),
        ("total: 45\n", "", "stages:", "no key 'total'"),
        ("  minutes: 4\n", "", "buffer:", "no key 'minutes'"),
    ],
)
def test_a_wrong_framework_is_reported_at_its_entry(old, new, at, problem, mini):
    mini.replace(FRAMEWORK, old, new)
    found = mini.problems("framework")
    assert f"{FRAMEWORK}:{mini.line(FRAMEWORK, at)}: framework: {problem}" in found


@pytest.mark.parametrize(
    ("part", "key"),
    [("stages", "reason_en"), ("timeline", "why_zh"), ("timeline", "zh"), ("loops", "zh"), ("loops", "from")],
)
def test_a_key_that_an_entry_lacks_is_reported_at_the_entry(part, key, mini):
    data = yaml.safe_load(mini.read(FRAMEWORK))
    del data[part][1][key]
    mini.write(FRAMEWORK, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    line = yamlfile.load(mini.root, FRAMEWORK).line(part, 1)
    assert mini.problems("framework") == [f"{FRAMEWORK}:{line}: framework: no key '{key}'"]


def test_wrong_minutes_are_reported_and_nothing_else_becomes_unknown(mini):
    mini.replace(FRAMEWORK, "total: 45", "total: 50")
    assert len(mini.problems()) == 1


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("data/designs.yml", "- a\n", "1: designs: the file is not a mapping"),
        ("data/designs.yml", "design: []\n", "1: designs: no list `designs`"),
        ("data/designs.yml", "designs:\n  - {id: toy, en: T}\n", "2: designs: entry 1: no text `zh`"),
        ("data/designs.yml", "designs:\n  - toy\n", "2: designs: entry 1: not a mapping"),
        (
            "data/designs.yml",
            "designs:\n  - {id: toy, en: T, zh: 甲, must_discuss: [{en: a, zh: 甲, pattern_en: '(', pattern_zh: b}]}\n",
            "2: designs: entry 1: point 1: `pattern_en` is no pattern: missing ), unterminated subpattern at position 0",
        ),
        (
            "data/designs.yml",
            "designs:\n  - {id: toy, en: T, zh: 甲, must_discuss: [{en: a, zh: 甲, pattern_en: b}]}\n",
            "2: designs: entry 1: point 1: no text `pattern_zh`",
        ),
        ("data/glossary.yml", "terms: {a: b}\n", "1: glossary: no list `terms`"),
        ("data/glossary.yml", "terms:\n  - {en: a}\n", "2: glossary: entry 1: no text `zh`"),
        (
            "data/glossary.yml",
            "terms:\n  - {en: a, zh: 甲, avoid_zh: 乙}\n",
            "2: glossary: entry 1: `avoid_zh` is not a list of words",
        ),
        (
            "data/glossary.yml",
            "terms:\n  - {en: a, zh: 甲, avoid_en: [No]}\n",
            "2: glossary: entry 1: `avoid_en` is not a list of words",
        ),
        ("data/units.yml", "[]\n", "1: units: the file is not a mapping"),
        ("data/units.yml", "ms: {en: '{n} ms'}\n", "1: units: `ms`: no text `zh`"),
        (
            "data/units.yml",
            "ms: {en: ms, zh: '{n}'}\n",
            "1: units: `ms`: `en` does not say where the number goes, {n}",
        ),
        ("data/units.yml", "ms: {en: '{n}', zh: '{n}', eno: '{n}'}\n", "1: units: `ms`: unknown key `eno`"),
        ("data/search.yml", "sections: [a]\n", "1: search: no mapping `sections`"),
        ("data/redirects.yml", "redirects: [a]\n", "1: redirects: no mapping `redirects`"),
        ("data/redirects.yml", "redirects:\n  a: [b]\n", "2: redirects: `a`: does not forward to a place"),
    ],
)
def test_an_entry_of_another_shape_is_reported_at_its_line(path, text, problem, mini):
    mini.write(path, text)
    assert f"{path}:{problem}" in mini.problems()
