"""Tests of the rules, one module for each."""
