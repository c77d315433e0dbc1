"""The triples of a graph with a type and a label for every node, also for those that a build leaves without.

A stretch of text is called by its words, a statement by the triple that it speaks of, a term of the
ontology as the ontology calls it. So that programs that show nodes have something to show.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf.writer import LABEL, PREF_LABEL, TITLE, TYPE, chinese, clipped
from kg.store import Graph
from kg.vocab import NAMESPACE, ontology_quads

RESOURCE = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#Resource")
QUOTE, RULE, FILE = (ox.NamedNode(NAMESPACE + name) for name in ("exactQuote", "ruleIdentifier", "fileName"))
SUBJECT, PREDICATE, OBJECT, LITERAL = (ox.NamedNode(NAMESPACE + "statement" + name) for name in ("Subject", "Predicate", "Object", "Literal"))
LABELS = (LABEL, PREF_LABEL)
WORDS, CODES = (TITLE, QUOTE), (RULE, FILE)  # what stands for a label, best first: in Chinese, and in no language
NAME_MAX = 24  # characters of a name in the label of a statement
Triples = tuple[ox.Triple, ...]
Values = dict[ox.NamedNode, str]


@dataclass(frozen=True, slots=True)
class Described:
    """The three parts of a graph. No blank nodes, and each node has a type and a label in one of them."""

    facts: Triples
    evidence: Triples
    inferred: Triples

    def triples(self) -> Iterator[ox.Triple]:
        """Give every triple."""
        yield from self.facts
        yield from self.evidence
        yield from self.inferred


def described(graph: Graph) -> Described:
    """Return the parts of a graph, nodes named and described. What is added stands in the part that speaks of the node."""
    facts, evidence, inferred = (_named(part) for part in (graph.parts.facts, graph.parts.evidence, graph.parts.inferred))
    known = _Known((*facts, *evidence, *inferred))
    more = [tuple(known.missing(part)) for part in (facts, evidence, inferred)]
    return Described(facts + more[0], evidence + more[1], inferred + more[2])


def _named(triples: Iterable[ox.Triple]) -> Triples:
    """Give blank nodes, which only files of other programs hold, names of their own."""
    def name(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal | ox.Triple:
        return ox.NamedNode(f"urn:bnode:{node.value}") if isinstance(node, ox.BlankNode) else node
    return tuple(t if not isinstance(t.subject, ox.BlankNode) and not isinstance(t.object, ox.BlankNode)
                 else ox.Triple(name(t.subject), t.predicate, name(t.object)) for t in triples)  # type: ignore[arg-type]


class _Known:
    """What the nodes of a graph are, and are called."""

    def __init__(self, triples: Triples) -> None:
        self.typed = {t.subject for t in triples if t.predicate == TYPE}
        self.labels: Values = {}
        self.said: dict[ox.NamedNode, Values] = {predicate: {} for predicate in (*WORDS, *CODES, SUBJECT, PREDICATE, OBJECT, LITERAL)}
        for t in triples:
            self._note(t)
        self.terms = _terms()

    def _note(self, t: ox.Triple) -> None:
        if not isinstance(t.subject, ox.NamedNode) or isinstance(t.object, (ox.BlankNode, ox.Triple)):
            return
        if t.predicate in LABELS:
            self.labels.setdefault(t.subject, t.object.value)
        elif t.predicate in self.said:
            self.said[t.predicate].setdefault(t.subject, t.object.value)

    def missing(self, part: Triples) -> Iterator[ox.Triple]:
        """Give types and labels of the nodes that a part speaks of and that have none yet."""
        for node in dict.fromkeys(node for t in part for node in _nodes(t)):
            if node not in self.typed:
                self.typed.add(node)
                yield from self._types(node)
            if node not in self.labels:
                label, *more = self._labels(node)
                self.labels[node] = label.value
                yield from (ox.Triple(node, LABEL, each) for each in (label, *more))

    def _types(self, node: ox.NamedNode) -> list[ox.Triple]:
        own = [t for t in self.terms.get(node, ()) if t.predicate == TYPE]
        return own or [ox.Triple(node, TYPE, RESOURCE)]

    def _labels(self, node: ox.NamedNode) -> list[ox.Literal]:
        own = [t.object for t in self.terms.get(node, ()) if t.predicate in LABELS and isinstance(t.object, ox.Literal)]
        words = self._statement(node) or next((self.said[by][node] for by in WORDS if self.said[by].get(node, "").strip()), "")
        code = next((self.said[by][node] for by in CODES if self.said[by].get(node, "").strip()), "") or _last(node.value)
        return own or [chinese(clipped(words)) if words else ox.Literal(clipped(code))]

    def _statement(self, node: ox.NamedNode) -> str:
        """The triple that a statement speaks of, in words."""
        if node not in self.said[PREDICATE]:
            return ""
        target = self._name(self.said[OBJECT].get(node, "")) or self.said[LITERAL].get(node, "")
        return " ".join((clipped(self._name(self.said[SUBJECT].get(node, "")), NAME_MAX), self._name(self.said[PREDICATE][node]),
                         clipped(target, NAME_MAX)))

    def _name(self, iri: str) -> str:
        node = ox.NamedNode(iri) if iri else None
        if node is None:
            return ""
        own = next((t.object.value for t in self.terms.get(node, ()) if t.predicate in LABELS and isinstance(t.object, ox.Literal)), None)
        return self.labels.get(node) or own or _last(iri)


def _nodes(t: ox.Triple) -> Iterator[ox.NamedNode]:
    """The nodes that a triple speaks of; a class is none."""
    if isinstance(t.subject, ox.NamedNode):
        yield t.subject
    if isinstance(t.object, ox.NamedNode) and t.predicate != TYPE:
        yield t.object


def _terms() -> Mapping[ox.NamedNode, list[ox.Triple]]:
    """Types and labels of the terms of the ontology, Chinese labels first."""
    found: dict[ox.NamedNode, list[ox.Triple]] = {}
    for q in ontology_quads():
        if q.predicate in (TYPE, *LABELS) and isinstance(q.subject, ox.NamedNode):
            found.setdefault(q.subject, []).append(ox.Triple(q.subject, q.predicate, q.object))
    return {node: sorted(told, key=lambda t: isinstance(t.object, ox.Literal) and t.object.language != "zh") for node, told in found.items()}


def _last(iri: str) -> str:
    """The last part of an IRI that is not empty."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
