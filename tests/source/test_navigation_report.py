"""Where readers report errors: an address for a subject and a body, or nothing."""

from __future__ import annotations

import pytest

from mini import SITE


@pytest.mark.parametrize(
    "address", ["mailto:a@b.example?subject={subject}&body={body}", "https://a.example/new?title={subject}&b={body}"]
)
def test_an_address_with_both_places_is_taken(mini, address):
    mini.write("data/site.yml", f'report: "{address}"\n{SITE}')
    book = mini.book()
    assert not book.problems
    assert book.navigation.report == address


@pytest.mark.parametrize("address", ["", "null"])
def test_there_may_be_none(mini, address):
    mini.write("data/site.yml", f"report: {address}\n{SITE}")
    assert mini.book().navigation.report == ""


@pytest.mark.parametrize("address", ["a@b.example", "javascript:{subject}{body}", "mailto:a@b.example", "[a]"])
def test_anything_else_is_reported(mini, address):
    mini.write("data/site.yml", f"report: {address}\n{SITE}")
    assert [str(problem) for problem in mini.book().problems] == [
        "data/site.yml:1: site: `report` is no address for reports (mailto: or https://, with {subject} and {body})"
    ]
