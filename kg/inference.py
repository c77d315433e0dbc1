"""What follows from the facts of a graph by the axioms of the ontology.

Forward rules over `ontology/rectify.ttl`: sub-properties, chains of two properties, inverse and
symmetric properties, superclasses, domains and ranges, and the closure of transitive properties.
Only terms of the ontology are concluded. Each triple is looked at once and joined with its
neighbours, so the work grows with what is concluded and not with the square of the graph.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pyoxigraph as ox

from kg.vocab import NAMESPACE, ontology_quads

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = ox.NamedNode(RDF + "type")

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Node = Subject | ox.Literal
Fact = tuple[Subject, ox.NamedNode, Node]
Links = dict[ox.NamedNode, dict[Subject, list[Node]]]
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Schema:
    """The axioms of an ontology, each relation already closed over its hierarchy.

    `chains` maps the first property of a chain to its second and what they conclude, `chained`
    the second to the first.
    """

    superproperties: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    inverses: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    chains: Mapping[ox.NamedNode, tuple[tuple[ox.NamedNode, ox.NamedNode], ...]]
    chained: Mapping[ox.NamedNode, tuple[tuple[ox.NamedNode, ox.NamedNode], ...]]
    transitive: tuple[ox.NamedNode, ...]
    superclasses: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    domains: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    ranges: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]


def infer(facts: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the triples that follow from `facts` and are not among them, in order of discovery.

    Equal to an OWL 2 RL reasoner on the terms of the ontology, apart from what is said of the
    terms themselves.
    """
    known = Known(own_schema())
    for triple in facts:
        known.add((triple.subject, triple.predicate, triple.object))
    given = len(known.facts)
    for fact in known.facts:  # grows while it is read
        for concluded in known.conclusions(fact):
            known.add(concluded)
    for predicate in known.schema.transitive:
        for fact in _transitive_closure(known.outgoing[predicate], predicate):
            known.add(fact)
    return [ox.Triple(*fact) for fact in known.facts[given:]]


def closure_across(triples: Iterable[ox.Triple | ox.Quad]) -> list[ox.Triple]:
    """Return the dependencies that hold only over several notices together, each of which is closed already."""
    direct, depends = ox.NamedNode(NAMESPACE + "directlyDependsOn"), ox.NamedNode(NAMESPACE + "dependsOn")
    edges: dict[Subject, list[Node]] = defaultdict(list)
    known: set[Fact] = set()
    for triple in triples:
        if triple.predicate == direct:
            edges[triple.subject].append(triple.object)
        elif triple.predicate == depends:
            known.add((triple.subject, depends, triple.object))
    return [ox.Triple(*fact) for fact in _transitive_closure(edges, depends) if fact not in known]


