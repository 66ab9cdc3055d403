"""Diagrams: Mermaid sources drawn as static SVG while the site is built.

problems(source, language)      what is wrong with a source
draw(source, language)          the drawing, a record
figure(drawing, id, language)   HTML for the page
structure(source)               its nodes and edges, to compare languages
stylesheet()                    CSS shared by all drawings
widths(pages)                   CSS for the widths of the figures on pages
"""

from handbook.diagrams.drawing import Drawing, code_version, draw
from handbook.diagrams.errors import DiagramError
from handbook.diagrams.figure import figure, widths
from handbook.diagrams.rules import problems
from handbook.diagrams.structure import Edge, Node, Structure, structure
from handbook.diagrams.theme import MAX_WIDTH, NODE_CLASSES, stylesheet

__all__ = [
    "MAX_WIDTH",
    "NODE_CLASSES",
    "DiagramError",
    "Drawing",
    "Edge",
    "Node",
    "Structure",
    "code_version",
    "draw",
    "figure",
    "problems",
    "structure",
    "stylesheet",
    "widths",
]
