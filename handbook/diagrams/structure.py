"""What a diagram says, without how it looks: nodes and edges.

Two language versions of a diagram have the same structure. Rules ask it
questions too, such as whether an arrow leads from monitoring back to the data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from handbook.diagrams import engine
from handbook.diagrams.text import plain

Edge = tuple[str, str, str]  # from, to, "solid" | "dotted" | "thick" | "invisible"
_Parts = tuple[dict[str, str], list[Edge], list[str]]

_SEQUENCE_SOLID = {0, 3, 5, 24, 33}
_SEQUENCE_DOTTED = {1, 4, 6, 25, 34}


@dataclass(frozen=True)
class Structure:
    """Nodes and edges of a diagram; equal structures draw the same boxes and arrows.

    Attributes:
        kind: `flowchart`, `sequence`, `state`, `gantt`, …
        nodes: Sorted ids of nodes, participants, states, tasks. Where the
            language has no ids (pie, timeline, mind map), positions.
        edges: Sorted (from, to, style). Parallel edges appear as often as drawn.
        groups: Sorted ids of subgraphs.
        edge_labels: Texts on the edges, in the order of the source. They differ
            between languages and are not compared.
        labels: Text of each node, likewise.
    """

    kind: str
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    groups: tuple[str, ...] = ()
    edge_labels: tuple[str, ...] = field(default=(), compare=False)
    labels: dict[str, str] = field(default_factory=dict, compare=False, hash=False)


def structure(source: str) -> Structure:
    """Read a diagram's structure from the engine's parsed model.

    Raises:
        DiagramError: The source is not valid Mermaid.
    """
    parsed = engine.model(source)
    kind = kind_of(parsed)
    labels, edges, edge_labels = _READERS[kind](parsed)
    groups = sorted(str(group["id"]) for group in parsed.get("subgraphs", []))
    return Structure(
        kind=kind,
        nodes=tuple(sorted(labels)),
        edges=tuple(sorted(edges)),
        groups=tuple(groups),
        edge_labels=tuple(plain(label) for label in edge_labels if label),
        labels={node: plain(label) for node, label in labels.items()},
    )


def kind_of(parsed: dict[str, Any]) -> str:
    """The kind of diagram that a parsed model belongs to."""
    name = str(parsed.get("type") or parsed.get("keyword") or "")
    for prefix, kind in _PREFIXES.items():
        if name.startswith(prefix):
            return kind
    return "other"


def _flowchart(parsed: dict[str, Any]) -> _Parts:
    labels = {node["id"]: node["label"] or "" for node in parsed["nodes"]}
    styles = {"normal": "solid"}
    edges = [
        (edge["from"], edge["to"], styles.get(edge["stroke"], edge["stroke"])) for edge in parsed["edges"]
    ]
    return labels, edges, [edge["label"] or "" for edge in parsed["edges"]]


def _sequence(parsed: dict[str, Any]) -> _Parts:
    labels = {name: actor["description"] for name, actor in parsed["actors"].items()}
    edges: list[Edge] = []
    edge_labels: list[str] = []
    for message in parsed["messages"]:
        if message["type"] in _SEQUENCE_SOLID | _SEQUENCE_DOTTED:
            style = "solid" if message["type"] in _SEQUENCE_SOLID else "dotted"
            edges.append((message["from"], message["to"], style))
            edge_labels.append(str(message["message"]))
    return labels, edges, edge_labels


def _state(parsed: dict[str, Any]) -> _Parts:
    notes = {node["id"] for node in parsed["nodes"] if str(node["shape"]).startswith("note")}
    labels = {node["id"]: str(node["label"]) for node in parsed["nodes"] if node["id"] not in notes}
    edges, edge_labels = [], []
    for edge in parsed["edges"]:
        if not {edge["start"], edge["end"]} & notes:
            edges.append((edge["start"], edge["end"], "solid"))
            edge_labels.append(edge["label"])
    return labels, edges, edge_labels


def _gantt(parsed: dict[str, Any]) -> _Parts:
    labels = {task["id"]: task["task"].strip() for task in parsed["tasks"]}
    edges = []
    for task in parsed["tasks"]:
        start = task["raw"]["startTime"].get("startData") or ""
        if start.startswith("after "):
            edges += [(before, task["id"], "solid") for before in start.split()[1:]]
    return labels, edges, []


def _class(parsed: dict[str, Any]) -> _Parts:
    labels = {name: entry["label"] for name, entry in parsed["classes"].items()}
    edges = [
        (entry["id1"], entry["id2"], "dotted" if entry["relation"]["lineType"] else "solid")
        for entry in parsed["relations"]
    ]
    return labels, edges, [entry["title"] or "" for entry in parsed["relations"]]


def _er(parsed: dict[str, Any]) -> _Parts:
    names = {entity["id"]: name for name, entity in parsed["entities"].items()}
    edges = []
    for entry in parsed["relationships"]:
        style = "solid" if entry["relSpec"]["relType"] == "IDENTIFYING" else "dotted"
        edges.append((names[entry["entityA"]], names[entry["entityB"]], style))
    labels = {name: entity["alias"] or name for name, entity in parsed["entities"].items()}
    return labels, edges, [entry["roleA"] for entry in parsed["relationships"]]


def _mindmap(parsed: dict[str, Any]) -> _Parts:
    labels = {str(node["id"]): str(node.get("label", "")) for node in parsed["nodes"]}
    edges = [(str(edge["start"]), str(edge["end"]), "solid") for edge in parsed["edges"]]
    return labels, edges, []


def _numbered(key: str) -> Callable[[dict[str, Any]], _Parts]:
    """For kinds without ids: items stand for themselves by position."""

    def read(parsed: dict[str, Any]) -> _Parts:
        items = parsed.get(key, [])
        texts = [
            str(item.get("label") or item.get("text") or item.get("task") or "")
            if isinstance(item, dict)
            else str(item)
            for item in items
        ]
        return {f"{key}-{number:02}": label for number, label in enumerate(texts)}, [], []

    return read


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
