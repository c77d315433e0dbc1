"""Dependency chains: issue → measure → document → document …, every one that a graph holds."""
from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

import networkx

from kg.export.diagrams import to_dot, to_graphml, to_mermaid, to_ttl
from kg.export.records import (AT_DOCUMENT, AT_ISSUE, AT_LIMIT, AT_MEASURE, IN_CYCLE, Body, Chain, DocumentStep, Item,
                               Place)
from kg.export.tables import to_csv, to_json
from kg.network.dependencies import Dependencies, dependencies, is_shortcut, reach
from kg.network.find import find
from kg.network.impact import Link, link
from kg.network.schema import DOCUMENTS, court_levels, labels, local_name

__all__ = ["Chain", "chains", "to_csv", "to_dot", "to_graphml", "to_json", "to_mermaid", "to_ttl"]

log = logging.getLogger(__name__)

# A notice joins few documents (the longest chain of documents seen has 3). The limits are for graphs that
# are one knot of documents: so many in one chain, and so many chains from one measure.
LONGEST = 12
MOST = 1_000

_LAST = 1 << 62  # an offset beyond any text

Ways = Iterator[tuple[tuple[DocumentStep, ...], str]]  # documents, and where they end


def chains(graph: networkx.MultiDiGraph, *, from_: str | None = None, to: str | None = None) -> list[Chain]:
    """Return every chain of a graph, in the order of its issues, of their measures, and of the words.

    A chain goes from an issue over a measure to a document that the measure or one of its actions touches,
    and from one that it rests on further along the dependencies between documents, through none twice. An issue without measures and a
    measure without documents give a chain that ends there, so that nothing is missing. A document with more
    than `LONGEST` others below it, or a measure with more than `MOST` chains, is cut, with a warning.

    Args:
        from_: only chains through this node, as `find` takes it: a notice, aspect, issue, measure, action,
            document, or a responsible body. They are given from their issue on all the same.
        to: only chains that come to this issue, measure, or document, and only as far as it.

    Raises:
        NodeNotFoundError, AmbiguousNodeError: from `find`.
    """
    start = None if from_ is None else _Start.of(graph, find(graph, from_))
    reader = _Reader(graph, dependencies(graph), None if to is None else find(graph, to))
    found = {chain.key(): chain for chain in reader.read() if start is None or start.leads(chain)}
    return list(found.values())


@dataclass(frozen=True)
class _Start:
    """A node that chains are to go through, and the issues that stand below it."""

    node: str
    issues: frozenset[str]

    @classmethod
    def of(cls, graph: networkx.MultiDiGraph, node: str) -> _Start:
        below = [node]
        for part in below:
            below.extend(target for relation in ("hasAspect", "hasIssue", "hasSubIssue", "hasRecommendation")
                         for target in _targets(graph, part, relation) if target not in below)
        return cls(node, frozenset(below[1:]))

    def leads(self, chain: Chain) -> bool:
        return (self.node in chain.nodes() or chain.issue.node in self.issues
                or self.node in [step.source for step in chain.documents]
                or self.node in [body.node for body in chain.responsible])


