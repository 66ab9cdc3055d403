"""One style sheet for a site, with the rules that its pages can use.

The theme's sheets know a hundred things that this handbook does not have: tabs, annotations, twenty colours,
writing from right to left. A rule stays if every class, id, element and attribute of one of its selectors is in
a page or, since scripts change pages, in the text of a script; a custom property stays if something reads it; an
animation, if something names it. What is in doubt stays: within `:is()`, `:not()` and the like nothing is looked at.

    sheet = assemble([theme, colours, own], Words.of(pages, scripts))
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handbook.output import Output

#: The handbook's own sheet, as the theme's folder has it, and in its place the one for all.
OWN = "assets/handbook.css"
#: The theme's sheets, in their order.
_THEME = ("main", "palette")

#: Rules around other rules.
_GROUPS = ("@media", "@supports", "@layer", "@container")
#: What no script changes: its values count only where a page has them.
_OF_PAGES = frozenset(("dir",))

_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.S)
_TOKEN = re.compile(rf"{_STRING}|[(){{}}\[\];,]", re.S)
_FUNCTION = re.compile(r":[\w-]+\(")
_NAME = re.compile(r"\[\s*(?P<attribute>[\w-]+)\s*(?:[~|^$*]?=\s*[\"']?(?P<value>[^\"'\]]*)[\"']?)?[^\]]*\]"
                   r"|::?[\w-]+|[.#]?(?P<name>-?[A-Za-z_][\w-]*)")  # fmt: skip
_EXACT = re.compile(r"\[\s*[\w-]+\s*=")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_ATTRIBUTE = re.compile(r"""\s([A-Za-z][\w-]*)(?:=(?:"([^"]*)"|'([^']*)'))?(?=[\s/>])""")
_ELEMENT = re.compile(r"<([A-Za-z][\w-]*)((?:\s[^<>]*)?)>")
_WORD = re.compile(r"[\w-]+")
_DATASET = re.compile(r"\bdataset\.(\w+)")
_CAPITAL = re.compile("[A-Z]")


@dataclass(frozen=True)
class Words:
    """What a selector can speak of.

    Attributes:
        pages: Elements, attributes and their values, classes and ids of the pages.
        scripts: Every word of the scripts.
    """

    pages: frozenset[str]
    scripts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pages: Iterable[str], scripts: Iterable[str]) -> Words:
        """Read pages and scripts.

        Args:
            pages: HTML.
            scripts: JavaScript.
        """
        elements = {element for page in pages for element in _ELEMENT.findall(page)}
        words = {name for name, _ in elements}
        scripts = list(scripts)
        for attributes in {attributes for _, attributes in elements}:
            for name, quoted, single in _ATTRIBUTE.findall(attributes + " "):
                value = quoted or single
                words |= {name, value, *value.split()}
        said = {word for script in scripts for word in _WORD.findall(script)}
        # `dataset.rowCount` is the attribute `data-row-count`.
        said |= {
            "data-" + _CAPITAL.sub(lambda letter: "-" + letter[0].lower(), name)
            for script in scripts
            for name in _DATASET.findall(script)
        }
        return cls(frozenset(words), frozenset(said))

    def has(self, selector: str) -> bool:
        """Whether something can match a selector."""
        for found in _NAME.finditer(_without_functions(selector)):
            attribute, value, name = found["attribute"], found["value"], found["name"]
            if name and not self._knows(name):
                return False
            if attribute and not self._knows(attribute):
                return False
            if value and _EXACT.match(found[0]):
                known = value in self.pages or (attribute not in _OF_PAGES and value in self.scripts)
                if not known:
                    return False
        return True

    def _knows(self, word: str) -> bool:
        return word in self.pages or word in self.scripts


def assemble(sheets: Iterable[str], words: Words) -> str:
    """Return one style sheet with what can be used of several, in their order, without blanks and comments."""
    rules = [rule for sheet in sheets for rule in _used(_rules(_plain(sheet)), words)]
    while True:
        text = "".join(map(str, rules))
        read = set(_READ.findall(text)) | words.scripts
        kept = list(_without_unread(rules, read, text))
        if kept == rules:
            return text + "\n"
        rules = kept


