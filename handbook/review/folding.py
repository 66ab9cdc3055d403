"""The form in which an answer and the phrases meet, whatever its markup, case or width."""

from __future__ import annotations

import re

CJK = "\u3400-\u9fff\uf900-\ufaff"
CJK_CHAR = re.compile(rf"[{CJK}]")

_WORD = re.compile(rf"[a-z0-9$][a-z0-9'./%@]*|[{CJK}]")
_ADDRESS = re.compile(r"https?://[^\s)\]>]*")
_ARROW = re.compile(r"<?[-=.]{1,4}>|[⇒➜⟶⇨➔]|-{1,3}▶")
_BLANK_AROUND_CJK = re.compile(rf"(?<=[{CJK}。、]) | (?=[{CJK}])")

# One to one where it can be, so that folding neither grows the text nor costs a second pass.
_FOLD: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(char): " " for char in "\u3000\u00a0\t\x0b\x0c_-‐‑–—\x00\u2028\u2029\x85"}
_FOLD |= {ord(char): None for char in "*`\u200b\u200c\u200d\u2060\ufeff"}
_FOLD |= {ord("’"): "'", ord("‘"): "'"}


def fold(line: str) -> str:
    """Return a line in lower case, without markup and addresses, every arrow as →."""
    # What an address happens to spell ("/ab-testing") is nothing that the answer says.
    folded = _ARROW.sub("→", _ADDRESS.sub("", line)).translate(_FOLD).lower()
    return _BLANK_AROUND_CJK.sub("", " ".join(folded.split()))


def count_words(folded: str) -> float:
    """Return the number of words of a folded text; two Chinese characters count as one."""
    return sum(0.5 if word >= "\u3400" else 1.0 for word in _WORD.findall(folded))
