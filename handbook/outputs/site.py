"""The whole site: both languages, search, and what stands above the languages.

What happens, in order, all of it in a temporary folder beside `site/`:

1. MkDocs builds both languages side by side, strictly.
2. Pagefind indexes each of them.
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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from handbook import rules, source, yamlfile
from handbook.outputs import downloads, search
from handbook.outputs.pdf import BookError, edition
from handbook.problems import Problem, ProblemsError

ADDRESS = "http://127.0.0.1:8000/"
#: Date of a build outside of a repository: the first of January 2026, UTC.
EPOCH = 1_767_225_600


@dataclass(frozen=True)
class Language:
    """A language of the site.

    Attributes:
        code: Its folder, and its name in the data files.
        tag: Its BCP 47 tag.
        config: The MkDocs configuration that builds it.
    """

    code: str
    tag: str
    config: str


LANGUAGES = (Language("en", "en", "mkdocs.yml"), Language("zh", "zh-Hans", "mkdocs.zh.yml"))


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
        environment = _environment(root)
        address = environment["SITE_URL"]
        this = edition.of(root, EPOCH)
        key = downloads.sources(root, address)
        if wanted and downloads.is_current(site, key):
            shutil.copytree(site, new)
            downloads.unlink(new, LANGUAGES)
        else:
            _build_languages(root, new, environment)
            _index(new)
            _write_root(root, new, address)
            downloads.write_record(new, this, key)
            downloads.keep(site, new, this)
        downloads.make(root, new, LANGUAGES, wanted, address, this)
        downloads.link(new, LANGUAGES)
        pages = sum(1 for _ in (new / LANGUAGES[0].code).rglob("index.html"))
        _swap(new, site, temporary / "old")
    except ProblemsError as error:
        return error.problems
    except search.SearchError as error:
        return [_failure("requirements.txt", str(error), "install pagefind[extended]")]
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


def _environment(root: Path) -> dict[str, str]:
    """Return the environment of the builds: addresses, and a date that does not move."""
    address = (os.environ.get("SITE_URL") or ADDRESS).rstrip("/") + "/"
    environment = dict(os.environ)
    environment["SITE_URL"] = address
    for language in LANGUAGES:
        environment[f"SITE_URL_{language.code.upper()}"] = f"{address}{language.code}/"
    if not environment.get("SOURCE_DATE_EPOCH"):
        environment["SOURCE_DATE_EPOCH"] = str(_last_commit(root))
    # Without a fixed seed the order of sets differs between runs.
    environment["PYTHONHASHSEED"] = "0"
    environment["NO_MKDOCS_2_WARNING"] = "1"
    return environment


def _last_commit(root: Path) -> int:
    """Return the time of the last commit in seconds since 1970, or a constant without one."""
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        log = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return EPOCH
    return int(log.stdout) if log.returncode == 0 and log.stdout.strip() else EPOCH


# ---- languages ------------------------------------------------------------------------------


def _build_languages(root: Path, new: Path, environment: dict[str, str]) -> None:
    """Run MkDocs for all languages at once, check the sources meanwhile, gather all problems."""
    started = time.perf_counter()
    running: dict[Language, subprocess.Popen[str]] = {}
    problems: set[Problem] = set()
    try:
        for language in LANGUAGES:
            # Not --quiet: it silences warnings before --strict has counted them.
            command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
            command += ["--config-file", language.config, "--site-dir", str(new / language.code)]
            running[language] = subprocess.Popen(
                command,
                cwd=root,
                # One check serves both: the hooks leave it to this process.
                env=environment | {"HANDBOOK_CHECKED": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        if found := rules.check(source.load(root)):
            raise ProblemsError(found)
        _say(f"checked, {time.perf_counter() - started:.1f} s")
        for language, process in running.items():
            said, _ = process.communicate()
            if process.returncode:
                problems.update(_complaints(language, said))
            else:
                _say(f"{language.code}: built, {time.perf_counter() - started:.1f} s")
    finally:
        for process in running.values():
            if process.poll() is None:
                process.kill()
                process.wait()
    if problems:
        raise ProblemsError(sorted(problems))
    for page in new.rglob("*.html"):
        _keep_alternates_quiet(page)


_ALTERNATE = re.compile(r'(<link [^>]*)rel="alternate"')


def _keep_alternates_quiet(page: Path) -> None:
    """Put back the space of theme/main.html where mermaid2 wrote a page anew.

    It does so with every page that says "mermaid", and then Material's script would ask for a
    sitemap below the page.
    """
    text = page.read_text(encoding="utf-8")
    quiet = _ALTERNATE.sub(r'\1rel="alternate "', text)
    if quiet != text:
        page.write_text(quiet, encoding="utf-8")


_COMPLAINT = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\s+-\s+(.*)$")
_PROBLEM = re.compile(r"^(?P<path>\S+):(?P<line>\d+): (?P<rule>[\w-]+): (?P<message>.*)$")
_PAGE = re.compile(r"^(?P<path>(?:docs|references)/\S+\.md): (?P<message>.*)$")
_DOC_FILE = re.compile(r"Doc file '(?P<page>[^']+)'")


def _complaints(language: Language, said: str) -> list[Problem]:
    """Turn what a failed build printed into problems; a traceback becomes its last line."""
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    complaints = [match[1] for line in lines if (match := _COMPLAINT.match(line))]
    if not complaints:
        reason = [line for line in lines if not line.startswith(("INFO ", "Aborted with"))] or lines
        complaints = [reason[-1].strip() if reason else "MkDocs stopped without a word"]
    return [_complaint(language, text) for text in complaints]


def _complaint(language: Language, text: str) -> Problem:
    if known := _PROBLEM.match(text):
        return Problem(known["path"], int(known["line"]), known["rule"], known["message"])
    if known := _PAGE.match(text):
        return _failure(known["path"], known["message"])
    if named := _DOC_FILE.search(text):
        page = named["page"]
        if page.startswith("references/"):
            return _failure(f"references/{language.code}/{page.removeprefix('references/')}", text)
        return _failure(f"docs/{language.code}/{page}", text)
    return _failure(language.config, text)


def _index(new: Path) -> None:
    started = time.perf_counter()
    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(search.index, new / language.code) for language in LANGUAGES]:
            done.result()
    _say(f"search: indexed, {time.perf_counter() - started:.1f} s")


# ---- above the languages --------------------------------------------------------------------


def _write_root(root: Path, new: Path, address: str) -> int:
    """Write everything above the languages; return how many pages a language has."""
    titles = {language: _titles(new / language.code) for language in LANGUAGES}
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
    }

    def write(path: str, template: str, **context: Any) -> None:
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(templates.get_template(template).render(context), encoding="utf-8")

    def choices(place: str, prefix: str) -> list[dict[str, str]]:
        """Return the links to a place in each language that has it, behind `prefix`."""
        return [
            {
                "code": language.code,
                "tag": language.tag,
                "title": titles[language][place],
                "href": f"{prefix}{language.code}/{place}",
            }
            for language in LANGUAGES
            if place in titles[language]
        ]

    for place in places:
        template = "forward.html" if place else "index.html"
        links = choices(place, _up(place))
        write(f"{place}index.html", template, place=place, choices=links, anchor="")
    # A host answers with this page at any depth, so its links begin at the site's address.
    languages_of = {place: [choice["code"] for choice in choices(place, "")] for place in places}
    write("404.html", "404.html", pages=languages_of, choices=choices("", urlsplit(address).path))
    (new / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
    (new / "sitemap.xml").write_text(_sitemap(address), encoding="utf-8")

    for old, place, anchor in _moved_pages(root, set(places)):
        links = choices(place, _up(old))
        write(f"{old}index.html", "forward.html", place=place, choices=links, anchor=anchor)
        for link in links:
            to = link | {"href": f"{_up(old)}{place}"}
            write(f"{link['code']}/{old}index.html", "moved.html", to=to, place=place, anchor=anchor)
    return len(places)


def _sitemap(address: str) -> str:
    """Return the index of the languages' own sitemaps."""
    entries = (
        f"  <sitemap><loc>{html.escape(address)}{language.code}/sitemap.xml</loc></sitemap>\n"
        for language in LANGUAGES
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="{namespace}">\n{"".join(entries)}</sitemapindex>\n'
    )


def _up(place: str) -> str:
    return "../" * place.count("/")


_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.S)
_TAG = re.compile(r"<[^>]+>")


def _titles(folder: Path) -> dict[str, str]:
    """Return the pages below a language's folder: their address within it, and their heading."""
    titles = {}
    for file in folder.rglob("index.html"):
        place = file.parent.relative_to(folder).as_posix()
        found = _HEADING.search(file.read_text(encoding="utf-8"))
        title = html.unescape(_TAG.sub("", _PERMALINK.sub("", found[1]))).strip() if found else place
        titles["" if place == "." else f"{place}/"] = title
    return titles


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
