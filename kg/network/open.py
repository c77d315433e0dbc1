"""A graph that is open, also as NetworkX sees it."""
from __future__ import annotations

from functools import cached_property

import networkx

from kg.network.view import view
from kg.store import Graph


class OpenGraph(Graph):
    """A graph of one notice or several, for SPARQL, rdflib and NetworkX."""

    @cached_property
    def graph(self) -> networkx.MultiDiGraph:
        """The graph as `kg.network.view` shows it."""
        return view(self.parts.facts, self.parts.evidence, self.parts.inferred)
