"""The sources: everything that the handbook is made from, read once into one immutable `Book`."""

from handbook.source.book import Book, Source, Stage, TimelineEntry, load
from handbook.source.page import Page

__all__ = ["Book", "Page", "Source", "Stage", "TimelineEntry", "load"]
