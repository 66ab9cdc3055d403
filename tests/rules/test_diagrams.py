"""Every Mermaid fence draws, has a title and a description, and fits a page."""

from __future__ import annotations

import pytest

INDEX = "docs/en/index.md"
GOOD = (
    '```mermaid\nflowchart TD\n  accTitle: T\n  accDescr: D\n  A["{{ designs/toy:load }}"] --> B:::store\n```'
)


def test_a_titled_diagram_passes(mini):
    mini.append(INDEX, GOOD)
    assert mini.problems("diagrams") == []


def test_another_fence_is_no_diagram(mini):
    mini.append(INDEX, "```text\nflowchart TD\n  A -->\n```")
    assert mini.problems("diagrams") == []


@pytest.mark.parametrize(
    ("old", "new", "offset", "message"),
    [
        ("  accTitle: T\n", "", 1, "no accTitle (add `accTitle: …`, what the diagram is)"),
        ("  accDescr: D\n", "", 1, "no accDescr (add `accDescr: …`, what the diagram shows)"),
        ("B:::store", "B[a &lt; b]", 4, "HTML entity &lt; (write `#lt;` or ≤)"),
        ("B:::store", "B:::red", 4, 'unknown class "red" (use the predefined classes '),
        ("B:::store", "B\n  style B fill:#ff0000", 5, "style with a colour (use the predefined classes "),
        (
            "B:::store",
            "B\n  classDef c fill:#ff0000",
            5,
            "classDef with a colour (use the predefined classes ",
        ),
        ("--> B", "-->", 4, "invalid Mermaid: "),
        ("flowchart TD", "flowchrt TD", 1, "invalid Mermaid: "),
        (
            "flowchart TD\n",
            "%%{init: {'theme': 'dark'}}%%\nflowchart TD\n",
            1,
            "configures Mermaid in the source (all diagrams share one theme)",
        ),
        (
            "flowchart TD",
            "flowchart LR\n  X1[aaaaaaaaaaaaaaaaaaaaaaaa] --> X2[aaaaaaaaaaaaaaaaaaaaaaaaa] --> X3[aaaaaaaaaaaaaaaaaaaaaaaaa] --> X4[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]",
            1,
            None,
        ),
    ],
)
def test_a_wrong_diagram_is_reported_at_its_line(old, new, offset, message, mini):
    assert old in GOOD
    line = mini.append(INDEX, GOOD.replace(old, new)) + offset
    found = mini.problems("diagrams")
    if message is None:
        assert any("px wide, the limit is 900 px" in problem for problem in found)
    assert any(problem.startswith(f"{INDEX}:{line}: diagrams: {message or ''}") for problem in found), found


@pytest.mark.parametrize("marks", ["````", "~~~", "``` "])
def test_a_diagram_may_stand_between_other_marks(marks, mini):
    mini.append(INDEX, GOOD.replace("```", marks).replace(f"\n{marks}", f"\n{marks.strip()}"))
    assert mini.problems("diagrams") == []


@pytest.mark.parametrize("marks", ["```", "````"])
@pytest.mark.parametrize(
    "info",
    [
        "Mermaid",
        "MERMAID",
        'mermaid title="Load"',
        "mermaid linenums=1",
        "mermaid {.wide}",
        "{.mermaid}",
        "{ .Mermaid #a }",
    ],
)
def test_a_fence_that_would_print_its_source_is_reported(info, marks, mini):
    line = mini.append(INDEX, f"{marks}{info}\nflowchart TD\n  A --> B\n{marks}")
    assert mini.problems("diagrams") == [
        f"{INDEX}:{line}: diagrams: a fence `{info}` is not drawn as a diagram (write `mermaid` and nothing else)"
    ]


def test_a_mark_inside_a_diagram_of_four_marks_is_reported(mini):
    line = mini.append(INDEX, GOOD.replace("\n```", "\n```\n````").replace("```mermaid", "````mermaid"))
    [problem] = mini.problems("diagrams")
    assert problem.startswith(f"{INDEX}:{line + 5}: diagrams: invalid Mermaid: ")


def test_a_fence_in_a_box_or_a_list_is_checked_at_its_line(mini):
    bad = GOOD.replace("  accTitle: T\n", "")
    for start in ("!!! note\n\n", "- One:\n\n"):
        line = mini.append(INDEX, start + "\n".join(f"    {text}" for text in bad.split("\n")))
        assert (
            f"{INDEX}:{line + 3}: diagrams: no accTitle (add `accTitle: …`, what the diagram is)"
            in mini.problems("diagrams")
        )


def test_a_label_that_leaves_its_box_is_reported_at_its_line(mini):
    name = "A very long name of a group of services"
    line = mini.append(INDEX, GOOD.replace("B:::store", f"B\n  subgraph g [{name}]\n    A\n  end"))
    assert mini.problems("diagrams") == [
        f"{INDEX}:{line + 5}: diagrams: the label “{name}” leaves its box (shorten it, or break it with <br/>)"
    ]


def test_a_fence_that_is_never_closed_is_reported_where_it_opens(mini):
    line = mini.append(INDEX, "```text\nopen")
    assert mini.problems("diagrams") == [f"{INDEX}:{line}: diagrams: the fence is never closed (add ```)"]


def test_a_diagram_with_an_unknown_value_is_left_to_the_rule_values(mini):
    mini.append(INDEX, GOOD.replace("toy:load", "toy:laod"))
    assert mini.problems("diagrams") == []
