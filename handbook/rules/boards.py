"""Everything on a whiteboard fits: texts in their boxes, labels on their arrows, arrows between boxes.

Why: a board is drawn from `data/boards/<page>.yml` without anybody looking at it in both languages.
Right: boxes with free rows and columns between them, texts as one would write them at a board.
Wrong: a sentence in a box of two columns; boxes side by side with a label on the arrow between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook import boards
from handbook.problems import Problem
from handbook.rules.rule import Rule, Scope
from handbook.source.book import Book
from handbook.writer import WriteError, Writer

ID = boards.RULE


def check(book: Book) -> Iterator[Problem]:
    """Check each board in each language, with its values filled in."""
    for slug, board in book.boards.items():
        for language, pages in book.pages.items():
            page = pages.get(slug)
            if page is None:
                yield Problem(board.path, 1, ID, f"there is no page `{slug}` in `{language}`")
                continue
            writer = Writer(book, page)
            unknown = list(_unknown(writer, board))
            yield from unknown or boards.problems(board, writer.speech, writer.values)


def _unknown(writer: Writer, board: boards.Board) -> Iterator[Problem]:
    for line, language, text in board.written():
        if language == writer.language:
            try:
                writer.values(text)
            except WriteError as error:
                yield Problem(board.path, line, ID, str(error), error.hint)


RULE = Rule(ID, Scope.BOOK, __doc__, check)
