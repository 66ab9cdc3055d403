"""What goes wrong with a book, as one sentence for the reader of a terminal."""

from __future__ import annotations


class BookError(Exception):
    """The book cannot be made; the message is one sentence, the hint says the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.hint = hint

    def __str__(self) -> str:
        """Return the sentence alone."""
        return str(self.args[0])
