"""The whole site: both languages, search, and what stands above the languages.

What happens, in order, all of it in a temporary folder beside `site/`:

1. The sources are loaded and compiled, once; MkDocs is imported meanwhile (`mkdocs_process`).
2. MkDocs puts the compiled pages of all languages into their theme, side by side, and writes the index
   of each for its search; meanwhile the rules look at the sources, and what they find ends the build.
3. The pages above the languages are written from `theme/root/` and `web/root/`: the entrance, a language-neutral
   address for every page, forwarders from `data/redirects.yml`, 404, robots.txt, sitemap.
4. What readers can take away is kept, or made if it was asked for, and linked (`downloads`).
5. Only then the new folder takes the place of `site/`.

Nothing here depends on the clock or on the machine, so the same commit gives the same bytes.
"""

from __future__ import annotations

import html
import os
import shutil
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from handbook import languages, rules, source
from handbook.compiled import Compiled
from handbook.languages import Languages
from handbook.output import Output
from handbook.outputs import downloads, environment, security, swap
from handbook.outputs.book import BookError, edition
from handbook.outputs.build import compiled_from
from handbook.outputs.environment import Environment
from handbook.outputs.feed import feed
from handbook.outputs.mkdocs_process import Themes
from handbook.places import place, up
from handbook.problems import Problem, ProblemsError
from handbook.source import Book, history
from handbook.source.changes import FEED
from handbook.source.redirects import Redirect

#: Date of a build outside of a repository: the first of January 2026, UTC.
EPOCH = 1_767_225_600


def build(root: Path, site: Path, wanted: Collection[str] = ()) -> list[Problem]:
    """Build everything and put it in the place of `site`.

    Args:
        root: The repository.
        site: Where the site goes. Keeps what it had unless everything succeeded.
        wanted: Downloads to make, see `downloads.KINDS`. A site that is up to date is not built anew
            for them.

    Returns:
        What stood in the way, sorted; empty after a success.
    """
    started = time.perf_counter()
    if site.exists() and not site.is_dir():
        return [_failure(site.name, "is a file", "move it out of the way")]
    try:
        with swap.workplace(site) as folder:
            pages = _build(root, site, folder, wanted)
            swap.publish(folder, site)
    except ProblemsError as error:
        return error.problems
    except BookError as error:
        return [Problem("site", 1, "book", str(error), error.hint)]
    except jinja2.TemplateError as error:
        return [_failure(f"theme/root/{getattr(error, 'name', None) or ''}", str(error))]
    except OSError as error:
        return [_failure(site.name, f"cannot be written: {error}")]
    _say(f"{site.name}/: {pages} pages in each language, {time.perf_counter() - started:.1f} s")
    return []


def _build(root: Path, site: Path, folder: Path, wanted: Collection[str]) -> int:
    """Build everything into `folder/new`; return how many pages a language has."""
    new = folder / swap.NEW
    told, every = environment.read(os.environ), languages.load(root)
    this = edition.of(root, EPOCH)
    for doubt in edition.doubts(root, this):
        _say(doubt)
    key = downloads.sources(root, told.address)
    if wanted and downloads.is_current(site, key):
        shutil.copytree(site, new)
        downloads.unlink(new, every)
    else:
        book, compiled = _build_languages(root, folder / "compiled", new, told, this.name)
        _write_root(book, Output(new), told.address, compiled)
        downloads.write_record(new, this, key=key)
        downloads.keep(site, new, this, told.address)
    downloads.make(root, new, every, wanted, told.address, this)
    downloads.drop_damaged(new, every)
    downloads.link(new, every)
    if found := rules.check_output(new):
        raise ProblemsError(found)
    return sum(1 for _ in (new / every.original.code).rglob("index.html"))


def _failure(path: str, message: str, hint: str = "") -> Problem:
    return Problem(path, 1, "site", message, hint)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _build_languages(
    root: Path, folder: Path, new: Path, told: Environment, edition: str
) -> tuple[Book, Compiled]:
    """Compile the sources into `folder` and build all languages from it; the rules run meanwhile.

    Raises:
        ProblemsError: With all that is wrong.
    """
    started = time.perf_counter()
    epoch = told.epoch or history.last_commit(root) or EPOCH
    with Themes(root, epoch) as themes:
        book = source.load(root)
        compiled = compiled_from(book)
        compiled.write(folder)
        _say(f"compiled, {time.perf_counter() - started:.1f} s")
        themes.begin(folder, told.address, {code: new / code for code in book.languages.codes}, edition)
        if problems := rules.check(book):
            raise ProblemsError(problems)
        _say(f"checked, {time.perf_counter() - started:.1f} s")
        if problems := themes.end():
            raise ProblemsError(problems)
    _say(f"built, {time.perf_counter() - started:.1f} s")
    return book, compiled


