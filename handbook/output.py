"""The one way to write a file: an output's below its folder and never over another one, a source's whole.

What a file of an output is called comes from data and from names of pages, so a name is refused unless it
stays below the folder: an absolute one, one with `..`, one that a symbolic link leads elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path, PurePosixPath

from handbook.problems import Problem, ProblemsError

RULE = "output"


class Output:
    """A folder that files are written to."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; it is made with its first file.

        Args:
            folder: The folder; what is above it is taken as it is.
        """
        self.folder = folder

    def write(self, name: str, content: str | bytes, *, again: bool = False) -> Path:
        """Write a file; return its path.

        Args:
            name: Its path relative to the folder, with forward slashes.
            content: What is in it; text becomes UTF-8 with line feeds.
            again: Whether an earlier step may have written it.

        Raises:
            ProblemsError: If the name leads out of the folder, or to what is there already.
            OSError: If the file cannot be written.
        """
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb" if again else "xb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
        except (FileExistsError, NotADirectoryError):
            raise _refused(name, "is there already", "two pages, or a page and a redirect, have one address") from None
        return path

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if (
            not parts
            or name.endswith("/")
            or "\\" in name
            or not name.isprintable()
            or any(part in {"/", "..", "//"} for part in parts)
        ):
            raise _refused(name, "is no name of a file below it")
        path = self.folder.joinpath(*parts)
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise _refused(name, "leads out of it through a symbolic link")
        return path


def rewrite(root: Path, name: str, text: str) -> None:
    """Give a source file a new text: all of it or, if anything goes wrong, none.

    Args:
        root: The repository.
        name: Path of the file relative to it.
        text: What is in it from now on.

    Raises:
        ProblemsError: If it cannot be written.
    """
    path = (root / name).resolve()
    try:
        draft = path.with_name(f".{path.name}.new")
        draft.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            shutil.copymode(path, draft)
        os.replace(draft, path)
    except OSError as error:
        raise ProblemsError([Problem(name, 1, RULE, f"cannot be written: {error.strerror}")]) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _refused(name: str, message: str, hint: str = "") -> ProblemsError:
    # Only the name: where an output is being made is no news to its author.
    shown = name if name.isprintable() else repr(name)[1:-1]
    return ProblemsError([Problem(shown or "output", 1, RULE, message, hint)])
