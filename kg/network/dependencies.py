"""What rests on what: the dependency edges of a view, without the shortcuts that only repeat a longer way."""
from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import networkx

from kg.network.schema import COMPOSITION, below

Neighbours = dict[str, tuple[str, ...]]  # neighbour → the relations of the edges to it


class Step(NamedTuple):
    """One edge of a chain, from what rests to what it rests on."""

    source: str
    relations: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The dependency edges of a graph, both ways, in the order of the view.

    `rests_on[x]` are the nodes that x rests on, `carries[x]` those that rest on x.
    """

    rests_on: dict[str, Neighbours]
    carries: dict[str, Neighbours]

    def step(self, source: str, target: str) -> Step:
        return Step(source, self.rests_on[source][target], target)


class Reached(NamedTuple):
    """A node and how many steps away it is."""

    node: str
    distance: int


def dependencies(graph: networkx.MultiDiGraph) -> Dependencies:
    """Return the dependency edges of a view.

    A measure has, beside the way over its actions, an inferred edge straight to each document.
    That edge says nothing new and would double every chain, so it is left out here.
    """
    rests_on: dict[str, Neighbours] = {node: {} for node in graph}
    carries: dict[str, Neighbours] = {node: {} for node in graph}
    for source, target, relation, data in graph.edges(keys=True, data=True):
        if data["depends"] and not (data["inferred"] and is_shortcut(graph, source, relation, target)):
            relations = (*rests_on[source].get(target, ()), relation)
            rests_on[source][target] = carries[target][source] = relations
    return Dependencies(rests_on, carries)


def is_shortcut(graph: networkx.MultiDiGraph, source: str, relation: str, target: str) -> bool:
    """Whether a part of `source` has the same relation to `target`, or one that implies it.

    Such an edge was rolled up from the part, and the way over the part says more.
    """
    same = below(relation) | {relation}
    return any(not same.isdisjoint(graph.get_edge_data(part, target, default=()))
               for _, part, key in graph.out_edges(source, keys=True) if key in COMPOSITION)


def reach(neighbours: dict[str, Neighbours], start: str) -> tuple[Reached, ...]:
    """Return every node reached from `start`, nearest first, each once, without `start` itself."""
    distance = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for target in neighbours.get(node, {}):
            if target not in distance:
                distance[target] = distance[node] + 1
                waiting.append(target)
    return tuple(Reached(node, steps) for node, steps in distance.items() if steps)
