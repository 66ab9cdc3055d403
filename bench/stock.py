"""The stock set-up: Material for MkDocs as its manual describes it, on the same pages.

Diagrams are drawn by Mermaid in the reader's browser, search is Material's own. Where the manual
would load something from elsewhere, the stock set-up is spared it: Mermaid comes from
`node_modules`, there are no web fonts, and formulas stay as they are instead of loading MathJax.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from handbook import source
from handbook.compile import compile_book
from handbook.outputs.markdown_copies import plain

MERMAID = Path("node_modules/mermaid/dist/mermaid.min.js")
CONFIG = """\
site_name: ML System Design Handbook
site_url: http://127.0.0.1:8000/{language}/
docs_dir: docs/{language}
site_dir: site/{language}
theme:
  name: material
  language: {language}
  font: false
  features: [navigation.instant, navigation.tracking, navigation.sections, navigation.footer,
             navigation.top, toc.follow, search.highlight, content.code.copy]
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate}}
plugins: [search]
extra_javascript: [assets/mermaid.min.js]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {{permalink: true}}
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.superfences:
      custom_fences:
        - {{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ""}}
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.tasklist
"""


def write(root: Path, target: Path) -> None:
    """Write the stock project: the handbook's pages with their values filled in.

    Args:
        root: The repository.
        target: An empty folder for the project.
    """
    for language, pages in compile_book(source.load(root)).pages.items():
        docs = target / "docs" / language
        for slug, page in pages.items():
            file = docs / f"{slug}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(plain(page), encoding="utf-8")
        (docs / "assets").mkdir()
        shutil.copy(root / MERMAID, docs / "assets")
        (target / f"{language}.yml").write_text(CONFIG.format(language=language), encoding="utf-8")


def build(target: Path) -> Path:
    """Build one language after the other, as its author does by hand; return the site's folder."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file"]
    # Its warnings about links are of no interest here.
    quiet = {"cwd": target, "env": environment, "stderr": subprocess.DEVNULL}
    for language in ("en", "zh"):
        if subprocess.run([*command, f"{language}.yml"], check=False, **quiet).returncode:
            raise RuntimeError("the stock set-up does not build")
    return target / "site"
