"""The handbook inside MkDocs: adapters that hand over what `handbook` has compiled.

Order within a build: on_config takes the compiled handbook, or makes it (`mkdocs build` and `mkdocs
serve` by hand), and gives the site the words of its language; on_files puts the compiled pages in the
place of their sources; on_page_markdown gives a page what is known of it and its finished HTML;
on_post_build writes the style sheet, the numbers, the search index, the Markdown copies and the files to
take away. All that one build knows is in its configuration, as `extra.handbook`.
"""

from __future__ import annotations

import datetime
import functools
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import click
from babel.dates import format_date
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler

from handbook import compile, diagrams, languages, origins, rules, source
from handbook.numbers import export
from handbook.output import Output
from handbook.outputs import environment, markdown_copies, page_files, reading_time, search, security, stylesheets
from handbook.problems import ProblemsError

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from handbook.compiled import Compiled, CompiledPage

#: What the theme writes, and what a page has in its place.
_MENDED = (
    ("<script src=", "<script defer src="),
    (' tabindex=""', ""),
    (' type="checkbox" id="__drawer" autocomplete="off"', ' type="checkbox" id="__drawer"'),
    (' type="checkbox" id="__search" autocomplete="off"', ' type="checkbox" id="__search"'),
)

log = logging.getLogger("mkdocs.handbook")


@event_priority(100)  # before plugins that ask for the theme's language
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Speak the language of the pages; take the compiled handbook, or check the sources and compile them."""
    config.extra.setdefault("handbook", None)
    config.extra["handbook"] = config.extra["handbook"] or _compile(Path(config.config_file_path).parent)
    _speak(config, config.extra["handbook"])
    # mermaid2 would write pages anew that only say "mermaid"; here every diagram is drawn already.
    handlers = config.plugins.events["post_page"]
    handlers[:] = [handler for handler in handlers if "mermaid2" not in type(_owner(handler)).__module__]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the compiled pages in the place of their sources, and the scripts beside them."""
    for file in list(files.documentation_pages()):
        files.remove(file)
    for page in _pages(config).values():
        file = File.generated(config, f"{page.slug}.md", content=page.markdown)
        # It has a source that can be edited, like a file that is read from disk.
        file.generated_by, file.edit_uri = None, page.source
        files.append(file)
    for script in sorted(Path(config.config_file_path).parent.glob("web/*.*js")):
        files.append(File.generated(config, f"assets/{script.name}", abs_src_path=str(script)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Give a page what is known of it; it is rendered already."""
    compiled = _pages(config)[page.file.src_uri.removesuffix(".md")]
    if compiled.changed:
        day = datetime.date.fromisoformat(compiled.changed)
        page.meta["changed"] = page.update_date = compiled.changed
        page.meta["changed_long"] = format_date(day, "long", locale=config.theme["language"])
    page.meta["minutes"] = reading_time.minutes(compiled.html)
    # Our own index is made from the compiled pages; Material's would be made for nothing.
    page.meta["search"] = {"exclude": True}
    page.render = functools.partial(_finished, page, compiled)


def on_env(env: Environment, **_: Any) -> None:
    """Leave the lines of the theme's own instructions out of pages."""
    env.trim_blocks = env.lstrip_blocks = True


def on_post_page(output: str, **_: Any) -> str:
    """Let no script hold up what there is to see, and mend what is wrong in the theme's own HTML.

    Scripts run in their order, once the page is read. An empty `tabindex`, and `autocomplete` at a box to be
    ticked, are no HTML.
    """
    for wrong, right in _MENDED:
        output = output.replace(wrong, right)
    return output


def on_post_template(output_content: str, **_: Any) -> str:
    """Do the same on the page that says that nothing is there."""
    return on_post_page(output_content)


def on_post_build(config: MkDocsConfig) -> None:
    """Write what pages need or offer beside themselves."""
    pages, site = _pages(config).values(), Path(config.site_dir)
    stylesheets.write(site, diagrams.stylesheet() + diagrams.widths(page.html for page in pages))
    search.write(pages, config.extra["handbook"].vocabulary[Path(config.docs_dir).name], site)
    Output(site).write("assets/numbers.json", export.to_json(config.extra["handbook"].numbers))
    markdown_copies.write(pages, site)
    page_files.write(pages, site)
    origins.write(pages, site)


def _finished(page: Page, compiled: CompiledPage, config: MkDocsConfig, files: Files) -> None:
    """Take a page's HTML instead of rendering its Markdown; `Page.render` calls for it."""
    page.content, page.toc = compiled.html, get_toc(compiled.toc)


def _pages(config: MkDocsConfig) -> dict[str, CompiledPage]:
    return config.extra["handbook"].pages[Path(config.docs_dir).name]


def _speak(config: MkDocsConfig, compiled: Compiled) -> None:
    """Name the site, its pages' controls and its other languages in the language of `docs_dir`."""
    known, code = languages.load(Path(config.config_file_path).parent), Path(config.docs_dir).name
    if code not in known:
        raise PluginError(f"{languages.FOLDER}/{code}.yml is missing.")
    language = known[code]
    config.site_name, config.site_description = language.site_name, language.site_description
    config.nav = compiled.navigation[code]
    config.theme["language"] = language.theme
    config.mdx_configs.setdefault("toc", {})["title"] = language.word("page.contents")
    # Relative links, so that the site works under any path.
    config.extra["alternate"] = [
        {"name": other.name, "link": f"../{other.code}/", "lang": other.tag} for other in known
    ]
    config.extra["language"] = language
    config.extra["report"] = compiled.report
    # A preview reloads by a script that MkDocs writes into the page.
    config.extra["policy"] = "" if _is_preview() else security.meta()


def _owner(handler: Any) -> object:
    return getattr(handler, "__self__", None)


def _compile(root: Path) -> Compiled:
    """Compile the sources; a build stops at problems, a preview shows them and goes on."""
    serving = _is_preview()
    if serving:
        _forgive()
    try:
        environment.read(os.environ)
    except ProblemsError as error:
        raise PluginError(str(error)) from None
    book = source.load(root)
    problems = rules.check(book)
    for problem in problems:
        (log.warning if serving else log.error)("%s", problem)
    if problems and (not serving or not book.languages):
        raise PluginError(f"{len(problems)} problems in the sources; `make check` lists them.")
    return compile.compile_book(book, report=functools.partial(log.warning, "%s") if serving else None)


def _is_preview() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def _forgive() -> None:
    """Let a preview show what is wrong and go on: stop counting warnings, as `strict` has it.

    MkDocs begins to count before any event of a build, so `config.strict` would come too late.
    """
    logger = logging.getLogger("mkdocs")
    for handler in [handler for handler in logger.handlers if isinstance(handler, CountHandler)]:
        logger.removeHandler(handler)
