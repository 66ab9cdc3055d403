"""The compiled handbook as a folder, `build/`, for authors and for other renderers.

What is in it: `handbook.compiled`. It has passed every rule, and the folder is replaced only when the new
one is whole.
"""

from __future__ import annotations

from pathlib import Path

from handbook import rules, source
from handbook.compile import compile_book
from handbook.compiled import Compiled
from handbook.outputs import swap
from handbook.problems import Problem, ProblemsError
from handbook.source import Book

RULE = "compile"


def write(root: Path, folder: Path) -> Compiled:
    """Check and compile the sources, and put the result in the place of a folder.

    Args:
        root: The repository.
        folder: Where it goes. Keeps what it had unless everything succeeded.

    Raises:
        ProblemsError: With all that is wrong.
    """
    if folder.exists() and not folder.is_dir():
        raise ProblemsError([Problem(folder.name, 1, RULE, "is a file", "move it out of the way")])
    book = source.load(root)
    compiled = compiled_from(book)
    if problems := rules.check(book):
        raise ProblemsError(problems)
    try:
        with swap.workplace(folder) as workplace:
            compiled.write(workplace / swap.NEW)
            swap.publish(workplace, folder)
    except OSError as error:
        raise ProblemsError([Problem(folder.name, 1, RULE, f"cannot be written: {error}")]) from error
    return compiled


def compiled_from(book: Book) -> Compiled:
    """Compile the sources; where they cannot be compiled, the rules say why, and where.

    Raises:
        ProblemsError: With all that is wrong.
    """
    found = sorted(book.problems)
    try:
        if not found:
            return compile_book(book)
    except ProblemsError as error:
        found = error.problems
    raise ProblemsError(rules.check(book) or found)
