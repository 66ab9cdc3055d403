"""The numbers of the handbook: declared once with units, computed by the build, written per language."""

from handbook.numbers.declared import Budget, Numbers, Quantity, Step, load_all

__all__ = ["Budget", "Numbers", "Quantity", "Step", "load_all"]
