"""The offline copy: a language of the site as one folder in a zip, opened by a double click.

A page from `file:` may not fetch anything, start a worker or end its address with a slash. So links
name their `index.html`, and what only works on a host is left out. Search is the site's: its index is made of
scripts, which a file may load.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from handbook.languages import Language
from handbook.output import Output
from handbook.outputs import security

#: Only of use on a host: Material's search worker, site maps, what scripts fetch, and the conveniences
#: that copy addresses and switch languages.
LEFT_OUT = re.compile(
    r"^(search/search_index\.json|assets/javascripts/(workers|lunr)/|sitemap\.xml|404\.html"
    r"|assets/(handbook\.js|numbers\.(json|mjs))$)|\.map$"
)
#: Features of Material that fetch pages.
_FETCHING = ("navigation.instant", "navigation.tracking", "content.action.edit")
_LINK = re.compile(r'(?P<before><a\b[^>]*?\shref=")(?P<href>[^"]*)(?P<after>"[^>]*>)')
_LANGUAGE = re.compile(r'<a class="language-link"[^>]*>')
_LANGUAGE_CODE = re.compile(r'data-language="([^"]*)"')
_HREF = re.compile(r'(?<=\s)href="[^"]*"')
_HEAD = re.compile(r'\s*<link [^>]*rel="(?:canonical|alternate ?|prev|next|sitemap)"[^>]*>')
_SCRIPT = re.compile(r'\s*<script[^>]* src="[^"]*assets/handbook\.js"></script>')
_EDIT = re.compile(r'<a class="page-edit".*?</a>', re.S)
_CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.S)


def file_name(language: str) -> str:
    """Return what a language's offline copy is called."""
    return f"ml-system-design-handbook-{language}.zip"


def make(language: Language, site: Path, target: Path, *, address: str, moment: datetime) -> int:
    """Write the offline copy of one language.

    Args:
        language: The language.
        site: The built site of this language.
        target: The zip.
        address: Where the whole site is online, with a slash at its end.
        moment: Date of every file in the zip.

    Returns:
        How many pages it has.
    """
    top = PurePosixPath(Path(file_name(language.code)).stem)
    pages = {file.relative_to(site).parent.as_posix() for file in site.rglob("index.html")}
    files: dict[str, bytes] = {}
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if file.is_dir() or LEFT_OUT.search(name):
            continue
        if file.name == "index.html":
            text = file.read_text(encoding="utf-8")
            place = "" if name == "index.html" else f"{PurePosixPath(name).parent}/"
            files[name] = _page(text, place, address, pages).encode()
        else:
            files[name] = file.read_bytes()
    # Material loads this one where pages come from `file:`.
    files["search/search_index.js"] = (
        b'var __index={"config":{"lang":["en"],"separator":"\\\\s+"},"docs":[]}\n'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(str(top / name), moment.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[name])
    Output(target.parent).write(target.name, packed.getvalue(), again=True)
    return len(pages)


def _page(text: str, place: str, address: str, pages: set[str]) -> str:
    """Return a page that works from the file system."""
    text = _HEAD.sub("", text).replace(security.POLICY, security.POLICY_OF_FILES)
    text = _EDIT.sub("", text)
    text = _SCRIPT.sub("", text)
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

    text = _LINK.sub(link, text)

    # Another language is in another zip, so its link leads to the site.
    def elsewhere(found: re.Match[str]) -> str:
        code = _LANGUAGE_CODE.search(found[0])
        href = f"{address}{code[1] if code else ''}/{place}"
        return _HREF.sub(lambda attribute: f'href="{href}"', found[0], count=1)

    return _LANGUAGE.sub(elsewhere, text)


def _without_fetching(config: re.Match[str]) -> str:
    settings = json.loads(config[2])
    settings["features"] = [name for name in settings["features"] if name not in _FETCHING]
    return f"{config[1]}{json.dumps(settings, ensure_ascii=False)}{config[3]}"
