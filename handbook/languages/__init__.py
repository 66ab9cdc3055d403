"""The languages of the handbook: what each says by itself, and how it is set and counted.

A language is a file of words, `data/languages/<code>.yml`, beside its pages. Nothing else in the
package names one: what differs between languages is a word or a fact of the file.
"""

from handbook.languages.language import PLAIN, Language, Languages, Numerals, Scale, Typography
from handbook.languages.reading import FOLDER, load, read

__all__ = ["FOLDER", "PLAIN", "Language", "Languages", "Numerals", "Scale", "Typography", "load", "read"]
