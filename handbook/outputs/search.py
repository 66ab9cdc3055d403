"""Full-text search: one Pagefind index for each language, on the finished pages.

Pagefind is asked only when a reader types a query, so a page loads nothing for search but the
bridge (theme/assets/search.js) and Material's own index, which is emptied here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

#: What a page shows besides its text: link marks, edit links, diagrams, dates, formulas.
EXCLUDED = (".headerlink", ".footnote-backref", ".page-edit", "[data-search-exclude]", "math")
#: Pagefind's ready-made interfaces; Material's search box takes their place.
UNUSED = ("pagefind-*ui.js", "pagefind-*ui.css", "pagefind-highlight.js")


class SearchError(Exception):
    """Pagefind could not make an index; the message is one line."""


def index(site: Path) -> None:
    """Make the search index of one language.

    Args:
        site: The folder of a finished language, `site/en` or `site/zh`. Gets `pagefind/`.

    Raises:
        SearchError: If Pagefind fails, or is installed without its binary.
    """
    with tempfile.TemporaryDirectory() as folder:
        # Every page is an index.html; the 404 page is not.
        for page in site.rglob("index.html"):
            copy = Path(folder, page.relative_to(site))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(searchable(page.read_text(encoding="utf-8")), encoding="utf-8")
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", folder]
        command += ["--output-path", str(site / "pagefind")]
        command += ["--root-selector", "article.md-content__inner"]
        command += ["--exclude-selectors", ", ".join(EXCLUDED)]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
    entry = site / "pagefind" / "pagefind-entry.json"
    if finished.returncode or not entry.exists():
        said = (finished.stderr or finished.stdout).strip().splitlines() or ["it made no index"]
        raise SearchError(f"Pagefind failed: {said[-1].strip()}")
    for pattern in UNUSED:
        for file in entry.parent.glob(pattern):
            file.unlink()
    _empty_material_index(site)


def searchable(page: str) -> str:
    """Return a page as search should see it.

    "A/B" becomes "AB": the Chinese tokenizer would make two letters of it, and a reader who types
    "AB测试" would find every lone A. theme/assets/search.js does the same to the query, and undoes
    it in the results. A bibliography counts little: titles are full of the field's words.
    """
    page = re.sub(r"\bA/B\b", "AB", page)
    return page.replace('<li id="source-', '<li data-pagefind-weight="0.1" id="source-')


def _empty_material_index(site: Path) -> None:
    """Leave only the settings that Material highlights by; its documents would load with a page."""
    path = site / "search" / "search_index.json"
    material = json.loads(path.read_text(encoding="utf-8"))
    material["docs"] = []
    path.write_text(json.dumps(material, separators=(",", ":")), encoding="utf-8")
