"""By which way each fact of a graph reaches the words behind it.

A fact is a triple of the facts part. Its way is the first of these that leads to words:

- statement: an `ExtractedStatement` describes this very triple (a status, an issuer, a court level …);
- words: it tells of a node that has words of its own (the number of an issue, the value of a figure);
- mention: it tells of a document that the text names (its title, its type);
- part: it leads to a part that has words of its own, or is named (a measure of an issue);
- participation: it leads to a body that takes part in the same undertaking, which has words;
- body: it tells of a body that something with words names (its label, its kind);
- concept: it repeats what the ontology says of a concept, and is no fact of the notice.

Words are a stretch of the text (offsets, quote, hash of the source) with a rule and a basis: stated,
inferred, by default or corrected. Which property may go which way is listed below, so that a new
property without evidence is found, not excused.
"""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import pyoxigraph as ox

from kg.inference import Fact, Node, Subject
from kg.rdf.writer import ALT_LABEL, LABEL, TITLE, TYPE, described
from kg.vocab import R, concepts

NAMES = (TYPE, LABEL, TITLE, ALT_LABEL)
# What a node tells of itself.
OF_ITSELF = frozenset((*NAMES, *(R[name] for name in (
    "number", "marker", "isImplicit", "documentType", "inspectionType", "actionType", "claimTopic", "claimedValue", "unit", "isApproximate",
    "value", "indicator", "figureKind", "startDate", "endDate", "participant", "participationRole", "basis",
    "outcome", "reconciliationMethod", "observedValue", "explanation",
    # of an action, whose words are its verb and the titles
    "concernsDocument", "issuesDocument", "revisesDocument", "draftsDocument", "implementsDocument", "citesBasis", "studiesDocument",
    "reviewsDocument", "usesForm", "compilesDocument", "reportedIn"))))
OF_A_DOCUMENT = frozenset((*NAMES, R.documentType, R.isTrial))
OF_A_BODY = frozenset((TYPE, LABEL, R.organizationKind))
TO_A_PART = frozenset(R[name] for name in (
    "hasAspect", "hasIssue", "hasSubIssue", "hasRecommendation", "hasMeasure", "hasAction", "hasParticipation", "hasFigure", "hasPeriod",
    "makesClaim", "hasReconciliation", "reportsOn", "mentionsDocument"))

Values = Mapping[ox.NamedNode, Mapping[Subject, list[Node]]]


@dataclass(frozen=True, slots=True)
class Account:
    """How many facts go each way, and those that reach no words."""

    ways: Mapping[str, int]
    unreached: tuple[ox.Triple, ...]

    @property
    def facts(self) -> int:
        """How many facts of the notice there are: what only repeats the ontology is none."""
        return sum(self.ways.values()) - self.ways.get("concept", 0) + len(self.unreached)


def account(facts: Iterable[ox.Triple], evidence: Iterable[ox.Triple]) -> Account:
    """Return the way of every fact, counted, and the facts that have none.

    Args:
        facts: the facts part of a graph.
        evidence: its evidence part.
    """
    facts = tuple(facts)
    proof = Proof((*facts, *evidence))
    found = [(fact, proof.way((fact.subject, fact.predicate, fact.object))) for fact in facts]
    return Account(Counter(way for _, way in found if way), tuple(fact for fact, way in found if not way))


class Proof:
    """What the evidence of a graph proves."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        values: dict[ox.NamedNode, dict[Subject, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            values[triple.predicate][triple.subject].append(triple.object)
        spans, found = _spans(values), _found(values)
        self._with_words: set[Node] = {node for node in found if not spans.isdisjoint(values[R.evidencedBy].get(node, ()))}
        self._named: set[Node] = {document for mention in found & spans for document in values[R.denotes].get(mention, ())}
        self._described: set[Fact] = {fact for statement, fact in _statements(values) if statement in self._with_words}
        self._roles: set[Fact] = {fact for participation, fact in _roles(values) if participation in self._with_words}
        self._bodies: set[Node] = {end for subject, _, value in (*self._described, *self._roles) for end in (subject, value)}

    def way(self, fact: Fact) -> str | None:
        """Return the first way by which a fact reaches words; None where there is none."""
        subject, predicate, value = fact
        ways = {
            "statement": fact in self._described,
            "words": predicate in OF_ITSELF and subject in self._with_words,
            "mention": predicate in OF_A_DOCUMENT and subject in self._named,
            "part": predicate in TO_A_PART and (value in self._with_words or value in self._named),
            "participation": fact in self._roles,
            "body": predicate in OF_A_BODY and subject in self._bodies,
            "concept": fact in _told_of_concepts(),
        }
        return next((way for way, holds in ways.items() if holds), None)


def _spans(values: Values) -> set[Node]:
    """Stretches of a text whose hash is there, with offsets and quote."""
    texts = set(values[R.sha256])
    return {node for node, inside in values[R.inText].items() if not texts.isdisjoint(inside)
            and all(node in values[predicate] for predicate in (R.startOffset, R.endOffset, R.exactQuote))}


def _found(values: Values) -> set[Subject]:
    """What says which rule found it and on what basis."""
    rules = set(values[R.ruleIdentifier])
    return {node for node, by in values[R.extractedBy].items() if not rules.isdisjoint(by) and node in values[R.basis]}


def _statements(values: Values) -> Iterator[tuple[Subject, Fact]]:
    """Each statement with the triple it describes."""
    for statement, subjects in values[R.statementSubject].items():
        said = values[R.statementPredicate].get(statement, ())
        objects = (*values[R.statementObject].get(statement, ()), *values[R.statementLiteral].get(statement, ()))
        for subject, predicate, value in product(subjects, said, objects):
            if isinstance(predicate, ox.NamedNode) and not isinstance(subject, ox.Literal):
                yield statement, (subject, predicate, value)


def _roles(values: Values) -> Iterator[tuple[Node, Fact]]:
    """Each participation with the triple that says the same straight."""
    shortcuts = {concept.iri: concept.shortcut for concept in concepts().values() if concept.shortcut}
    for subject, participations in values[R.hasParticipation].items():
        for participation in participations:
            if isinstance(participation, ox.NamedNode):
                for role, body in product(values[R.participationRole].get(participation, ()), values[R.participant].get(participation, ())):
                    if isinstance(role, ox.NamedNode) and role in shortcuts:
                        yield participation, (subject, shortcuts[role], body)


@cache
def _told_of_concepts() -> frozenset[Fact]:
    """What a graph repeats of the ontology."""
    return frozenset((t.subject, t.predicate, t.object) for concept in concepts() for t in described(concept))
