"""The book's fonts: Noto CJK cut down to the characters in use, with TrueType outlines.

As installed, Noto's CFF collections make Chromium write hundreds of Type 3 fonts and map some
characters to Kangxi radicals, which breaks search and copying. A subset of the Simplified Chinese
face with TrueType outlines is embedded as it is, once for each weight. The Latin letters of these
fonts are Source Serif and Source Sans, so they serve the English book as well.

Liberation supplies what its neighbours in the diagrams were measured with, and code; DejaVu supplies
raised digits and signs that neither has.
"""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

from handbook import kept
from handbook.outputs.book.errors import BookError
from handbook.outputs.pdf import processes

#: Family, weight as CSS has it, weight as fontconfig has it.
FACES = (
    ("Noto Serif CJK SC", "400", "regular"),
    ("Noto Serif CJK SC", "700", "bold"),
    ("Noto Sans CJK SC", "400", "regular"),
    ("Noto Sans CJK SC", "700", "bold"),
)
#: Used as they are installed.
SYSTEM = (
    "Liberation Sans", "Liberation Serif", "Liberation Mono",
    "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono",
)  # fmt: skip
#: The Debian package of each font, by the first word of its name.
PACKAGES = {"Noto": "fonts-noto-cjk", "Liberation": "fonts-liberation", "DejaVu": "fonts-dejavu-core"}
_FEATURES = ["kern", "halt", "chws", "locl", "ccmp", "liga"]
#: Bump when this module makes another font from the same characters.
_RECIPE = 1


@dataclass(frozen=True)
class Face:
    """A font file for the book."""

    family: str
    weight: str
    path: Path


def make(characters: set[str], folder: Path) -> list[Face]:
    """Return the book's fonts, cut down to some characters; `folder` keeps them for next time.

    Raises:
        BookError: If a font is not installed.
    """
    found = [(*face, *_find(face[0], face[2])) for face in FACES]
    for family in SYSTEM:
        _find(family, "regular")
    folder.mkdir(parents=True, exist_ok=True)
    faces, missing = [], []
    for family, weight, _, file, number in found:
        target = folder / f"{_key(file, number, characters)}.ttf"
        faces.append(Face(family, weight, target))
        if not target.exists():
            missing.append((file, number, "".join(sorted(characters)), target))
    if missing:
        processes.run(_cut, missing)
    return faces


def drawable(faces: list[Face]) -> set[str]:
    """Return the characters that a book with these fonts can show.

    Raises:
        BookError: If a font is not installed.
    """
    files = [(face.path, 0) for face in faces] + [_find(family, "regular") for family in SYSTEM]
    found: set[int] = set()
    for path, number in files:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return set(map(chr, found))


def stylesheet(faces: list[Face]) -> str:
    """Return the `@font-face` rules of some fonts."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{face.path.resolve().as_uri()}") }}'
        for face in faces
    )


def _find(family: str, weight: str) -> tuple[Path, int]:
    hint = f"install it (Debian: apt-get install {PACKAGES[family.split()[0]]})"
    command = ["fc-match", "-f", "%{family}|%{index}|%{file}", f"{family}:{weight}"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise BookError(
            "the book needs fontconfig to find its fonts", "install it (Debian: fontconfig)"
        ) from error
    families, number, path = said.split("|", 2)
    if family not in families.split(",") or not Path(path).is_file():
        raise BookError(f"the font {family} is missing", hint)
    return Path(path), int(number)


def _key(file: Path, number: int, characters: set[str]) -> str:
    about = (
        _RECIPE, version("fonttools"), file.name, file.stat().st_size, number, *sorted(characters),
    )  # fmt: skip
    return hashlib.sha256("\n".join(map(str, about)).encode()).hexdigest()[:24]


def _cut(file: Path, number: int, characters: str, target: Path) -> None:
    """Make one subset; a file that is there is whole."""
    font = TTFont(file, fontNumber=number, lazy=True, recalcTimestamp=False)
    options = Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "BASE", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    _to_truetype(font)
    font["head"].created = font["head"].modified = 0
    with kept.draft(target) as file:
        font.save(file)


def _to_truetype(font: TTFont) -> None:
    """Replace cubic CFF outlines by quadratic ones, at most one unit off (of 1,000 an em)."""
    order, drawn, glyphs = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, glyphs
    font["loca"] = newTable("loca")
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(profile, name, 0)
    profile.maxZones = 1
    for glyph in glyphs.values():
        glyph.recalcBounds(outlines)
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    profile.compile(font)
