"""Tests of how the sources are read."""
