"""What the handbook reads: the framework's minutes and timeline, and the shape of each data file."""

from __future__ import annotations

import dataclasses

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
        ("  - id: model", "  - id: data", "stages:", "`data` stands twice (keep one)"),
        ("    to: 8\n", "    to: 9\n", "from: 5", "timeline 5–9 does not match the minutes of metrics (5–8)"),
        ("stages: [data]", "stages: [dta]", "stages: [dta]", "there is no stage `dta` (did you mean `data`?)"),
        ("stages: [data]", "stages: []", "stages: []", "`stages` is empty"),
        (
            "total: 45",
            "total: many",
            "total: many",
            "`total` is not a whole number",
        ),
        ("total: 45\n", "", "stages:", "the file lacks `total`"),
        ("  minutes: 4\n", "", "buffer:", "`buffer` lacks `minutes`"),
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
    verb = "lacks" if key == "from" else "has no text"
    assert mini.problems("framework") == [f"{FRAMEWORK}:{line}: framework: entry 2 {verb} `{key}`"]


def test_wrong_minutes_are_reported_and_nothing_else_becomes_unknown(mini):
    mini.replace(FRAMEWORK, "total: 45", "total: 50")
    assert len(mini.problems()) == 1


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("data/designs.yml", "- a\n", "1: designs: the file is not a mapping"),
        ("data/designs.yml", "design: []\n", "1: designs: the file lacks `designs`"),
        ("data/designs.yml", "designs:\n  - {id: toy, en: T}\n", "2: designs: entry 1 has no text `zh`"),
        (
            "data/designs.yml",
            "designs:\n  - {id: toy, en: T, zh: 甲, compare: {load: {en: a, zh: 甲}}}\n",
            "2: designs: `compare` lacks `sla`, `items`, `base_rate`, `label_delay`, `model`, `pattern`, `cost`, `number`, `hardest`",
        ),
        ("data/designs.yml", "designs:\n  - toy\n", "2: designs: entry 1 is not a mapping"),
        (
            "data/designs.yml",
            "designs:\n  - {id: toy, en: T, zh: 甲, must_discuss: [{en: a, zh: 甲, pattern_en: '(', pattern_zh: b}]}\n",
            "2: designs: `pattern_en` is not a pattern: missing ), unterminated subpattern at position 0",
        ),
        (
            "data/designs.yml",
            "designs:\n  - {id: toy, en: T, zh: 甲, must_discuss: [{en: a, zh: 甲, pattern_en: b}]}\n",
            "2: designs: entry 1 has no text `pattern_zh`",
        ),
        ("data/glossary.yml", "terms: {a: b}\n", "1: glossary: `terms` is not a list"),
        ("data/glossary.yml", "terms:\n  - {en: a}\n", "2: glossary: entry 1 has no text `zh`"),
        (
            "data/glossary.yml",
            "terms:\n  - {en: a, zh: 甲, avoid_zh: 乙}\n",
            "2: glossary: `avoid_zh` is not a list",
        ),
        (
            "data/glossary.yml",
            "terms:\n  - {en: a, zh: 甲, avoid_en: [3]}\n",
            "2: glossary: entry 1 is not a text (put it in quotes)",
        ),
        ("data/units.yml", "[]\n", "1: units: the file is not a mapping"),
        ("data/units.yml", "ms: {en: '{n} ms'}\n", "1: units: `ms` has no text `zh`"),
        (
            "data/units.yml",
            "ms: {en: ms, zh: '{n}'}\n",
            "1: units: `en` has no {n}",
        ),
        ("data/units.yml", "ms: {en: '{n}', zh: '{n}', eno: '{n}'}\n", "1: units: unknown key `eno` (did you mean `en`?)"),
        (
            "data/glossary.yml",
            "terms:\n  - {en: a, zh: 甲, aliases_en: b}\n",
            "2: glossary: `aliases_en` is not a list",
        ),
        (
            "data/glossary.yml",
            "terms:\n  - {en: a, zh: 甲}\n  - {en: a, zh: 乙}\n",
            "1: glossary: `a` stands twice (keep one)",
        ),
        ("data/designs.yml", "designs:\n  - {id: toy, en: , zh: 甲, must_discuss: [x]}\n", "2: designs: `en` is blank"),
        ("data/designs.yml", "2024: x\n", "1: designs: unknown key `2024` (known are `designs`)"),
        (
            "data/redirects.yml",
            'redirects:\n  "../../evil": index\n',
            "2: redirects: `../../evil` is not a place of the site (page or page#anchor, without language and suffix)",
        ),
        *(
            (
                "data/redirects.yml",
                f"redirects:\n  '{old}': index\n",
                f"2: redirects: `{old}` is not a place of the site (page or page#anchor, without language and suffix)",
            )
            for old in ("/etc/evil", "a\\\\..\\\\b", "a//b", "old/", "..", "https://evil.example/a")
        ),
        (
            "data/redirects.yml",
            "redirects:\n  old: https://evil.example\n",
            "2: redirects: `https://evil.example` is not a place of the site (page or page#anchor, without language and suffix)",
        ),
        ("data/search.yml", "sections: [a]\n", "1: search: `sections` is not a mapping"),
        ("data/search.yml", "sections:\n  index: {en: [a]}\n", "2: search: `index` has no text `zh`"),
        ("data/redirects.yml", "redirects: [a]\n", "1: redirects: `redirects` is not a mapping"),
        ("data/redirects.yml", "redirects:\n  a: [b]\n", "2: redirects: `a` is not a text (put it in quotes)"),
    ],
)
def test_an_entry_of_another_shape_is_reported_at_its_line(path, text, problem, mini):
    mini.write(path, text)
    assert f"{path}:{problem}" in mini.problems()


