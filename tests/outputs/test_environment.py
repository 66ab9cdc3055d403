"""Variables that end up in every page: an address, a date, or one sentence."""

from __future__ import annotations

import pytest

from handbook import cli
from handbook.outputs import environment
from handbook.problems import ProblemsError

HINT = "(http:// or https://, a host, and a path of letters, digits and . _ ~ % -)"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", "http://127.0.0.1:8000/"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org/some/path", "https://example.org/some/path/"),
        ("http://[::1]:8080/a-b/~c_d.e/%E4%BD%A0/", "http://[::1]:8080/a-b/~c_d.e/%E4%BD%A0/"),
    ],
)
def test_an_address_gets_a_slash_at_its_end(given, address):
    assert environment.read({"SITE_URL": given}).address == address


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
@pytest.mark.parametrize(
    "value",
    ['https://example.org/"><script>alert(1)</script>', "https://example.org/'", "https://example.org/a b", " ",
     "javascript:alert(1)", "ftp://example.org/", "//example.org/", "/path/", "example.org", "https://", "https:///a",
     "https://user:secret@example.org/", "https://example.org/?a=b", "https://example.org/#a", "https://a\\b/",
     "https://example.org:99999/", "https://example.org:0/", "https://example.org//a", "https://example.org/../a/",
     "https://例子.example/", "https://[::/", "https://example.org/&quot;", "https://example.org/<b>"],
)  # fmt: skip
def test_what_is_no_address_is_one_sentence(name, value):
    with pytest.raises(ProblemsError) as refusal:
        environment.read({name: value})
    assert str(refusal.value) == f"{name}:1: environment: “{value}” is no address of a site {HINT}"


def test_a_line_break_in_an_address_is_shown_as_one():
    with pytest.raises(ProblemsError, match=r"“https://a/\\nb” is no address"):
        environment.read({"SITE_URL": "https://a/\nb"})


@pytest.mark.parametrize(("given", "epoch"), [("", None), ("1700000000", 1_700_000_000)])
def test_a_date_is_a_number_of_seconds(given, epoch):
    assert environment.read({"SOURCE_DATE_EPOCH": given}).epoch == epoch


@pytest.mark.parametrize("value", ["abc", "0", "-1", "1.5", "1e9", "٣٣٣٣٣٣٣٣٣٣", " 1700000000", "9" * 10, "9" * 5000])
def test_what_is_no_date_is_one_sentence(value):
    with pytest.raises(ProblemsError) as refusal:
        environment.read({"SOURCE_DATE_EPOCH": value})
    assert str(refusal.value) == (
        f"SOURCE_DATE_EPOCH:1: environment: “{value}” is no date (seconds since 1970, 315532800 to 4354819199)"
    )


def test_all_that_is_wrong_is_said_at_once(monkeypatch, capsys, tmp_path):
    for name in ("SITE_URL", "REPO_URL", "SOURCE_DATE_EPOCH"):
        monkeypatch.setenv(name, "abc")
    assert cli.main(["--root", str(tmp_path), "site"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["SITE_URL", "REPO_URL", "SOURCE_DATE_EPOCH"]
    assert list(tmp_path.iterdir()) == []
