"""What a diagram says, without how it looks: nodes and edges.

Two language versions of a diagram have the same structure. Rules ask it
questions too, such as whether an arrow leads from monitoring back to the data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from handbook.diagrams import parse
from handbook.diagrams.text import plain

#: From, to, style: "solid", "dotted", "thick" or "invisible", and the ends if they are not one plain
#: arrowhead: "solid open", "dotted double point".
Edge = tuple[str, str, str]

_SEQUENCE_SOLID = {0, 3, 5, 24, 33}
_SEQUENCE_DOTTED = {1, 4, 6, 25, 34}
#: What a node is that says nothing about its outline.
_PLAIN_SHAPES = {"squareRect", "rect", "participant", "defaultMindmapNode"}
#: What the engine calls a node of a mind map by its depth and branch.
_MINDMAP_CLASS = re.compile(r"mindmap-node$|section-")


@dataclass(frozen=True, order=True)
class Node:
    """A box, participant, state, task or item; equal nodes look the same but for their text.

    Attributes:
        id: What the source calls it. Where the language has no ids (pie, timeline, mind map),
            its position.
        shape: The engine's name of its outline; empty for the plain one.
        classes: Sorted names of the classes that an author gave it: `bad`, or `crit` of a task.
        group: Id of the subgraph or state that it stands in, or empty.
        label: Its text as one line. It differs between languages and is not compared.
    """

    id: str
    shape: str = ""
    classes: tuple[str, ...] = ()
    group: str = ""
    label: str = field(default="", compare=False)


@dataclass(frozen=True)
class Structure:
    """Nodes and edges of a diagram; equal structures draw the same boxes and arrows.

    Attributes:
        kind: `flowchart`, `sequence`, `state`, `gantt`, …
        nodes: Sorted by id.
        edges: Sorted (from, to, style). Parallel edges appear as often as drawn.
        groups: The subgraphs, sorted by id.
        edge_labels: Texts on the edges, in the order of the source. They differ
            between languages and are not compared.
    """

    kind: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Node, ...] = ()
    edge_labels: tuple[str, ...] = field(default=(), compare=False)


@dataclass
class _Parts:
    """What the reader of one kind of diagram finds, in the order of the source."""

    nodes: list[Node]
    edges: list[Edge] = field(default_factory=list)
    edge_labels: list[str] = field(default_factory=list)
    groups: list[Node] = field(default_factory=list)


def structure(source: str) -> Structure:
    """Read a diagram's structure from the engine's parsed model.

    Raises:
        DiagramError: The source is not valid Mermaid.
    """
    parsed = parse.model(source)
    kind = kind_of(parsed)
    found = _READERS[kind](parsed)
    return Structure(
        kind=kind,
        nodes=tuple(sorted(replace(node, label=plain(node.label)) for node in found.nodes)),
        edges=tuple(sorted(found.edges)),
        groups=tuple(sorted(replace(group, label=plain(group.label)) for group in found.groups)),
        edge_labels=tuple(plain(label) for label in found.edge_labels if label),
    )


def kind_of(parsed: dict[str, Any]) -> str:
    """The kind of diagram that a parsed model belongs to."""
    name = str(parsed.get("type") or parsed.get("keyword") or "")
    for prefix, kind in _PREFIXES.items():
        if name.startswith(prefix):
            return kind
    return "other"


def _flowchart(parsed: dict[str, Any]) -> _Parts:
    inside = {node: group["id"] for group in parsed["subgraphs"] for node in group["nodes"]}
    nodes = [
        Node(
            node["id"],
            _shape(node["layoutShape"] or node["shape"]),
            _classes(node["classes"]),
            inside.get(node["id"], ""),
            node["label"] or "",
        )
        for node in parsed["nodes"]
    ]
    groups = [
        Node(
            group["id"],
            classes=_classes(group["classes"]),
            group=inside.get(group["id"], ""),
            label=group["title"] or "",
        )
        for group in parsed["subgraphs"]
    ]
    edges = [(edge["from"], edge["to"], _edge_style(edge)) for edge in parsed["edges"]]
    return _Parts(nodes, edges, [edge["label"] or "" for edge in parsed["edges"]], groups)


def _edge_style(edge: dict[str, Any]) -> str:
    stroke = "solid" if edge["stroke"] == "normal" else edge["stroke"]
    ends = edge["type"].replace("arrow_", "").replace("_", " ")
    return stroke if ends == "point" or stroke == "invisible" else f"{stroke} {ends}"


def _sequence(parsed: dict[str, Any]) -> _Parts:
    nodes = [
        Node(name, _shape(actor["type"]), label=actor["description"])
        for name, actor in parsed["actors"].items()
    ]
    edges: list[Edge] = []
    edge_labels: list[str] = []
    for message in parsed["messages"]:
        if message["type"] in _SEQUENCE_SOLID | _SEQUENCE_DOTTED:
            style = "solid" if message["type"] in _SEQUENCE_SOLID else "dotted"
            edges.append((message["from"], message["to"], style))
            edge_labels.append(str(message["message"]))
    return _Parts(nodes, edges, edge_labels)


def _state(parsed: dict[str, Any]) -> _Parts:
    notes = {node["id"] for node in parsed["nodes"] if str(node["shape"]).startswith("note")}
    nodes = [
        Node(
            node["id"],
            _shape(node["shape"]),
            _classes(node["cssClasses"].split()),
            "" if node["parentId"] in notes else node["parentId"] or "",
            str(node["label"]),
        )
        for node in parsed["nodes"]
        if node["id"] not in notes
    ]
    edges: list[Edge] = []
    edge_labels: list[str] = []
    for edge in parsed["edges"]:
        if not {edge["start"], edge["end"]} & notes:
            edges.append((edge["start"], edge["end"], "solid"))
            edge_labels.append(edge["label"])
    return _Parts(nodes, edges, edge_labels)


def _gantt(parsed: dict[str, Any]) -> _Parts:
    nodes, edges = [], []
    for task in parsed["tasks"]:
        flags = [flag for flag in ("active", "done", "crit", "milestone", "vert") if task[flag]]
        nodes.append(Node(task["id"], classes=_classes(flags), label=task["task"]))
        start = task["raw"]["startTime"].get("startData") or ""
        if start.startswith("after "):
            edges += [(before, task["id"], "solid") for before in start.split()[1:]]
    return _Parts(nodes, edges)


def _class(parsed: dict[str, Any]) -> _Parts:
    nodes = [
        Node(name, classes=_classes(entry["cssClasses"].split()), label=entry["label"])
        for name, entry in parsed["classes"].items()
    ]
    edges = [
        (entry["id1"], entry["id2"], "dotted" if entry["relation"]["lineType"] else "solid")
        for entry in parsed["relations"]
    ]
    return _Parts(nodes, edges, [entry["title"] or "" for entry in parsed["relations"]])


def _er(parsed: dict[str, Any]) -> _Parts:
    names = {entity["id"]: name for name, entity in parsed["entities"].items()}
    edges = []
    for entry in parsed["relationships"]:
        style = "solid" if entry["relSpec"]["relType"] == "IDENTIFYING" else "dotted"
        edges.append((names[entry["entityA"]], names[entry["entityB"]], style))
    nodes = [
        Node(name, classes=_classes(entity["cssClasses"].split()), label=entity["alias"] or name)
        for name, entity in parsed["entities"].items()
    ]
    return _Parts(nodes, edges, [entry["roleA"] for entry in parsed["relationships"]])


def _mindmap(parsed: dict[str, Any]) -> _Parts:
    nodes = [
        Node(
            str(node["id"]),
            _shape(node["shape"]),
            _classes(name for name in node["cssClasses"].split() if not _MINDMAP_CLASS.match(name)),
            label=str(node.get("label", "")),
        )
        for node in parsed["nodes"]
    ]
    edges = [(str(edge["start"]), str(edge["end"]), "solid") for edge in parsed["edges"]]
    return _Parts(nodes, edges)


def _numbered(key: str) -> Callable[[dict[str, Any]], _Parts]:
    """For kinds without ids: items stand for themselves by position."""

    def read(parsed: dict[str, Any]) -> _Parts:
        texts = [
            str(item.get("label") or item.get("text") or item.get("task") or "")
            if isinstance(item, dict)
            else str(item)
            for item in parsed.get(key, [])
        ]
        return _Parts([Node(f"{key}-{number:02}", label=label) for number, label in enumerate(texts)])

    return read


def _shape(name: str | None) -> str:
    return "" if name in _PLAIN_SHAPES else name or ""


def _classes(names: Iterable[str]) -> tuple[str, ...]:
    """What an author wrote, without what the engine gives to every node."""
    return tuple(
        sorted({name for name in names if name != "default" and not name.startswith("statediagram-")})
    )


_PREFIXES = {
    "flowchart": "flowchart",
    "graph": "flowchart",
    "sequence": "sequence",
    "state": "state",
    "gantt": "gantt",
    "class": "class",
    "er": "er",
    "mindmap": "mindmap",
    "timeline": "timeline",
    "pie": "pie",
    "quadrant": "quadrant",
    "xychart": "xychart",
}
_READERS: dict[str, Callable[[dict[str, Any]], _Parts]] = {
    "flowchart": _flowchart,
    "sequence": _sequence,
    "state": _state,
    "gantt": _gantt,
    "class": _class,
    "er": _er,
    "mindmap": _mindmap,
    "timeline": _numbered("tasks"),
    "pie": _numbered("sections"),
    "quadrant": _numbered("points"),
    "xychart": _numbered("plots"),
    "other": _numbered("nodes"),
}
