"""The picture of each page that a chat shows beside a link to it: its title in the languages, and its key numbers.

`make sharing` takes them with Chromium, since what shows a link takes no drawing but a PNG.
"""

from __future__ import annotations

import hashlib
import html
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jinja2
import lxml.html

from handbook.compiled import Compiled, CompiledPage
from handbook.languages import Language
from handbook.output import Output
from handbook.outputs.pdf import chromium
from handbook.source import Book

#: The folder of the pictures below the site.
FOLDER = "sharing"
#: Pixels, as those who show links ask for them.
WIDTH, HEIGHT = 1200, 630
#: Rows of key numbers that fit.
ROWS = 4
#: In the folder: the hash of each picture.
CHECKSUMS = "sha256.txt"


def file_name(language: str, slug: str) -> str:
    """Return the path of a page's picture below the folder."""
    return f"{language}/{slug}.png"


def make(book: Book, compiled: Compiled, folder: Path, at_once: int = 2) -> int:
    """Take a picture of every page; return how many there are.

    Args:
        book: The sources.
        compiled: What they were compiled to.
        folder: Where the pictures go.
        at_once: How many Chromiums may run at the same time.

    Raises:
        BookError: If Chromium is missing or fails.
    """
    chromium.executable()
    chromium.ready()
    output, sums = Output(folder), []
    with tempfile.TemporaryDirectory(prefix="handbook-sharing-") as work:

        def take(job: tuple[int, str]) -> Path:
            number, text = job
            source, target = Output(Path(work)).write(f"{number}.html", text), Path(work, f"{number}.png")
            chromium.take_picture(source, target, WIDTH, HEIGHT)
            return target

        drafts = dict(_drafts(book, compiled))
        with ThreadPoolExecutor(at_once) as threads:
            try:
                for name, taken in zip(drafts, threads.map(take, enumerate(drafts.values())), strict=True):
                    content = taken.read_bytes()
                    output.write(name, content)
                    sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            except BaseException:
                chromium.stop()  # what is under way; nobody waits for it
                raise
    output.write(CHECKSUMS, "".join(sums))
    return len(sums)


def is_whole(folder: Path) -> bool:
    """Whether every picture is what it was when it was taken."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
        return bool(lines) and all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == promised
            for promised, _, name in (line.partition("  ") for line in lines)
        )
    except (OSError, ValueError):
        return False


def tags(address: str, language: str, slug: str) -> str:
    """Return what tells of a picture in the head of its page.

    Args:
        address: Where the whole site is online, with a slash at its end.
        language: The language of the page.
        slug: The page.
    """
    where = html.escape(f"{address}{FOLDER}/{file_name(language, slug)}")
    properties = {"image": where, "image:width": WIDTH, "image:height": HEIGHT}
    listed = "".join(f'<meta property="og:{name}" content="{value}">' for name, value in properties.items())
    return f'{listed}<meta name="twitter:card" content="summary_large_image">'


def _drafts(book: Book, compiled: Compiled) -> Iterator[tuple[str, str]]:
    """Yield the name of each picture and the document that it shows."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    template = templates.get_template("picture.html")
    stages = [stage.minutes for stage in (*book.stages, book.buffer)]
    for language in book.languages:
        for slug, page in compiled.pages[language.code].items():
            yield file_name(language.code, slug), template.render(
                language=language, width=WIDTH, height=HEIGHT, stages=stages, title=_title(page),
                other=" · ".join(_other_titles(compiled, language, slug)),
                description=page.description, numbers=_numbers(page)[:ROWS],
            )  # fmt: skip


def _title(page: CompiledPage) -> str:
    return html.unescape(page.headings[0].title)


def _other_titles(compiled: Compiled, language: Language, slug: str) -> Iterator[str]:
    for code, pages in compiled.pages.items():
        if code != language.code and slug in pages:
            yield _title(pages[slug])


def _numbers(page: CompiledPage) -> list[tuple[str, str]]:
    """Return the names and values of a page's card; none if it has none."""
    if '<dl class="card">' not in page.html:
        return []
    card = lxml.html.fragment_fromstring(page.html, create_parent=True).find(".//dl[@class='card']")
    return [(row.findtext("dt") or "", " ".join(row.find("dd").text_content().split())) for row in card.iter("div")]
