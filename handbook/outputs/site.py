"""The whole site: both languages, search, and what stands above the languages.

What happens, in order, all of it in a temporary folder beside `site/`:

1. The sources are loaded and compiled, once; MkDocs is imported meanwhile (`mkdocs_process`).
2. MkDocs puts the compiled pages of all languages into their theme, side by side, and writes the index
   of each for its search; meanwhile the rules look at the sources, and what they find ends the build.
3. The pages above the languages are written from `theme/root/`: the entrance, a language-neutral
   address for every page, forwarders from `data/redirects.yml`, 404, robots.txt, sitemap.
4. What readers can take away is kept, or made if it was asked for, and linked (`downloads`).
5. Only then the new folder takes the place of `site/`.

Nothing here depends on the clock or on the machine, so the same commit gives the same bytes.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from handbook import languages, rules, source, yamlfile
from handbook.compile import compile_book
from handbook.compiled import Compiled
from handbook.languages import Languages
from handbook.outputs import downloads
from handbook.outputs.mkdocs_process import Themes
from handbook.outputs.pdf import BookError, edition
from handbook.places import place, up
from handbook.problems import Problem, ProblemsError
from handbook.source import Book

ADDRESS = "http://127.0.0.1:8000/"
#: Date of a build outside of a repository: the first of January 2026, UTC.
EPOCH = 1_767_225_600


def build(root: Path, site: Path, wanted: Collection[str] = ()) -> list[Problem]:
    """Build everything and put it in the place of `site`.

    Args:
        root: The repository.
        site: Where the site goes. Keeps what it had unless everything succeeded.
        wanted: Downloads to make: `pdf`, `offline`. A site that is up to date is not built anew
            for them.

    Returns:
        What stood in the way, sorted; empty after a success.
    """
    started = time.perf_counter()
    if site.exists() and not site.is_dir():
        return [_failure(site.name, "is a file", "move it out of the way")]
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    except OSError as error:
        return [_failure(site.name, f"cannot be written: {error.strerror}")]
    try:
        new = temporary / "new"
        address, every = _address(), languages.load(root)
        this = edition.of(root, EPOCH)
        key = downloads.sources(root, address)
        if wanted and downloads.is_current(site, key):
            shutil.copytree(site, new)
            downloads.unlink(new, every)
        else:
            compiled = _build_languages(root, temporary / "compiled", new, address)
            _write_root(root, every, new, address, compiled)
            downloads.write_record(new, this, key)
            downloads.keep(site, new, this)
        downloads.make(root, new, every, wanted, address, this)
        downloads.link(new, every)
        if found := rules.check_output(new):
            raise ProblemsError(found)
        pages = sum(1 for _ in (new / every.original.code).rglob("index.html"))
        _swap(new, site, temporary / "old")
    except ProblemsError as error:
        return error.problems
    except BookError as error:
        return [Problem("site/pdf", 1, "pdf", str(error), error.hint)]
    except jinja2.TemplateError as error:
        return [_failure(f"theme/root/{getattr(error, 'name', None) or ''}", str(error))]
    except OSError as error:
        return [_failure(site.name, f"cannot be written: {error}")]
    finally:
        # Also after Ctrl-C; the processes are gone by then.
        shutil.rmtree(temporary, ignore_errors=True)
    _say(f"{site.name}/: {pages} pages in each language, {time.perf_counter() - started:.1f} s")
    return []


def _failure(path: str, message: str, hint: str = "") -> Problem:
    return Problem(path, 1, "site", message, hint)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _address() -> str:
    """Return where the site will be, with a slash at its end."""
    return (os.environ.get("SITE_URL") or ADDRESS).rstrip("/") + "/"


def _epoch(root: Path) -> int:
    """Return the date of the build: as asked for, or that of the last commit."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or _last_commit(root))


def _last_commit(root: Path) -> int:
    """Return the time of the last commit in seconds since 1970, or a constant without one."""
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        log = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return EPOCH
    return int(log.stdout) if log.returncode == 0 and log.stdout.strip() else EPOCH


