"""The three parts of a graph, each a named graph: what the notice says, where it says so, what follows from it."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.vocab import BASE, PREFIXES

GRAPHS = BASE + "graph/"
FACTS, EVIDENCE, INFERRED = (ox.NamedNode(GRAPHS + name) for name in ("facts", "evidence", "inferred"))
NAMED = (FACTS, EVIDENCE, INFERRED)
# Known to every query: `GRAPH graph:evidence { … }` asks one part; without it a query is put to all of them.
QUERY_PREFIXES = {**PREFIXES, "graph": GRAPHS}


@dataclass(frozen=True)
class Parts:
    """The parts of a graph, each read when it is first asked for; a file that is no build has facts only."""

    read: Callable[[ox.NamedNode], Iterator[ox.Triple]]

    @cached_property
    def facts(self) -> tuple[ox.Triple, ...]:
        """What the notice says."""
        return tuple(self.read(FACTS))

    @cached_property
    def evidence(self) -> tuple[ox.Triple, ...]:
        """Where it says so."""
        return tuple(self.read(EVIDENCE))

    @cached_property
    def inferred(self) -> tuple[ox.Triple, ...]:
        """What follows from the facts."""
        return tuple(self.read(INFERRED))


def once_each(store: ox.Store) -> None:
    """Keep each triple in one named graph only, the first of them: a query put to all of them would count it twice."""
    for kept, other in ((FACTS, EVIDENCE), (FACTS, INFERRED), (EVIDENCE, INFERRED)):
        query = f"SELECT ?s ?p ?o {{ GRAPH <{other.value}> {{ ?s ?p ?o }} GRAPH <{kept.value}> {{ ?s ?p ?o }} }}"
        for s, p, o in list(store.query(query)):  # type: ignore[arg-type]
            store.remove(ox.Quad(s, p, o, other))
