"""The last touch on a printed book: outline, tags, descriptions, metadata, dates that do not move."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Name

from handbook.outputs.book.edition import Edition
from handbook.outputs.pdf.convert import FORMULA
from handbook.outputs.pdf.frame import Entry

#: Points from the edge of a page within which something stands at its top.
TOP = 90
#: Part of what a page holds on average, below which the last one of a chapter is a rest; of so many pages before it.
REST = 0.5
FEW_PAGES = 4
_PATH = {"m", "l", "c", "v", "y", "h", "re", "W", "W*"}
_PAINT = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"}
_ARTIFACT = pikepdf.ContentStreamInstruction([Name.Artifact], pikepdf.Operator("BMC"))
_STEPS = re.compile(rb"^[-0-9. ]+ (?:Td|[mlc])$", re.M)
_LONG = re.compile(rb"-?\d*\.\d{3,}")
_END = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))


@dataclass(frozen=True)
class Layout:
    """Where a print has put things.

    Attributes:
        count: How many pages there are.
        pages: Page of each anchor that something links to.
        tops: Anchors that stand at the top of their page.
    """

    count: int
    pages: dict[str, int]
    tops: set[str]


def layout(path: Path) -> Layout:
    """Read where a print has put its anchors."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        named = {str(key)[1:]: target for key, target in pdf.Root.get("/Dests", {}).items()}
        return Layout(
            len(pdf.pages),
            {anchor: numbers[target[0].objgen] for anchor, target in named.items()},
            {
                anchor
                for anchor, target in named.items()
                if float(target[0].MediaBox[3]) - float(target[3]) < TOP
            },
        )


def rests(path: Path, chapters: Mapping[str, tuple[int, int]]) -> set[str]:
    """Return the chapters whose last page holds little: far fewer signs than those before it.

    Args:
        path: A print of the whole book.
        chapters: First and last page of each.
    """
    found = set()
    with pikepdf.open(path) as pdf:
        for chapter, (first, last) in chapters.items():
            signs = [_signs(pdf.pages[number - 1]) for number in range(max(first + 1, last - FEW_PAGES), last + 1)]
            if len(signs) > 1 and signs[-1] < REST * sum(signs[:-1]) / (len(signs) - 1):
                found.add(chapter)
    return found


def _signs(page: pikepdf.Page) -> int:
    """Count the signs of a page; fonts of a book have two bytes for each."""
    strings = 0
    for operands, _ in pikepdf.parse_content_stream(page, "Tj TJ"):
        shown = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
        strings += sum(len(bytes(part)) for part in shown if isinstance(part, pikepdf.String))
    return strings // 2


def finish(
    source: Path, target: Path, title: str, description: str, tag: str, edition: Edition,
    entries: list[Entry], names: dict[str, str],
) -> None:  # fmt: skip
    """Finish a printed book.

    Args:
        source: What Chromium printed.
        target: The book.
        title: The book's title.
        description: What it is about, in one sentence.
        tag: BCP 47 tag of its language.
        edition: Its edition; every date in the file is the edition's.
        entries: Its headings, for the outline.
        names: What stands at each anchor.
    """
    with pikepdf.open(io.BytesIO(source.read_bytes())) as pdf:
        root = pdf.Root
        root.Lang = pikepdf.String(tag)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        _formulas(root)
        _number_heads(root)
        _outline(pdf, entries)
        _describe_links(pdf, names)
        _mark_artifacts(pdf)
        _metadata(pdf, title, description, tag, edition)
        pikepdf.settings.set_flate_compression_level(9)
        pdf.save(
            target, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True, recompress_flate=True, deterministic_id=True,
        )  # fmt: skip


def _metadata(pdf: pikepdf.Pdf, title: str, description: str, tag: str, edition: Edition) -> None:
    stamp = edition.moment.strftime("D:%Y%m%d%H%M%S+00'00'")
    info = pdf.docinfo
    for key in list(info.keys()):
        del info[key]
    info["/Title"], info["/Subject"], info["/Author"] = title, description, title
    info["/Creator"] = f"{title}, {edition.name}"
    info["/CreationDate"] = info["/ModDate"] = stamp
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = title
        meta["dc:description"] = description
        meta["dc:creator"] = [title]
        meta["dc:language"] = [tag]
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = edition.moment.isoformat()


