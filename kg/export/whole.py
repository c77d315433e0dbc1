"""A whole graph in the formats of other programs, each by its name."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.export.diagrams import dot, mermaid
from kg.export.formats import NOT_XML, gexf, graphml, kept_lines
from kg.export.neo4j import neo4j

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.export.described import Described
    from kg.network.open import OpenGraph

Files = dict[str, bytes]


def export(graph: OpenGraph, name: str) -> bytes | Files:
    """Return a graph in the format of that name in `FORMATS`.

    The formats of RDF hold every triple, those of graph programs the view of `kg.network`. None has a blank node,
    and each node has a type and a label.
    """
    return FORMATS[name](graph)


def _described(graph: OpenGraph) -> Described:
    from kg.export.described import described
    return described(graph)


def _turtle(graph: OpenGraph) -> bytes:
    from kg.rdf import turtle
    return turtle(_described(graph).triples())


def _ntriples(graph: OpenGraph) -> bytes:
    import pyoxigraph as ox
    return ox.serialize(_described(graph).triples(), format=ox.RdfFormat.N_TRIPLES) or b""


def _nquads(graph: OpenGraph) -> bytes:
    import pyoxigraph as ox
    return ox.serialize(_quads(_described(graph)), format=ox.RdfFormat.N_QUADS) or b""


def _trig(graph: OpenGraph) -> bytes:
    import pyoxigraph as ox

    from kg.store.parts import QUERY_PREFIXES
    return ox.serialize(_quads(_described(graph)), format=ox.RdfFormat.TRIG, prefixes=QUERY_PREFIXES) or b""


def _jsonld(graph: OpenGraph) -> bytes:
    from kg.export.jsonld import to_jsonld
    return to_jsonld(_described(graph).triples())


def _rdfxml(graph: OpenGraph) -> bytes:
    import pyoxigraph as ox

    from kg.vocab import PREFIXES
    return kept_lines(ox.serialize(map(_xml, _described(graph).triples()), format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b"")


def _quads(parts: Described) -> list[ox.Quad]:
    import pyoxigraph as ox

    from kg.store.parts import NAMED
    return [ox.Quad(t.subject, t.predicate, t.object, name)
            for name, part in zip(NAMED, (parts.facts, parts.evidence, parts.inferred)) for t in part]


def _xml(t: ox.Triple) -> ox.Triple:
    """A triple that XML can hold: a character that it cannot is shown as such."""
    import pyoxigraph as ox
    value = t.object
    if not isinstance(value, ox.Literal) or not NOT_XML.search(value.value):
        return t
    text = NOT_XML.sub("\ufffd", value.value)
    return ox.Triple(t.subject, t.predicate, ox.Literal(text, language=value.language) if value.language
                     else ox.Literal(text, datatype=value.datatype))


def _mermaid(graph: OpenGraph) -> bytes:
    nodes = {node: (re.sub(r"\W", "", str(data["type"])) or "Resource", str(data["label"])) for node, data in graph.graph.nodes(data=True)}
    edges = [(source, relation, target) for source, target, relation in graph.graph.edges(keys=True)]
    return mermaid(nodes, edges, classes=True).encode("utf-8", "replace")


def _dot(graph: OpenGraph) -> bytes:
    nodes = {node: (str(data["type"]), str(data["label"])) for node, data in graph.graph.nodes(data=True)}
    edges = [(source, relation, target) for source, target, relation in graph.graph.edges(keys=True)]
    return dot("rectification", nodes, edges).encode("utf-8", "replace")


FORMATS: Mapping[str, Callable[[OpenGraph], bytes | Files]] = {
    "ttl": _turtle, "nt": _ntriples, "nq": _nquads, "trig": _trig, "jsonld": _jsonld, "rdf": _rdfxml,
    "graphml": lambda graph: graphml(graph.graph), "gexf": lambda graph: gexf(graph.graph), "neo4j": lambda graph: neo4j(graph.graph),
    "mermaid": _mermaid, "dot": _dot,
}
