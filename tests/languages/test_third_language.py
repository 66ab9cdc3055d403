"""A third language is a folder of pages and a file of words: nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook import rules
from handbook.outputs import site
from mini import Mini

ROOT = Path(__file__).resolve().parents[2]
FRENCH = "data/languages/fr.yml"
#: Patterns and values stay as they are; other texts get a mark.
KEPT = re.compile(r"\{n\}|\{\{|^\(|\\|\|")


def texts(value: Any) -> set[str]:
    """Every English text of a data file."""
    if isinstance(value, list):
        return {text for item in value for text in texts(item)}
    if not isinstance(value, dict):
        return set()
    found = {
        text for key, text in value.items() if isinstance(text, str) and (key == "en" or key.endswith("_en"))
    }
    return found.union(*map(texts, value.values()))


def add_french(mini: Mini) -> None:
    """Add French to the small handbook: English texts with a mark, so that a test can tell them."""
    words = yaml.safe_load(mini.read("data/languages/en.yml"))
    words |= {"order": 3, "tag": "fr", "name": "Français", "theme": "fr", "site_name": "Le manuel"}
    words["words"]["page"]["updated"] = "Dernière mise à jour"
    words["words"]["root"] |= {"read": "Lire en français", "missing": "Page introuvable"}
    words["words"]["sections"]["designs"] = "Systèmes"
    found: set[str] = set()
    for path in sorted((mini.root / "data").rglob("*.yml")):
        if "languages" not in path.parts:
            found |= texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    words["texts"] = {text: text if KEPT.search(text) else f"{text} (fr)" for text in sorted(found)}
    mini.write(FRENCH, yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=1000))
    for page in ("index.md", "designs/toy.md"):
        mini.write(f"docs/fr/{page}", mini.read(f"docs/en/{page}"))
    mini.write("data/search.yml", "sections:\n  index: {en: [a], zh: [甲], fr: [b]}\n  designs/toy: {en: [a], zh: [甲]}\n")
    mini.settle()


@pytest.fixture
def french(mini) -> Mini:
    """The small handbook in three languages."""
    add_french(mini)
    return mini


def test_its_texts_come_from_the_file_of_words(french):
    book = french.book()
    assert book.problems == ()
    assert book.languages.codes == ("en", "zh", "fr")
    assert book.stages[0].labels["fr"] == "Requirements (fr)"
    assert book.designs["toy"].labels["fr"] == "Toy (fr)"
    assert book.units["ms"]["fr"] == "{n} ms"
    # What readers type is nobody's translation.
    assert [asked.words["fr"] for asked in book.asked.values()] == [("b",), ()]
    assert book.numbers["designs/toy"].quantities["rate"].labels["fr"] == "Base rate (fr)"


def test_every_rule_is_asked_of_it(french):
    french.replace("docs/fr/index.md", "(designs/toy.md#data)", "(designs/toy.md#dta)")
    assert any(problem.startswith("docs/fr/index.md:") for problem in french.problems("links"))


def test_a_text_that_is_not_translated_is_reported_where_it_stands(french):
    line = french.line("data/framework.yml", "id: requirements")
    french.replace(FRENCH, "  Requirements: Requirements (fr)\n", "")
    assert french.problems("framework") == [
        f"data/framework.yml:{line}: framework: entry 1 has no text `fr`"
        " (add `Requirements` to `texts` of data/languages/fr.yml)"
    ]


def test_a_page_that_is_not_translated_is_reported(french):
    (french.root / "docs/fr/index.md").unlink()
    assert "docs/en/index.md:1: translation: the page does not exist in `fr` (write docs/fr/index.md)" in (
        french.problems("translation")
    )


@pytest.mark.slow
def test_the_site_is_built_in_it(french, monkeypatch):
    monkeypatch.setattr(rules, "check", lambda book: [])  # the small handbook is not complete
    monkeypatch.setattr(rules, "check_output", lambda folder: [])
    (french.root / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nwatch: []\n")
    french.write("data/redirects.yml", "redirects:\n  designs/old: designs/toy\n")
    for name in ("theme", "hooks", "web"):
        (french.root / name).symlink_to(ROOT / name)
    built = french.root / "site"
    assert site.build(french.root, built) == []

    def read(path: str) -> str:
        return (built / path).read_text(encoding="utf-8")

    page = read("fr/designs/toy/index.html")
    assert '<html lang="fr"' in page
    assert "Le manuel" in page
    assert "Systèmes" in page
    links = re.findall(r'class="language-link" href="([^"]+)" hreflang="([^"]+)"', page)
    assert links == [("../../../en/designs/toy/", "en"), ("../../../zh/designs/toy/", "zh-Hans")]
    assert re.findall(r'hreflang="(\S+)" href="[^"]*/fr/designs/toy/"', read("zh/designs/toy/index.html")) == ["fr"]
    assert "Lire en français" in read("index.html")
    assert "Lire en français" in read("designs/toy/index.html")
    assert 'href="../../designs/toy/"' in read("fr/designs/old/index.html")
    assert "Page introuvable" in read("404.html")
    assert 'data-codes="en|zh|fr"' in read("404.html")
    assert "fr/sitemap.xml" in read("sitemap.xml")
