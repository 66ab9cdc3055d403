"""Colours of the diagrams: one palette of roles, in light and dark.

A diagram is drawn once and has to look right in both colour schemes and on
paper, so an SVG never carries a colour. Nearly everything is coloured by the
shared style sheet through class names. Where the engine writes a colour into
the drawing itself (a slice of a pie, a bar of a chart), it is given the light
value of a role as a *sentinel*, and the post-processing replaces that sentinel
by the role's CSS custom property.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Swatch:
    """One role's colour in each scheme, as `#rrggbb`."""

    light: str
    dark: str


# Light values are unique: they double as sentinels.
PALETTE: dict[str, Swatch] = {
    "bg": Swatch("#ffffff", "#1e2129"),
    "fg": Swatch("#1f2733", "#e4e7ee"),
    "soft": Swatch("#556070", "#a9b1bf"),
    "line": Swatch("#5f6c7c", "#98a3b4"),
    "grid": Swatch("#d5dae1", "#3d4552"),
    "node": Swatch("#eef3fb", "#263449"),
    "node-line": Swatch("#587cb3", "#7d9fd2"),
    "group": Swatch("#f6f7f9", "#242832"),
    "group-line": Swatch("#87909f", "#717b8c"),
    "note": Swatch("#fdf8e1", "#38341f"),
    "note-line": Swatch("#97803a", "#bfa95c"),
    "store": Swatch("#e4f3f0", "#1d3b37"),
    "store-line": Swatch("#3b8375", "#68b5a5"),
    "model": Swatch("#f0ecfa", "#352e4d"),
    "model-line": Swatch("#7a63b3", "#a996dd"),
    "human": Swatch("#fdf1de", "#41341e"),
    "human-line": Swatch("#a67620", "#d4ab5b"),
    "bad": Swatch("#fceae8", "#48282b"),
    "bad-line": Swatch("#b9493f", "#e38c84"),
    "good": Swatch("#e8f4e7", "#243a23"),
    "good-line": Swatch("#4a8944", "#82be7a"),
    "client": Swatch("#e9ecf1", "#303744"),
    "client-line": Swatch("#68748b", "#9ba6ba"),
    "slice-1": Swatch("#cfdff5", "#2b4a75"),
    "slice-2": Swatch("#cdeae3", "#21534a"),
    "slice-3": Swatch("#e3dbf6", "#4a3d72"),
    "slice-4": Swatch("#fbe3bd", "#634c1f"),
    "slice-5": Swatch("#f7d5d1", "#6a3539"),
    "slice-6": Swatch("#d8ebd5", "#345531"),
    "slice-7": Swatch("#dde1e8", "#444d5c"),
    "slice-8": Swatch("#f5ecb5", "#565022"),
    "series-1": Swatch("#4672b0", "#7ca6e2"),
    "series-2": Swatch("#b0541e", "#ec9a68"),
    "series-3": Swatch("#2b7b6a", "#62bda9"),
    "series-4": Swatch("#7d62b8", "#b09be3"),
}

# What an author may write after `:::`. The style sheet has a rule for each.
NODE_CLASSES = ("store", "model", "human", "bad", "good", "client")

# Arial's metrics come first because labels are measured with them (see text.py);
# the fonts for Chinese are all exactly one em wide.
FONTS = (
    'Arial,"Liberation Sans",Helvetica,"PingFang SC","Microsoft YaHei",'
    '"Noto Sans CJK SC","Noto Sans SC",sans-serif'
)
MAX_WIDTH = 900  # px at natural size; wider diagrams are unreadable in the book
FONT_SIZE = 16  # px, of every label unless the engine says otherwise
LINE_HEIGHT = 21  # px between the baselines of two lines of a label

_STYLESHEET = Path(__file__).with_name("stylesheet.css")
_SLICES = 8
_SERIES = 4


def sentinel(role: str) -> str:
    """The colour that stands for a role while the engine draws."""
    return PALETTE[role].light


@cache
def roles_by_colour() -> dict[tuple[int, int, int], str]:
    """Sentinels as RGB triples, to find the role back in a finished drawing."""
    return {rgb(swatch.light): role for role, swatch in PALETTE.items()}


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def variable(role: str) -> str:
    """A role as a CSS value."""
    return f"var(--diagram-{role})"


