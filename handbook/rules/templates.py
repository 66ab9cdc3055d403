"""A document to copy is shown by a page, stands in every language, and says the same in all of them.

Below `data/templates/<language>/` stand documents that a page shows with `{{ template: name }}`. Those of the
same name have the same headings, tables, prompts and figures in every language, as pages have; their values
are known to the page; and they read well where the handbook's own marks are not understood.

Why: who copies a form takes it elsewhere, so nobody would notice later that a row is missing in one language.
Right: `## Data` and `## 数据` with the same table; `{{ ads_scores }}`
Wrong: a row less; a document that no page shows; `[@smith2020]`, `{{ card }}` or a link to a page of the handbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.problems import Problem
from handbook.rules import doubled, glossary, parity, typography, usage
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.source.page import Page
from handbook.source.templates import FOLDER, Template
from handbook.writer import BrokenError, WriteError, Writer

ID = "templates"

#: What is asked of the text of a page, and of a document as well.
_AS_PAGES = (typography.check, doubled.check, usage.check, glossary.check)


def check(book: Book) -> Iterator[Problem]:
    """Compare the documents of all languages, and look at each."""
    originals, *others = (book.templates.get(code, {}) for code in book.languages.codes)
    shown = _shown(book)
    for language, templates in book.templates.items():
        for name, template in templates.items():
            if name not in originals:
                hint = f"add {FOLDER}/{book.languages.original.code}/{template.file}, or remove it"
                yield Problem(template.path, 1, ID, "stands in another language only", hint)
            elif (slug := shown.get((language, name))) is None:
                yield Problem(template.path, 1, ID, "no page shows it", f"write `{{{{ template: {name} }}}}`")
            else:
                yield from _check(book, template.on(slug))
    for code, theirs in zip(book.languages.codes[1:], others, strict=True):
        for name, original in originals.items():
            if name not in theirs:
                path = f"{FOLDER}/{code}/{original.file}"
                yield Problem(original.path, 1, ID, f"{path} is missing", "the same documents in every language")
            elif (code, name) in shown:
                slug = shown[code, name]
                yield from parity.check(book, original.on(slug), theirs[name].on(slug))


def _shown(book: Book) -> dict[tuple[str, str], str]:
    """Return the page that shows each document: slug by language and name."""
    return {
        (page.language, block.argument.partition(",")[0].strip()): page.slug
        for page in book.all_pages()
        for block in page.blocks
        if block.text == "template"
    }


def _check(book: Book, document: Page) -> Iterator[Problem]:
    writer = Writer(book, document)
    for mark in document.values:
        try:
            writer.value(mark.text)
        except BrokenError:
            continue
        except WriteError as error:
            yield Problem(document.path, mark.line, ID, str(error), error.hint)
    ours = [(mark.line, f"[@{mark.text}]") for mark in document.citations]
    ours += [(mark.line, f"{{{{ {mark.text} }}}}") for mark in document.blocks]
    ours += [(link.line, link.target) for link in document.links if "://" not in link.target]
    ours += [(heading.line, f"{{#{heading.id}}}") for heading in document.headings if heading.id]
    for line, mark in ours:
        yield Problem(document.path, line, ID, f"`{mark}` means nothing outside of the handbook", "leave it out")
    for ask in _AS_PAGES:
        yield from ask(book, document)


RULE = Rule(ID, Scope.BOOK, __doc__, check)
