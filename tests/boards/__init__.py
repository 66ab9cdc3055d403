"""Tests of the whiteboards."""