def _build_languages(root: Path, folder: Path, new: Path, address: str) -> Compiled:
    """Compile the sources into `folder` and build all languages from it; the rules run meanwhile.

    Raises:
        ProblemsError: With all that is wrong.
    """
    started = time.perf_counter()
    with Themes(root, _epoch(root)) as themes:
        book = source.load(root)
        compiled = _compile(book)
        compiled.write(folder)
        _say(f"compiled, {time.perf_counter() - started:.1f} s")
        themes.begin(folder, address, {code: new / code for code in book.languages.codes})
        if problems := rules.check(book):
            raise ProblemsError(problems)
        _say(f"checked, {time.perf_counter() - started:.1f} s")
        if problems := themes.end():
            raise ProblemsError(problems)
    _say(f"built, {time.perf_counter() - started:.1f} s")
    return compiled


def _compile(book: Book) -> Compiled:
    """Compile the sources; where they cannot be compiled, the rules say why, and where.

    Raises:
        ProblemsError: With all that is wrong.
    """
    try:
        if not book.problems:
            return compile_book(book)
        found: list[Problem] = []
    except ProblemsError as error:
        found = error.problems
    raise ProblemsError(rules.check(book) or found)


# ---- above the languages --------------------------------------------------------------------


def _write_root(
    root: Path, languages: Languages, new: Path, address: str, compiled: Compiled
) -> None:
    """Write everything above the languages."""
    titles = {
        language: {
            place(page.slug): html.unescape(page.headings[0].title)
            for page in compiled.pages[language.code].values()
        }
        for language in languages
    }
    places = sorted(set().union(*titles.values()))
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(root / "theme" / "root"),
        autoescape=jinja2.select_autoescape(["html", "xml"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.globals |= {
        "address": address,
        "languages": languages,
    }

    def write(path: str, template: str, **context: Any) -> None:
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(templates.get_template(template).render(context), encoding="utf-8")

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
        write(f"{below}index.html", template, place=below, choices=links, anchor="")
    # A host answers with this page at any depth, so its links begin at the site's address.
    languages_of = {below: [choice["code"] for choice in choices(below, "")] for below in places}
    write("404.html", "404.html", pages=languages_of, choices=choices("", urlsplit(address).path))
    (new / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
    (new / "sitemap.xml").write_text(_sitemap(languages, address), encoding="utf-8")

    for old, goal, anchor in _moved_pages(root, set(places)):
        links = choices(goal, up(old))
        write(f"{old}index.html", "forward.html", place=goal, choices=links, anchor=anchor)
        for link in links:
            to = link | {"href": f"{up(old)}{goal}"}
            write(f"{link['code']}/{old}index.html", "moved.html", to=to, place=goal, anchor=anchor)


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


def _moved_pages(root: Path, places: set[str]) -> list[tuple[str, str, str]]:
    """Read the pages that moved: old place, new place, anchor there.

    An anchor that moved is not a page; hooks/mkdocs_hooks.py keeps it alive on its page.

    Raises:
        ProblemsError: If a page moved to where nothing is, or from where something is.
    """
    file = yamlfile.load(root, "data/redirects.yml", "site")
    problems = list(file.problems)
    moved = []
    for old, new in (file.data.get("redirects") or {}).items():
        if "#" in old:
            continue
        page, _, anchor = str(new).partition("#")
        old_place, new_place = f"{str(old).strip('/')}/", f"{page.strip('/')}/".lstrip("/")
        at = ("redirects", old)
        if new_place not in places:
            problems.append(file.problem("site", f"`{new}` is no page of the site", at=at))
        elif old_place in places:
            problems.append(file.problem("site", f"`{old}` is still a page of the site", at=at))
        else:
            moved.append((old_place, new_place, f"#{anchor}" if anchor else ""))
    if problems:
        raise ProblemsError(sorted(problems))
    return moved


def _swap(new: Path, site: Path, old: Path) -> None:
    """Put `new` in the place of `site`; on any failure `site` is what it was."""
    had_one = site.exists()
    if had_one:
        site.rename(old)
    try:
        new.rename(site)
    except BaseException:
        if had_one and not site.exists():
            old.rename(site)
        raise
