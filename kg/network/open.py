"""A graph that is open, also as NetworkX sees it."""
from __future__ import annotations

from functools import cached_property
from pathlib import Path

import networkx

from kg.network.view import view
from kg.store import Graph, open_graph


def open_network(path: str | Path) -> OpenGraph:
    """Open a graph as `kg.store.open_graph` does."""
    return OpenGraph(open_graph(path).source)


class OpenGraph(Graph):
    """A graph of one notice or several, for SPARQL, rdflib and NetworkX."""

    @cached_property
    def graph(self) -> networkx.MultiDiGraph:
        """The graph as `kg.network.view` shows it."""
        return view(self.parts.facts, self.parts.evidence, self.parts.inferred)
