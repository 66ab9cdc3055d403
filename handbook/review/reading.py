"""Reading the file that holds an answer, whatever wrote it."""

from __future__ import annotations

from pathlib import Path

MAX_BYTES = 500_000  # a transcript of 45 minutes is some 50 kB; what is far longer is no answer

_FORMATS = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word document or an archive", b"{\\rtf": "an RTF document"}
_MARKS = {  # in this order: the mark of UTF-16 begins that of UTF-32
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


class ReviewInputError(Exception):
    """Raised where a file cannot be reviewed; the text is one sentence for the reader."""


def read_answer(path: str | Path) -> str:
    """Return the text of an answer in UTF-8, UTF-16, UTF-32, GB 18030 or Windows-1252.

    Args:
        path: The file.

    Raises:
        ReviewInputError: If there is no such file, or no text of a fit size in it.
    """
    shown = printable(str(path))
    raw = _read(Path(path), shown)
    if len(raw) > MAX_BYTES:
        raise ReviewInputError(f"{shown} is larger than {MAX_BYTES // 1000} kB; ten transcripts are shorter.")
    for magic, kind in _FORMATS.items():
        if raw.startswith(magic):
            raise ReviewInputError(f"{shown} is {kind}; save the answer as plain text.")
    text = _decode(raw)
    if text is None:
        raise ReviewInputError(f"{shown} is not text; save the answer as UTF-8.")
    if not any(char.isalnum() for char in text):
        raise ReviewInputError(f"{shown} is empty.")
    return text


def printable(text: str) -> str:
    """Return `text` with control characters and undecodable bytes written out."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )


def _read(file: Path, shown: str) -> bytes:
    """Return at most one byte more than an answer may have."""
    try:
        if file.is_dir():
            raise ReviewInputError(f"{shown} is a directory; give the file that holds the answer.")
        if not file.exists():
            raise ReviewInputError(f"{shown} does not exist.")
        if not file.is_file():
            raise ReviewInputError(f"{shown} is not a regular file.")
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReviewInputError(f"{shown} cannot be read: {(error.strerror or str(error)).lower()}.") from None


def _decode(raw: bytes) -> str | None:
    """Return the text of some bytes, or None where they are none that people write."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
            return text if _plausible(text) else None
    if b"\0" in raw:  # every line break of UTF-16 holds one; no other text does
        texts = (raw.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be"))
        return next(filter(_plausible, texts), None)
    text = raw.decode("utf-8", errors="replace")
    high = sum(map(raw.count, range(0x80, 0x100)))
    # A few broken bytes in a long text are a copying accident, not another encoding.
    if text.count("\ufffd") * 50 <= high:
        return text if _plausible(text) else None
    for encoding in ("gb18030", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text) and (encoding == "gb18030" or high * 10 < len(raw)):
            return text
    return None


def _plausible(text: str) -> bool:
    """Return whether nearly all characters are ones that an English or Chinese answer holds."""
    sample = text[:200_000]
    odd = sum(1 for char in sample if not _is_usual(char))
    return odd * 50 <= len(sample)


def _is_usual(char: str) -> bool:
    if char < "\x7f":
        return char >= " " or char in "\t\n\r\x0b\x0c\x1b"
    return (
        "\u4e00" <= char <= "\u9fa5"  # the characters of GBK
        or "\u00a1" <= char <= "\u024f"  # accented Latin
        or "\u0370" <= char <= "\u03ff"  # formulas
        or "\u2000" <= char <= "\u303f"  # punctuation, arrows, box drawing, Chinese punctuation
        or "\uff00" <= char <= "\uffef"
        or char >= "\U0001f000"  # emoji
        or char in "\ufe0f\ufeff\u00a0"
    )
