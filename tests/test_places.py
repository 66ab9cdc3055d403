"""Where pages are published, and how one leads to another."""

from __future__ import annotations

import pytest

from handbook import places


@pytest.mark.parametrize(
    ("slug", "place"),
    [("index", ""), ("framework/index", "framework/"), ("framework/data", "framework/data/")],
)
def test_a_page_is_published_as_a_folder(slug, place):
    assert places.place(slug) == place


@pytest.mark.parametrize(
    ("slug", "target", "address"),
    [
        ("framework/data", "../designs/toy.md#data", "../../designs/toy/#data"),
        ("framework/data", "model.md", "../model/"),
        ("framework/data", "index.md", "../"),
        ("framework/index", "data.md", "data/"),
        ("framework/index", "../index.md", "../"),
        ("index", "framework/index.md#stages", "framework/#stages"),
        ("index", "index.md", "./"),
        ("framework/data", "#labels", "#labels"),
        ("framework/data", "picture.png", "../picture.png"),
        ("framework/data", "https://example.org/a.md", "https://example.org/a.md"),
        ("framework/data", "mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_from_folder_to_folder(slug, target, address):
    assert places.link(slug, target) == address


def test_a_link_may_lead_to_a_file_of_the_folder():
    assert places.link("framework/data", "../designs/toy.md#a", "index.md") == "../../designs/toy/index.md#a"
