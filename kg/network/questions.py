"""The questions on the network, one function each. Larger ones have a file of their own and are named here."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import networkx

from kg.network.dependencies import Reached, dependencies, reach
from kg.network.find import AmbiguousNodeError, find, known
from kg.network.impact import impact
from kg.network.order import Cycles, Order, cycles, topological_order
from kg.network.paths import chains_between
from kg.network.schema import DOCUMENTS

__all__ = ["AmbiguousNodeError", "Cycles", "Foundation", "Order", "chains_between", "cycles", "downstream", "find", "impact",
           "most_depended_on", "topological_order", "upstream"]


@dataclass(frozen=True, slots=True)
class Foundation:
    """A document, and how many issues, measures and other documents rest on it, at any distance."""

    document: str
    issues: int
    measures: int
    documents: int


def upstream(graph: networkx.MultiDiGraph, node: str) -> tuple[Reached, ...]:
    """Return all that `node` rests on, nearest first, with the distance in steps."""
    return reach(dependencies(graph).rests_on, known(graph, node))


def downstream(graph: networkx.MultiDiGraph, node: str) -> tuple[Reached, ...]:
    """Return all that rests on `node`, nearest first, with the distance in steps."""
    return reach(dependencies(graph).carries, known(graph, node))


def most_depended_on(graph: networkx.MultiDiGraph, *, most: int = 20) -> tuple[Foundation, ...]:
    """Return the documents that most issues rest on, then most measures, then most documents.

    A document on which nothing rests is left out. Ties stand in the order of the view.
    """
    carries = dependencies(graph).carries
    found = [_foundation(graph, document, reach(carries, document))
             for document, kind in graph.nodes(data="type") if kind in DOCUMENTS and carries[document]]
    found.sort(key=lambda each: (-each.issues, -each.measures, -each.documents))
    return tuple(found[:most])


def _foundation(graph: networkx.MultiDiGraph, document: str, resting: tuple[Reached, ...]) -> Foundation:
    kinds = Counter(graph.nodes[each.node]["type"] for each in resting)
    return Foundation(document, kinds["Issue"], kinds["Measure"], sum(kinds[kind] for kind in DOCUMENTS))
