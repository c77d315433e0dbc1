"""A NetworkX view of a notice as the plain records the page is made of.

No graph library and no HTML: `records` turns nodes and edges into rows with a kind, a place in the
picture, offsets in UTF-16 units (what JavaScript counts in) and the attributes that are set.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from viz.layout import Box, card_height, place

MADE_BY = ("issuesDocument", "revisesDocument", "draftsDocument", "promotesDocument")
HIDDEN = {"type", "label", "title", "startOffset", "endOffset", "exactQuote", "mentions", "sha256"}
BASES = ("", "stated", "inferred", "default", "corrected")
DEEPEST = 3
DEEPENED = ("issue", "document", "rule")
LAST = 1 << 60
"""Sorts what has no place in the text behind what has one."""


class View(Protocol):
    """What the page asks of `networkx.MultiDiGraph`."""

    @property
    def nodes(self) -> Any: ...  # noqa: D102

    @property
    def edges(self) -> Any: ...  # noqa: D102


@dataclass(frozen=True)
class Kind:
    """A kind of node as the reader sees it; several classes of the ontology may share one."""

    name: str
    types: tuple[str, ...]
    column: int
    shown: bool


@dataclass(frozen=True)
class Node:
    """One node of the page; `places` are the stretches of text that name it, in UTF-16 units."""

    iri: str
    type: str
    kind: str
    label: str
    column: int
    places: tuple[tuple[int, int], ...]
    more: Mapping[str, str | int | float | bool]


@dataclass(frozen=True)
class Edge:
    """One relation between two nodes, given by their positions in the list of nodes."""

    source: int
    target: int
    relation: str
    inferred: bool
    depends: bool
    basis: str
    place: tuple[int, int] | None


@dataclass(frozen=True)
class Records:
    """All of a page's graph, in a fixed order, with a place in the whole picture for each node."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    centres: tuple[tuple[int, int], ...]
    sha256: str = field(default="")


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds of `viz/kinds.json`, in the order they are listed to the reader."""
    rows = json.loads(files("viz").joinpath("kinds.json").read_text(encoding="utf-8"))
    return tuple(Kind(row["name"], tuple(row["types"]), row["column"], row["shown"]) for row in rows)


def records(graph: View, text: str) -> Records:
    """Return the rows of the page, in an order that depends on nothing but the graph.

    Args:
        graph: the NetworkX view of a notice; node keys are IRIs, edge keys names of properties.
        text: the notice; the offsets of the graph count its code points.

    Returns:
        Nodes by kind, then place in the text, then IRI; edges by source, target and relation.
    """
    links = sorted((str(a), str(b), str(key), data) for a, b, key, data in graph.edges(keys=True, data=True))
    made = {target for _, target, relation, _ in links if relation in MADE_BY}
    units = _utf16(text)
    by_type = {name: kind for kind in kinds() for name in kind.types}
    order = {kind.name: rank for rank, kind in enumerate(kinds())}
    nodes = [_node(str(iri), data, by_type, str(iri) in made, units) for iri, data in graph.nodes(data=True)]
    nodes.sort(key=lambda node: (order[node.kind], *_reading_order(node)))
    index = {node.iri: i for i, node in enumerate(nodes)}
    edges = tuple(sorted((_edge(index[a], index[b], relation, data, units) for a, b, relation, data in links),
                         key=lambda edge: (edge.source, edge.target, edge.relation)))
    deepened = _deepen(nodes, edges)
    sha256 = next((str(data["sha256"]) for _, data in graph.nodes(data=True) if data.get("sha256")), "")
    return Records(tuple(deepened), edges, tuple(_centres(deepened, edges)), sha256)


def references(nodes: Sequence[Node], edges: Iterable[Edge]) -> dict[int, str]:
    """Return how each issue is called in the address: its number, with its aspect's where not unique.

    Issues without a number are called by their place among the issues. Of several notices, the place of the
    notice goes before: 2-15 is issue 15 of the second.
    """
    links = [edge for edge in edges if edge.relation in ("hasAspect", "hasIssue", "hasSubIssue")]
    holders = {edge.target: edge.source for edge in links}
    aspects = {edge.target: nodes[edge.source].more.get("number") for edge in links if edge.relation == "hasIssue"}
    above = {edge.target: edge.source for edge in links if edge.relation == "hasSubIssue"}
    notices = {i: f"{rank}-" for rank, i in enumerate((i for i, node in enumerate(nodes) if node.kind == "notice"), 1)}
    groups: dict[str, list[int]] = {}
    for i, node in enumerate(nodes):
        if node.kind == "issue" and i not in above:
            groups.setdefault(notices.get(_top(i, holders), "") if len(notices) > 1 else "", []).append(i)
    names = {i: mark + name for mark, issues in groups.items() for i, name in _numbered(issues, nodes, aspects).items()}
    for i in above:
        _name_sub_issue(i, above, nodes, names)
    return names


def _top(node: int, holders: Mapping[int, int]) -> int:
    """Return what holds a node at the highest level: the notice, where it has one."""
    seen = {node}
    while holders.get(node, node) not in seen:
        node = holders[node]
        seen.add(node)
    return node


def _numbered(issues: Sequence[int], nodes: Sequence[Node], aspects: Mapping[int, object]) -> dict[int, str]:
    """Name the issues of one notice so that each name is used once."""
    numbers = [_name(nodes[i].more.get("number"), place) for place, i in enumerate(issues, 1)]
    counts = Counter(numbers)
    if max(counts.values(), default=1) > 1:
        numbers = [f"{aspects.get(i) or 0}.{number}" for i, number in zip(issues, numbers)]
        counts = Counter(numbers)
    return {i: number if counts[number] == 1 else f"~{place}" for place, (i, number) in enumerate(zip(issues, numbers), 1)}


def _name_sub_issue(issue: int, above: Mapping[int, int], nodes: Sequence[Node], names: dict[int, str]) -> None:
    """Name an issue under another by the other's name and its own number: 5.2; issues above it first."""
    way = [issue]
    while above.get(way[-1]) is not None and above[way[-1]] not in (*way, *names):
        way.append(above[way[-1]])
    for i in reversed(way):
        if i in names:
            continue
        name = f"{names.get(above.get(i, -1), '')}.{nodes[i].more.get('number') or '0'}".lstrip(".")
        names[i] = name if name not in names.values() else f"~{i}"


