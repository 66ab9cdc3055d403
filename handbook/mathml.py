"""Formulas: LaTeX in round or square brackets, drawn as MathML while the site is built.

MathML needs no script, no style sheet and no font of ours, is read aloud by screen readers and
printed as text.
"""

from __future__ import annotations

import functools
import html
import re
from xml.etree import ElementTree

from latex2mathml.converter import convert

INLINE = re.compile(r"\\\((.+?)\\\)")
BLOCK = re.compile(r"\\\[(.+?)\\\]", re.S)


#: How many children an element needs.
_ARGUMENTS = {
    "mfrac": 2,
    "mroot": 2,
    "msup": 2,
    "msub": 2,
    "mover": 2,
    "munder": 2,
    "msubsup": 3,
    "munderover": 3,
}


#: What the converter writes of `d'` and of `d'^2`: a prime as small as an exponent is a speck.
_PRIME = re.compile(r"<msup>(<mi>[^<]*</mi>)<mi>(&#x0203[2-4];)</mi></msup>")
_PRIME_POWER = re.compile(r"<msup>(<mi>[^<]*</mi>)<mrow><mi>(&#x0203[2-4];)</mi>(<m[ion]>[^<]*</m[ion]>)</mrow></msup>")
_PRIMED = r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>'
#: A word below a symbol, which the converter takes for a product of letters.
_WORD = re.compile(r"<mrow>((?:<mi>[a-z]</mi>){3,}|(?:<mi>[A-Z]</mi>){2,})</mrow>(?=</msub>)")


class MathError(ValueError):
    """A formula that cannot be read."""


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _set(mathml: str) -> str:
    """Set primes as large as the letters that they belong to, and words below a symbol as words."""
    mathml = _PRIME_POWER.sub(rf"<msup>{_PRIMED}\3</msup>", _PRIME.sub(_PRIMED, mathml))
    return _WORD.sub(lambda word: f"<mtext>{re.sub('<[^>]*>', '', word[1])}</mtext>", mathml)


def _opened(latex: str) -> int:
    """Return how many braces are open at the end; a brace too many also counts."""
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return -1
    return depth


def render(latex: str, *, block: bool) -> str:
    """Return a formula as a `<math>` element with its LaTeX as alternative text.

    Raises:
        MathError: The LaTeX is not understood.
    """
    try:
        mathml = _set(convert(latex.strip(), display="block" if block else "inline"))
        drawn = ElementTree.fromstring(mathml)
    except Exception as error:  # the converter raises many types, all of them about its input
        raise MathError(f"cannot read the formula `{latex.strip()}`") from error
    # The converter closes what is open and goes on where an argument is missing.
    if _opened(latex) or any(len(node) < _ARGUMENTS.get(_name(node), 0) for node in drawn.iter()):
        raise MathError(f"cannot read the formula `{latex.strip()}`")
    unknown = re.search(r"<m(?:i|text)>(\\\w*)", mathml)
    if unknown:
        raise MathError(f"cannot read the formula `{latex.strip()}`: unknown `{unknown[1]}`")
    return mathml.replace("<math ", f'<math alttext="{html.escape(latex.strip())}" ', 1)


@functools.cache
def text(latex: str) -> str:
    """Return the characters of a formula of one line, for where no MathML can stand.

    Raises:
        MathError: The LaTeX is not understood.
    """
    return html.unescape(re.sub("<[^>]*>", "", render(latex, block=False)))
