"""Computed numbers are kept by content: read again only if a file, a unit, a language or the code changed."""

from __future__ import annotations

import hashlib

import pytest

from handbook import kept
from handbook.numbers import cache, declared

TOY = "inputs:\n  a: {{value: {value}, unit: '1', en: A, zh: 甲, source: assumption}}\n"
LANGUAGES = ("en", "zh")


@pytest.fixture
def root(tmp_path):
    (tmp_path / "data/numbers/part").mkdir(parents=True)
    (tmp_path / "data/numbers/part/toy.yml").write_text(TOY.format(value=1), encoding="utf-8")
    (tmp_path / "data/units.yml").write_text('"1": {en: "{n}", zh: "{n}"}\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def reads(monkeypatch):
    """Count how often everything is read and computed."""
    calls = []
    read_all = declared.read_all

    def counted(*arguments, **options):
        calls.append(arguments)
        return read_all(*arguments, **options)

    monkeypatch.setattr(declared, "read_all", counted)
    return calls


def test_what_has_not_changed_is_not_computed_again(root, reads):
    first = cache.load_all(root, LANGUAGES)
    assert cache.load_all(root, LANGUAGES) == first
    assert len(reads) == 1
    assert first["part/toy"].quantities["a"].value == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/numbers/part/toy.yml", TOY.format(value=2)),
        ("data/numbers/other.yml", TOY.format(value=3)),
        ("data/units.yml", '"1": {en: "{n}!", zh: "{n}"}\n'),
    ],
)
def test_what_has_changed_is_computed_again(root, reads, path, text):
    cache.load_all(root, LANGUAGES)
    (root / path).write_text(text, encoding="utf-8")
    assert cache.load_all(root, LANGUAGES) == declared.read_all(root, LANGUAGES)
    assert len(reads) == 3


def test_a_file_that_moves_or_goes_is_noticed(root, reads):
    cache.load_all(root, LANGUAGES)
    (root / "data/numbers/part/toy.yml").rename(root / "data/numbers/toy.yml")
    assert list(cache.load_all(root, LANGUAGES)) == ["toy"]


def test_other_languages_are_computed_again(root, reads):
    cache.load_all(root, LANGUAGES)
    assert cache.load_all(root, ("en",))["part/toy"].quantities["a"].labels == {"en": "A"}


def test_problems_are_kept_as_well(root):
    (root / "data/numbers/part/toy.yml").write_text(TOY.format(value="x"), encoding="utf-8")
    for _ in range(2):
        (problem,) = cache.load_all(root, LANGUAGES)["part/toy"].problems
        assert str(problem) == "data/numbers/part/toy.yml:2: numbers: `a` has no number as value"


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", "null", '{"key": 1}', '{"key": "KEY"}', '{"key": "KEY", "places": {"x": {}}}']
)
def test_a_broken_cache_is_ignored_and_written_anew(root, reads, broken):
    good = cache.load_all(root, LANGUAGES)
    file = root / ".cache/numbers.json"
    text = broken.replace("KEY", kept.read(file)["key"]).encode()
    # As another edition of the handbook may have kept it: whole, and of another shape.
    file.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
    assert cache.load_all(root, LANGUAGES) == good
    assert cache.load_all(root, LANGUAGES) == good
    assert len(reads) == 2


def test_a_folder_that_cannot_be_written_to_only_costs_time(root, reads):
    (root / ".cache").write_text("in the way", encoding="utf-8")
    assert cache.load_all(root, LANGUAGES) == cache.load_all(root, LANGUAGES)
    assert len(reads) == 2
