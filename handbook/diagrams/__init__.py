"""Diagrams: Mermaid sources drawn as static SVG while the site is built.

problems(source)       what is wrong with a source
render(source, id)     the drawing
structure(source)      its nodes and edges, to compare languages
figure(diagram, lang)  HTML for the page
stylesheet()           CSS shared by all drawings
"""

from handbook.diagrams.engine import MAX_WIDTH, Diagram, DiagramError, code_version, render
from handbook.diagrams.figure import figure
from handbook.diagrams.rules import problems
from handbook.diagrams.structure import Edge, Node, Structure, structure
from handbook.diagrams.theme import NODE_CLASSES, stylesheet

__all__ = [
    "MAX_WIDTH",
    "NODE_CLASSES",
    "Diagram",
    "DiagramError",
    "Edge",
    "Node",
    "Structure",
    "code_version",
    "figure",
    "problems",
    "render",
    "structure",
    "stylesheet",
]
