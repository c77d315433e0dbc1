"""Triples → what a view is made of: classes, attributes, links, and the words of the text behind them."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import pyoxigraph

from kg.network import schema
from kg.vocab import CONCEPTS, NAMESPACE

Scalar = str | int | float | bool
Edge = tuple[str, str, str]  # source, property, target

XSD = "http://www.w3.org/2001/XMLSchema#"
# Properties of other vocabularies that carry over, and the name that they get.
OTHERS = {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "type",
          "http://www.w3.org/2000/01/rdf-schema#label": "label",
          "http://www.w3.org/2004/02/skos/core#prefLabel": "label",
          "http://www.w3.org/2004/02/skos/core#altLabel": "altLabel",
          "http://purl.org/dc/terms/title": "title",
          "http://purl.org/dc/terms/issued": "issued",
          "http://www.w3.org/ns/org#unitOf": "unitOf"}
# Properties of the classes that are folded into attributes, and what a view has no use for.
FOLDED_LINKS = frozenset(("hasPeriod", "evidencedBy", "inText", "denotes", "basis", "hasParticipation", "participant",
                          "participationRole", "statementSubject", "statementPredicate", "statementObject"))
FOLDED_LITERALS = frozenset(("startOffset", "endOffset", "exactQuote", "sha256"))
LEFT_OUT = frozenset((*schema.CLOSURE, "hasText", "extractedBy", "lineNumber", "ruleIdentifier"))



class Quote(NamedTuple):
    """A stretch of a source text. Ordered by text, then place."""

    text: str
    start: int
    end: int
    words: str


@dataclass
class Found:
    """What one pass over the triples collects. `folded` are the resources that become attributes of others."""

    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # of what is not folded
    folded: set[str] = field(default_factory=set)
    literals: dict[str, dict[str, set[Scalar]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    links: dict[Edge, bool] = field(default_factory=dict)  # whether inferred
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))  # by folded property
    values: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # by folded property

    def collect(self, triples: Iterable[pyoxigraph.Triple], inferred: bool) -> None:
        for triple in triples:
            name, subject = _property(triple.predicate.value), triple.subject
            if name is None or isinstance(subject, pyoxigraph.Triple):
                continue
            value = triple.object
            if isinstance(value, pyoxigraph.Literal):
                self._add_literal(subject.value, name, value)
            elif not isinstance(value, pyoxigraph.Triple):
                self._add_link(subject.value, name, value.value, inferred)

    def _add_literal(self, subject: str, name: str, value: pyoxigraph.Literal) -> None:
        if name in FOLDED_LITERALS:
            self.values[name][subject] = value.value
        else:
            self.literals[subject][name + "_en" if value.language == "en" else name].add(_scalar(value))

    def _add_link(self, subject: str, name: str, target: str, inferred: bool) -> None:
        if name == "type":
            kind = schema.local_name(target)
            if kind in schema.FOLDED:
                self.folded.add(subject)
            else:
                self.types[subject].add(kind)
        elif name in FOLDED_LINKS:
            self.pairs[name].append((subject, target))
        elif target.startswith(CONCEPTS) and name not in schema.CONCEPT_NODES:
            self.literals[subject][name].add(schema.local_name(target))
        else:
            edge = (subject, name, target)
            self.links[edge] = self.links.get(edge, True) and inferred

    def quotes(self) -> dict[str, list[Quote]]:
        """Return, for each resource, the stretches of text that say it, first ones first."""
        starts, ends = self.values["startOffset"], self.values["endOffset"]
        words, texts = self.values["exactQuote"], self.one("inText")
        places = {span: Quote(texts.get(span, ""), int(start), int(ends[span]), words.get(span, ""))
                  for span, start in starts.items() if start.isdecimal() and ends.get(span, "").isdecimal()}
        said: dict[str, set[Quote]] = defaultdict(set)
        mentioned = ((named, mention) for mention, named in self.pairs["denotes"])
        for source, span in (*self.pairs["evidencedBy"], *mentioned):
            if span in places:
                said[source].add(places[span])
        return {resource: sorted(quotes) for resource, quotes in said.items()}

    def one(self, name: str) -> dict[str, str]:
        """Return the object of a folded property for each subject; the first in order, if it has several."""
        return dict(sorted(self.pairs[name], reverse=True))


@cache
def _property(iri: str) -> str | None:
    """The name that a property has in a view; None for one that a view has no use for."""
    if iri.startswith(NAMESPACE):
        name = iri[len(NAMESPACE):]
        return None if name in LEFT_OUT else name
    return OTHERS.get(iri)


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


def one_of(values: set[Scalar]) -> Scalar:
    """Return the one value of an attribute; several become one text, sorted."""
    if len(values) == 1:
        return next(iter(values))
    return "；".join(sorted(str(value) for value in values))
