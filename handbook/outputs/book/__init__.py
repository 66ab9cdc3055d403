"""What the two books, the PDF and the EPUB, have in common: their chapters, how a page becomes one, their edition."""

from __future__ import annotations

from handbook.outputs.book.edition import Edition
from handbook.outputs.book.errors import BookError

__all__ = ["BookError", "Edition"]
