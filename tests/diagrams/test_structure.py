"""What a diagram says, without how it looks: nodes and edges, the same in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import diagrams
from handbook.diagrams import Node

SNAPSHOTS = Path(__file__).parent / "snapshots"
NAMES = {path.stem for path in SNAPSHOTS.glob("*.mmd")}
IN_BOTH_LANGUAGES = sorted(name[:-3] for name in NAMES if f"{name[:-3]}-en" in NAMES and name.endswith("-zh"))


def ids(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(node.id for node in nodes)


def labels(nodes: tuple[Node, ...]) -> dict[str, str]:
    return {node.id: node.label for node in nodes}


@pytest.mark.parametrize("name", IN_BOTH_LANGUAGES)
def test_both_languages_have_the_same_structure(name: str) -> None:
    english, chinese = (
        diagrams.structure((SNAPSHOTS / f"{name}-{language}.mmd").read_text(encoding="utf-8"))
        for language in ("en", "zh")
    )
    assert english == chinese
    assert len(english.edge_labels) == len(chinese.edge_labels)


def test_structure_of_a_flowchart() -> None:
    found = diagrams.structure(
        "flowchart TD\n"
        '  M["`**Monitoring** p99`"] -.->|"drift<br/>#gt; 0.2"| D[(Data)]:::store\n'
        "  D ==> T\n"
        "  D --> T\n"
        "  subgraph path [Online]\n"
        "    T\n"
        "  end\n"
    )
    assert found.kind == "flowchart"
    assert found.nodes == (
        Node("D", "cylinder", ("store",)),
        Node("M"),
        Node("T", group="path"),
    )
    assert found.edges == (("D", "T", "solid"), ("D", "T", "thick"), ("M", "D", "dotted"))
    assert found.groups == (Node("path"),)
    assert found.edge_labels == ("drift > 0.2",)
    assert labels(found.nodes) == {"M": "Monitoring p99", "D": "Data", "T": "T"}


def test_structure_of_a_sequence() -> None:
    found = diagrams.structure(
        "sequenceDiagram\n  participant A as Client\n  A->>B: ask\n  B-->>A: answer #lt; 5\n"
        "  Note over A: x\n"
    )
    assert found.nodes == (Node("A"), Node("B"))
    assert found.edges == (("A", "B", "solid"), ("B", "A", "dotted"))
    assert found.edge_labels == ("ask", "answer < 5")
    assert labels(found.nodes)["A"] == "Client"


def test_structure_of_states_leaves_notes_out() -> None:
    found = diagrams.structure(
        "stateDiagram-v2\n  [*] --> A\n  A --> B: p #lt; 0.05\n  note right of A\n    x\n  end note\n"
    )
    assert found.nodes == (Node("A"), Node("B"), Node("root_start", "stateStart"))
    assert found.edges == (("A", "B", "solid"), ("root_start", "A", "solid"))
    assert found.edge_labels == ("p < 0.05",)


def test_structure_of_a_gantt_chart() -> None:
    found = diagrams.structure(
        "gantt\n  dateFormat HH:mm\n  section S\n  One :crit, a, 00:00, 5m\n  Two :b, after a, 3m\n"
    )
    assert found.nodes == (Node("a", classes=("crit",)), Node("b"))
    assert found.edges == (("a", "b", "solid"),)
    assert labels(found.nodes) == {"a": "One", "b": "Two"}


def test_structure_of_kinds_without_ids_counts_items() -> None:
    found = diagrams.structure('pie\n  "A" : 1\n  "B" : 2\n')
    assert ids(found.nodes) == ("sections-00", "sections-01")


def test_structure_of_an_invalid_source_is_an_error() -> None:
    with pytest.raises(diagrams.DiagramError):
        diagrams.structure("flowchart TD\n  A --> [B\n")


DIFFERENT = {
    "class": ("A[x]:::bad --> B", "A[x]:::good --> B"),
    "class of a group": ("subgraph G\n  A\n  end", "subgraph G\n  A\n  end\n  class G bad"),
    "shape": ("A[x] --> B", "A([x]) --> B"),
    "group": ("subgraph G\n  A\n  end\n  B", "subgraph G\n  A\n  B\n  end"),
    "stroke": ("A --> B", "A -.-> B"),
    "head": ("A --> B", "A --- B"),
    "both heads": ("A --> B", "A <--> B"),
    "direction": ("A --> B", "B --> A"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_is_drawn_differently_has_another_structure(one: str, other: str) -> None:
    first, second = (diagrams.structure(f"flowchart TD\n  {body}\n") for body in (one, other))
    assert first != second


def test_a_text_makes_no_other_structure() -> None:
    english = diagrams.structure("flowchart TD\n  A[Data]:::bad -->|5 min| B\n")
    assert english == diagrams.structure("flowchart TD\n  A[数据]:::bad -->|5 分钟| B\n")


def test_classes_of_other_kinds_are_read() -> None:
    for source in (
        "stateDiagram-v2\n  A --> B\n  class A bad\n",
        "classDiagram\n  class A:::bad\n  A --> B\n",
        "erDiagram\n  A:::bad ||--o{ B : has\n",
        "mindmap\n  A\n  :::bad\n    B\n",
    ):
        assert [node.classes for node in diagrams.structure(source).nodes] == [("bad",), ()], source


def test_actors_and_participants_differ() -> None:
    source = "sequenceDiagram\n  {} A\n  A->>B: x\n"
    assert diagrams.structure(source.format("actor")) != diagrams.structure(source.format("participant"))
