"""What holds a graph: files read into memory, or a store on disk. An endpoint is in `kg.store.remote`."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.engines import Rows, ask_oxigraph
from kg.store.limits import seal
from kg.store.parts import EVIDENCE, FACTS, INFERRED, NAMED, once_each
from kg.vocab import NAMESPACE

STORE_FILE = "CURRENT"  # of a folder that is a store
TYPE, NOTICE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(NAMESPACE + "Notice")
# A store keeps a file of data open from the start if there are few of them (a quarter of those that a process may
# have), and opens the others when it needs them. One file holds about 4 million quads.
FILES_KEPT_OPEN = 200


class Source(Protocol):
    """What holds a graph, and answers queries by itself. `engine`: what it answers with."""

    @property
    def engine(self) -> str: ...

    def answer(self, sparql: str, parameters: Mapping[str, str], limit_rows: int) -> Rows:
        """Answer a query that `refuse_unsafe` let pass. Runs in a process of its own, which may be killed."""

    def triples(self, part: ox.NamedNode) -> Iterator[ox.Triple]:
        """Give one of the three parts; what is in none of them is a fact."""


class Memory:
    """Files that were read into memory."""

    engine = "oxigraph"

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    @classmethod
    def of(cls, facts: Iterable[ox.Triple], evidence: Iterable[ox.Triple], inferred: Iterable[ox.Triple]) -> Memory:
        """Hold triples that were just made."""
        store = ox.Store()
        for graph, triples in zip(NAMED, (facts, evidence, inferred)):
            store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        once_each(store)
        return cls(store)

    def answer(self, sparql: str, parameters: Mapping[str, str], limit_rows: int) -> Rows:
        seal()
        return ask_oxigraph(self.store, sparql, parameters, limit_rows)

    def triples(self, part: ox.NamedNode) -> Iterator[ox.Triple]:
        """Give them in the order of the files: the engine keeps the last one first."""
        return reversed([_triple(quad) for quad in self.store.quads_for_pattern(None, None, None, part)])


class Disk:
    """A store on disk, opened anew for each query in the process of that query."""

    engine = "oxigraph"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            found = next(self._open().quads_for_pattern(None, TYPE, NOTICE), None)
        except OSError as error:
            raise GraphError(f"is no store that can be opened: {' '.join(str(error).split())}", file=str(folder)) from error
        if found is None:
            raise GraphError("is a store, but holds no rectification notice", file=str(folder))

    def answer(self, sparql: str, parameters: Mapping[str, str], limit_rows: int) -> Rows:
        store = self._open()
        if sum(1 for _ in self.folder.glob("*.sst")) < FILES_KEPT_OPEN:
            seal()
        return ask_oxigraph(store, sparql, parameters, limit_rows)

    def triples(self, part: ox.NamedNode) -> Iterator[ox.Triple]:
        store = self._open()
        others = [graph for graph in store.named_graphs() if graph not in (EVIDENCE, INFERRED)] if part == FACTS else []
        for graph in [ox.DefaultGraph(), *others] if part == FACTS else [part]:
            yield from map(_triple, store.quads_for_pattern(None, None, None, graph))

    def _open(self) -> ox.Store:
        return ox.Store.read_only(str(self.folder))


def is_store(path: Path) -> bool:
    """Whether a path is a folder that holds a store."""
    return (path / STORE_FILE).is_file()


def _triple(quad: ox.Quad) -> ox.Triple:
    return ox.Triple(quad.subject, quad.predicate, quad.object)
