"""The book: one PDF for each language, made from the compiled pages.

What happens, in order:

1. `book.chapters` takes the compiled pages in the order of the navigation.
2. `convert` makes a chapter of each for paper: unfolded, with links that lead into the book.
3. `frame` puts cover, contents, terms and sheets around them; `fonts` makes the fonts.
4. `chromium` prints the document once to learn on which page each heading falls, then the chapters whose
   diagrams have been moved and those which are set tighter, so as not to end in a page with a few lines
   (`numbering`), and once more all of it with the page numbers filled in.
5. `finish` adds the outline, fixes tags, dates and metadata, and `verify` looks at the result.

Nothing here lists pages by hand: what the navigation and the data files have is in the book.
"""

from __future__ import annotations

from handbook.outputs.book.edition import Edition
from handbook.outputs.book.errors import BookError
from handbook.outputs.pdf.press import file_name, make, side_by_side

__all__ = ["BookError", "Edition", "file_name", "make", "side_by_side"]