def _elements(root: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    """Go through the structure tree."""
    stack: list[Any] = [root.get("/StructTreeRoot")]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack.extend(child for child in node if isinstance(child, pikepdf.Object))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if isinstance(node.get("/K"), pikepdf.Array | pikepdf.Dictionary):
                stack.append(node.K)


def _formulas(root: pikepdf.Dictionary) -> None:
    """Tag formulas as such: Chromium knows them as figures, and their LaTeX says which they are."""
    for element in _elements(root):
        alternative = str(element.get("/Alt", ""))
        if alternative.startswith(FORMULA):
            element.S = Name.Formula
            element.Alt = pikepdf.String(alternative.removeprefix(FORMULA))


def _number_heads(root: pikepdf.Dictionary) -> None:
    """Number anew what cells name as their heads: Chromium's numbers count what it did before, too."""
    elements = list(_elements(root))
    old = sorted({bytes(element.ID) for element in elements if "/ID" in element})
    names = {name: pikepdf.String(f"head{number:06}") for number, name in enumerate(old, 1)}

    def renamed(values: pikepdf.Array) -> pikepdf.Array:
        return pikepdf.Array(
            names.get(bytes(value), value) if isinstance(value, pikepdf.String) else value for value in values
        )

    for element in elements:
        if "/ID" in element:
            element.ID = names[bytes(element.ID)]
        attributes = element.get("/A", [])
        for attribute in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            if isinstance(attribute, pikepdf.Dictionary) and "/Headers" in attribute:
                attribute.Headers = renamed(attribute.Headers)
    trees = [root.StructTreeRoot.IDTree] if "/IDTree" in root.get("/StructTreeRoot", {}) else []
    while trees:
        tree = trees.pop()
        for key in ("/Names", "/Limits"):
            if key in tree:
                tree[key] = renamed(tree[key])
        trees.extend(tree.get("/Kids", []))


def _outline(pdf: pikepdf.Pdf, entries: list[Entry]) -> None:
    named = pdf.Root.get("/Dests", {})
    with pdf.open_outline() as outline:
        outline.root.clear()
        open_: list[tuple[int, Any]] = []
        for entry in entries:
            target = named.get(f"/{entry.anchor}")
            if target is None:
                continue
            item = pikepdf.OutlineItem(entry.text, pikepdf.Array(target))
            item.is_closed = entry.level >= 2
            while open_ and open_[-1][0] >= entry.level:
                open_.pop()
            (open_[-1][1].children if open_ else outline.root).append(item)
            open_.append((entry.level, item))


def _describe_links(pdf: pikepdf.Pdf, names: dict[str, str]) -> None:
    """Say of each link where it leads."""
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            if link.get("/Subtype") != Name.Link or "/Contents" in link:
                continue
            if "/A" in link and "/URI" in link.A:
                link.Contents = pikepdf.String(str(link.A.URI))
            else:
                anchor = str(link.get("/Dest", ""))[1:]
                link.Contents = pikepdf.String(names.get(anchor, anchor))


def _mark_artifacts(pdf: pikepdf.Pdf) -> None:
    """Mark what is painted outside of any tag: heads, feet, backgrounds, rules."""
    for page in pdf.pages:
        out: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
        depth, text, path, marked = 0, None, None, False
        # Operands stay with pikepdf: to take them over and to give them back takes nine tenths of the time.
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                depth, marked = depth + 1, True
            if depth == 0 and name == "BT":
                text, marked = len(out), False
            if depth == 0 and text is None and path is None and name in _PATH:
                path = len(out)
            out.append(instruction)
            if name == "EMC":
                depth -= 1
            elif name == "ET" and text is not None:
                if not marked and depth == 0:
                    out.insert(text, _ARTIFACT)
                    out.append(_END)
                text = None
            elif depth == 0 and text is None:
                if name in _PAINT and path is not None:
                    out.insert(path, _ARTIFACT)
                    out.append(_END)
                    path = None
                elif name == "n":
                    path = None
                elif name in ("sh", "Do", "EI"):
                    out.insert(len(out) - 1, _ARTIFACT)
                    out.append(_END)
        page.Contents = pdf.make_stream(_rounded(pikepdf.unparse_content_stream(out)))


def _rounded(content: bytes) -> bytes:
    """Round steps from sign to sign, and corners of shapes, to what no printer tells apart: they are half of a book.

    Not matrices: they place what stands far down in the document that was cut into pages.
    """
    return _STEPS.sub(lambda line: _LONG.sub(_short, line[0]), content)


def _short(number: re.Match[bytes]) -> bytes:
    return b"%.2f" % float(number[0])
