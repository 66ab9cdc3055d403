"""The offline copy: the site in all its languages as one folder in a zip, opened by a double click.

A page from `file:` may not fetch anything, start a worker or end its address with a slash. So links
name their `index.html`, and what only works on a host is left out. Search is the site's: its index is made of
scripts, which a file may load.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from handbook.languages import Language, Languages
from handbook.output import Output
from handbook.outputs import security

#: Of a language, what is only of use on a host: Material's search worker, site maps, what scripts fetch.
LEFT_OUT = re.compile(
    r"^(search/search_index\.json|assets/javascripts/(workers|lunr)/|sitemap\.xml|404\.html"
    r"|assets/numbers\.(json|mjs)$)|\.map$"
)
#: What stands above the languages, from where a reader chooses one.
_ENTRANCE = ("index.html", "assets/entrance.css", "assets/entrance.js", "assets/favicon.svg")
_NAME = "ml-system-design-handbook"
#: Features of Material that fetch pages.
_FETCHING = ("navigation.instant", "navigation.tracking", "content.action.edit")
_LINK = re.compile(r'(?P<before><a\b[^>]*?\shref=")(?P<href>[^"]*)(?P<after>"[^>]*>)')
_HEAD = re.compile(
    r'\s*(?:<link [^>]*rel="(?:canonical|alternate ?|prev|next|sitemap)"[^>]*>|<meta property="og:[^>]*>)'
)
_EDIT = re.compile(r'<a class="page-edit".*?</a>', re.S)
_CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.S)


def file_name(language: str) -> str:
    """Return what the offline copy is called, in whichever language somebody asks for it."""
    return f"{_NAME}.zip"


def make(languages: Languages, site: Path, target: Path, *, address: str, moment: datetime) -> int:
    """Write the offline copy.

    Args:
        languages: The languages of the site.
        site: The built site.
        target: The zip.
        address: Where the whole site is online, with a slash at its end.
        moment: Date of every file in the zip.

    Returns:
        How many pages a language has.
    """
    names = [*_ENTRANCE, *(name for language in languages for name in _names(site, language))]
    pages = {PurePosixPath(name).parent.as_posix() for name in names if name.endswith("index.html")}
    files: dict[str, bytes] = {}
    for name in names:
        file = site / name
        if file.name == "index.html":
            place = "" if name == "index.html" else f"{PurePosixPath(name).parent}/"
            files[name] = _page(file.read_text(encoding="utf-8"), place, address, pages).encode()
        else:
            files[name] = file.read_bytes()
    for language in languages:
        # Material loads this one where pages come from `file:`.
        files[f"{language.code}/search/search_index.js"] = (
            b'var __index={"config":{"lang":["en"],"separator":"\\\\s+"},"docs":[]}\n'
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{_NAME}/{name}", moment.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[name])
    Output(target.parent).write(target.name, packed.getvalue(), again=True)
    return sum(1 for page in pages if page.split("/")[0] == languages.original.code)


def _names(site: Path, language: Language) -> Iterator[str]:
    """Yield the files of a language that the copy has, relative to the site."""
    for file in sorted((site / language.code).rglob("*")):
        if not file.is_dir() and not LEFT_OUT.search(file.relative_to(site / language.code).as_posix()):
            yield file.relative_to(site).as_posix()


def _page(text: str, place: str, address: str, pages: set[str]) -> str:
    """Return a page that works from the file system."""
    text = _HEAD.sub("", text).replace(security.POLICY, security.POLICY_OF_FILES)
    text = _EDIT.sub("", text)
    text = _CONFIG.sub(_without_fetching, text)
    here = PurePosixPath("/") / place

    def link(found: re.Match[str]) -> str:
        href = found["href"]
        path, mark, anchor = href.partition("#")
        if not path or ":" in path.split("/")[0]:
            return found[0]
        parts: list[str] = []
        for part in (here / path).parts[1:]:
            parts = parts[:-1] if part == ".." else [*parts, part]
        target = "/".join(parts) or "."
        if target in pages and not path.endswith(".html"):
            href = f"{path.rstrip('/')}/index.html{mark}{anchor}"
        elif path.startswith("/") or (here / path).parts.count("..") > len(here.parts) - 1:
            href = f"{address}{target}{mark}{anchor}"
        return f"{found['before']}{href}{found['after']}"

    return _LINK.sub(link, text)


def _without_fetching(config: re.Match[str]) -> str:
    settings = json.loads(config[2])
    settings["features"] = [name for name in settings["features"] if name not in _FETCHING]
    return f"{config[1]}{json.dumps(settings, ensure_ascii=False)}{config[3]}"
