"""What follows from the facts of a graph by the axioms of the ontology.

Forward rules over `ontology/rectify.ttl`: sub-properties, chains of two properties, inverse and
symmetric properties, superclasses, domains and ranges, and the closure of transitive properties.
Only terms of the ontology are concluded. Each triple is looked at once and joined with its
neighbours, so the work grows with what is concluded and not with the square of the graph.
"""
from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pyoxigraph as ox

from kg.vocab import NAMESPACE, ontology_quads

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = ox.NamedNode(RDF + "type")
LITERAL = -1  # stands for every literal

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Node = Subject | ox.Literal
Fact = tuple[Subject, ox.NamedNode, Node]
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
    schema, own_terms = _own_rules()
    terms, known = own_terms.copy(), Known(schema)
    with _no_collection():
        for triple in facts:
            known.add(terms.number(triple.subject), terms.number(triple.predicate), terms.of_object(triple.object))
        given = len(known.facts)
        known.conclude()
        node = terms.nodes
        return [ox.Triple(node[s], node[p], node[o]) for s, p, o in known.facts[given:]]  # type: ignore[arg-type]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let no garbage be looked for meanwhile. Facts refer to no other, so there is none, and looking through all of them
    again and again made ten times the facts take 13 times as long instead of 10.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def closure_across(triples: Iterable[ox.Triple | ox.Quad]) -> list[ox.Triple]:
    """Return the dependencies that hold only over several notices together, each of which is closed already."""
    direct, depends = ox.NamedNode(NAMESPACE + "directlyDependsOn"), ox.NamedNode(NAMESPACE + "dependsOn")
    edges: dict[Node, list[Node]] = defaultdict(list)
    known: set[tuple[Node, Node]] = set()
    for triple in triples:
        if triple.predicate == direct:
            edges[triple.subject].append(triple.object)
        elif triple.predicate == depends:
            known.add((triple.subject, triple.object))
    return [ox.Triple(start, depends, end) for start, end in _transitive_closure(edges)  # type: ignore[arg-type]
            if (start, end) not in known]


class Terms:
    """A number for each term: rules join numbers three times as fast as terms."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self.nodes = list(nodes)
        self._numbers = {node: number for number, node in enumerate(self.nodes)}

    def copy(self) -> "Terms":
        """Return the same numbers, to go on from."""
        return Terms(self.nodes)

    def number(self, node: Node) -> int:
        """Return the number of a term."""
        known = self._numbers.get(node)
        if known is None:
            known = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return known

    def of_object(self, node: Node) -> int:
        """Return the number of an object; no rule tells one literal from another."""
        return LITERAL if isinstance(node, ox.Literal) else self.number(node)


@dataclass(frozen=True, slots=True)
class Rules:
    """What follows from a fact by its property. `chains` and `chained` are as in `Schema`."""

    domains: tuple[int, ...]
    ranges: tuple[int, ...]
    superproperties: tuple[int, ...]
    inverses: tuple[int, ...]
    chains: tuple[tuple[int, int], ...]
    chained: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A schema in numbers: the rules of each property, the classes above each class."""

    type: int
    rules: Mapping[int, Rules]
    superclasses: Mapping[int, tuple[int, ...]]
    transitive: tuple[int, ...]


def compiled(schema: Schema, terms: Terms) -> Compiled:
    """Return a schema with its terms numbered by `terms`."""
    def numbers(nodes: Iterable[ox.NamedNode]) -> tuple[int, ...]:
        return tuple(terms.number(node) for node in nodes)

    parts = (schema.domains, schema.ranges, schema.superproperties, schema.inverses, schema.chains, schema.chained)
    rules = {terms.number(p): Rules(
        numbers(schema.domains.get(p, ())), numbers(schema.ranges.get(p, ())), numbers(schema.superproperties.get(p, ())),
        numbers(schema.inverses.get(p, ())), tuple((terms.number(a), terms.number(b)) for a, b in schema.chains.get(p, ())),
        tuple((terms.number(a), terms.number(b)) for a, b in schema.chained.get(p, ()))) for p in dict.fromkeys(p for part in parts for p in part)}
    return Compiled(terms.number(TYPE), rules, {terms.number(kind): numbers(above) for kind, above in schema.superclasses.items()},
                    numbers(schema.transitive))


class Known:
    """The facts so far in order of discovery, and those that rules join, by subject and by object."""

    def __init__(self, schema: Compiled) -> None:
        self.schema = schema
        self.facts: list[tuple[int, int, int]] = []
        seconds = {second for rules in schema.rules.values() for second, _ in rules.chains}
        firsts = {first for rules in schema.rules.values() for first, _ in rules.chained}
        self._outgoing: dict[int, dict[int, list[int]]] = {p: defaultdict(list) for p in (*seconds, *schema.transitive)}
        self._incoming: dict[int, dict[int, list[int]]] = {p: defaultdict(list) for p in firsts}
        self._seen: set[tuple[int, int, int]] = set()

    def add(self, subject: int, predicate: int, target: int) -> None:
        """Take a fact, once."""
        fact = (subject, predicate, target)
        if fact in self._seen:
            return
        self._seen.add(fact)
        self.facts.append(fact)
        if predicate in self._outgoing:
            self._outgoing[predicate][subject].append(target)
        if predicate in self._incoming:
            self._incoming[predicate][target].append(subject)

    def conclude(self) -> None:
        """Add what follows from the facts, until nothing more does."""
        for subject, predicate, target in self.facts:  # grows while it is read
            if predicate == self.schema.type:
                for kind in self.schema.superclasses.get(target, ()):
                    self.add(subject, predicate, kind)
            elif rules := self.schema.rules.get(predicate):
                self._apply(rules, subject, target)
        for predicate in self.schema.transitive:
            for start, end in _transitive_closure(self._outgoing[predicate]):
                self.add(start, predicate, end)

    def _apply(self, rules: Rules, subject: int, target: int) -> None:
        """Add what follows from one fact by itself, and together with those known so far."""
        add, kind_of = self.add, self.schema.type
        for kind in rules.domains:
            add(subject, kind_of, kind)
        if target == LITERAL:
            return
        for above in rules.superproperties:
            add(subject, above, target)
        for kind in rules.ranges:
            add(target, kind_of, kind)
        for inverse in rules.inverses:
            add(target, inverse, subject)
        for second, whole in rules.chains:
            for end in self._outgoing[second].get(target, ()):
                add(subject, whole, end)
        for first, whole in rules.chained:
            for start in self._incoming[first].get(subject, ()):
                add(start, whole, target)


def _transitive_closure(edges: Mapping[K, Sequence[K]]) -> Iterator[tuple[K, K]]:
    """Every pair that is linked over any number of steps: one walk from each node."""
    for start, targets in list(edges.items()):
        reached = dict.fromkeys(targets)
        queue = list(reached)
        for node in queue:  # grows while it is read
            for target in edges.get(node, ()):
                if target not in reached:
                    reached[target] = None
                    queue.append(target)
        yield from ((start, target) for target in reached)


# ---------------------------------------------------------------- axioms


@cache
def _own_rules() -> tuple[Compiled, Terms]:
    terms = Terms()
    return compiled(own_schema(), terms), terms


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
