"""The numbers of the handbook: declared once with units, computed by the build, written per language."""

from handbook.numbers.cache import load_all
from handbook.numbers.quantities import (
    Axis,
    Budget,
    Curve,
    ModelRun,
    Numbers,
    Plot,
    Quantity,
    Step,
    look_up,
)

__all__ = ["Axis", "Budget", "Curve", "ModelRun", "Numbers", "Plot", "Quantity", "Step", "load_all", "look_up"]
