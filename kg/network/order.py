"""Order of the dependencies, and the cycles that stand in its way."""
from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import networkx

from kg.network.dependencies import dependencies

MOST_CYCLES = 100


@dataclass(frozen=True, slots=True)
class Order:
    """Nodes such that each stands after everything it rests on.

    `knots` are the groups of nodes that rest on each other in a circle: they stand together in
    `nodes`, and no order holds inside one.
    """

    nodes: tuple[str, ...]
    knots: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cycles:
    """Chains that come back to their start, each written once; `cut` if there are more."""

    found: tuple[tuple[str, ...], ...]
    cut: bool


def topological_order(graph: networkx.MultiDiGraph) -> Order:
    """Return the nodes with dependencies, foundations first; ties in the order of the view.

    With cycles it is the order of the condensation, and the cycles are named in `knots`.
    """
    names, numbered = _numbered(graph)
    groups = networkx.condensation(numbered)
    first = {group: min(data["members"]) for group, data in groups.nodes(data=True)}
    order = networkx.lexicographical_topological_sort(groups.reverse(copy=False), key=first.get)
    members = [sorted(groups.nodes[group]["members"]) for group in order]
    return Order(tuple(names[number] for group in members for number in group),
                 tuple(tuple(names[number] for number in group) for group in members
                       if len(group) > 1 or numbered.has_edge(group[0], group[0])))


def cycles(graph: networkx.MultiDiGraph, *, most: int = MOST_CYCLES) -> Cycles:
    """Return the simple cycles among the dependencies, at most `most`, sorted by the order of the view."""
    names, numbered = _numbered(graph)
    found = list(islice(networkx.simple_cycles(numbered), most + 1))
    turned = sorted(_from_smallest(cycle) for cycle in found[:most])
    return Cycles(tuple(tuple(names[number] for number in cycle) for cycle in turned), len(found) > most)


def _numbered(graph: networkx.MultiDiGraph) -> tuple[list[str], networkx.DiGraph]:
    """Return the dependency graph over numbers: NetworkX puts nodes into sets, and only those of
    numbers have the same order in every process."""
    rests_on = dependencies(graph).rests_on
    used = {end for source, targets in rests_on.items() for end in (source, *targets) if targets}
    names = [node for node in graph if node in used]
    place = {name: number for number, name in enumerate(names)}
    numbered = networkx.DiGraph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_edges_from((place[source], place[target]) for source in names for target in rests_on[source])
    return names, numbered


def _from_smallest(cycle: list[int]) -> list[int]:
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]