@pytest.mark.parametrize("year", [".inf", ".nan", "50:00", "1e400", "2020.5", "yes", "2020-01-01", "", "[2020]"])
def test_a_year_that_is_no_whole_number_is_reported_whatever_yaml_makes_of_it(year, mini):
    path = "data/sources/designs/toy.yml"
    line = mini.replace(path, "year: 2020", f"year: {year}")
    assert mini.problems() == [f"{path}:{line}: sources: `year` is not a whole number"]


def test_a_stage_of_the_timeline_that_does_not_exist_is_one_problem(mini):
    line = mini.replace(FRAMEWORK, "stages: [requirements]", "stages: [requirments]")
    assert mini.problems() == [
        f"{FRAMEWORK}:{line}: framework: there is no stage `requirments` (did you mean `requirements`?)"
    ]


@pytest.mark.parametrize(
    "path",
    [
        "data/framework.yml",
        "data/designs.yml",
        "data/glossary.yml",
        "data/units.yml",
        "data/redirects.yml",
        "data/site.yml",
        "data/review.yml",
        "data/numbers/designs/toy.yml",
        "data/sources/designs/toy.yml",
        "data/languages/zh.yml",
    ],
)
@pytest.mark.parametrize("text", ["a: [\n", "x: " + "[" * 100_000, "- " * 100_000, "a: &a [*a]\n"], ids=repr)
def test_a_broken_file_is_one_problem(path, text, mini):
    mini.write(path, text)
    (problem,) = mini.problems()
    assert problem.startswith(f"{path}:")
    assert mini.book().broken == {path}


def test_nothing_of_a_book_can_be_changed(mini):
    book = mini.book()
    page = book.pages["en"]["index"]
    for record, name in ((book, "pages"), (page, "text"), (book.framework, "stages"), (book.stages[0], "minutes")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, name, None)
    for mapping in (book.pages, book.pages["en"], book.designs, book.units, book.sources, book.numbers, page.meta):
        with pytest.raises(TypeError):
            mapping["x"] = None


def test_what_the_data_files_say_is_known_with_its_place(mini):
    said = {(text.path, text.language, text.text): text.line for text in mini.book().texts}
    assert said["data/framework.yml", "zh", "需求"] == mini.line(FRAMEWORK, "zh: 需求")
    assert said["data/designs.yml", "en", "base rate"] == mini.line("data/designs.yml", "en: base rate")
    assert not any(text == "\\bdrift" for _, _, text in said)
