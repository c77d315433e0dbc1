"""A graph and its questions: opened with checks, asked read-only, within limits.

A graph is a build folder, a folder of builds, an RDF file, a store on disk or a SPARQL endpoint:
`open_graph` tells them apart, and they are asked alike.
"""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.engines import Cell, Rows, ask_rdflib, rdflib_dataset, rdflib_graph
from kg.store.guard import refuse_unsafe
from kg.store.limits import run_limited
from kg.store.load import read_store
from kg.store.parts import Parts
from kg.store.questions import Parameter, Question, find_question, questions, with_defaults
from kg.store.sources import Disk, Memory, Source, is_store

if TYPE_CHECKING:
    import rdflib

__all__ = ["Cell", "Graph", "Memory", "Parameter", "Parts", "Question", "Rows", "find_question", "open_graph", "questions"]

LIMIT_ROWS = 100_000
LIMIT_SECONDS = 10.0


def open_graph(path: str | Path) -> "Graph":
    """Open a graph: a build folder, a folder of builds, an RDF file, a store on disk, or the URL of an endpoint.

    Raises:
        GraphError: there is nothing at `path`, or it is no RDF, empty, or no graph of this ontology.
    """
    return Graph(_source(path))


def _source(path: str | Path) -> Source:
    if isinstance(path, str) and "://" in path:
        from kg.store.remote import Endpoint  # 20 ms of HTTP that a folder can do without
        return Endpoint.open(path)
    return Disk(Path(path)) if is_store(Path(path)) else Memory(read_store(Path(path)))


@dataclass(frozen=True)
class Graph:
    """A graph that is open."""

    source: Source

    def query(
        self, sparql: str, *, parameters: Mapping[str, str] | None = None, limit_rows: int = LIMIT_ROWS,
        limit_seconds: float = LIMIT_SECONDS, engine: str | None = None,
    ) -> Rows:
        """Return the answer to a SPARQL query; the prefixes of the graph are known to it.

        Without `GRAPH` it is put to facts, evidence and inferred triples together; `GRAPH graph:facts { … }`,
        `graph:evidence` and `graph:inferred` ask one of them.

        Args:
            sparql: a SELECT, ASK, CONSTRUCT or DESCRIBE query.
            parameters: values for variables that the query selects; their columns are left out.
            limit_rows: rows beyond it are cut off, and `Rows.truncated` says so.
            limit_seconds: a query that runs longer is ended.
            engine: that of the graph (oxigraph, or the endpoint itself), or rdflib for the same rows more slowly.

        Raises:
            QueryError: it is malformed or forbidden, or ran into the limit of time or memory.
        """
        if engine not in (None, self.source.engine, "rdflib"):
            raise QueryError(f"unknown engine {engine}: use one of {self.source.engine}, rdflib")
        refuse_unsafe(sparql)
        values = dict(parameters or {})
        if engine == "rdflib":
            dataset = self._dataset
            return run_limited(lambda: ask_rdflib(dataset, sparql, values, limit_rows), limit_seconds)
        return run_limited(lambda: self.source.answer(sparql, values, limit_rows), limit_seconds)

    def ask(
        self, name: str, parameters: Mapping[str, str] | None = None, *, limit_rows: int = LIMIT_ROWS,
        limit_seconds: float = LIMIT_SECONDS, engine: str | None = None,
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
    def parts(self) -> Parts:
        """Facts, evidence and inferred triples, read when they are asked for."""
        return Parts(self.source.triples)

    @cached_property
    def rdf(self) -> "rdflib.Graph":
        """The whole graph as an rdflib `Graph`."""
        return rdflib_graph(self.triples())

    @cached_property
    def _dataset(self) -> "rdflib.Dataset":
        return rdflib_dataset(self.parts)
