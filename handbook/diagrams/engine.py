"""What draws: merman, or official Mermaid in a browser.

`DIAGRAM_ENGINE=mermaid` chooses the second: slower by a hundred times and only as good as the fonts
of the machine, but there if merman should ever draw something badly. Whatever an engine returns is
finished by the same code (`svg.py`).
"""

from __future__ import annotations

import os
from functools import cache
from typing import Protocol

from handbook.diagrams.errors import DiagramError
from handbook.diagrams.native import Merman

ENGINE_VARIABLE = "DIAGRAM_ENGINE"


class Engine(Protocol):
    """Turns a source into Mermaid's own SVG."""

    @property
    def version(self) -> str:
        """Changes when the same source may be drawn differently."""

    def svg(self, source: str) -> str:
        """Draw a source that is known to be valid.

        Args:
            source: The source, normalised.

        Returns:
            The SVG as Mermaid makes it, with its own style sheet and HTML labels; ids begin with `d`.

        Raises:
            DiagramError: The engine cannot draw it.
        """


@cache
def chosen() -> Engine:
    """The engine that the environment names, one per process.

    Raises:
        DiagramError: There is no engine of this name, or it is not installed.
    """
    name = os.environ.get(ENGINE_VARIABLE) or "merman"
    if name == "merman":
        return Merman()
    if name == "mermaid":
        from handbook.diagrams import official

        return official.start()
    raise DiagramError(0, f"{ENGINE_VARIABLE}={name} is no engine; write merman or mermaid")
