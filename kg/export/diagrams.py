"""Graphs as drawings, in Mermaid and DOT; chains as graphs in these, in GraphML and in Turtle."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.export.formats import graphml
from kg.export.records import Chain, Place, titled
from kg.network.schema import labels
from kg.vocab import NAMESPACE


Nodes = Mapping[str, tuple[str, str]]  # type and label of each
Link = tuple[str, str, str]  # source, relation, target


class Arrow(NamedTuple):
    """An edge of a chain."""

    source: str
    relation: str
    target: str
    place: Place


def to_graphml(chains: Sequence[Chain]) -> bytes:
    """Return the nodes and edges of chains as GraphML, each once; `networkx.read_graphml` loads it
    (with `force_multigraph=True` always as the same kind of graph).
    """
    import networkx
    graph = networkx.MultiDiGraph()
    for node, (kind, label) in _nodes(chains).items():
        graph.add_node(node, type=kind, label=label)
    for source, relation, target, place in _arrows(chains):
        said = {"exactQuote": place.quote, "startOffset": place.start, "endOffset": place.end}
        graph.add_edge(source, target, key=relation, relation=relation,
                       **{name: value for name, value in said.items() if value is not None})
    return graphml(graph)


def to_mermaid(chains: Sequence[Chain]) -> str:
    """Return chains as a Mermaid flowchart."""
    return mermaid(_nodes(chains), ((arrow.source, arrow.relation, arrow.target) for arrow in _arrows(chains)))


def to_dot(chains: Sequence[Chain]) -> str:
    """Return chains as a Graphviz graph."""
    return dot("chains", _nodes(chains), ((arrow.source, arrow.relation, arrow.target) for arrow in _arrows(chains)))


def mermaid(nodes: Nodes, arrows: Iterable[Link], *, classes: bool = False) -> str:
    """Return a graph as a Mermaid flowchart. `classes`: each node names its type, for styles of your own."""
    names = {node: f"n{number}" for number, node in enumerate(nodes, start=1)}
    lines = ["flowchart LR"]
    lines.extend(f'  {names[node]}["{_mermaid(label)}"]{f":::{kind}" if classes else ""}' for node, (kind, label) in nodes.items())
    lines.extend(f'  {names[source]} -->|"{_mermaid(_word(relation))}"| {names[target]}' for source, relation, target in arrows)
    return "\n".join(lines) + "\n"


def dot(name: str, nodes: Nodes, arrows: Iterable[Link]) -> str:
    """Return a graph for Graphviz. Each node has its type as `class`, which an SVG keeps for styles."""
    names = {node: f"n{number}" for number, node in enumerate(nodes, start=1)}
    lines = [f"digraph {name} {{", "  rankdir=LR;", "  node [shape=box];"]
    lines.extend(f"  {names[node]} [label={_dot(label)} class={_dot(kind)}];" for node, (kind, label) in nodes.items())
    lines.extend(f"  {names[source]} -> {names[target]} [label={_dot(_word(relation))}];" for source, relation, target in arrows)
    return "\n".join([*lines, "}", ""])


def to_ttl(chains: Sequence[Chain]) -> bytes:
    """Return the edges of chains as Turtle."""
    import pyoxigraph as ox
    triples = [ox.Triple(ox.NamedNode(source), ox.NamedNode(NAMESPACE + relation), ox.NamedNode(target))
               for source, relation, target, _ in _arrows(chains)]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"rectify": NAMESPACE}) or b""


def _nodes(chains: Sequence[Chain]) -> dict[str, tuple[str, str]]:
    """Class and label of each node, in the order in which the chains come to it."""
    found: dict[str, tuple[str, str]] = {}
    for chain in chains:
        found.setdefault(chain.issue.node, ("Issue", titled("问题", chain.issue)))
        if chain.measure:
            found.setdefault(chain.measure.node, ("Measure", titled("措施", chain.measure)))
        for step in chain.documents:
            found.setdefault(step.node, ("Document", step.label))
    return found


def _arrows(chains: Sequence[Chain]) -> Iterator[Arrow]:
    """Each edge of the chains once. Actions are passed over: the measure has the relation of its action."""
    found: dict[tuple[str, str, str], Arrow] = {}
    for chain in chains:
        last = chain.issue.node
        if chain.measure:
            arrow = Arrow(last, "hasMeasure", chain.measure.node, chain.measure.place)
            found.setdefault(arrow[:3], arrow)
            last = chain.measure.node
        for step in chain.documents:
            arrow = Arrow(last, step.relation, step.node, step.place)
            found.setdefault(arrow[:3], arrow)
            last = step.node
    yield from found.values()


def _word(relation: str) -> str:
    return labels().get(relation, (relation, relation))[0]


# Characters that Mermaid reads as markup, or that end its string, as its own entity codes.
_MARKUP = re.compile(r'[#;"&<>`\\\[\]{}|*_~$]')


def _mermaid(text: str) -> str:
    return _MARKUP.sub(lambda match: f"#{ord(match[0])};", _line(text))


def _dot(text: str) -> str:
    return '"' + _line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(text: str) -> str:
    """Text on one line, without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)
