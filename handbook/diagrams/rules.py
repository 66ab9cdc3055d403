"""What the handbook asks of a Mermaid source, beyond being valid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handbook.diagrams import arrows, drawing, parse, structure, text, theme
from handbook.diagrams.errors import DiagramError
from handbook.languages import Language

Problem = tuple[int, str, str]  # 0-based line within the source, message, hint

_ENTITY = re.compile(r"&(?:#x?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_STYLE = re.compile(r"^\s*(classDef|style|linkStyle)\b")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?)\(|\b(?:fill|stroke|color)\s*:\s*[a-zA-Z]")
_COLOURED_BLOCK = re.compile(r"^\s*(?:rect|box)\s+(?:rgba?\(|hsla?\(|#[0-9a-fA-F]{3,8}\b)")
_DIRECTIVE = re.compile(r"%%\{\s*init")
_COMMENT = re.compile(r"^\s*%%(?!\{)")
_CLASSES = ", ".join(f":::{name}" for name in theme.NODE_CLASSES)
_NO_ACCESSIBLE_SYNTAX = {"mindmap"}


def problems(source: str, language: Language) -> list[Problem]:
    """Everything that is wrong with a source, in the order of its lines.

    Args:
        source: The Mermaid source, as between the fences.
        language: Language of the drawing.

    Returns:
        Line (0-based, within the source), message and hint of each problem.
    """
    source = parse.normalised(source)
    found = [*_text_problems(source)]
    error = parse.syntax_error(source)
    if error:
        found.append((error.line, f"invalid Mermaid: {error.message}", _syntax_hint(source, error)))
    else:
        found += _drawing_problems(source, language, parse.model(source))
    return sorted(set(found))


def _text_problems(source: str) -> Iterator[Problem]:
    front_matter = _front_matter(source)
    for number, line in enumerate(source.splitlines()):
        if number in front_matter:
            if re.match(r"\s+(?!layout\s*:\s*(?:elk|dagre)\b)\w", line):
                yield number, f"configures {line.strip()!r}", "only `layout: elk` may be chosen"
            continue
        if _DIRECTIVE.search(line):
            yield number, "configures Mermaid in the source", "all diagrams share one theme"
        if _COMMENT.match(line):
            continue
        for entity in dict.fromkeys(_ENTITY.findall(line)):
            yield number, f"HTML entity {entity}", f"write {_instead_of(entity)}"
        if "{{" in line or "}}" in line:
            yield number, "hexagon `{{ }}`", "braces in pairs are for numbers; use another shape"
        style = _STYLE.match(line)
        if style and _COLOUR.search(line[style.end() :]):
            yield number, f"{style[1]} with a colour", f"use the predefined classes {_CLASSES}"
        if _COLOURED_BLOCK.match(line):
            yield number, "block with a colour", "it would not follow light and dark; leave it out"


def _drawing_problems(source: str, language: Language, parsed: dict[str, Any]) -> Iterator[Problem]:
    kind = structure.kind_of(parsed)
    first = next((n for n, line in enumerate(source.splitlines()) if line.strip()), 0)
    title, description = parse.accessible_texts(source, parsed)
    prefix = "%% " if kind in _NO_ACCESSIBLE_SYNTAX else ""
    if not title:
        yield first, "no accTitle", f"add `{prefix}accTitle: …`, what the diagram is"
    if not description:
        yield first, "no accDescr", f"add `{prefix}accDescr: …`, what the diagram shows"
    yield from _unknown_classes(source, parsed)
    try:
        drawn = drawing.draw(source, language)
    except DiagramError as error:
        yield error.line, error.message, ""
        return
    for label, message in drawn.faults:
        yield _line_of(source, label), message, "shorten it, or break it with <br/>"
    for label, message in arrows.crossings(drawn.svg, drawn.kind):
        yield _line_of(source, label), message, "put its line elsewhere, or make an arrow longer: `--->`"
    if drawn.width > theme.MAX_WIDTH:
        hint = "draw top-down, shorten labels, break them with <br/>, or split the diagram"
        if kind == "flowchart":
            hint += "; or begin it with `---`, `config:`, `  layout: elk`, `---`"
        yield first, f"{drawn.width} px wide, the limit is {theme.MAX_WIDTH} px", hint


def _line_of(source: str, label: str) -> int:
    """The first line with a label, which may be broken and in quotes there, or the first of all."""

    def letters(line: str) -> str:
        return re.sub(r"\s", "", text.plain(line))

    lines = enumerate(source.splitlines())
    return next((n for n, line in lines if letters(label) in letters(line)), 0)


def _unknown_classes(source: str, parsed: dict[str, Any]) -> Iterator[Problem]:
    nodes = parsed.get("nodes")
    if structure.kind_of(parsed) not in ("flowchart", "state") or not isinstance(nodes, list):
        return
    known = {*theme.NODE_CLASSES, *(parsed.get("classDefs") or {}), *(parsed.get("styleClasses") or {})}
    for node in nodes:
        names = node.get("classes") or str(node.get("cssClasses") or "").split()
        for name in names:
            if name in known or name == "default" or name.startswith("statediagram-"):
                continue
            at = next((n for n, line in enumerate(source.splitlines()) if name in line), 0)
            yield at, f'unknown class "{name}"', f"use the predefined classes {_CLASSES}"


def _front_matter(source: str) -> range:
    """Lines between the two `---` with which a source may begin."""
    lines = source.splitlines()
    if not lines or lines[0].strip() != "---":
        return range(0)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    return range(1, end)


def _instead_of(entity: str) -> str:
    instead = {"&lt;": "`#lt;` or ≤", "&gt;": "`#gt;` or ≥", "&amp;": "`&`", "&nbsp;": "a space"}
    return instead.get(entity, "the character itself")


def _syntax_hint(source: str, error: DiagramError) -> str:
    lines = source.splitlines()
    line = lines[error.line] if error.line < len(lines) else ""
    if "no Mermaid diagram" in error.message:
        return "the first line names the kind: flowchart TD, sequenceDiagram, stateDiagram-v2, gantt"
    if re.search(r"[\[({][^\"\]})]*[()\[\]{}]", line):
        return 'put labels with brackets in quotes: A["score (p99)"]'
    if "<" in line.replace("<br", ""):
        return "write `#lt;` or ≤ instead of <"
    return ""