def engine_variables() -> dict[str, object]:
    """Mermaid theme variables for the colours that end up inside a drawing.

    Every other theme variable only reaches Mermaid's own style sheet, which is
    thrown away in favour of ours.
    """
    variables: dict[str, object] = {
        "fontFamily": FONTS,
        "fontSize": f"{FONT_SIZE}px",
        "background": sentinel("bg"),
        "pieOpacity": "1",
        "quadrantPointFill": sentinel("series-1"),
        "quadrantPointTextFill": sentinel("fg"),
        "quadrantXAxisTextFill": sentinel("fg"),
        "quadrantYAxisTextFill": sentinel("fg"),
        "quadrantTitleFill": sentinel("fg"),
        "quadrantInternalBorderStrokeFill": sentinel("group-line"),
        "quadrantExternalBorderStrokeFill": sentinel("group-line"),
    }
    for number in range(1, 13):
        variables[f"pie{number}"] = sentinel(f"slice-{(number - 1) % _SLICES + 1}")
    for number in range(1, 5):
        variables[f"quadrant{number}Fill"] = sentinel("group" if number % 2 else "bg")
        variables[f"quadrant{number}TextFill"] = sentinel("soft")
    axes = ("xAxis", "yAxis")
    variables["xyChart"] = {
        "backgroundColor": sentinel("bg"),
        "titleColor": sentinel("fg"),
        "dataLabelColor": sentinel("fg"),
        "legendTextColor": sentinel("fg"),
        "plotColorPalette": ",".join(sentinel(f"series-{n + 1}") for n in range(_SERIES)),
        **{f"{axis}{part}Color": sentinel("fg") for axis in axes for part in ("Title", "Label")},
        **{f"{axis}{part}Color": sentinel("line") for axis in axes for part in ("Tick", "Line")},
    }
    return variables


def engine_configuration() -> dict[str, object]:
    """Mermaid's site configuration: how large things are, for whichever engine draws."""
    # Mermaid 12's own defaults (the "neo" look, ELK, 120 px labels) break Chinese
    # labels after seven characters.
    look = {"look": "classic", "theme": "base"}
    layered = look | {"layout": "dagre", "wrappingWidth": 320, "minNodeWidth": 0}
    return {
        "theme": "base",
        "look": "classic",
        "layout": "dagre",
        "htmlLabels": True,
        "fontFamily": FONTS,
        "themeVariables": engine_variables(),
        "flowchart": layered
        | {
            "padding": 10,
            "nodeSpacing": 30,
            "rankSpacing": 40,
            "diagramPadding": 6,
            "subGraphTitleMargin": {"top": 4, "bottom": 8},
        },
        "state": layered | {"padding": 8, "nodeSpacing": 40, "rankSpacing": 44},
        "class": layered,
        "er": layered,
        "mindmap": look | {"layout": "cose-bilkent"},
        "sequence": look
        | {
            "useMaxWidth": True,
            "wrap": False,
            "mirrorActors": False,
            "actorMargin": 24,
            "width": 110,
            "height": 46,
            "boxMargin": 8,
            "messageMargin": 28,
            "diagramMarginX": 10,
            "diagramMarginY": 10,
        },
        "gantt": look
        | {
            "useWidth": MAX_WIDTH,
            "fontSize": 14,
            "sectionFontSize": 14,
            "barHeight": 26,
            "barGap": 6,
            "leftPadding": 110,
            "rightPadding": 40,
        },
        "timeline": look,
        "quadrantChart": look | {"chartWidth": 620, "chartHeight": 520, "pointLabelFontSize": 14},
        "xyChart": look | {"width": 720, "height": 420},
        "pie": look,
    }


@cache
def stylesheet() -> str:
    """The style sheet shared by all diagrams, ready to be served.

    Light by default, dark under Material's `slate` scheme, and always light on
    paper, whatever the reader has on the screen.
    """
    light = "".join(f"--diagram-{role}:{swatch.light};" for role, swatch in PALETTE.items())
    dark = "".join(f"--diagram-{role}:{swatch.dark};" for role, swatch in PALETTE.items())
    slate = "[data-md-color-scheme=slate]"
    rules = _STYLESHEET.read_text(encoding="utf-8").replace("FONTS", FONTS)
    return (
        f":root{{{light}}}\n{slate}{{{dark}}}\n@media print{{:root,{slate}{{{light}}}}}\n{_minify(rules)}\n"
    )


@cache
def styled_classes() -> frozenset[str]:
    """Class names that the style sheet speaks of; a drawing keeps no others."""
    selectors = re.sub(r"\{[^{}]*\}", "{}", stylesheet())
    return frozenset(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))


def _minify(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    return css.replace(";}", "}").replace("}", "}\n").replace("\n}", "}").strip()