def _name(number: object, place: int) -> str:
    return str(number) if number not in (None, "") else f"~{place}"


def _node(iri: str, data: Mapping[str, Any], by_type: Mapping[str, Kind], made: bool, units: Callable[[int], int]) -> Node:
    kind = by_type.get(str(data.get("type")))
    name = kind.name if kind else "other"
    if name == "rule" and made:
        name = "document"
    column = next(k.column for k in kinds() if k.name == name)
    more = {key: data[key] for key in sorted(data) if key not in HIDDEN and data[key] not in (None, "", False)}
    label = str(data.get("label") or data.get("title") or iri.rsplit("/", 1)[-1])
    return Node(iri, str(data.get("type", "")), name, label, column * 10, tuple(_places(data, units)), more)


def _places(data: Mapping[str, Any], units: Callable[[int], int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text of a node: `mentions` ("12-40 88-95") or its one place."""
    spans = [tuple(int(n) for n in part.split("-")) for part in str(data.get("mentions") or "").split()]
    if data.get("startOffset") is not None and data.get("endOffset") is not None:
        spans.append((int(data["startOffset"]), int(data["endOffset"])))
    seen = {(units(span[0]), units(span[1])) for span in spans if len(span) == 2 and span[0] < span[1]}
    yield from sorted(seen)


def _reading_order(node: Node) -> tuple[int, float, str]:
    number = node.more.get("number")
    return (node.places[0][0] if node.places else LAST, number if isinstance(number, int) else LAST, node.iri)


def _edge(source: int, target: int, relation: str, data: Mapping[str, Any], units: Callable[[int], int]) -> Edge:
    start, end = data.get("startOffset"), data.get("endOffset")
    place = (units(int(start)), units(int(end))) if start is not None and end is not None else None
    basis = str(data.get("basis") or "").removeprefix("basis-")
    return Edge(source, target, relation, bool(data.get("inferred")), bool(data.get("depends")),
                basis if basis in BASES else "", place)


def _utf16(text: str) -> Callable[[int], int]:
    """Return the map from code points of a text to UTF-16 units; equal unless it has rare characters."""
    if max(text, default="") <= "\uffff":
        return lambda offset: offset
    wide = [i for i, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def _deepen(nodes: Sequence[Node], edges: Iterable[Edge]) -> list[Node]:
    """Move what another of its kind rests on, or holds, one column to the right of that one."""
    papers = [(e.source, e.target) for e in edges
              if e.depends and nodes[e.source].kind == nodes[e.target].kind and nodes[e.source].kind in DEEPENED]
    columns = [node.column for node in nodes]
    for _ in range(DEEPEST):
        for a, b in papers:
            if a != b and columns[b] <= columns[a] and columns[a] % 10 < DEEPEST:
                columns[b] = columns[a] + 1
    return [node if node.column == column else Node(**{**node.__dict__, "column": column})
            for node, column in zip(nodes, columns)]


def _centres(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[tuple[int, int]]:
    """Return the place of each node; kinds not shown at first get the place of what they belong to."""
    shown = {kind.name for kind in kinds() if kind.shown}
    here = [i for i, node in enumerate(nodes) if node.kind in shown]
    rank = {i: n for n, i in enumerate(here)}
    boxes = [Box(nodes[i].column, card_height(nodes[i].label), nodes[i].kind == "body") for i in here]
    through = {e.target: e.source for e in edges if e.relation == "hasAction"}
    pairs = [(through.get(e.source, e.source), e.target) for e in edges]
    placed = place(boxes, [(rank[a], rank[b]) for a, b in pairs if a in rank and b in rank])
    centres: list[tuple[int, int] | None] = [None] * len(nodes)
    for i, centre in zip(here, placed):
        centres[i] = centre
    for edge in edges:
        if centres[edge.target] is None:
            centres[edge.target] = centres[edge.source]
    return [centre or (0, 0) for centre in centres]
