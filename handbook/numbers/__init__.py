"""The numbers of the handbook: declared once with units, computed by the build, written per language."""

from handbook.numbers.declared import LANGUAGES, Budget, Numbers, Quantity, Step, load_all

__all__ = ["LANGUAGES", "Budget", "Numbers", "Quantity", "Step", "load_all"]
