"""What a finished book must never have, looked for in the file itself."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf

from handbook.outputs.book.errors import BookError

#: Bytes; the budget of a book, and what each page more than it has room for may add.
HEAVIEST = 6_000_000
HEAVIEST_PAGE = 14_000
_TARGET = re.compile(rb"<([0-9a-fA-F]{4})>")


def verify(path: Path) -> None:
    """Look at the fonts and at the weight of a book.

    Raises:
        BookError: If characters would be lost on copying, or the file is too heavy.
    """
    with pikepdf.open(path) as pdf:
        for font in _fonts(pdf):
            name = str(font.get("/BaseFont", "a font"))
            if font.get("/Subtype") == "/Type3":
                raise BookError(
                    "a character came out as a picture (Type 3): the book's fonts do not have it",
                    "see handbook/outputs/pdf/fonts.py",
                )
            if not _embedded(font):
                raise BookError(f"the font {name} is not embedded")
            if "/ToUnicode" in font and _radicals(font.ToUnicode.read_bytes()):
                raise BookError(f"the font {name} writes radicals instead of characters")
        allowed = heaviest(len(pdf.pages))
    size = path.stat().st_size
    if size > allowed:
        raise BookError(f"{path.name} weighs {size / 1e6:.1f} MB; {allowed / 1e6:.2g} MB are allowed")


def heaviest(pages: int) -> int:
    """Return how many bytes a book of so many pages may have."""
    return max(HEAVIEST, pages * HEAVIEST_PAGE)


def _fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    found: dict[tuple[int, int], pikepdf.Dictionary] = {}
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        if item.get("/Subtype") in ("/Type0", "/Type3", "/TrueType", "/Type1"):
            found[item.objgen] = item
    return list(found.values())


def _embedded(font: pikepdf.Dictionary) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _radicals(cmap: bytes) -> bool:
    """Whether a mapping to characters leads to U+2E80–2FDF."""
    return any(0x2E80 <= int(code, 16) <= 0x2FDF for code in _TARGET.findall(_targets(cmap)))


def _targets(cmap: bytes) -> bytes:
    """Keep only the last code of each line: what comes before are glyph numbers."""
    lines = [line for line in cmap.splitlines() if line.count(b"<") >= 2]
    return b"\n".join(line[line.rindex(b"<") :] for line in lines)
