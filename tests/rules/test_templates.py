"""A document to copy is shown by a page, and says the same in every language."""

from __future__ import annotations

import pytest

RULE = "templates"
EN, ZH = "data/templates/en/form.md", "data/templates/zh/form.md"
TEXT = {
    EN: "# Form\n\n## Data\n\n| Source | Amount |\n|---|---|\n| {{ load }} | |\n",
    ZH: "# 表格\n\n## 数据\n\n| 数据源 | 多少 |\n|---|---|\n| {{ load }} | |\n",
}


@pytest.fixture
def forms(mini):
    for path, text in TEXT.items():
        mini.write(path, text)
    for language in ("en", "zh"):
        mini.append(f"docs/{language}/designs/toy.md", "{{ template: form }}\n\n{{ template: form, form }}")
    mini.settle()
    return mini


def test_a_document_of_both_languages_passes(forms):
    assert forms.problems() == []


def test_without_documents_there_is_nothing_to_say(mini):
    assert mini.problems(RULE) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        (ZH, "## 数据\n", "", "data/templates/zh/form.md:1: parity: heading 2 is missing"),
        (ZH, "| {{ load }} | |\n", "", "data/templates/zh/form.md:5: parity: a row of"),
        (EN, "{{ load }}", "{{ laod }}", "data/templates/en/form.md:7: templates: unknown value `laod`"),
        (EN, "## Data", "## Data {#data}", "data/templates/en/form.md:3: templates: `{#data}` means nothing"),
        (EN, "| |\n", "| [@smith2020] |\n", "data/templates/en/form.md:7: templates: `[@smith2020]` means nothing"),
        (EN, "# Form\n", "# Form\n\n{{ card }}\n", "data/templates/en/form.md:3: templates: `{{ card }}` means nothing"),
        (EN, "| |\n", "| [a](data.md) |\n", "data/templates/en/form.md:7: templates: `data.md` means nothing"),
        (ZH, "# 表格", "# 表格,空白", "data/templates/zh/form.md:1: typography: "),
    ],
)
def test_what_is_wrong_is_reported_at_its_line(forms, path, old, new, problem):
    forms.replace(path, old, new)
    found = forms.problems()
    assert [each for each in found if each.startswith(problem)], found


def test_a_document_that_is_missing_in_a_language_is_reported(forms):
    (forms.root / ZH).unlink()
    assert f"{EN}:1: templates: {ZH} is missing (the same documents in every language)" in forms.problems(RULE)


def test_a_document_that_only_a_translation_has_is_reported(forms):
    (forms.root / EN).unlink()
    assert f"{ZH}:1: templates: stands in another language only (add {EN}, or remove it)" in forms.problems(RULE)


def test_a_document_that_no_page_shows_is_reported(mini):
    for path, text in TEXT.items():
        mini.write(path, text.replace("{{ load }}", "3"))
    hint = "(write `{{ template: form }}`)"
    assert mini.problems(RULE) == [f"{path}:1: templates: no page shows it {hint}" for path in (EN, ZH)]


def test_a_document_that_is_not_utf_8_is_reported(mini):
    mini.write(EN, b"# caf\xe9\n")
    assert f"{EN}:1: encoding: not UTF-8: byte 0xe9 (save the file as UTF-8)" in mini.problems("encoding")
