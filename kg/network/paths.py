"""All chains between two nodes: simple paths along dependency edges, within stated limits."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import networkx

from kg.network.dependencies import Dependencies, Step, dependencies, reach
from kg.network.find import known

Chain = tuple[Step, ...]

LONGEST = 20      # steps; the longest chain seen in a notice has 6
MOST = 1_000      # chains
WORK = 200_000    # nodes stepped on; a dense knot of 20 documents has more simple paths than can ever be listed


@dataclass
class ChainWalk:
    """The chains between two nodes, found while they are iterated over, each once and in a fixed order.

    After the iteration `cut` says whether a limit left chains out. Iterating again starts anew.
    """

    depends: Dependencies
    source: str
    target: str
    longest: int = LONGEST
    most: int = MOST
    work: int = WORK
    cut: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[Chain]:
        self.cut = False
        for number, nodes in enumerate(self._paths()):
            if number == self.most:
                self.cut = True
                return
            yield tuple(self.depends.step(source, target) for source, target in zip(nodes, nodes[1:]))

    def _paths(self) -> Iterator[list[str]]:
        """Depth first over the nodes that lead to the target, nearest to it first, so that a limit keeps the
        short chains. An own stack, since chains may be long."""
        left = {node: steps for node, steps in reach(self.depends.carries, self.target)} | {self.target: 0}
        if self.source not in left or self.source == self.target:
            return
        way: list[str] = [self.source]
        stack = [self._onward(self.source, left)]
        for _ in range(self.work):
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                way.pop()
                if not stack:
                    return
            elif len(way) + left[step] > self.longest:
                self.cut = True
            elif step == self.target:
                yield [*way, step]
            elif step not in way:
                way.append(step)
                stack.append(self._onward(step, left))
        self.cut = True

    def _onward(self, node: str, left: dict[str, int]) -> Iterator[str]:
        return iter(sorted((target for target in self.depends.rests_on[node] if target in left), key=left.__getitem__))


def chains_between(graph: networkx.MultiDiGraph, source: str, target: str, *,
                   longest: int = LONGEST, most: int = MOST) -> ChainWalk:
    """Return all chains by which `source` rests on `target`.

    Args:
        longest: steps of the longest chain to return. most: number of chains to return.

    Returns:
        An iterable of chains, lazily found; see `ChainWalk.cut` for whether a limit was met.

    Raises:
        NodeNotFoundError: the graph has no such node.
    """
    return ChainWalk(dependencies(graph), known(graph, source), known(graph, target), longest, most)
