"""The sources: everything that the handbook is made from, read once into one immutable `Book`."""

from handbook.source.bibliography import Source
from handbook.source.book import Book, load
from handbook.source.framework import Stage, TimelineEntry
from handbook.source.page import Page

__all__ = ["Book", "Page", "Source", "Stage", "TimelineEntry", "load"]
