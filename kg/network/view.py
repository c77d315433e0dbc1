"""RDF triples → a `MultiDiGraph` with scalar attributes, evidence folded into its nodes and edges."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import networkx
import pyoxigraph

from kg.network import schema
from kg.vocab import CONCEPTS, NAMESPACE

Scalar = str | int | float | bool
Attributes = dict[str, Scalar]
Edge = tuple[str, str, str]  # source, property, target

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# Properties of other vocabularies that carry over, and the name that they get.
LITERALS = {"http://www.w3.org/2000/01/rdf-schema#label": "label",
            "http://www.w3.org/2004/02/skos/core#prefLabel": "label",
            "http://www.w3.org/2004/02/skos/core#altLabel": "altLabel",
            "http://purl.org/dc/terms/title": "title",
            "http://purl.org/dc/terms/issued": "issued"}
LINKS = {"http://www.w3.org/ns/org#unitOf": "unitOf"}
XSD = "http://www.w3.org/2001/XMLSchema#"
FORTHCOMING = "status-doc-forthcoming"


class Quote(NamedTuple):
    """A stretch of a source text. Ordered by text, then place."""

    text: str
    start: int
    end: int
    words: str


@dataclass
class _Found:
    """What one pass over the triples collects."""

    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    literals: dict[str, dict[str, set[Scalar]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    links: dict[Edge, bool] = field(default_factory=dict)  # whether inferred


def view(facts: Iterable[pyoxigraph.Triple], evidence: Iterable[pyoxigraph.Triple],
         inferred: Iterable[pyoxigraph.Triple]) -> networkx.MultiDiGraph:
    """Return the graph as NetworkX sees it: things and relations, their evidence as attributes.

    Args:
        facts: what the notice says. evidence: where it says so. inferred: what follows from the facts.

    Returns:
        A graph whose nodes are IRIs with at least `type` and `label`, whose edges have the local name
        of their property as key, `relation`, `inferred` and `depends`. The same triples give the same
        order of nodes and edges, in whatever order they come. The closure `dependsOn` is left out.
    """
    found = _Found()
    for triples, is_inferred in ((facts, False), (evidence, False), (inferred, True)):
        for triple in triples:
            _collect(found, triple, is_inferred)
    quotes = _quotes(found)
    edges = _edges(found)
    nodes = _nodes(found, edges, quotes)
    details = _edge_details(found, edges, nodes, quotes)
    return _graph(nodes, _without_general(edges), details)


def _collect(found: _Found, triple: pyoxigraph.Triple, inferred: bool) -> None:
    subject, predicate, value = _name(triple.subject), triple.predicate.value, triple.object
    if predicate == RDF_TYPE:
        found.types[subject].add(schema.local_name(_name(value)))
        return
    own = predicate.startswith(NAMESPACE)
    if isinstance(value, pyoxigraph.Literal):
        name = predicate[len(NAMESPACE):] if own else LITERALS.get(predicate)
        if name is not None:
            found.literals[subject][name + ("_en" if value.language == "en" else "")].add(_scalar(value))
        return
    relation = predicate[len(NAMESPACE):] if own else LINKS.get(predicate)
    if relation is None or relation in schema.CLOSURE:
        return
    target = _name(value)
    if own and target.startswith(CONCEPTS) and relation not in schema.CONCEPT_NODES:
        found.literals[subject][relation].add(schema.local_name(target))
        return
    edge = (subject, relation, target)
    found.links[edge] = found.links.get(edge, True) and inferred


def _name(term: object) -> str:
    if isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.BlankNode)):
        return term.value
    return str(term)


def _scalar(literal: pyoxigraph.Literal) -> Scalar:
    kind, value = literal.datatype.value, literal.value
    try:
        if kind == XSD + "boolean":
            return value in ("true", "1")
        if kind == XSD + "integer":
            return int(value)
        if kind in (XSD + "decimal", XSD + "double"):
            number = float(value)
            return int(number) if number.is_integer() else number
    except ValueError:
        return value
    return value


def _quotes(found: _Found) -> dict[str, list[Quote]]:
    """Return, for each resource, the stretches of text that say it, first ones first."""
    places: dict[str, Quote] = {}
    texts = {source: target for (source, relation, target) in found.links if relation == "inText"}
    for resource, literals in found.literals.items():
        if "startOffset" in literals and "endOffset" in literals:
            places[resource] = Quote(texts.get(resource, ""), _whole(literals["startOffset"]),
                                     _whole(literals["endOffset"]), str(_one(literals.get("exactQuote", {""}))))
    said: dict[str, set[Quote]] = defaultdict(set)
    for source, relation, target in found.links:
        if relation == "evidencedBy" and target in places:
            said[source].add(places[target])
        elif relation == "denotes" and source in places:
            said[target].add(places[source])
    return {resource: sorted(quotes) for resource, quotes in said.items()}


def _whole(values: set[Scalar]) -> int:
    return min(value for value in values if isinstance(value, int))


def _one(values: set[Scalar]) -> Scalar:
    """Return the one value of an attribute; several become one text, sorted."""
    if len(values) == 1:
        return next(iter(values))
    return "；".join(sorted(str(value) for value in values))


def _edges(found: _Found) -> dict[Edge, bool]:
    """Return the links between nodes, and whether each is inferred."""
    folded = {name for name, types in found.types.items() if types & schema.FOLDED}
    return {edge: inferred for edge, inferred in sorted(found.links.items())
            if edge[1] not in _HIDDEN and edge[0] not in folded and edge[2] not in folded}


def _between(edges: Iterable[Edge]) -> dict[tuple[str, str], set[str]]:
    """Return the relations that join each two nodes."""
    between: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, relation, target in edges:
        between[source, target].add(relation)
    return between


def _without_general(edges: dict[Edge, bool]) -> dict[Edge, bool]:
    """Return the edges without those that a more specific one between the same two nodes implies."""
    between = _between(edges)
    return {(source, relation, target): inferred for (source, relation, target), inferred in edges.items()
            if relation in schema.KEPT or not schema.below(relation) & between[source, target]}


# Links of the folded classes.
_HIDDEN = frozenset(("hasPeriod", "evidencedBy", "inText", "hasText", "denotes", "basis", "extractedBy", "hasParticipation",
                     "participant", "participationRole", "statementSubject", "statementPredicate",
                     "statementObject"))


def _nodes(found: _Found, edges: dict[Edge, bool], quotes: dict[str, list[Quote]]) -> dict[str, Attributes]:
    names = {name for name, types in found.types.items() if types & set(schema.CLASSES)}
    names.update(end for source, _, target in edges for end in (source, target))
    awaited = {target for source, relation, target in edges if relation == "awaits"}
    hashes = {name: str(_one(literals["sha256"])) for name, literals in found.literals.items()
              if "sha256" in literals}
    nodes = {name: _attributes(name, found, name in awaited) for name in names}
    for name, periods in _periods(found).items():
        nodes.setdefault(name, _attributes(name, found, False))["hasPeriod"] = periods
    for name, node in nodes.items():
        node.update(_evidence(quotes.get(name, []), hashes))
    order = {kind: place for place, kind in enumerate(schema.CLASSES)}
    return {name: nodes[name] for name in
            sorted(nodes, key=lambda name: (order.get(str(nodes[name]["type"]), len(order)), _natural(name), name))}


def _attributes(name: str, found: _Found, awaited: bool) -> Attributes:
    literals = found.literals.get(name, {})
    node: Attributes = {"type": _type(name, found.types.get(name, set()))}
    node.update((key, _one(literals[key])) for key in sorted(literals))
    if node["type"] == "CourtLevel" and schema.local_name(name) in schema.labels():
        node["label"], node["label_en"] = schema.labels()[schema.local_name(name)]
    if "label" not in node:
        node["label"] = next((node[key] for key in _INSTEAD_OF_LABEL if node.get(key)), schema.local_name(name))
    if awaited or node.get("status") == FORTHCOMING:
        node["awaited"] = True
    return node


def _periods(found: _Found) -> dict[str, str]:
    """Return the days and periods that each undertaking names, as ISO 8601 with a space between."""
    named: dict[str, set[str]] = defaultdict(set)
    for source, relation, period in found.links:
        if relation == "hasPeriod":
            ends = [str(_one(found.literals[period][end])) for end in ("startDate", "endDate")
                    if end in found.literals[period]]
            named[source].add("/".join(ends))
    return {source: " ".join(sorted(periods)) for source, periods in named.items()}


_INSTEAD_OF_LABEL = ("title", "indicator", "explanation", "label_en")


def _type(name: str, types: set[str]) -> str:
    for kind in ("Notice", "IssuedDocument", *schema.CLASSES):
        if kind in types:
            return kind
    if name.startswith(CONCEPTS + "court-level-"):
        return "CourtLevel"
    return min(types, default="Resource")


def _evidence(quotes: list[Quote], hashes: dict[str, str]) -> Attributes:
    """Return the first quote as attributes; several of the same text also as `mentions`."""
    if not quotes:
        return {}
    first = quotes[0]
    said: Attributes = {"startOffset": first.start, "endOffset": first.end, "exactQuote": first.words}
    if first.text in hashes:
        said["sha256"] = hashes[first.text]
    same = [quote for quote in quotes if quote.text == first.text]
    if len(same) > 1:
        said["mentions"] = " ".join(f"{quote.start}-{quote.end}" for quote in same)
    return said


# Digits of a path compare as numbers, so that issue/2 comes before issue/10.
_DIGITS = re.compile(r"([0-9]{1,18})")


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if place % 2 else (-1, part) for place, part in enumerate(_DIGITS.split(name))]


def _edge_details(found: _Found, edges: dict[Edge, bool], nodes: dict[str, Attributes],
                  quotes: dict[str, list[Quote]]) -> dict[Edge, Attributes]:
    """Return basis and evidence of the edges that have them: their own, else those of the action that they
    start from, else those of the edge that they follow from."""
    details: dict[Edge, Attributes] = {}
    for edge, says in _reified(found, quotes):
        if edge in edges:
            details.setdefault(edge, says)
    for edge in edges:
        source = nodes[edge[0]]
        if source["type"] == "Action" and "startOffset" not in details.get(edge, {}):
            own = {key: source[key] for key in ("startOffset", "endOffset", "exactQuote") if key in source}
            details[edge] = own | details.get(edge, {})
    _mirror(edges, details)
    _hand_up(edges, details)
    return details


def _mirror(edges: dict[Edge, bool], details: dict[Edge, Attributes]) -> None:
    """Give an edge that is only the inverse of another the evidence of that one."""
    for edge, inferred in edges.items():
        source, relation, target = edge
        other = (target, schema.inverses().get(relation, ""), source)
        if inferred and edge not in details and other in details:
            details[edge] = details[other]


def _reified(found: _Found, quotes: dict[str, list[Quote]]) -> list[tuple[Edge, Attributes]]:
    """Return the edges that a statement or a participation speaks of, with what it says of them."""
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    held: list[tuple[str, str]] = []
    for source, relation, target in sorted(found.links):
        if relation == "hasParticipation":
            held.append((source, target))
        elif relation in _HIDDEN:
            ends[source].setdefault(relation, target)
    spoken: list[tuple[Edge, str]] = []
    for name, parts in ends.items():
        if "statementSubject" in parts and "statementPredicate" in parts and "statementObject" in parts:
            spoken.append(((parts["statementSubject"], schema.local_name(parts["statementPredicate"]),
                            parts["statementObject"]), name))
    for undertaking, participation in held:
        roles = found.literals.get(participation, {}).get("participationRole", set())
        for role in sorted(str(role) for role in roles):
            spoken.append(((undertaking, schema.roles().get(role, ""), ends[participation].get("participant", "")),
                           participation))
    return [(edge, _says(found, name, quotes)) for edge, name in sorted(spoken)]


def _says(found: _Found, name: str, quotes: dict[str, list[Quote]]) -> Attributes:
    says = _evidence(quotes.get(name, [])[:1], {})
    basis = found.literals.get(name, {}).get("basis")
    if basis:
        says["basis"] = str(_one(basis)).removeprefix("basis-")
    return says


def _hand_up(edges: dict[Edge, bool], details: dict[Edge, Attributes]) -> None:
    """Give an inferred edge the evidence of the more specific edge beside it, or of the same edge of a part."""
    parent = {target: source for source, relation, target in edges if relation in schema.COMPOSITION}
    between, depth = _between(edges), _depths(parent)
    for edge in sorted(edges, key=lambda edge: (-depth.get(edge[0], 0), edge)):
        source, relation, target = edge
        for specific in sorted(schema.below(relation) & between[source, target]) if edges[edge] else ():
            if edge not in details and (source, specific, target) in details:
                details[edge] = details[source, specific, target]
        above = (parent.get(source, ""), relation, target)
        if edge in details and edges.get(above) and above not in details:
            details[above] = details[edge]


def _depths(parent: dict[str, str]) -> dict[str, int]:
    depth: dict[str, int] = {}
    for name in parent:
        way = [name]
        while way[-1] in parent and way[-1] not in depth and len(way) < 50:
            way.append(parent[way[-1]])
        base = depth.get(way[-1], 0)
        depth.update((each, base + up) for up, each in enumerate(reversed(way)))
    return depth


def _graph(nodes: dict[str, Attributes], edges: dict[Edge, bool],
           details: dict[Edge, Attributes]) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    for name, attributes in nodes.items():
        graph.add_node(name, **attributes)
    place = {name: number for number, name in enumerate(nodes)}
    for edge in sorted(edges, key=lambda edge: (place[edge[0]], edge[1], place[edge[2]])):
        source, relation, target = edge
        graph.add_edge(source, target, key=relation, relation=relation, inferred=edges[edge],
                       depends=schema.depends(relation), **details.get(edge, {}))
    return graph
