"""RDF triples → a `MultiDiGraph` with scalar attributes, evidence folded into its nodes and edges."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import networkx
import pyoxigraph

from kg.network import schema
from kg.network.collect import Edge, Found, Quote, Scalar, one_of
from kg.vocab import CONCEPTS

Attributes = dict[str, Scalar]

FORTHCOMING = "status-doc-forthcoming"


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
    found = Found()
    found.collect(facts, inferred=False)
    found.collect(evidence, inferred=False)
    found.collect(inferred, inferred=True)
    quotes = found.quotes()
    edges = _edges(found)
    nodes = _nodes(found, edges, quotes)
    details = _edge_details(found, edges, nodes, quotes)
    return _graph(nodes, _without_general(edges), details)


def _edges(found: Found) -> dict[Edge, bool]:
    """Return the links between nodes, and whether each is inferred."""
    return {edge: inferred for edge, inferred in sorted(found.links.items())
            if edge[0] not in found.folded and edge[2] not in found.folded}


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


_KINDS = frozenset(schema.CLASSES)


def _nodes(found: Found, edges: dict[Edge, bool], quotes: dict[str, list[Quote]]) -> dict[str, Attributes]:
    names = {name for name, types in found.types.items() if not _KINDS.isdisjoint(types)}
    names.update(end for source, _, target in edges for end in (source, target))
    awaited = {target for source, relation, target in edges if relation == "awaits"}
    nodes = {name: _attributes(name, found, name in awaited) for name in names}
    for name, periods in _periods(found).items():
        nodes.setdefault(name, _attributes(name, found, False))["hasPeriod"] = periods
    for name, node in nodes.items():
        node.update(_evidence(quotes.get(name, []), found.values["sha256"]))
    order = {kind: place for place, kind in enumerate(schema.CLASSES)}
    return {name: nodes[name] for name in
            sorted(nodes, key=lambda name: (order.get(str(nodes[name]["type"]), len(order)), _natural(name), name))}


def _attributes(name: str, found: Found, awaited: bool) -> Attributes:
    literals = found.literals.get(name, {})
    node: Attributes = {"type": _type(name, found.types.get(name, set()))}
    node.update((key, one_of(literals[key])) for key in sorted(literals))
    if node["type"] == "CourtLevel" and schema.local_name(name) in schema.labels():
        node["label"], node["label_en"] = schema.labels()[schema.local_name(name)]
    if "label" not in node:
        node["label"] = next((node[key] for key in _INSTEAD_OF_LABEL if node.get(key)), schema.local_name(name))
    if awaited or node.get("status") == FORTHCOMING:
        node["awaited"] = True
    return node


def _periods(found: Found) -> dict[str, str]:
    """Return the days and periods that each undertaking names, as ISO 8601 with a space between."""
    named: dict[str, set[str]] = defaultdict(set)
    for source, period in found.pairs["hasPeriod"]:
        said = found.literals[period]
        named[source].add("/".join(str(one_of(said[end])) for end in ("startDate", "endDate") if end in said))
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


def _edge_details(found: Found, edges: dict[Edge, bool], nodes: dict[str, Attributes],
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


def _reified(found: Found, quotes: dict[str, list[Quote]]) -> list[tuple[Edge, Attributes]]:
    """Return the edges that a statement or a participation speaks of, with what it says of them."""
    predicates, objects = found.one("statementPredicate"), found.one("statementObject")
    spoken = [((source, schema.local_name(predicates.get(statement, "")), objects.get(statement, "")), statement)
              for statement, source in found.pairs["statementSubject"]]
    roles, bodies = found.one("participationRole"), found.one("participant")
    spoken.extend(((undertaking, schema.roles().get(schema.local_name(roles.get(participation, "")), ""),
                    bodies.get(participation, "")), participation)
                  for undertaking, participation in found.pairs["hasParticipation"])
    bases = found.one("basis")
    return [(edge, _says(quotes.get(name, []), bases.get(name))) for edge, name in sorted(spoken)]


def _says(quotes: list[Quote], basis: str | None) -> Attributes:
    says = _evidence(quotes[:1], {})
    if basis:
        says["basis"] = schema.local_name(basis).removeprefix("basis-")
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
