"""The numbers of the handbook: declared once with units, computed by the build, written per language."""

from handbook.numbers.cache import load_all
from handbook.numbers.quantities import Budget, ModelRun, Numbers, Quantity, Step, look_up

__all__ = ["Budget", "ModelRun", "Numbers", "Quantity", "Step", "load_all", "look_up"]
