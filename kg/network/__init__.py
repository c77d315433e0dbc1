"""The graph as a NetworkX `MultiDiGraph`, and the questions on it."""
from kg.network.view import view

__all__ = ["view"]
