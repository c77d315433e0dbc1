"""What happens to the rest when a document is withdrawn, amended or replaced, and why."""
from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import networkx

from kg.errors import NodeNotFoundError, QueryError
from kg.network.dependencies import Dependencies, dependencies, is_shortcut
from kg.network.effects import BREAKS, EFFECTS, RULES, STAYS, UNDONE, WEAKENED, WITHDRAWN
from kg.network.schema import COMPOSITION, DOCUMENTS

# Wholes that share the effect of their parts, parts first. Aspects and notices hold everything.
WHOLES = ("Measure", "Issue", "Recommendation")
_WORST_FIRST = tuple(EFFECTS)


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a reason: an edge, with the words that say it where they are known."""

    source: str
    relation: str
    target: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Affected:
    """A node that is touched: the effect on it, and the chain from it to the document.

    `parts` counts, for a whole, how many of its parts are touched by more than *stays*, and how many it has.
    """

    node: str
    type: str
    label: str
    number: int | None
    effect: str
    chain: tuple[Link, ...]
    parts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """The effect of one event on one document; `affected` worst first, then in the order of the view."""

    document: str
    label: str
    event: str
    affected: tuple[Affected, ...]

    def by_effect(self) -> dict[str, tuple[Affected, ...]]:
        """Return every effect with the nodes that it falls on, also where there are none."""
        return {effect: tuple(each for each in self.affected if each.effect == effect) for effect in EFFECTS}


# A touched node: its effect, the next node on the way to the document, the relation to it.
_Touch = tuple[str, str, str]


def impact(graph: networkx.MultiDiGraph, document: str, event: str = WITHDRAWN) -> Impact:
    """Return what an event on a document does to every node that touches it, with the reason.

    The rules are those of `kg.network.effects`.

    Args:
        document: node of a document. event: withdrawn, amended or replaced.

    Raises:
        NodeNotFoundError: the node is not a document.
        QueryError: the event is none of these.
    """
    if event not in RULES:
        raise QueryError(f"unknown event: {event}; known: {', '.join(RULES)}")
    if document not in graph or graph.nodes[document]["type"] not in (*DOCUMENTS, "Notice"):
        raise NodeNotFoundError(f"not a document: {document}")
    depends = dependencies(graph)
    touched = _direct(graph, document, RULES[event])
    _spread(depends, document, touched)
    parts = _gather(graph, document, touched)
    order = {node: place for place, node in enumerate(graph)}
    ranked = sorted(touched, key=lambda node: (_WORST_FIRST.index(touched[node][0]), order[node]))
    return Impact(document, graph.nodes[document]["label"], event,
                  tuple(_affected(graph, node, touched, parts) for node in ranked))


def _direct(graph: networkx.MultiDiGraph, document: str, rules: dict[str, str]) -> dict[str, _Touch]:
    """What the document's own edges say. The worst relation counts."""
    touched: dict[str, _Touch] = {}
    for source, _, relation, data in graph.in_edges(document, keys=True, data=True):
        effect = rules.get(relation)
        if effect is None or source == document or data["inferred"] and is_shortcut(graph, source, relation, document):
            continue
        if source not in touched or _worse(effect, touched[source][0]):
            touched[source] = (effect, document, relation)
    return touched


def _worse(one: str, other: str) -> bool:
    return _WORST_FIRST.index(one) < _WORST_FIRST.index(other)


def _spread(depends: Dependencies, document: str, touched: dict[str, _Touch]) -> None:
    """Weaken what rests, at any distance, on what breaks or is weakened. Wholes come later."""
    waiting = deque(node for node in touched if touched[node][0] in (BREAKS, WEAKENED))
    while waiting:
        node = waiting.popleft()
        for source, relations in depends.carries[node].items():
            telling = next((relation for relation in relations if relation not in COMPOSITION), None)
            if telling and source != document and (source not in touched or touched[source][0] == STAYS):
                touched[source] = (WEAKENED, node, telling)
                waiting.append(source)


def _gather(graph: networkx.MultiDiGraph, document: str, touched: dict[str, _Touch]) -> dict[str, tuple[int, int]]:
    """Give wholes the effect that follows from their parts; return how many parts are touched, and of how many."""
    counted: dict[str, tuple[int, int]] = {}
    for whole in _wholes(graph):
        members = _parts(graph, whole)
        hit = [part for part in members if part in touched]
        if not hit or whole == document:
            continue
        effects = [touched[part][0] if part in touched else None for part in members]
        worst = min(hit, key=lambda part: _WORST_FIRST.index(touched[part][0]))
        effect = _shared(effects)
        counted[whole] = (sum(each not in (None, STAYS) for each in effects), len(effects))
        if whole not in touched or _worse(effect, touched[whole][0]):
            touched[whole] = (effect, worst, _composition(graph, whole, worst))
    return counted


def _shared(effects: list[str | None]) -> str:
    if all(effect in (BREAKS, UNDONE) for effect in effects):
        return BREAKS if BREAKS in effects else UNDONE
    return STAYS if all(effect in (None, STAYS) for effect in effects) else WEAKENED


def _wholes(graph: networkx.MultiDiGraph) -> Iterator[str]:
    """Measures, issues and recommendations, each after its parts."""
    tree = networkx.DiGraph()
    tree.add_nodes_from(node for node, kind in graph.nodes(data="type") if kind in WHOLES)
    tree.add_edges_from((whole, part) for whole in list(tree) for part in _parts(graph, whole) if part in tree)
    yield from networkx.dfs_postorder_nodes(tree)


def _parts(graph: networkx.MultiDiGraph, whole: str) -> list[str]:
    return [part for _, part, relation in graph.out_edges(whole, keys=True) if relation in COMPOSITION]


def _composition(graph: networkx.MultiDiGraph, whole: str, part: str) -> str:
    return next(relation for relation in COMPOSITION if graph.has_edge(whole, part, relation))


def _affected(graph: networkx.MultiDiGraph, node: str, touched: dict[str, _Touch],
              parts: dict[str, tuple[int, int]]) -> Affected:
    data = graph.nodes[node]
    return Affected(node, data["type"], data["label"], data.get("number"), touched[node][0],
                    tuple(_reason(graph, node, touched)), parts.get(node))


def _reason(graph: networkx.MultiDiGraph, node: str, touched: dict[str, _Touch]) -> Iterator[Link]:
    while node in touched:
        _, target, relation = touched[node]
        yield link(graph, node, relation, target)
        node = target


def link(graph: networkx.MultiDiGraph, source: str, relation: str, target: str) -> Link:
    """Return an edge with the words that say it: its own evidence, else that of the part or thing it leads to."""
    edge = graph.edges[source, target, relation]
    said: dict[str, Any] = next((data for data in (edge, graph.nodes[target], graph.nodes[source]) if "startOffset" in data), {})
    return Link(source, relation, target, said.get("exactQuote"), said.get("startOffset"), said.get("endOffset"))