# ---- above the languages --------------------------------------------------------------------


def _write_root(book: Book, new: Output, address: str, compiled: Compiled) -> None:
    """Write everything above the languages."""
    languages = book.languages
    titles = {
        language: {
            place(page.slug): html.unescape(page.headings[0].title)
            for page in compiled.pages[language.code].values()
        }
        for language in languages
    }
    places = sorted(set().union(*titles.values()))
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(book.root / "theme" / "root"),
        autoescape=jinja2.select_autoescape(["html", "xml"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.globals |= {
        "address": address,
        "languages": languages,
        "policy": Markup(security.meta()),
    }

    def write(path: str, template: str, **context: Any) -> None:
        new.write(path, templates.get_template(template).render(context))

    def choices(below: str, prefix: str) -> list[dict[str, str]]:
        """Return the links to a place in each language that has it, behind `prefix`."""
        return [
            {
                "code": language.code,
                "tag": language.tag,
                "read": language.word("root.read"),
                "moved": language.word("root.moved"),
                "title": titles[language][below],
                "href": f"{prefix}{language.code}/{below}",
            }
            for language in languages
            if below in titles[language]
        ]

    for below in places:
        template = "forward.html" if below else "index.html"
        links = choices(below, up(below))
        write(f"{below}index.html", template, **_forwarding(below, below, links, ""))
    # A host answers with this page at any depth, so its links begin at the site's address.
    top = urlsplit(address).path
    languages_of = {below: [choice["code"] for choice in choices(below, "")] for below in places}
    write("404.html", "404.html", pages=languages_of, choices=choices("", top), assets=f"{top}assets/")
    for name in ("entrance.css", "entrance.js"):
        new.write(f"assets/{name}", (book.root / "web/root" / name).read_bytes())
    new.write("assets/favicon.svg", (book.root / "theme/assets/favicon.svg").read_bytes())
    if book.changes:
        for language in languages:
            new.write(f"{language.code}/{FEED}", feed(book, language, compiled.pages[language.code], address))
    new.write("_headers", security.headers_file())
    new.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
    new.write("sitemap.xml", _sitemap(languages, address))

    for old, goal, anchor in _moved_pages(book.redirects.values()):
        links = choices(goal, up(old))
        write(f"{old}index.html", "forward.html", **_forwarding(old, goal, links, anchor))
        for link in links:
            to = link | {"href": f"{up(old)}{goal}"}
            assets = f"../{up(old)}assets/"
            write(f"{link['code']}/{old}index.html", "moved.html", to=to, place=goal, anchor=anchor, assets=assets)


def _forwarding(here: str, place: str, choices: list[dict[str, str]], anchor: str) -> dict[str, Any]:
    """Return what a page needs that forwards from `here` to a place in the reader's language."""
    links = {choice["code"]: choice["href"] for choice in choices}
    return {
        "place": place, "choices": choices, "links": links, "anchor": anchor, "assets": f"{up(here)}assets/",
    }  # fmt: skip


def _sitemap(languages: Languages, address: str) -> str:
    """Return the index of the languages' own sitemaps."""
    entries = (
        f"  <sitemap><loc>{html.escape(address)}{language.code}/sitemap.xml</loc></sitemap>\n"
        for language in languages
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="{namespace}">\n{"".join(entries)}</sitemapindex>\n'
    )


def _moved_pages(redirects: Iterable[Redirect]) -> Iterator[tuple[str, str, str]]:
    """Return the pages that moved: old place, new place, anchor there.

    An anchor that moved is not a page; `compile` keeps it alive on its page.
    """
    for moved in redirects:
        if not moved.old.anchor:
            anchor = f"#{moved.new.anchor}" if moved.new.anchor else ""
            yield place(moved.old.slug), place(moved.new.slug), anchor
