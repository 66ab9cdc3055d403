"""The pages that the tests open."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCALES = {"en": "en-US", "zh": "zh-CN"}
#: A reader of neither language.
OTHER_LOCALE = "fr-FR"


def _places() -> list[str]:
    """Return the address of every page within a language: "", "framework/", "designs/x/", …"""
    found = []
    for folder, prefix in ((ROOT / "docs/en", ""), (ROOT / "references/en", "references/")):
        for file in folder.rglob("*.md"):
            place = prefix + file.relative_to(folder).with_suffix("").as_posix()
            found.append(f"{place}/".removesuffix("index/"))
    return sorted(found)


PLACES = _places()
#: The first is the one that tests follow into its sections: it has every kind of block.
DESIGNS = sorted(
    (f"designs/{design['id']}/" for design in yaml.safe_load((ROOT / "data/designs.yml").read_bytes())["designs"]),
    key=lambda place: "fraud" not in place,
)
#: Every page of both languages.
PAGES = [f"{language}/{place}" for language in LOCALES for place in PLACES]
#: One page of each kind, within a language.
KINDS = {
    "home": "",
    "framework": "framework/",
    "stage": "framework/data/",
    "topic": "framework/time-and-whiteboard/",
    "design": DESIGNS[0],
    "reference": next(place for place in PLACES if place.startswith("references/")),
}
STAGES = ("requirements", "metrics", "data", "features", "model", "serving", "monitoring")
