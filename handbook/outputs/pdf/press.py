"""From the compiled handbook to a PDF: two prints or more, and what belongs before, between and after."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

from handbook import source
from handbook.compiled import Compiled
from handbook.languages import Language
from handbook.output import Output
from handbook.outputs.book import chapters
from handbook.outputs.book.edition import Edition
from handbook.outputs.book.errors import BookError
from handbook.outputs.pdf import characters, chromium, finish, fonts, numbering, processes, verify
from handbook.outputs.pdf.frame import Frame
from handbook.problems import ProblemsError

#: A book that is being made. It hands out what it waits for, and goes on when that is done.
Book = Generator[Callable[[], None], None, None]

#: Prints until the page numbers hold still. The whole book is printed twice at least; between the two,
#: diagrams find their places, and only the chapters in which one has moved are printed again. Now and then
#: Chromium moves a row of a table across a page where a chapter stands elsewhere, which takes two prints more.
PRINTS = 10
#: Prints after which diagrams may still be moved. After the first of them, chapters whose last page holds a few
#: lines are set tighter; after the second, those which that did not help are set as before.
FLOATS = 2


def file_name(language: str) -> str:
    """Return what a language's book is called."""
    return f"ml-system-design-handbook-{language}.pdf"


def side_by_side(books: Iterable[Book], at_once: int = 2) -> None:
    """Make several books, each the result of `make`.

    What they do themselves is done here, by turns; what they wait for (Chromium, other processes) is
    waited for side by side. So no tree of lxml is ever touched by two threads, which it does not survive.

    Args:
        books: The books.
        at_once: How many may wait at the same time.

    Raises:
        BookError: If anything is missing or comes out wrong.
        ProblemsError: If no font has a character; it says where that stands.
    """
    books = list(books)
    waiting: dict[Future[None], Book] = {}
    chromium.ready()
    try:
        with ThreadPoolExecutor(at_once) as threads:
            try:
                for book in books:
                    _go_on(book, threads, waiting)
                while waiting:
                    for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                        book = waiting.pop(done)
                        if error := done.exception():
                            book.throw(error)
                        _go_on(book, threads, waiting)
            except BaseException:
                # Also after Ctrl-C: nobody waits for a print that nobody wants.
                chromium.stop()
                raise
    finally:
        chromium.ready()
        for book in books:
            book.close()


def _go_on(book: Book, threads: ThreadPoolExecutor, waiting: dict[Future[None], Book]) -> None:
    if job := next(book, None):
        waiting[threads.submit(job)] = book


def make(
    handbook: source.Book, compiled: Compiled, language: Language, target: Path, *, address: str,
    edition: Edition,
) -> Book:  # fmt: skip
    """Make the book of one language, step by step; see `side_by_side`.

    Args:
        handbook: The sources.
        compiled: What they were compiled to.
        language: The language.
        target: The PDF; nothing is there unless it is whole.
        address: Where the site of this language is online.
        edition: What to print on the cover.

    Yields:
        What it waits for next, to be called in any thread before it goes on.

    Raises:
        BookError: If anything is missing or comes out wrong.
        ProblemsError: If no font has a character; it says where that stands.
    """
    started = time.perf_counter()
    chromium.executable()
    docs = handbook.root / "docs" / language.code
    read = chapters.read(handbook.navigation, language, compiled.pages[language.code], docs)
    frame = Frame(handbook, language, address, edition, read)
    needed = frame.characters()
    faces = fonts.make(needed, handbook.root / ".cache" / "fonts")
    if undrawn := needed - fonts.drawable(faces):
        raise ProblemsError(characters.problems(undrawn, frame.chapters, handbook.root))
    frame.faces = fonts.stylesheet(faces)
    _say(f"{language.code}: {len(read)} chapters gathered, {time.perf_counter() - started:.1f} s")
    with tempfile.TemporaryDirectory(prefix="handbook-book-") as folder:
        draft, printed, whole = (Path(folder, name) for name in ("book.html", "print.pdf", "book.pdf"))
        numbers: dict[str, int] = {}
        alone: set[str] = set()
        for turn in range(1, PRINTS + 1):
            draft.write_text(frame.html(numbers or None, alone), encoding="utf-8")
            printed.unlink(missing_ok=True)
            yield partial(chromium.print_pdf, draft, printed)
            layout = finish.layout(printed)
            what = f"print {turn}{f', of {len(alone)} chapters' if alone else ''}"
            _say(f"{language.code}: {what}, {layout.count} pages, {time.perf_counter() - started:.1f} s")
            if alone:
                numbers = numbering.renumbered(numbers, layout.pages, alone, frame.starts)
            elif layout.pages.items() <= numbers.items():
                break
            else:
                # An anchor that nothing links to any more, since its page is named already, stays known.
                numbers |= layout.pages
            alone = frame.float(layout.tops) if turn <= FLOATS else set()
            if turn == 1:
                before = frame.extents(numbers)
                frame.tight = finish.rests(printed, before)
                alone |= frame.tight
            elif turn == FLOATS:
                alone |= frame.loosen(before, frame.extents(numbers))
        else:
            raise BookError(f"the page numbers still move after {PRINTS} prints")
        lost = [entry.text for entry in frame.entries if entry.anchor not in numbers]
        if any(entry.anchor not in numbers and entry.level <= 3 for entry in frame.entries):
            raise BookError(f"Chromium lost the heading “{lost[0]}”")
        # In a process of its own: it is all Python, and the other language wants to go on.
        yield partial(
            processes.run,
            finish.finish,
            [(
                printed, whole, language.site_name, language.site_description, language.tag, edition,
                frame.entries, frame.names(),
            )],
        )  # fmt: skip
        verify.verify(whole)
        Output(target.parent).write(target.name, whole.read_bytes(), again=True)
    _say(
        f"{target.name}: {layout.count} pages, {target.stat().st_size / 1e6:.2f} MB, "
        f"{time.perf_counter() - started:.1f} s"
    )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
