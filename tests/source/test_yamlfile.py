"""Data files are read with line numbers, and whatever is wrong with one is a problem, never a traceback."""

from __future__ import annotations

import pytest

from handbook import yamlfile


def load(tmp_path, text: str | bytes) -> yamlfile.YamlFile:
    (tmp_path / "f.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return yamlfile.load(tmp_path, "f.yml")


def test_every_key_and_entry_has_its_line(tmp_path):
    file = load(tmp_path, "a:\n  b: 1\n  c: [x,\n    y]\nd:\n  - e: 2\n  - f\n")
    assert file.data == {"a": {"b": 1, "c": ["x", "y"]}, "d": [{"e": 2}, "f"]}
    assert [file.line(*keys) for keys in [("a",), ("a", "b"), ("a", "c", 1), ("d", 0, "e"), ("d", 1)]] == [
        1,
        2,
        4,
        6,
        7,
    ]


def test_an_unknown_key_has_the_line_of_its_parent(tmp_path):
    file = load(tmp_path, "x: 1\na:\n  b: 1\n")
    assert file.line("a", "missing", "deep") == 2
    assert file.line("nothing") == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [1\nb: 2\n", "f.yml:2: data: invalid YAML: expected ',' or ']', but got ':'"),
        ("a: 1\n b: 2\n", "f.yml:2: data: invalid YAML: mapping values are not allowed here"),
        ("a: 1\n\tb: 2\n", "f.yml:2: data: invalid YAML: found character '\\t' that cannot start any token"),
        ("a: 1\nb: &x 2\nc: *y\n", "f.yml:3: data: invalid YAML: found undefined alias 'y'"),
        ("a: 1\nb: 2\na: 3\n", "f.yml:3: data: the key `a` stands twice (keep one)"),
        ("a:\n  b: 1\n  b: 1\n", "f.yml:3: data: the key `b` stands twice (keep one)"),
        ("a: 1\n? [b]\n: 2\n", "f.yml:2: data: invalid YAML: found unhashable key"),
        ("a: 1\n---\nb: 2\n", "f.yml:2: data: invalid YAML: but found another document"),
        ("a: 1\nb: \x07\n", "f.yml:2: data: invalid YAML: the character U+0007 (remove it)"),
        ("[" * 3000, "f.yml:1: data: invalid YAML: nested too deep"),
        ("&a [*a]\n", "f.yml:1: data: an alias stands for another value (write it out)"),
        ("a: &b [1]\nc: *b\n", "f.yml:2: data: an alias stands for another value (write it out)"),
        ("- " * 100_000, "f.yml:1: data: invalid YAML: nested too deep"),
        ("{a: " * 100_000, "f.yml:1: data: invalid YAML: nested too deep"),
        ("\n".join(" " * depth + "a:" for depth in range(2_000)), "f.yml:1: data: invalid YAML: nested too deep"),
        (b"a: 1\nb: caf\xe9\n", "f.yml:2: data: not UTF-8: byte 0xe9 (save the file as UTF-8)"),
    ],
)
def test_what_is_wrong_with_a_file_is_a_problem_at_its_line(tmp_path, text, problem):
    assert [str(p) for p in load(tmp_path, text).problems] == [problem]


def test_a_missing_file_is_a_problem(tmp_path):
    file = yamlfile.load(tmp_path, "data/no.yml", "numbers")
    assert [str(p) for p in file.problems] == ["data/no.yml:1: numbers: the file is missing"]
    assert file.data == {}


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path):
    (tmp_path / "f.yml").mkdir()
    file = yamlfile.load(tmp_path, "f.yml")
    assert [str(p) for p in file.problems] == ["f.yml:1: data: unreadable: Is a directory"]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("\ufeffa: 1\n", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("time: 50:00\nno: no\nmany: 1_000\nfar: .inf\n", {"time": "50:00", "no": "no", "many": "1_000", "far": ".inf"}),
        ("2024: x\ntrue: y\n~: z\n", {"2024": "x", "true": "y", "~": "z"}),
        ("a: 1e9\nb: -0.5\nc: 012\nd: null\ne: false\n", {"a": 1e9, "b": -0.5, "c": 12, "d": None, "e": False}),
        ("a: !ENV [X, y]\nb: !!python/name:x.y\n", {"a": None, "b": None}),
        ("day: 2026-11-20\nwrong: 2026-13-45\n", {"day": "2026-11-20", "wrong": "2026-13-45"}),
    ],
    ids=["empty", "comment", "byte-order mark", "Windows", "no sexagesimals", "keys are texts", "numbers", "tags of mkdocs.yml", "dates stay text"],
)
def test_what_is_no_mistake_is_read(tmp_path, text, data):
    file = load(tmp_path, text)
    assert file.data == data
    assert file.problems == []


def test_a_part_of_a_page_is_counted_from_the_pages_first_line():
    file = yamlfile.parse("title: T\ntitle: U\n", "p.md", "front-matter", before=1)
    assert file.line("title") == 3
    assert [p.line for p in file.problems] == [3]
