"""The blocks: `{{ kind }}` or `{{ kind: argument }}`, alone on its line, becomes a table, a card, a list.

A block is a module of this folder, named as the block is (`anti_patterns` for `{{ anti-patterns }}`),
with a function `write(writer, argument) -> str` that returns Markdown for the page that `writer` writes.
To add one, write the module; nothing else has to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.writer import Writer

#: What blocks are called on a page.
NAMES = tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))
#: Blocks that show a part of other pages.
QUOTING = frozenset({"decisions"})
#: Blocks that look at every page.
LOOKING = frozenset({"glossary", "practice-plan"})


def write(writer: Writer, name: str, argument: str) -> str:
    """Return the Markdown of a block.

    Args:
        writer: Writes the page that the block stands on.
        name: One of `NAMES`.
        argument: What stands behind the colon, or nothing.

    Raises:
        WriteError: What the block needs does not exist.
    """
    module = importlib.import_module(f"handbook.blocks.{name.replace('-', '_')}")
    return module.write(writer, argument)