class _Reader:
    """Reads the chains of one graph; with `to` only those that come to that node, as far as it."""

    def __init__(self, graph: networkx.MultiDiGraph, depends: Dependencies, to: str | None) -> None:
        self.graph, self.depends, self.to = graph, depends, to
        self.leading = None if to is None else {to, *(node for node, _ in reach(depends.carries, to))}

    def read(self) -> Iterator[Chain]:
        for issue, kind in self.graph.nodes(data="type"):
            if kind == "Issue" or kind == "Recommendation" and _targets(self.graph, issue, "hasMeasure"):
                for chain in self._of_issue(issue):
                    if self.to is None or self.to in chain.nodes():
                        yield self._as_far_as_to(chain)

    def _as_far_as_to(self, chain: Chain) -> Chain:
        if self.to == chain.issue.node:
            return replace(chain, measure=None, documents=(), ends=AT_ISSUE)
        if chain.measure and self.to == chain.measure.node:
            return replace(chain, documents=(), ends=AT_MEASURE)
        return chain

    def _of_issue(self, issue: str) -> Iterator[Chain]:
        measures = _targets(self.graph, issue, "hasMeasure")
        if not measures and not _targets(self.graph, issue, "hasSubIssue"):
            yield self._chain(issue, None, (), AT_ISSUE)
        for measure in measures:
            for documents, ends in self._of_measure(measure):
                yield self._chain(issue, measure, documents, ends)

    def _of_measure(self, measure: str) -> Ways:
        firsts = self._first_documents(measure)
        if not firsts:
            yield (), AT_MEASURE
        ways = (way for first in firsts for way in self._onward((first,)))
        for number, (documents, ends) in enumerate(ways, start=1):
            yield documents, AT_LIMIT if number == MOST else ends
            if number == MOST:
                log.warning("more than %d chains from %s: the rest is left out", MOST, measure)
                return

    def _first_documents(self, measure: str) -> list[DocumentStep]:
        """The documents that a measure or its actions touch, in the order of the words, each relation once."""
        found: dict[tuple[str, str], DocumentStep] = {}
        for undertaking in (*_targets(self.graph, measure, "hasAction"), measure):
            for _, target, relation, data in self.graph.out_edges(undertaking, keys=True, data=True):
                shortcut = data["inferred"] and is_shortcut(self.graph, undertaking, relation, target)
                if self._is_document(target) and not shortcut:
                    found.setdefault((relation, target), self._step(link(self.graph, undertaking, relation, target)))
        return sorted(found.values(), key=self._order_of_words)

    def _order_of_words(self, step: DocumentStep) -> tuple[int, int]:
        """Where the words are that join the two, and in them the first that name the document."""
        start, end = step.place.start or 0, step.place.end or 0
        named = [place for place in self._mentions(step.node) if start <= place < end]
        return (_LAST if step.place.start is None else start, min(named or self._mentions(step.node), default=_LAST))

    def _mentions(self, node: str) -> list[int]:
        data = self.graph.nodes[node]
        several = [int(span.partition("-")[0]) for span in data.get("mentions", "").split()]
        return several or ([data["startOffset"]] if "startOffset" in data else [])

    def _onward(self, way: tuple[DocumentStep, ...]) -> Ways:
        """Follow the dependencies between documents, depth first."""
        last, before = way[-1].node, [step.node for step in way]
        steps = self._steps_on(last) if way[-1].depends and last != self.to else []
        onward = [step for step in steps if step.node not in before]
        if not onward:
            yield way, IN_CYCLE if steps else AT_DOCUMENT
        elif len(way) == LONGEST:
            log.warning("more than %d documents in a chain over %s: the rest is left out", LONGEST, last)
            yield way, AT_LIMIT
        else:
            for step in onward:
                yield from self._onward((*way, step))

    def _steps_on(self, document: str) -> list[DocumentStep]:
        """The documents that a document rests on, in the order of the words."""
        steps = [self._step(link(self.graph, document, relations[0], target))
                 for target, relations in self.depends.rests_on[document].items()
                 if self._is_document(target) and (self.leading is None or target in self.leading)]
        return sorted(steps, key=self._order_of_words)

    def _is_document(self, node: str) -> bool:
        return self.graph.nodes[node]["type"] in DOCUMENTS

    def _chain(self, issue: str, measure: str | None, documents: tuple[DocumentStep, ...], ends: str) -> Chain:
        above = self._above(issue)
        bearer = measure or issue
        return Chain(above.get("Notice", ""), above.get("Aspect", ""), above.get("Issue", ""), self._item(issue),
                     self._item(measure) if measure else None, self._responsible(bearer), self._levels(bearer),
                     documents, ends)

    def _above(self, issue: str) -> dict[str, str]:
        """Labels of what an issue stands under, by class."""
        labels: dict[str, str] = {}
        way = [issue]
        for node in way:
            whole = next((source for source, _, relation in self.graph.in_edges(node, keys=True)
                          if relation in ("hasSubIssue", "hasIssue", "hasAspect", "hasRecommendation")), None)
            if whole is not None and whole not in way:
                way.append(whole)
                labels.setdefault(self.graph.nodes[whole]["type"], self.graph.nodes[whole]["label"])
        return labels

    def _item(self, node: str) -> Item:
        data = self.graph.nodes[node]
        place = Place(data.get("exactQuote"), data.get("startOffset"), data.get("endOffset"))
        return Item(node, data["label"], data.get("number"), data.get("marker"), data.get("status"), place)

    def _step(self, said: Link) -> DocumentStep:
        data = self.graph.nodes[said.target]
        issuers = [self.graph.nodes[body]["label"] for body in _targets(self.graph, said.target, "issuedBy")]
        depends: bool = self.graph.edges[said.source, said.target, said.relation]["depends"]
        return DocumentStep(said.source, said.relation, depends, said.target, data["label"], "；".join(issuers) or None,
                            bool(data.get("awaited")), Place(said.quote, said.start, said.end))

    def _responsible(self, bearer: str) -> tuple[Body, ...]:
        found: dict[str, Body] = {}
        for relation in ("leadOrganization", "responsibleOrganization"):
            for body in _targets(self.graph, bearer, relation):
                basis = self.graph.edges[bearer, body, relation].get("basis")
                found.setdefault(body, Body(body, self.graph.nodes[body]["label"], basis))
        return tuple(found.values())

    def _levels(self, bearer: str) -> tuple[str, ...]:
        reached = [local_name(level) for level in _targets(self.graph, bearer, "appliesToCourtLevel")]
        return tuple(labels()[level][0] for level in court_levels() if level in reached)


def _targets(graph: networkx.MultiDiGraph, node: str, relation: str) -> list[str]:
    return [target for _, target, key in graph.out_edges(node, keys=True) if key == relation]
