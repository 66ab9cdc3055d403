"""From the sources to the compiled handbook: each page written out, drawn and rendered once.

A page that is as it was, in a handbook whose data and code are as they were, is taken from the cache:
what a page is made from is hashed, and finished pages are kept under that hash.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from handbook import blocks, boards, diagrams, kept, mathml, origins, places, plots, terms, vocabulary
from handbook.compiled import Compiled, CompiledPage, Figure
from handbook.languages import Language
from handbook.numbers import export
from handbook.problems import Problem, ProblemsError
from handbook.render import Renderer, RenderError, Words, extensions
from handbook.source import Book, Page, history
from handbook.terms import GLOSSARY
from handbook.writer import ASSUMED, SOURCED, BrokenError, WriteError, Writer, cited

CACHE = ".cache/pages"
#: Where the Markdown extensions stand.
CONFIGURATION = "mkdocs.yml"
RULE = "compile"
#: What is drawn: Mermaid, and what the blocks `board` and `plot` write.
_FENCES = ("mermaid", "board", "plot")
#: Reports what could not be written out; a preview goes on behind it.
Report = Callable[[Problem], None]


def compile_book(book: Book, report: Report | None = None) -> Compiled:
    """Compile all pages of all languages.

    Args:
        book: Sources without problems.
        report: Takes what is wrong, page by page, and the page is shown without it: for a preview of
            sources that no rule has passed. Without it the first problem ends the work.

    Raises:
        ProblemsError: A page cannot be written out, and nobody is there to be told.
    """
    days = history.changed(book.root)
    return Compiled(
        {language: _Language(book, language, report).pages(days) for language in book.pages},
        export.to_data(book.numbers, book.units, book.languages),
        {language: vocabulary.of(book, language) for language in book.pages},
        {language.code: book.navigation.for_mkdocs(language) for language in book.languages},
        book.navigation.report,
    )


class _Language:
    """Compiles the pages of one language."""

    def __init__(self, book: Book, language: str, report: Report | None) -> None:
        self._book = book
        self._language = language
        self._report = report
        spoken = self._spoken = book.languages[language]
        try:
            self._renderer = Renderer(extensions(book.root, CONFIGURATION, spoken), _words(spoken), _FENCES)
        except RenderError as error:
            raise ProblemsError([Problem(CONFIGURATION, 1, RULE, str(error))]) from error
        self._glosses = terms.glosses(book.glossary, spoken, book.languages.original.code)
        self._shared = _digest_of_shared(book, self._renderer)

    def pages(self, days: Mapping[str, str]) -> dict[str, CompiledPage]:
        compiled = {}
        for slug, page in self._book.pages[self._language].items():
            made_of = "\n".join([self._shared, self._language, slug, page.text, *self._quoted(page)])
            key = hashlib.sha256(made_of.encode()).hexdigest()
            entry = self._book.root / CACHE / f"{key}.json"
            done = _read(entry)
            if done is None:
                done = self._page(page)
                # A preview may show a page with what is wrong; that is not kept.
                if self._report is None:
                    kept.write(entry, done.as_json())
            compiled[slug] = replace(done, changed=days.get(page.path, ""))
        return compiled

    def _quoted(self, page: Page) -> list[str]:
        """Return the texts of the pages that a page shows parts of."""
        kinds = {block.text for block in page.blocks}
        pages = self._book.pages[self._language]
        if kinds & blocks.LOOKING:
            return [other.text for other in pages.values()]
        if not kinds & blocks.QUOTING:
            return []
        return [pages[design.slug].text for design in self._book.designs.values() if design.slug in pages]

    def _page(self, page: Page) -> CompiledPage:
        writer = Writer(self._book, page)
        try:
            body = writer.markdown()
        except WriteError as error:
            if not isinstance(error, BrokenError):
                self._tell(Problem(page.path, 1, RULE, str(error), error.hint))
            body = "\n".join(page.lines[page.body_line - 1 :])
        figures: list[Figure] = []

        def draw(source: str, options: Mapping[str, str]) -> str:
            try:
                return show(diagrams.draw(source, self._spoken))
            except diagrams.DiagramError as error:
                self._tell(Problem(page.path, 1, RULE, f"diagram {len(figures) + 1}: {error}"))
                return f'<pre class="diagram-error">{error}</pre>'

        def draw_board(source: str, options: Mapping[str, str]) -> str:
            # Block `board` writes the fence: the minute in its first line; the rest is for readers of Markdown.
            minute = int(source.partition("\n")[0])
            fill = writer.values
            return show(boards.draw(self._book.boards[page.slug], self._spoken, minute, fill))

        def draw_plot(source: str, options: Mapping[str, str]) -> str:
            # Block `plot` writes the fence: the name in its first line.
            return show(plots.draw(writer.numbers().plots[source.partition("\n")[0]], writer))

        def show(drawing: diagrams.Drawing) -> str:
            id_ = f"{page.slug.replace('/', '-')}-{len(figures) + 1}"
            figures.append(Figure(id_, drawing))
            return diagrams.figure(drawing, id_, self._spoken)

        link = functools.partial(places.link, page.slug)

        def render(text: str) -> Any:
            return self._renderer.render(
                text, draw={"mermaid": draw, "board": draw_board, "plot": draw_plot}, link=link,
                moved=_moved(self._book, page), contents=page.slug != "index", sheet=bool(page.meta.get("sheet")),
                values=bool(writer.shown) and page.slug != "index",
                glosses=self._glosses if GLOSSARY in self._book.originals and page.slug != GLOSSARY else (),
            )  # fmt: skip

        try:
            rendered = render(body)
        except (mathml.MathError, RenderError) as error:
            self._tell(Problem(page.path, 1, RULE, str(error)))
            figures.clear()
            rendered = render(f"```\n{body}\n```")
        title, description = (str(page.meta.get(key) or "") for key in ("title", "description"))
        front = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
            for key, value in (("title", title), ("description", description))
        )
        return CompiledPage(
            slug=page.slug,
            language=page.language,
            source=page.path,
            title=title,
            description=description,
            changed="",
            sheet=bool(page.meta.get("sheet")),
            markdown=f"---\n{front}---\n{body}",
            html=rendered.html,
            headings=rendered.headings,
            figures=tuple(figures),
            cited=tuple(cited(self._book, page)),
            origins=self._origins(writer, link, rendered.terms),
            in_book=page.meta.get("book") is not False,
            files=dict(writer.files),
        )

    def _origins(self, writer: Writer, link: Callable[[str], str], used: Collection[str]) -> origins.Origins:
        known = origins.of_terms(writer, link, used)
        try:
            return {**origins.of(writer, link), **known}
        except WriteError:
            if self._report is None:
                raise
            return known  # what is wrong was told already

    def _tell(self, problem: Problem) -> None:
        if self._report is None:
            raise ProblemsError([problem])
        self._report(problem)


def _words(language: Language) -> Words:
    table = language.word("page.table", number="{number}", heading="{heading}")
    values = language.word(
        "page.values",
        assumed=f'<span class="{ASSUMED}">{language.word("page.assumed")}</span>',
        sourced=f'<span class="{SOURCED}">{language.word("page.sourced")}</span>',
    )
    return Words(table=table, contents=language.word("page.print_contents"), values=values)


def _moved(book: Book, page: Page) -> dict[str, str]:
    """Return the anchors of a page that have another name now: old anchor to new."""
    return {
        moved.old.anchor: moved.new.anchor
        for moved in book.redirects.values()
        if moved.old.slug == moved.new.slug == page.slug and moved.old.anchor and moved.new.anchor
    }


# ── cache ─────────────────────────────────────────────────────────────────────────────────────────


def _digest_of_shared(book: Book, renderer: Renderer) -> str:
    """Return a hash of what every page of a language depends on besides its own text."""
    digest = hashlib.sha256(f"{renderer.version}\n{diagrams.code_version()}\n".encode())
    for folder, pattern in ((Path(__file__).parent, "*.py"), (book.root / "data", "*.*")):
        for file in sorted(folder.rglob(pattern)):
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    # Pages link to each other, and blocks list them.
    digest.update("\n".join(page.path for page in book.all_pages()).encode())
    return digest.hexdigest()


def _read(entry: Path) -> CompiledPage | None:
    try:
        return CompiledPage.from_json(kept.read(entry))
    except (TypeError, KeyError, ValueError):
        return None  # not there, or of another shape: compile it again
