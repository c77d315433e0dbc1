"""Checks of a graph that is built."""
