"""What is raised about a diagram."""

from __future__ import annotations


class DiagramError(Exception):
    """A source that cannot be drawn.

    Attributes:
        line: 0-based line within the source.
        message: What is wrong there.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line + 1}: {message}")
        self.line = line
        self.message = message
