"""The handbook inside MkDocs: adapters that hand its objects to `handbook`.

Order within a build: on_config adds the fence that draws diagrams; on_pre_build reads the sources
and runs every rule; on_files adds the reference files from outside `docs_dir`; on_page_markdown
fills values in; on_page_content finishes tables, formulas, moved anchors and the contents for print; on_post_page puts
scripts off; on_post_build writes the diagrams' style sheet.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.utils import CountHandler

from handbook import diagrams, mathml, rules, source
from handbook.writer import WriteError, Writer

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

#: Headings that the contents of a printed page go down to.
CONTENTS_DEPTH = 3

log = logging.getLogger("mkdocs.handbook")


@dataclass
class _Build:
    """What one build of one language carries from event to event."""

    serving: bool = False
    book: source.Book = field(default_factory=lambda: source.Book(Path()))
    language: str = "en"
    slug: str = ""
    drawn: int = 0


_build = _Build()


def on_startup(command: str, **_: Any) -> None:
    """Remember whether somebody is writing (`serve`) or publishing (`build`)."""
    _build.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Draw Mermaid fences as static SVG."""
    _build.language = Path(config.docs_dir).name
    if _build.serving:
        _forgive()
    fences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    fences["custom_fences"] = [{"name": "mermaid", "class": "mermaid", "format": _draw}]
    return config


def _forgive() -> None:
    """Let a preview show what is wrong and go on: stop counting warnings, as `strict` has it.

    MkDocs begins to count before any event of a build, so `config.strict` would come too late.
    """
    logger = logging.getLogger("mkdocs")
    for handler in [handler for handler in logger.handlers if isinstance(handler, CountHandler)]:
        logger.removeHandler(handler)


def on_pre_build(config: MkDocsConfig) -> None:
    """Run every rule; a build stops at problems, a preview shows them and goes on."""
    root = Path(config.config_file_path).resolve().parent
    _build.book = source.load(root)
    # `handbook.outputs.site` runs the rules once for both languages.
    problems = [] if os.environ.get("HANDBOOK_CHECKED") else rules.check(_build.book)
    for problem in problems:
        (log.warning if _build.serving else log.error)("%s", problem)
    if problems and not _build.serving:
        raise PluginError(f"{len(problems)} problems in the sources; `make check` lists them.")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish `references/<language>/` under `references/`."""
    for slug, page in _build.book.pages[_build.language].items():
        if page.path.startswith("references/"):
            source = _build.book.root / page.path
            file = File.generated(config, f"{slug}.md", abs_src_path=str(source))
            # A generated file has neither a date nor an edit link; this one is a file like others.
            file.generated_by = None
            files.append(file)
    return files


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Fill in values, citations and generated blocks."""
    _build.slug = page.file.src_uri.removesuffix(".md")
    _build.drawn = 0
    # Pagefind indexes the finished pages; Material's index would be made for nothing.
    page.meta["search"] = {"exclude": True}
    source = _build.book.pages[_build.language].get(_build.slug)
    if source is None:
        return markdown
    if config.repo_url and page.edit_url and source.path.startswith("references/"):
        page.edit_url = f"{config.repo_url.rstrip('/')}/edit/main/{source.path}"
    try:
        return Writer(_build.book, source).markdown()
    except WriteError as error:
        # Only a preview comes here; the rules have told the author already.
        log.warning("%s: %s", source.path, error)
        return markdown


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Let tables scroll inside themselves, draw formulas, keep anchors that moved, list the sections."""
    label = {"en": "Table", "zh": "表"}[_build.language]
    count = 0

    def open_table(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return (
            f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label} {count}">'
            '<table class="data">'
        )

    html = re.sub(r"<table>", open_table, html).replace("</table>", "</table></div>")
    for old, new in (_build.book.files["redirects"].data.get("redirects") or {}).items():
        place, _sep, anchor = str(old).partition("#")
        target, _sep, heading = str(new).partition("#")
        if place == target == _build.slug and anchor and heading:
            html = re.sub(
                rf'(<h\d[^>]*\sid="{re.escape(heading)}")', rf'<a id="{anchor}"></a>\1', html, count=1
            )
    if not page.is_homepage:
        html = html.replace("</p>", f"</p>\n{_contents(page)}", 1)
    try:
        return mathml.draw(html)
    except mathml.MathError as error:
        log.warning("%s: %s", page.file.src_uri, error)
        return html


def _contents(page: Page) -> str:
    """Return the sections of a page as a list for its printed copy; screens have the sidebar."""
    title = {"en": "On these pages", "zh": "本篇目录"}[_build.language]
    sections = page.toc.items[0].children if page.toc.items else []

    def listed(sections: list[AnchorLink]) -> str:
        items = (
            f'<li><a href="#{section.id}">{section.title}</a>{listed(section.children)}</li>'
            for section in sections
            if section.level <= CONTENTS_DEPTH
        )
        inner = "".join(items)
        return f"<ol>{inner}</ol>" if inner else ""

    return (
        '<nav class="print-contents" data-search-exclude data-book-exclude>'
        f"<p>{title}</p>{listed(sections)}</nav>"
    )


def on_post_page(output: str, **_: Any) -> str:
    """Let no script hold up what there is to see: all run in their order, once the page is read."""
    return re.sub(r"<script (?=src=)", "<script defer ", output)


def on_post_template(output_content: str, **_: Any) -> str:
    """Do the same on the page that says that nothing is there."""
    return on_post_page(output_content)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the style sheet that all diagrams share."""
    target = Path(config.site_dir, "assets", "diagrams.css")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(diagrams.stylesheet(), encoding="utf-8")


def _draw(source: str, language: str, css_class: str, options: dict, md: Any, **_: Any) -> str:
    """Format a Mermaid fence; a preview shows what is wrong in its place."""
    _build.drawn += 1
    # Ids must not repeat within a page, nor within a book made from all pages.
    identifier = f"{_build.slug.replace('/', '-')}-{_build.drawn}"
    try:
        return diagrams.figure(diagrams.render(source, identifier), _build.language)
    except diagrams.DiagramError as error:
        log.warning("%s: diagram %d: %s", _build.slug, _build.drawn, error)
        return f'<pre class="diagram-error">{error}</pre>'
