"""The site as a whole: both languages, search, the places above them, and the swap."""

import filecmp
import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook import source
from handbook.outputs import environment, site
from handbook.problems import Problem
from mini import Mini

ROOT = Path(__file__).resolve().parents[1]
#: The rules as they are; most tests here leave out what a small handbook cannot pass.
CHECK = site.rules.check

REDIRECTS = """redirects:
  designs/fraud: designs/toy
  designs/cards: designs/toy#serving
  designs/toy#old: designs/toy#serving
"""


def project(root: Path) -> Path:
    """Write the small handbook; it is built with the repository's own configuration and theme."""
    mini = Mini(root)
    mini.build()
    mini.write("data/redirects.yml", REDIRECTS)
    for language, home in (("en", "Handbook & more"), ("zh", "手册")):
        page = f"docs/{language}/index.md"
        mini.write(page, re.sub(r"^# \S+", f"# {home}", mini.read(page), flags=re.M))
    (root / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nwatch: []\n")
    for name in ("theme", "hooks", "web"):
        (root / name).symlink_to(ROOT / name)
    return root


@pytest.fixture(scope="module", autouse=True)
def _unchecked() -> Iterator[None]:
    """The small handbook is not complete; what the rules say of it has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site.rules, "check", lambda book: [])
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site; tests only read it."""
    root = project(tmp_path_factory.mktemp("handbook"))
    assert site.build(root, root / "site") == []
    return root / "site"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A project that has a site from an earlier build."""
    project(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the earlier site")
    return tmp_path


def left_alone(root: Path) -> bool:
    """Whether the earlier site is as it was, and nothing temporary lies about."""
    earlier = [path.name for path in (root / "site").iterdir()] == ["index.html"]
    return earlier and not list(root.glob(".site-*"))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# ---- what a build gives ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "designs/toy/index.html",
        *(
            f"{language}/{path}"
            for language in ("en", "zh")
            for path in (
                "index.html", "404.html", "sitemap.xml", "designs/toy/index.html",
                "assets/numbers.json", "assets/numbers.mjs",
            )
        ),
    ],
)
def test_the_site_has(built: Path, path: str) -> None:
    assert (built / path).is_file()


def test_nothing_temporary_is_left_behind(built: Path) -> None:
    assert not list(built.parent.glob(".site-*"))


def test_templates_are_not_published(built: Path) -> None:
    assert not (built / "en" / "root").exists()


def test_a_page_links_to_itself_in_the_other_language_without_scripts(built: Path) -> None:
    page = read(built / "en/designs/toy/index.html")
    (link,) = re.findall(r'<a [^>]*class="language-link"[^>]*>', page)
    assert 'href="../../../zh/designs/toy/"' in link


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_names_its_languages_for_search_engines(built: Path, language: str) -> None:
    page = read(built / language / "designs/toy/index.html")
    alternates = re.findall(r'<link [^>]*rel="alternate "[^>]*>', page)
    found = {re.search(r'hreflang="([^"]+)"', a)[1]: re.search(r' href="([^"]+)"', a)[1] for a in alternates}
    address = environment.ADDRESS
    assert found == {
        "en": f"{address}en/designs/toy/",
        "zh-Hans": f"{address}zh/designs/toy/",
        "x-default": f"{address}designs/toy/",
    }
    (canonical,) = re.findall(r'<link [^>]*rel="canonical"[^>]*>', page)
    assert found["zh-Hans" if language == "zh" else "en"] in canonical


def test_no_page_makes_material_ask_for_sitemaps_below_pages(built: Path) -> None:
    """Material does so for every `link[rel=alternate]`, see theme/main.html."""
    for language in ("en", "zh"):
        for page in (built / language / "designs").rglob("*.html"):
            assert 'rel="alternate"' not in read(page), page


def test_no_page_asks_another_host(built: Path) -> None:
    loads = r'<(?:script|img|iframe|source)[^>]*\ssrc=|<link rel="stylesheet" href='
    asked = re.compile(rf'(?:{loads})"(?:https?:)?//')
    for page in built.rglob("*.html"):
        assert not asked.search(read(page)), page


# ---- above the languages --------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_has_a_script_of_its_own(built: Path, language: str) -> None:
    for page in (built / language).rglob("*.html"):
        if page.parent.name in {"fraud", "cards"}:
            continue  # pages that moved
        scripts = re.findall(r"<script([^>]*)>", read(page))
        assert all(" src=" in script or 'type="application/json"' in script for script in scripts), page
        assert not re.search(r"<[^>]+\son\w+=", read(page)), page


def test_the_entrance_offers_both_languages_without_scripts(built: Path) -> None:
    page = read(built / "index.html")
    assert re.findall(r'<a href="([^"]+)" lang="([^"]+)"', page) == [("en/", "en"), ("zh/", "zh-Hans")]
    assert "Handbook &amp; more" in page
    assert "手册" in page


def test_a_neutral_address_offers_the_page_in_both_languages(built: Path) -> None:
    page = read(built / "designs/toy/index.html")
    assert re.findall(r'<a href="([^"]+)"', page) == [
        "../../en/designs/toy/",
        "../../zh/designs/toy/",
    ]
    assert "Toy" in page
    assert "玩具" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_that_moved_forwards_within_its_language(built: Path, language: str) -> None:
    page = read(built / language / "designs/fraud/index.html")
    assert 'content="0; url=../../designs/toy/"' in page


def test_a_page_that_moved_to_a_section_forwards_there(built: Path) -> None:
    assert 'url=../../designs/toy/#serving"' in read(built / "en/designs/cards/index.html")
    assert 'href="../../zh/designs/toy/#serving"' in read(built / "designs/cards/index.html")


def test_the_404_page_links_by_the_sites_own_path(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/some/path")
    assert site.build(published, published / "site") == []
    assert re.findall(r'<a href="([^"]+)"', read(published / "site/404.html")) == [
        "/some/path/en/",
        "/some/path/zh/",
    ]
    sitemap = read(published / "site/sitemap.xml")
    assert "<loc>https://example.org/some/path/en/sitemap.xml</loc>" in sitemap


# ---- search ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_language_indexes_its_own_pages_and_nothing_else(built: Path, language: str) -> None:
    index = read(built / language / "search/index.js")
    pages = json.loads(index.removeprefix('handbookIndex("index",').removesuffix(")\n"))["pages"]
    # Two pages: neither the 404 page nor the forwarders.
    assert sorted(page["place"] for page in pages) == ["", "designs/toy/"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_loads_next_to_nothing_for_search(built: Path, language: str) -> None:
    folder = built / language
    loaded = [folder / "assets/search.js", folder / "search/search_index.json"]
    assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) < 4_000
    assert json.loads(read(loaded[1]))["docs"] == []
    assert "search-core" not in read(folder / "index.html")


# ---- failures -------------------------------------------------------------------------------


def test_what_mkdocs_complains_about_is_a_problem(published: Path) -> None:
    (published / "data/site.yml").write_text("sections: {home: index, designs: [designs/toy, missing]}\n")
    (problem,) = site.build(published, published / "site")
    assert (problem.path, problem.line, problem.rule) == ("mkdocs.yml", 1, "mkdocs")
    assert "'missing.md'" in problem.message
    assert left_alone(published)


def test_a_page_that_cannot_be_written_out_keeps_the_earlier_site(published: Path) -> None:
    page = published / "docs/zh/index.md"
    page.write_text(read(page) + "\n{{ no_such_value }}\n", encoding="utf-8")
    (problem,) = site.build(published, published / "site")
    assert (problem.path, problem.rule) == ("docs/zh/index.md", "compile")
    assert left_alone(published)


def test_a_configuration_that_cannot_be_read_is_one_sentence(published: Path) -> None:
    (published / "mkdocs.yml").write_text("INHERIT: nowhere.yml\n")
    (problem,) = site.build(published, published / "site")
    assert problem.path == "mkdocs.yml"
    assert "Traceback" not in str(problem)
    assert "\n" not in str(problem)
    assert left_alone(published)


@pytest.mark.parametrize(
    ("redirects", "message"),
    [
        ("  old: designs/nowhere", "`old` forwards to `designs/nowhere`, which does not exist"),
        ("  designs/toy: index", "`designs/toy` exists and forwards elsewhere"),
        ("  designs/toy: ''", "`designs/toy` is blank"),
    ],
)
def test_a_redirect_that_cannot_be_keeps_the_earlier_site(
    published: Path, monkeypatch: pytest.MonkeyPatch, redirects: str, message: str
) -> None:
    monkeypatch.setattr(site.rules, "check", lambda book: CHECK(book, only=["published-anchors"]))
    (published / "data/redirects.yml").write_text(f"redirects:\n{redirects}\n")
    (problem,) = site.build(published, published / "site")
    assert (problem.path, problem.line, problem.message) == ("data/redirects.yml", 2, message)
    assert left_alone(published)


@pytest.mark.parametrize(
    ("old", "problem"),
    [
        (
            "../../evil",
            "data/redirects.yml:2: redirects: `../../evil` is not a place of the site "
            "(page or page#anchor, without language and suffix)",
        ),
        (
            "en/designs/toy",
            "en/designs/toy/index.html:1: output: is there already "
            "(two pages, or a page and a redirect, have one address)",
        ),
    ],
)
def test_a_redirect_that_no_rule_has_seen_writes_nothing_outside_and_over_nothing(
    published: Path, old: str, problem: str
) -> None:
    (published / "data/redirects.yml").write_text(f"redirects:\n  {old}: designs/toy\n")
    assert [str(found) for found in site.build(published, published / "site")] == [problem]
    assert left_alone(published)
    assert not (published.parent / "evil").exists()


def test_a_file_in_the_sites_place_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    (problem,) = site.build(tmp_path, tmp_path / "site")
    assert str(problem) == "site:1: site: is a file (move it out of the way)"


def test_an_interrupted_build_leaves_nothing_behind(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(site, "_write_root", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.build(published, published / "site")
    assert left_alone(published)


def test_redirects_of_anchors_are_not_pages(built: Path) -> None:
    redirects = source.load(built.parent).redirects.values()
    assert list(site._moved_pages(redirects)) == [
        ("designs/fraud/", "designs/toy/", ""),
        ("designs/cards/", "designs/toy/", "#serving"),
    ]


# ---- the same bytes every time --------------------------------------------------------------


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    root = project(tmp_path)
    assert site.build(root, root / "site") == []
    files, again = (
        {os.fspath(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        for folder in (built, root / "site")
    )
    assert files == again
    _same, different, errors = filecmp.cmpfiles(built, root / "site", files, shallow=False)
    assert (different, errors) == ([], [])


def test_a_problem_in_the_sources_keeps_the_earlier_site(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted((published / "site").rglob("*"))
    problem = Problem("docs/en/index.md", 3, "links", "no page `x`")
    monkeypatch.setattr(site.rules, "check", lambda book: [problem])
    assert site.build(published, published / "site") == [problem]
    assert sorted((published / "site").rglob("*")) == before
    assert not list(published.glob(".site-*"))
