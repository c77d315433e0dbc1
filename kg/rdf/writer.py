"""Collects the triples of one notice: facts on one side, what they rest on in the text on the other."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

import pyoxigraph as ox

from kg.model import Source, Span
from kg.vocab import C, R, concepts, iri, key, source_iri, span_iri, statement_iri

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode(RDFS + "label")
TITLE = ox.NamedNode(DCTERMS + "title")
ISSUED = ox.NamedNode(DCTERMS + "issued")
PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
MEMBER = ox.NamedNode(SKOS + "member")
TRUE = ox.Literal(True)
LABEL_MAX = 60  # characters of a label taken from running text

Value = ox.NamedNode | ox.Literal


@dataclass
class Writer:
    """The triples written so far. `notice` is the key of the notice, `text` what its offsets count in.

    `vocabulary` tells what the concepts among the facts are called: it belongs to the facts, after them.
    """

    notice: str
    text: str
    origin: Source
    facts: list[ox.Triple] = field(default_factory=list)
    vocabulary: list[ox.Triple] = field(default_factory=list)
    evidence: list[ox.Triple] = field(default_factory=list)
    _concepts: set[ox.NamedNode] = field(default_factory=set)
    _spans: set[ox.NamedNode] = field(default_factory=set)
    _rules: set[ox.NamedNode] = field(default_factory=set)
    _bases: set[ox.NamedNode] = field(default_factory=set)
    _statements: set[ox.NamedNode] = field(default_factory=set)

    # ---------------------------------------------------------------- facts

    def add(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Value | None) -> None:
        """Write a fact; a value that is None, because the notice is silent, writes nothing."""
        if value is not None:
            self.facts.append(ox.Triple(subject, predicate, value))

    def node(self, subject: ox.NamedNode, kind: ox.NamedNode, label: str) -> ox.NamedNode:
        """Write the type and the label of a node."""
        self.add(subject, TYPE, kind)
        self.add(subject, LABEL, chinese(label))
        return subject

    def concept(self, subject: ox.NamedNode, predicate: ox.NamedNode, concept: ox.NamedNode | None) -> None:
        """Write a fact whose value is a concept, and once what the concept is called."""
        self.add(subject, predicate, concept)
        if concept is not None and concept not in self._concepts:
            self._describe(concept)

    def _describe(self, concept: ox.NamedNode) -> None:
        self._concepts.add(concept)
        self.vocabulary += described(concept)
        for member in concepts()[concept].members:
            if member not in self._concepts:
                self._describe(member)

    # ---------------------------------------------------------------- evidence

    @cached_property
    def source(self) -> ox.NamedNode:
        """The source text."""
        return source_iri(self.origin.sha256)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def prove(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Value) -> None:
        """Write a triple of the evidence."""
        self.evidence.append(ox.Triple(subject, predicate, value))

    def span(self, span: Span) -> ox.NamedNode:
        """Return the node of a stretch of the text, written once."""
        start, end = span
        node = span_iri(self.source, start, end)
        if node not in self._spans:
            self._spans.add(node)
            self.prove(node, TYPE, R.TextEvidence)
            self.prove(node, R.inText, self.source)
            self.prove(node, R.startOffset, ox.Literal(start))
            self.prove(node, R.endOffset, ox.Literal(end))
            self.prove(node, R.exactQuote, ox.Literal(self.text[start:end]))
            self.prove(node, R.lineNumber, ox.Literal(bisect_right(self._line_starts, start)))
        return node

    def found(self, subject: ox.NamedNode, *spans: Span | None, rule: str, basis: str | None = "stated") -> None:
        """Tie a node to the words it rests on, the rule that found it, and the basis on which it holds.

        `basis` is None where the facts tell it already.
        """
        for span in spans:
            self.evidenced(subject, span)
        self.found_by(subject, rule)
        if basis is not None:
            concept = C["basis-" + basis]
            self.prove(subject, R.basis, concept)
            if concept not in self._bases:
                self._bases.add(concept)
                self.evidence += described(concept)

    def evidenced(self, subject: ox.NamedNode, span: Span | None) -> None:
        """Tie a node to the words it rests on; an empty stretch proves nothing."""
        if span is not None and self.holds(span):
            self.prove(subject, R.evidencedBy, self.span(span))

    def holds(self, span: Span) -> bool:
        """Whether a stretch has words of the text."""
        return 0 <= span.start < span.end <= len(self.text)

    def first(self, *spans: Span | None) -> Span | None:
        """Return the first stretch that has words; without any, the first line of the text."""
        found = next((span for span in spans if span is not None and self.holds(span)), None)
        line = re.search(r"[^\n]*\S[^\n]*", self.text)
        return found or (Span(*line.span()) if line else None)

    def words(self, words: str, within: Span, otherwise: Span | None) -> Span | None:
        """Return where words stand in a stretch, else what stands in for them."""
        at = self.text.find(words, within.start, within.end) if words else -1
        return Span(at, at + len(words)) if at >= 0 else otherwise

    def found_by(self, subject: ox.NamedNode, rule: str) -> None:
        """Name the rule that found something."""
        if not rule:
            return
        node = iri("rule", key(rule))
        if node not in self._rules:
            self._rules.add(node)
            self.prove(node, TYPE, R.ExtractionRule)
            self.prove(node, R.ruleIdentifier, ox.Literal(rule))
        self.prove(subject, R.extractedBy, node)

    def state(
        self, subject: ox.NamedNode, predicate: ox.NamedNode, target: Value, *, basis: str, rule: str, spans: Iterable[Span | None],
    ) -> None:
        """Say where a fact comes from that no node stands for."""
        statement = statement_iri(self.notice, subject, predicate, target)
        if statement not in self._statements:
            self._statements.add(statement)
            self.prove(statement, TYPE, R.ExtractedStatement)
            self.prove(statement, R.statementSubject, subject)
            self.prove(statement, R.statementPredicate, predicate)
            self.prove(statement, R.statementLiteral if isinstance(target, ox.Literal) else R.statementObject, target)
        self.found(statement, *spans, rule=rule, basis=basis)

    def tell(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Value | None, *, basis: str = "stated", rule: str, span: Span | None) -> None:
        """Write a fact, if there is a value, and where it comes from."""
        if value is None:
            return
        if isinstance(value, ox.NamedNode) and value in concepts():
            self.concept(subject, predicate, value)
        else:
            self.add(subject, predicate, value)
        self.state(subject, predicate, value, basis=basis, rule=rule, spans=[span])


# ---------------------------------------------------------------- concepts


@cache
def described(concept: ox.NamedNode) -> tuple[ox.Triple, ...]:
    """Return what a graph repeats of the ontology about one of its concepts."""
    known = concepts()[concept]
    told: list[tuple[ox.NamedNode, Value]] = [(TYPE, kind) for kind in known.types]
    told += [(PREF_LABEL, label) for label in known.labels]
    told += [(IN_SCHEME, known.scheme)] if known.scheme else []
    told += [(MEMBER, member) for member in known.members]
    return tuple(ox.Triple(concept, predicate, value) for predicate, value in told)


# ---------------------------------------------------------------- literals


def chinese(text: str) -> ox.Literal:
    """Return a Chinese text as a literal."""
    return ox.Literal(text, language="zh")


def clipped(text: str, most: int = LABEL_MAX) -> str:
    """Return running text as a label: one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most - 1] + "…"


def decimal(value: float) -> ox.Literal:
    """Return a number as xsd:decimal, whole numbers without a point.

    >>> decimal(338000.0).value, decimal(33.8).value
    ('338000', '33.8')
    """
    digits = format(Decimal(repr(float(value))), "f")
    return ox.Literal(digits.rstrip("0").rstrip(".") if "." in digits else digits, datatype=ox.NamedNode(XSD + "decimal"))


def date_literal(text: str | None) -> ox.Literal | None:
    """Return a day, month or year as a literal of its type; None for anything that is no date.

    >>> date_literal("2023-02").datatype.value.rpartition("#")[2], date_literal("2023-02-30")
    ('gYearMonth', None)
    """
    if text is None or not re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", text):
        return None
    parts = [int(part) for part in text.split("-")]
    try:
        date(*(parts + [1, 1])[:3])
    except ValueError:
        return None
    return ox.Literal(text, datatype=ox.NamedNode(XSD + ("gYear", "gYearMonth", "date")[len(parts) - 1]))
