"""The book for e-readers: one EPUB 3 for each language, made from the compiled pages.

A chapter is a file of its own, with what was folded opened, links that lead into the book, formulas as MathML
and diagrams as SVG. It needs no browser and no fonts: the reader's device sets the text.
"""

from __future__ import annotations

import io
import re
import textwrap
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jinja2
from lxml import etree
from markupsafe import Markup

from handbook import diagrams, source
from handbook.compiled import Compiled
from handbook.languages import Language
from handbook.output import Output
from handbook.outputs.book import chapters
from handbook.outputs.book.convert import Converted, Converter, Element
from handbook.outputs.book.edition import Edition, licence
from handbook.outputs.book.errors import BookError
from handbook.terms import GLOSSARY

_HERE = Path(__file__).parent
#: In the order that the format asks for: what a file is comes first, and unpacked.
_FIRST = "mimetype"
_MIMETYPE = b"application/epub+zip"
#: How deep the contents go below a chapter.
DEPTH = 2
_IMAGES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
_ANCHOR = re.compile(r"^#(?P<anchor>.+)$")


@dataclass(frozen=True)
class Item:
    """A file of the book.

    Attributes:
        name: Its path.
        kind: Its media type.
        properties: What the format wants to know of what is in it.
    """

    name: str
    kind: str
    properties: str = ""

    @property
    def id(self) -> str:
        """Its name as an XML id."""
        return re.sub(r"[^\w-]", "-", self.name)


class _Chapters(Converter):
    """Converts chapters, and remembers their pictures."""

    def __init__(self, read: list[chapters.Chapter], language: Language, address: str) -> None:
        super().__init__(read, language, address)
        #: Pictures that the chapters show, by their name in the book.
        self.images: dict[str, Path] = {}

    def _images(self, root: Element, chapter: chapters.Chapter) -> None:
        super()._images(root, chapter)
        for image in root.xpath(".//img[starts-with(@src, 'file:')]"):
            path = Path(unquote(urlsplit(image.get("src")).path))
            if path.suffix not in _IMAGES:
                raise BookError(f"the page `{chapter.slug}` shows an image that no e-reader knows: {path.name}")
            name = f"images/{len(self.images) + 1}{path.suffix}"
            self.images[name] = path
            image.set("src", name)


def file_name(language: str) -> str:
    """Return what a language's EPUB is called."""
    return f"ml-system-design-handbook-{language}.epub"


def make(
    handbook: source.Book, compiled: Compiled, language: Language, target: Path, *, address: str,
    edition: Edition,
) -> int:  # fmt: skip
    """Write the EPUB of one language.

    Args:
        handbook: The sources.
        compiled: What they were compiled to.
        language: The language.
        target: The file.
        address: Where the site of this language is online.
        edition: The edition that it is.

    Returns:
        How many chapters it has.

    Raises:
        BookError: If a link of a chapter leads nowhere, or a picture is missing or of another kind.
    """
    docs = handbook.root / "docs" / language.code
    read = chapters.read(handbook.navigation, language, compiled.pages[language.code], docs, also=(GLOSSARY,))
    # Each chapter is a document: its own heading is of the first level, whatever part it belongs to.
    parts = [chapter.part for chapter in read]
    converter = _Chapters([replace(chapter, part="") for chapter in read], language, address)
    made = [converter.convert(chapter) for chapter in converter.places.values()]
    _link(made)
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    templates.globals |= {
        "language": language, "edition": edition, "address": address, "word": language.word, "book": handbook,
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, address).urn, "licence": licence(handbook.root),
        "cover": textwrap.wrap(language.site_name, 16),
    }  # fmt: skip
    files: dict[str, bytes] = {}
    items: list[Item] = []

    def add(name: str, kind: str, content: str | bytes, properties: str = "") -> None:
        files[f"book/{name}"] = content.encode() if isinstance(content, str) else content
        items.append(Item(name, kind, properties))

    xhtml = "application/xhtml+xml"
    sections = [(name, list(group)) for name, group in groupby(zip(parts, made, strict=True), key=lambda pair: pair[0])]
    nested = [(name, [chapter for _, chapter in group]) for name, group in sections]
    add("title.xhtml", xhtml, templates.get_template("title.xhtml").render())
    add("contents.xhtml", xhtml, templates.get_template("contents.xhtml").render(parts=nested, depth=DEPTH), "nav")
    for chapter in made:
        body = Markup(_written(chapter.body))
        text = templates.get_template("chapter.xhtml").render(chapter=chapter, body=body)
        add(f"{chapter.chapter.id}.xhtml", xhtml, text, _properties(chapter.body))
    add("cover.svg", "image/svg+xml", templates.get_template("cover.svg").render(), "cover-image")
    add("style.css", "text/css", diagrams.stylesheet() + (_HERE / "style.css").read_text(encoding="utf-8"))
    for name, path in converter.images.items():
        add(name, _IMAGES[path.suffix], path.read_bytes())
    files["book/package.opf"] = templates.get_template("package.opf").render(items=items).encode()
    files["META-INF/container.xml"] = (_HERE / "container.xml").read_bytes()
    Output(target.parent).write(target.name, _packed(files, edition), again=True)
    return len(made)


def _link(made: list[Converted]) -> None:
    """Let links name the file of the chapter that they lead to.

    Raises:
        BookError: If one leads nowhere.
    """
    files = {}
    for chapter in made:
        files[chapter.chapter.id] = f"{chapter.chapter.id}.xhtml"
        for id_ in chapter.body.xpath(".//@id"):
            files[str(id_)] = f"{chapter.chapter.id}.xhtml#{id_}"
    for chapter in made:
        for link in chapter.body.iter("a"):
            if match := _ANCHOR.match(link.get("href") or ""):
                if match["anchor"] not in files:
                    raise BookError(f"a link of `{chapter.chapter.slug}` leads nowhere: {match[0]}")
                link.set("href", files[match["anchor"]])


def _written(body: Element) -> str:
    """Return what is in an element as XHTML."""
    for node in body.iter():
        if isinstance(node.tag, str):
            for name in list(node.attrib):
                # A row's name in each of its cells is for phones; names of values are for scripts.
                if name.startswith("data-") or name in ("tabindex", "xmlns"):
                    del node.attrib[name]
    for formula in body.iter("math"):
        formula.set("xmlns", "http://www.w3.org/1998/Math/MathML")
    inside = (etree.tostring(child, encoding="unicode", method="xml") for child in body)
    return f"{Markup.escape(body.text or '')}{''.join(inside)}"


def _properties(body: Element) -> str:
    """Return what the format wants to know of a chapter."""
    return " ".join(_found(body))


def _found(body: Element) -> Iterator[str]:
    if next(body.iter("math"), None) is not None:
        yield "mathml"
    if next(body.iter("{http://www.w3.org/2000/svg}svg"), None) is not None:
        yield "svg"


def _packed(files: Mapping[str, bytes], edition: Edition) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in (_FIRST, *sorted(files)):
            entry = zipfile.ZipInfo(name, edition.moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == _FIRST else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _MIMETYPE if name == _FIRST else files[name], compresslevel=9)
    return packed.getvalue()
