"""A finished drawing as a record: what it shows, how large it is, and its SVG.

A drawing is made once from its source and language and kept on disk under the hash of all that it
depends on. Whoever publishes it fills in an id; nobody has to read the SVG again to learn what was
known when it was drawn.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from handbook import kept
from handbook.diagrams import breaks, engine, fit, parse, structure, svg
from handbook.languages import Language

CACHE_VARIABLE = "DIAGRAM_CACHE"
_DEFAULT_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "diagrams"


@dataclass(frozen=True)
class Drawing:
    """A finished drawing.

    Attributes:
        key: Hash of the source, the language, the engine and the code that finished it: drawings
            with the same key are the same, byte by byte.
        kind: `flowchart`, `sequence`, `state`, `gantt`, …
        title: Accessible name, from `accTitle`; empty if the source has none.
        description: Accessible description, from `accDescr`, likewise.
        left: Where the view box begins, in px.
        top: Likewise.
        width: Natural width in px.
        height: Natural height in px.
        label_size: Height of the smallest letters in px, at natural size; bare numbers, such as those of
            messages, do not count.
        spans: From where to where each box and each line of text reaches vertically, in px of the
            view box. A drawing too tall for a page is best cut where none of them is.
        texts: Every label in the order of the drawing, its lines joined by spaces.
        faults: Labels that do not lie well, and what is wrong with each.
        svg: Inline SVG without colours of its own, for the shared style sheet, with `svg.DIAGRAM_ID`
            where an id belongs until `named` fills it in.
    """

    key: str
    kind: str
    title: str
    description: str
    left: int
    top: int
    width: int
    height: int
    label_size: float
    spans: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    svg: str

    def named(self, diagram_id: str) -> Self:
        """The drawing for one place: its SVG with ids that begin with `diagram_id`.

        Args:
            diagram_id: Prefix of the ids inside the drawing; unique on its page.
        """
        return replace(self, svg=self.svg.replace(svg.DIAGRAM_ID, diagram_id))

    def as_data(self) -> dict[str, Any]:
        """The record as plain data, for JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """The record that `as_data` wrote.

        Raises:
            TypeError: A field is missing, or one too many.
        """
        spans = tuple((float(top), float(bottom)) for top, bottom in data["spans"])
        faults = tuple((label, message) for label, message in data["faults"])
        return cls(**data | {"spans": spans, "texts": tuple(data["texts"]), "faults": faults})


def draw(
    source: str, language: Language, *, folder: Path | None = None, drawn_by: engine.Engine | None = None
) -> Drawing:
    """Draw a Mermaid source.

    Args:
        source: The Mermaid source, as between the fences.
        language: For the few words that the drawing itself adds.
        folder: Where finished drawings are kept. Without it, the environment's `DIAGRAM_CACHE`
            (empty: nowhere), else `.cache/diagrams` of this repository.
        drawn_by: The engine, if not the one that the environment chooses.

    Raises:
        DiagramError: The source is not valid Mermaid, or of a kind that the
            handbook has no style for.
    """
    source = parse.normalised(source)
    drawn_by = drawn_by or engine.chosen()
    key = _key(source, language, code_version(drawn_by))
    folder = folder or _cache_folder()
    if folder is None:
        return _draw(source, language, drawn_by, key)
    entry = folder / f"{key}.json"
    drawing = _read(entry)
    if drawing is None:
        drawing = _draw(source, language, drawn_by, key)
        kept.write(entry, drawing.as_data())
    return drawing


def _draw(source: str, language: Language, drawn_by: engine.Engine, key: str) -> Drawing:
    parsed = parse.model(source)
    title, description = parse.accessible_texts(source, parsed)
    broken = breaks.add(source, structure.kind_of(parsed))
    finished = svg.finish(drawn_by.svg(broken), language, title, description)
    return Drawing(
        key=key,
        kind=finished.kind,
        title=title,
        description=description,
        left=finished.left,
        top=finished.top,
        width=finished.width,
        height=finished.height,
        label_size=finished.label_size,
        spans=finished.spans,
        texts=finished.texts,
        faults=finished.faults,
        svg=finished.svg,
    )


# --- cache ------------------------------------------------------------------------


def code_version(drawn_by: engine.Engine | None = None) -> str:
    """Changes whenever the same source might be drawn differently.

    Args:
        drawn_by: The engine, if not the one that the environment chooses.
    """
    return f"{(drawn_by or engine.chosen()).version} {_finish_version()}"


@cache
def _finish_version() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in (".py", ".css"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(source: str, language: Language, version: str) -> str:
    return hashlib.sha256(f"{version}\n{fit.added_words(language)}\n{source}".encode()).hexdigest()[:32]


def _cache_folder() -> Path | None:
    named = os.environ.get(CACHE_VARIABLE)
    if named is None:
        return _DEFAULT_CACHE
    return Path(named) if named else None


def _read(entry: Path) -> Drawing | None:
    try:
        return Drawing.from_data(kept.read(entry))
    except (TypeError, KeyError, ValueError):
        return None  # not there, or of another shape: draw it again
