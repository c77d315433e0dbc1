"""A graph on disk and its questions: opened with checks, asked read-only, within limits."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.engines import Cell, Rows, ask_oxigraph, ask_rdflib, rdflib_graph
from kg.store.guard import refuse_unsafe
from kg.store.limits import run_limited
from kg.store.load import Parts, read_parts
from kg.store.questions import Parameter, Question, find_question, questions, with_defaults

if TYPE_CHECKING:
    import rdflib

__all__ = ["Cell", "Graph", "Parameter", "Parts", "Question", "Rows", "find_question", "open_graph", "questions"]

ENGINES = ("oxigraph", "rdflib")
LIMIT_ROWS = 100_000
LIMIT_SECONDS = 10.0


def open_graph(path: str | Path) -> "Graph":
    """Open a graph: a build folder, a folder of build folders, or an RDF file.

    Raises:
        GraphError: there is nothing at `path`, or it is no RDF, empty, or no graph of this ontology.
    """
    return Graph(read_parts(Path(path)))


@dataclass(frozen=True)
class Graph:
    """A graph that is open: its facts, evidence and inferred triples are in `parts`."""

    parts: Parts

    def query(
        self, sparql: str, *, parameters: Mapping[str, str] | None = None, limit_rows: int = LIMIT_ROWS,
        limit_seconds: float = LIMIT_SECONDS, engine: str = "oxigraph",
    ) -> Rows:
        """Return the answer to a SPARQL query; the prefixes of the graph are known to it.

        Args:
            sparql: a SELECT, ASK, CONSTRUCT or DESCRIBE query.
            parameters: values for variables that the query selects; their columns are left out.
            limit_rows: rows beyond it are cut off, and `Rows.truncated` says so.
            limit_seconds: a query that runs longer is ended.
            engine: oxigraph, or rdflib for the same rows more slowly.

        Raises:
            QueryError: it is malformed or forbidden, or ran into the limit of time or memory.
        """
        if engine not in ENGINES:
            raise QueryError(f"unknown engine {engine}: use one of {', '.join(ENGINES)}")
        refuse_unsafe(sparql)
        values = dict(parameters or {})
        if engine == "rdflib":
            graph = self.rdf
            return run_limited(lambda: ask_rdflib(graph, sparql, values, limit_rows), limit_seconds)
        store = self._store
        return run_limited(lambda: ask_oxigraph(store, sparql, values, limit_rows), limit_seconds)

    def ask(
        self, name: str, parameters: Mapping[str, str] | None = None, *, limit_rows: int = LIMIT_ROWS,
        limit_seconds: float = LIMIT_SECONDS, engine: str = "oxigraph",
    ) -> Rows:
        """Return the answer to the prepared question `name`; parameters not given have their default.

        Raises:
            QueryError: no question has that name, or it has no such parameter.
        """
        question = find_question(name)
        return self.query(question.sparql, parameters=with_defaults(question, parameters or {}),
                          limit_rows=limit_rows, limit_seconds=limit_seconds, engine=engine)

    def triples(self) -> Iterator[ox.Triple]:
        """Every triple: facts, evidence, inferred."""
        yield from self.parts.facts
        yield from self.parts.evidence
        yield from self.parts.inferred

    @cached_property
    def rdf(self) -> "rdflib.Graph":
        """The whole graph as an rdflib `Graph`."""
        return rdflib_graph(self.triples())

    @cached_property
    def _store(self) -> ox.Store:
        store = ox.Store()
        for quads in self.parts.quads:
            store.extend(quads)
        return store