class Known:
    """The facts so far in order of discovery, and those that rules join, by subject and by object."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.facts: list[Fact] = []
        self.outgoing: Links = {p: defaultdict(list) for p in (*schema.chained, *schema.transitive)}
        self.incoming: dict[ox.NamedNode, dict[Node, list[Subject]]] = {p: defaultdict(list) for p in schema.chains}
        self._seen: set[Fact] = set()

    def add(self, fact: Fact) -> None:
        if fact in self._seen:
            return
        self._seen.add(fact)
        self.facts.append(fact)
        subject, predicate, target = fact
        if predicate in self.outgoing:
            self.outgoing[predicate][subject].append(target)
        if predicate in self.incoming:
            self.incoming[predicate][target].append(subject)

    def conclusions(self, fact: Fact) -> list[Fact]:
        """What follows from one fact by itself, and together with those known so far."""
        subject, predicate, target = fact
        schema = self.schema
        if predicate == TYPE:
            return [(subject, TYPE, kind) for kind in schema.superclasses.get(target, ())]  # type: ignore[arg-type]
        found: list[Fact] = [(subject, TYPE, kind) for kind in schema.domains.get(predicate, ())]
        if isinstance(target, ox.Literal):
            return found
        found += [(subject, above, target) for above in schema.superproperties.get(predicate, ())]
        found += [(target, TYPE, kind) for kind in schema.ranges.get(predicate, ())]
        found += [(target, inverse, subject) for inverse in schema.inverses.get(predicate, ())]
        for second, whole in schema.chains.get(predicate, ()):
            found += [(subject, whole, end) for end in self.outgoing[second].get(target, ())]
        for first, whole in schema.chained.get(predicate, ()):
            found += [(start, whole, target) for start in self.incoming[first].get(subject, ())]
        return found


def _transitive_closure(edges: Mapping[Subject, Sequence[Node]], predicate: ox.NamedNode) -> Iterator[Fact]:
    """Every pair that `predicate` links over any number of steps: one walk from each node."""
    for start, targets in list(edges.items()):
        reached = dict.fromkeys(targets)
        queue = list(reached)
        for node in queue:  # grows while it is read
            for target in edges.get(node, ()):  # type: ignore[arg-type]
                if target not in reached:
                    reached[target] = None
                    queue.append(target)
        yield from ((start, predicate, target) for target in reached)


# ---------------------------------------------------------------- axioms


@cache
def own_schema() -> Schema:
    """Return the axioms of `ontology/rectify.ttl`."""
    return read_schema(ontology_quads())


def read_schema(statements: Iterable[ox.Quad]) -> Schema:
    """Return the axioms in the statements of an ontology whose own terms lie below `NAMESPACE`.

    Raises:
        ValueError: an axiom of a form that `infer` does not follow.
    """
    found: dict[str, list[tuple[ox.NamedNode, ox.NamedNode]]] = defaultdict(list)
    lists: dict[Node, dict[str, Node]] = defaultdict(dict)
    for triple in statements:
        predicate = triple.predicate.value
        if predicate in (RDF + "first", RDF + "rest"):
            lists[triple.subject][predicate] = triple.object
        elif predicate == OWL + "propertyChainAxiom" or isinstance(triple.object, ox.NamedNode):
            found[predicate].append((triple.subject, triple.object))  # type: ignore[arg-type]
    kinds = found[TYPE.value]
    chains = [(whole, _members(lists, start)) for whole, start in found[OWL + "propertyChainAxiom"]]
    transitive = tuple(p for p, kind in kinds if kind.value == OWL + "TransitiveProperty")
    _refuse_unfollowed(chains, transitive, found[RDFS + "subPropertyOf"])
    inverses = [pair for a, b in found[OWL + "inverseOf"] for pair in ((a, b), (b, a))]
    inverses += [(p, p) for p, kind in kinds if kind.value == OWL + "SymmetricProperty"]
    return Schema(
        superproperties=_closed(found[RDFS + "subPropertyOf"]), superclasses=_closed(found[RDFS + "subClassOf"]),
        inverses=_own(inverses), domains=_own(found[RDFS + "domain"]), ranges=_own(found[RDFS + "range"]),
        chains=_grouped((first, (second, whole)) for whole, (first, second) in chains),
        chained=_grouped((second, (first, whole)) for whole, (first, second) in chains), transitive=transitive)


def _refuse_unfollowed(
    chains: Iterable[tuple[ox.NamedNode, tuple[ox.NamedNode, ...]]], transitive: tuple[ox.NamedNode, ...],
    subproperties: Iterable[tuple[ox.NamedNode, ox.NamedNode]],
) -> None:
    """The transitive closure comes last, so nothing may be concluded from a transitive property."""
    premises = {p for _, members in chains for p in members} | {below for below, _ in subproperties}
    if any(len(members) != 2 for _, members in chains) or premises & set(transitive):
        raise ValueError("a chain is not of two properties, or something follows from a transitive property")


def _members(lists: Mapping[Node, Mapping[str, Node]], start: Node) -> tuple[ox.NamedNode, ...]:
    members = []
    while start in lists:
        members.append(lists[start][RDF + "first"])
        start = lists[start][RDF + "rest"]
    return tuple(m for m in members if isinstance(m, ox.NamedNode))


def _closed(pairs: Iterable[tuple[ox.NamedNode, ox.NamedNode]]) -> dict[ox.NamedNode, tuple[ox.NamedNode, ...]]:
    """Every own term above each term, over any number of steps."""
    direct = _grouped(pairs)
    above: dict[ox.NamedNode, tuple[ox.NamedNode, ...]] = {}
    for term in direct:
        found = dict.fromkeys(direct[term])
        queue = list(found)
        for node in queue:  # grows while it is read
            for higher in direct.get(node, ()):
                if higher not in found:
                    found[higher] = None
                    queue.append(higher)
        above[term] = tuple(t for t in found if t.value.startswith(NAMESPACE))
    return above


def _own(pairs: Iterable[tuple[ox.NamedNode, ox.NamedNode]]) -> dict[ox.NamedNode, tuple[ox.NamedNode, ...]]:
    return _grouped((a, b) for a, b in pairs if b.value.startswith(NAMESPACE))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for group, member in pairs:
        groups[group].append(member)
    return {group: tuple(members) for group, members in groups.items()}
