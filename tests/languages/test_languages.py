"""A language is a file: what is in it is read with types, and what is wrong with it has a line."""

from __future__ import annotations

import re

import pytest

from handbook import languages
from handbook.outputs import downloads
from handbook.problems import ProblemsError

EN, ZH = "data/languages/en.yml", "data/languages/zh.yml"


def test_the_original_comes_first_and_the_others_by_their_order(root):
    known = languages.load(root)
    assert known.codes == ("en", "zh")
    assert known.original.name == "English"
    assert [language.tag for language in known.translations] == ["zh-Hans"]
    assert "zh" in known
    assert "fr" not in known


def test_a_word_is_filled_in(root):
    known = languages.load(root)
    assert known["en"].word("quantity") == "Quantity"
    assert known["zh"].word("quantity") == "项目"
    assert known["en"].word("book.contents") == "Contents"
    assert known["zh"].word("stage_of", k=1, n=7) == "阶段 1/7"


def test_an_unknown_word_is_a_problem_that_says_what_was_meant(root):
    with pytest.raises(ProblemsError) as raised:
        languages.load(root)["en"].word("quantitty")
    assert str(raised.value) == f"{EN}:1: languages: no word `quantitty` (did you mean `quantity`?)"


def test_numerals_know_their_scales_and_the_singular(root):
    english, chinese = languages.load(root)
    assert [(scale.size, scale.sign) for scale in english.numerals.scales] == [(1e12, "T"), (1e9, "B"), (1e6, "M")]
    assert [(scale.size, scale.sign) for scale in chinese.numerals.scales] == [
        (1e12, "\u00a0万亿"),
        (1e8, "\u00a0亿"),
        (1e4, "\u00a0万"),
    ]
    assert (english.numerals.scaled_from, chinese.numerals.scaled_from) == (1e6, 1e4)
    assert [english.numerals.takes_singular(number) for number in ("1", "2", "1.5")] == [True, False, False]
    assert not chinese.numerals.takes_singular("1")


def test_typography_says_how_words_and_brackets_stand(root):
    english, chinese = languages.load(root)
    assert (english.typography.space, chinese.typography.space) == (" ", "")
    assert (english.typography.aside.format("x"), chinese.typography.aside.format("x")) == (" (x)", "（x）")
    assert (english.typography.brackets("x"), chinese.typography.brackets("x")) == ("(x)", "（x）")
    assert not english.typography.joined
    assert chinese.typography.joined


@pytest.mark.parametrize(
    ("path", "old", "new", "at", "problem"),
    [
        (ZH, "  slack: 余量\n", "", "words:", "no word `slack` (English: Slack)"),
        (ZH, "    part: 第", "    parts: 第", "  book:", "no word `book.part` (English: Part {n})"),
        (ZH, "    part: 第", "    parts: 第", "parts:", f"{EN} has no word `book.parts` (did you mean `book.part`?)"),
        (
            ZH,
            "of: 上限 {limit}",
            "of: 上限 {limits}",
            "of:",
            "the word `of`: {limit}, {limits} is only here (English: of {limit} allowed)",
        ),
        (ZH, "of: 上限 {limit}", "of: 上限", "of:", f"the word `of`: {{limit}} is only in {EN} (English: of {{limit}} allowed)"),
        (ZH, "of: 上限 {limit}", "of: 上限 {limit", "of:", "`of` cannot be filled in: '上限 {limit' (write {{ for a brace)"),
        (ZH, "slack: 余量", "slack: ", "slack:", "`slack` is blank"),
        (ZH, "slack: 余量", "slack: 3", "slack:", "`slack` is not a text (put it in quotes)"),
        (ZH, "order: 2", "order: two", "order:", "`order` is not a whole number"),
        (ZH, "script: han", "script: hann", "script:", "`script` is `hann` (did you mean `han`?)"),
        (ZH, "script: han", "script: runes", "script:", "`script` is `runes` (known are `latin`, `han`)"),
        (ZH, 'aside: "（{}）"', 'aside: "（）"', "aside:", "`aside` has no {}"),
        (ZH, "tag: zh-Hans", "tagg: zh-Hans", "tagg:", "unknown key `tagg` (did you mean `tag`?)"),
        (ZH, "tag: zh-Hans\n", "", "order:", "the file lacks `tag`"),
        (EN, 'singular: "^1$"', 'singular: "("', "singular:", "`singular` is not a pattern: missing ), unterminated subpattern at position 0"),
        (EN, "scales: {T: 12,", "scales: {T: x,", "scales:", "`T` is not a whole number"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_reported_at_its_line(path, old, new, at, problem, mini):
    mini.replace(path, old, new)
    line = next(
        n for n, text in enumerate(mini.read(path).splitlines(), 1) if text.strip().startswith(at.strip())
    )
    assert f"{path}:{line}: languages: {problem}" in mini.problems("languages")


def test_a_broken_language_is_reported_once_and_nothing_that_depends_on_it(mini):
    mini.replace(ZH, "order: 2", "order: [")
    assert mini.problems() == [f"{ZH}:4: languages: invalid YAML: expected ',' or ']', but got ':'"]


def test_pages_in_a_language_without_words_are_reported(mini):
    mini.write("docs/fr/index.md", mini.read("docs/en/index.md"))
    assert mini.problems() == ["data/languages/fr.yml:1: languages: the file is missing"]


USES = re.compile(r"""(?:\bword|\btext)\(\s*f?["']([\w.]+)["']""")


def test_every_word_that_is_asked_for_is_there_and_every_word_is_asked_for(root):
    known = languages.load(root).original.words
    asked: set[str] = set()
    for folder in ("handbook", "hooks", "theme"):
        for file in (root / folder).rglob("*"):
            if file.suffix in (".py", ".html"):
                text = file.read_text(encoding="utf-8")
                asked.update(USES.findall(text))
                asked.update(key for key in known if re.search(rf"""["']{re.escape(key)}["']""", text))
                asked.update(f"page.{key}" for key in re.findall(r"""text\.s\(["'](\w+)["']\)""", text))
    asked.update(f"page.{name}" for name in ("auto", "light", "dark"))  # by the palette's names
    asked.update(f"downloads.{kind}{form}" for kind in downloads.KINDS for form in ("", "_long"))
    by_name = {key for key in known if key.startswith(("sections.", "block.", "compare.", "questions.", "plans."))}  # data and Mermaid name them
    assert set(known) - by_name - asked == set()


def test_no_code_names_a_language(root):
    # Words for small numbers, where a language has them; one without is compared by digits alone.
    registries = {"figures.py"}
    named = re.compile(r"""(?<!\[)["'](en|zh|zh-Hans)["']""")
    found = [
        f"{file.relative_to(root)}:{number}"
        for folder in ("handbook", "hooks", "theme")
        for file in sorted((root / folder).rglob("*"))
        if file.suffix in (".py", ".html") and "review" not in file.parts and file.name not in registries
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if named.search(line)
    ]
    assert found == []
