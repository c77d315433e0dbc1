"""A SPARQL 1.1 endpoint somewhere else, asked by its protocol."""
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.engines import BlankNames, Cell, Rows, rows_of_triples, value_of
from kg.store.guard import refuse_malformed, refuse_unsafe
from kg.store.transport import Address, fetch
from kg.store.parts import FACTS, NAMED
from kg.store.rewrite import form_of, with_parameters, with_prefixes

RESULTS = "application/sparql-results+json"
RESULT_TYPES = (RESULTS, "application/json")
TRIPLES = "application/n-triples, text/turtle;q=0.9"
OPENING_SECONDS, READING_SECONDS = 10.0, 300.0
IS_NOTICE = "{ ?notice a <https://w3id.org/rectify#Notice> }"
Binding = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint that holds a graph of this ontology. `named`: in the three named graphs, and not wherever it is."""

    address: Address
    named: bool

    engine = "endpoint"

    @classmethod
    def open(cls, url: str) -> Endpoint:
        """Return the endpoint at an address, once it has answered that it holds a notice.

        Raises:
            GraphError: it cannot be reached, is no endpoint, or holds no notice.
        """
        address = Address.of(url)
        plain = cls(address, False)
        if "graph-uri=" not in address.url and plain._holds(f"ASK {{ GRAPH <{FACTS.value}> {IS_NOTICE} }}"):
            return cls(address, True)
        if plain._holds(f"ASK {IS_NOTICE}"):
            return plain
        raise GraphError("is an endpoint, but holds no rectification notice", file=address.shown)

    def _holds(self, query: str) -> bool:
        answer = self._json(query, OPENING_SECONDS).get("boolean")
        return answer in (True, "true", 1)

    def answer(self, sparql: str, parameters: Mapping[str, str], limit_rows: int) -> Rows:
        refuse_malformed(sparql)
        query = with_prefixes(with_parameters(sparql, parameters))
        refuse_unsafe(query)  # what is sent, too
        refuse_malformed(query)
        form = form_of(sparql)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return rows_of_triples(self._triples(query), limit_rows)
        found = self._json(query, READING_SECONDS)
        if form == "ASK":
            return Rows(("answer",), ((found.get("boolean") in (True, "true", 1),),))
        return self._rows(found, parameters, limit_rows)

    def triples(self, part: ox.NamedNode) -> Iterator[ox.Triple]:
        """Give one part. Without named graphs all is facts.

        Raises:
            GraphError: the endpoint gives less than it holds.
        """
        if not self.named and part != FACTS:
            return
        where = f"{{ GRAPH <{part.value}> {{ ?s ?p ?o }} }}" if self.named else "{ ?s ?p ?o }"
        counted = self._rows(self._json(f"SELECT (COUNT(*) AS ?n) WHERE {where}", READING_SECONDS), {}, 1).rows
        found = self._triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {where}")
        if counted != ((len(found),),):
            raise GraphError(f"gives {len(found)} of {counted[0][0]} triples: it limits the size of its answers", file=self.address.shown)
        yield from found

    def _triples(self, query: str) -> list[ox.Triple]:
        media, content = fetch(self.address, self._fields(query), TRIPLES, READING_SECONDS)
        form = ox.RdfFormat.N_TRIPLES if media == "text/plain" else ox.RdfFormat.from_media_type(media)
        if form is None:
            raise self._foreign(media)
        try:
            return list(dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(content, format=form)))
        except (SyntaxError, ValueError) as error:
            raise GraphError(f"the answer is no {form.name}", file=self.address.shown) from error

    def _json(self, query: str, seconds: float) -> Mapping[str, Any]:
        media, content = fetch(self.address, self._fields(query), RESULTS, seconds)
        if media not in RESULT_TYPES:
            raise self._foreign(media)
        try:
            found = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise GraphError("the answer is no JSON", file=self.address.shown) from error
        if not isinstance(found, dict):
            raise self._foreign("JSON")
        return found

    def _fields(self, query: str) -> list[tuple[str, str]]:
        graphs = [(f"{kind}-graph-uri", graph.value) for kind in ("default", "named") for graph in NAMED] if self.named else []
        return [("query", query), *graphs]

    def _foreign(self, media: str) -> GraphError:
        return GraphError(f"is no SPARQL endpoint: the answer is {media}, and no result of a query", file=self.address.shown)

    def _rows(self, found: Mapping[str, Any], parameters: Mapping[str, str], limit: int) -> Rows:
        try:
            columns = [str(column) for column in found["head"]["vars"] if column not in parameters]
            bindings: list[Binding] = found["results"]["bindings"]
            names = BlankNames()
            rows = [tuple(_cell(binding.get(column), names) for column in columns) for binding in islice(bindings, limit)]
        except (KeyError, TypeError, AttributeError) as error:
            raise self._foreign("JSON of another kind") from error
        return Rows(tuple(columns), tuple(rows), len(bindings) > limit)


def _cell(term: Mapping[str, str] | None, names: BlankNames) -> Cell:
    if term is None:
        return None
    return names.of(term["value"]) if term["type"] == "bnode" else value_of(term["value"], term.get("datatype", ""))