def write(site: Path, drawings: str) -> None:
    """Write the style sheet of a language's site, and remove those of the theme.

    Args:
        site: The built site: its pages are written, its assets are copied.
        drawings: The sheet of the diagrams.
    """
    theme = site / "assets" / "stylesheets"
    own = site / OWN
    sheets = [_read(next(theme.glob(f"{name}.*.css"))) for name in _THEME]
    scripts = [*site.glob("assets/*.*js"), *site.glob("assets/javascripts/*.js")]
    words = Words.of(map(_read, sorted(site.rglob("*.html"))), map(_read, sorted(scripts)))
    text = assemble([*sheets, drawings, _read(own)], words)
    shutil.rmtree(theme)
    Output(site).write(OWN, text, again=True)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


# ---- rules ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rule:
    """A rule of a style sheet: its selectors or what else stands before its braces, and what is in them."""

    before: str
    declarations: tuple[str, ...] = ()
    rules: tuple[_Rule, ...] = field(default=())

    def __str__(self) -> str:
        inner = "".join(map(str, self.rules)) or ";".join(self.declarations)
        return f"{self.before}{{{inner}}}" if inner else ""


def _plain(css: str) -> str:
    """Return a sheet without comments and with single blanks."""
    return re.sub(r"\s+", " ", _COMMENT.sub(lambda found: found[1] or "", css))


def _pieces(text: str, marks: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each mark that is in no bracket and no string, and the mark; last, what is left."""
    depth, start = 0, 0
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if depth == 0 and mark in marks:
            yield text[start : found.start()], mark
            start = found.end()
        elif mark in ("(", "[", "{"):
            depth += 1
        elif mark in (")", "]", "}"):
            depth -= 1
    yield text[start:], ""


def _rules(text: str) -> Iterator[_Rule]:
    """Read the rules of a sheet, or of what stands in the braces of a group."""
    rest = text
    while rest.strip():
        before, mark = next(_pieces(rest, "{;"))
        rest = rest[len(before) + 1 :]
        before = before.strip()
        if mark != "{":
            continue  # @charset and the like
        inner = next(_pieces(rest, "}"))[0]
        rest = rest[len(inner) + 1 :]
        if before.startswith(_GROUPS) or "keyframes" in before.split(" ")[0]:
            yield _Rule(before, rules=tuple(_rules(inner)))
        else:
            yield _Rule(_selector(before), tuple(map(_declaration, filter(str.strip, _split(inner, ";")))))


def _split(text: str, mark: str) -> list[str]:
    return [piece for piece, _ in _pieces(text, mark)]


def _selector(text: str) -> str:
    return re.sub(rf"({_STRING})|\s*([,>])\s*", lambda found: found[1] or found[2], text)


def _declaration(text: str) -> str:
    name, colon, value = text.strip().partition(":")
    return f"{name.strip()}{colon}{value.strip()}"


def _used(rules: Iterable[_Rule], words: Words) -> Iterator[_Rule]:
    for rule in rules:
        if rule.before.startswith(_GROUPS):
            yield _Rule(rule.before, rules=tuple(_used(rule.rules, words)))
        elif rule.before.startswith("@"):
            yield rule
        elif selectors := [selector for selector in _split(rule.before, ",") if words.has(selector)]:
            yield _Rule(",".join(selectors), rule.declarations)


def _without_unread(rules: Iterable[_Rule], read: set[str], text: str) -> Iterator[_Rule]:
    """Leave out custom properties that nothing reads, animations that nothing names, and what is empty."""
    for rule in rules:
        name = rule.before.rpartition(" ")[2]
        if "keyframes" in rule.before.split(" ")[0]:
            if len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)) > text.count(f"keyframes {name}{{"):
                yield rule
            continue
        declarations = tuple(d for d in rule.declarations if not d.startswith("--") or d.partition(":")[0] in read)
        kept = _Rule(rule.before, declarations, tuple(_without_unread(rule.rules, read, text)))
        if kept.declarations or kept.rules:
            yield kept


def _without_functions(selector: str) -> str:
    """Return a selector without what stands in the brackets of `:is()`, `:not()` and the like."""
    while found := _FUNCTION.search(selector):
        inner = next(_pieces(selector[found.end() :], ")"))[0]
        selector = selector[: found.start()] + selector[found.end() + len(inner) + 1 :]
    return selector
