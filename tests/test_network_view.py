"""The NetworkX view of triples typed by hand."""
from __future__ import annotations

import random

import networkx
import pyoxigraph as ox
import pytest

from kg.network import schema, view
from kg.network.effects import RULES
from kg.vocab import C, R

PREFIXES = """
@prefix r: <https://w3id.org/rectify#> . @prefix rc: <https://w3id.org/rectify/concept/> . @prefix : <urn:x:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

FACTS = """
:n a r:Notice ; rdfs:label "通报"@zh ; dcterms:title "通报"@zh ; dcterms:issued "2023-07-18"^^xsd:date ;
   r:hasAspect :a ; r:makesClaim :claim ; r:hasText :text .
:a a r:Aspect ; rdfs:label "作风方面"@zh ; r:number 1 ; r:hasIssue :i .
:i a r:Issue ; rdfs:label "台账不清"@zh , "unclear ledger"@en ; r:number 7 ; r:marker "7." ; r:hasMeasure :m .
:m a r:Measure ; rdfs:label "建立台账"@zh ; r:hasAction :act ; r:hasPeriod :p1 , :p2 ; r:hasFigure :f ;
   r:status rc:status-completed ; r:hasParticipation :part ; r:responsibleOrganization :o ;
   r:appliesToCourtLevel rc:court-level-basic ; r:appliesToCourtLevelGroup rc:court-levels-two .
:act a r:Action ; rdfs:label "印发《台账办法》"@zh ; r:issuesDocument :d ; r:evidencedBy :e3 .
:d a r:Document ; rdfs:label "《台账办法》"@zh ; dcterms:title "台账办法"@zh ; r:isTrial true ; r:awaits :law .
:law a r:Document ; dcterms:title "上位法"@zh .
:o a r:Department ; rdfs:label "办公室"@zh ; skos:altLabel "办"@zh , "院办"@zh .
:f a r:Figure ; r:indicator "台账数" ; r:value 12.0 ; r:unit "本" .
:p1 a r:Period ; r:startDate "2023-03-01"^^xsd:date ; r:endDate "2023-03-31"^^xsd:date .
:p2 a r:Period ; r:startDate "2022-12-01"^^xsd:date .
:claim a r:Claim ; rdfs:label "共3个问题"@zh ; r:claimedValue 3 ; r:claimTopic rc:topic-issues-total ; r:hasReconciliation :check .
:check a r:Reconciliation ; r:outcome rc:outcome-matches ; r:observedValue 2.5 ; r:explanation "数了"@zh , "counted"@en .
"""
EVIDENCE = """
:text a r:SourceText ; r:sha256 "abc" .
:e1 a r:DocumentMention ; r:denotes :d ; r:startOffset 40 ; r:endOffset 46 ; r:exactQuote "《台账办法》" ; r:inText :text .
:e2 a r:DocumentMention ; r:denotes :d ; r:startOffset 9 ; r:endOffset 15 ; r:exactQuote "《台账办法》" ; r:inText :text .
:e3 a r:TextEvidence ; r:startOffset 7 ; r:endOffset 15 ; r:exactQuote "印发《台账办法》" ; r:inText :text .
:e4 a r:TextEvidence ; r:startOffset 1 ; r:endOffset 4 ; r:exactQuote "办公室" ; r:inText :text .
:part a r:Participation ; r:participant :o ; r:participationRole rc:role-responsible ; r:basis rc:basis-stated ; r:evidencedBy :e4 .
:st a r:ExtractedStatement ; r:statementSubject :d ; r:statementPredicate r:awaits ; r:statementObject :law ;
   r:basis rc:basis-inferred ; r:evidencedBy :e3 .
"""
INFERRED = """
:d a r:IssuedDocument . :n a r:Document .
:act r:concernsDocument :d ; r:yieldsDocument :d ; r:dependsOn :d ; r:directlyDependsOn :d .
:m r:issuesDocument :d ; r:concernsDocument :d ; r:yieldsDocument :d ; r:dependsOn :d , :law ; r:hasComponent :act ;
   r:involvesOrganization :o .
:i r:yieldsDocument :d ; r:responsibleOrganization :o ; r:involvesOrganization :o ; r:appliesToCourtLevel rc:court-level-basic ;
   r:dependsOn :d , :law .
:d r:basedOn :law ; r:relatedDocument :law ; r:dependsOn :law .
"""


def triples(turtle: str) -> list[ox.Triple]:
    found = [ox.Triple(q.subject, q.predicate, q.object)
             for q in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]
    assert found
    return found


@pytest.fixture(scope="module")
def graph() -> networkx.MultiDiGraph:
    return view(triples(FACTS), triples(EVIDENCE), triples(INFERRED))


def test_nodes_are_the_things_in_order_of_their_class(graph: networkx.MultiDiGraph) -> None:
    assert [(name.removeprefix("urn:x:"), data["type"]) for name, data in graph.nodes(data=True)] == [
        ("n", "Notice"), ("a", "Aspect"), ("i", "Issue"), ("m", "Measure"), ("act", "Action"), ("d", "IssuedDocument"),
        ("law", "Document"), ("o", "Department"), ("https://w3id.org/rectify/concept/court-level-basic", "CourtLevel"),
        ("claim", "Claim"), ("check", "Reconciliation"), ("f", "Figure")]


def test_attributes_of_nodes(graph: networkx.MultiDiGraph) -> None:
    assert graph.nodes["urn:x:i"] == {"type": "Issue", "label": "台账不清", "label_en": "unclear ledger", "number": 7,
                                      "marker": "7."}
    assert graph.nodes["urn:x:m"] == {
        "type": "Measure", "label": "建立台账", "status": "status-completed", "appliesToCourtLevelGroup": "court-levels-two",
        "hasPeriod": "2022-12-01 2023-03-01/2023-03-31"}
    assert graph.nodes["urn:x:d"] == {
        "type": "IssuedDocument", "label": "《台账办法》", "title": "台账办法", "isTrial": True, "startOffset": 9, "endOffset": 15,
        "exactQuote": "《台账办法》", "sha256": "abc", "mentions": "9-15 40-46"}
    assert graph.nodes["urn:x:law"] == {"type": "Document", "label": "上位法", "title": "上位法", "awaited": True}
    assert graph.nodes["urn:x:o"]["altLabel"] == "办；院办"
    assert graph.nodes["urn:x:f"] == {"type": "Figure", "label": "台账数", "indicator": "台账数", "value": 12, "unit": "本"}
    assert graph.nodes["urn:x:check"] == {"type": "Reconciliation", "label": "数了", "explanation": "数了",
                                          "explanation_en": "counted", "outcome": "outcome-matches", "observedValue": 2.5}
    assert graph.nodes["urn:x:n"]["issued"] == "2023-07-18"
    assert graph.nodes["https://w3id.org/rectify/concept/court-level-basic"]["label"] == "基层人民法院"


def test_edges_are_the_relations_without_closure_and_general_ones(graph: networkx.MultiDiGraph) -> None:
    edges = {(source.removeprefix("urn:x:"), key, schema.local_name(target).removeprefix("urn:x:")):
             (data["inferred"], data["depends"]) for source, target, key, data in graph.edges(keys=True, data=True)}
    said, follows = (False, False), (True, False)
    said_depends, follows_depends = (False, True), (True, True)
    assert edges == {
        ("n", "hasAspect", "a"): said_depends, ("n", "makesClaim", "claim"): said,
        ("a", "hasIssue", "i"): said_depends, ("i", "hasMeasure", "m"): said_depends,
        ("m", "hasAction", "act"): said_depends, ("m", "hasFigure", "f"): said,
        ("m", "responsibleOrganization", "o"): said, ("m", "appliesToCourtLevel", "court-level-basic"): said,
        ("m", "issuesDocument", "d"): follows_depends, ("act", "issuesDocument", "d"): said_depends,
        ("i", "yieldsDocument", "d"): follows, ("i", "responsibleOrganization", "o"): follows,
        ("i", "appliesToCourtLevel", "court-level-basic"): follows,
        ("d", "awaits", "law"): said_depends, ("claim", "hasReconciliation", "check"): said}
    assert all(data["relation"] == key for *_, key, data in graph.edges(keys=True, data=True))


@pytest.mark.parametrize(("source", "relation", "target", "start", "basis"), [
    ("act", "issuesDocument", "d", 7, None),        # the action's own words
    ("m", "issuesDocument", "d", 7, None),          # rolled up from the action
    ("i", "yieldsDocument", "d", 7, None),          # rolled up over two steps
    ("m", "responsibleOrganization", "o", 1, "stated"),  # the participation
    ("i", "responsibleOrganization", "o", 1, "stated"),
    ("d", "awaits", "law", 7, "inferred"),          # the statement about the triple
    ("i", "hasMeasure", "m", None, None),
])
def test_evidence_of_edges(graph: networkx.MultiDiGraph, source: str, relation: str, target: str, start: int | None,
                           basis: str | None) -> None:
    edge = graph.edges[f"urn:x:{source}", f"urn:x:{target}", relation]
    assert (edge.get("startOffset"), edge.get("basis")) == (start, basis)


def test_every_attribute_is_a_scalar(graph: networkx.MultiDiGraph) -> None:
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    values.extend(value for *_, data in graph.edges(data=True) for value in data.values())
    assert len(values) > 100
    assert {type(value) for value in values} == {str, int, float, bool}


def test_the_order_of_the_triples_does_not_matter(graph: networkx.MultiDiGraph) -> None:
    parts = [triples(FACTS), triples(EVIDENCE), triples(INFERRED)]
    for seed in range(5):
        for part in parts:
            random.Random(seed).shuffle(part)
        other = view(*parts)
        assert list(other.nodes(data=True)) == list(graph.nodes(data=True))
        assert list(other.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


def test_a_fact_that_also_follows_is_a_fact() -> None:
    said = triples(":i a r:Issue ; r:hasMeasure :m .")
    assert not view(said, [], said).edges["urn:x:i", "urn:x:m", "hasMeasure"]["inferred"]


def test_issue_10_comes_after_issue_9() -> None:
    graph = view(triples(" ".join(f"<urn:x:issue/{n}> a r:Issue ." for n in (10, 9, 1))), [], [])
    assert list(graph) == ["urn:x:issue/1", "urn:x:issue/9", "urn:x:issue/10"]


def test_an_inverse_has_the_evidence_of_what_it_follows_from() -> None:
    said = """:d a r:Document ; r:compiledInto :book . :book a r:Document .
        :st a r:ExtractedStatement ; r:statementSubject :d ; r:statementPredicate r:compiledInto ; r:statementObject :book ;
        r:evidencedBy :e . :e a r:TextEvidence ; r:startOffset 3 ; r:endOffset 5 ; r:exactQuote "编入" ."""
    graph = view(triples(said), [], triples(":book r:includesDocument :d ."))
    assert graph.edges["urn:x:book", "urn:x:d", "includesDocument"] == {
        "relation": "includesDocument", "inferred": True, "depends": True, "startOffset": 3, "endOffset": 5, "exactQuote": "编入"}


def test_a_general_edge_further_up_has_the_evidence_of_the_specific_one_below() -> None:
    said = """:i a r:Issue ; r:hasMeasure :m . :m a r:Measure ; r:targetOrganization :o ; r:hasParticipation :p .
        :o a r:Organization . :p a r:Participation ; r:participant :o ; r:participationRole rc:role-target ; r:evidencedBy :e .
        :e a r:TextEvidence ; r:startOffset 3 ; r:endOffset 5 ; r:exactQuote "各院" ."""
    graph = view(triples(said), [], triples(":m r:involvesOrganization :o . :i r:involvesOrganization :o ."))
    assert graph.edges["urn:x:i", "urn:x:o", "involvesOrganization"]["startOffset"] == 3
    assert not graph.has_edge("urn:x:m", "urn:x:o", "involvesOrganization")


def test_who_leads_is_also_responsible() -> None:
    graph = view(triples(":m a r:Measure ; r:leadOrganization :o . :o a r:Court ."), [], triples(":m r:responsibleOrganization :o ."))
    assert [key for *_, key in graph.edges(keys=True)] == ["leadOrganization", "responsibleOrganization"]


def test_a_document_said_to_come_is_awaited() -> None:
    graph = view(triples(":d a r:Document ; r:status rc:status-doc-forthcoming . :e a r:Document ; r:status rc:status-doc-issued ."), [], [])
    assert ("awaited" in graph.nodes["urn:x:d"], "awaited" in graph.nodes["urn:x:e"]) == (True, False)


def test_a_participation_said_twice_gives_one_basis_in_any_order() -> None:
    said = triples(""":m a r:Measure ; r:responsibleOrganization :o ; r:hasParticipation :p . :o a r:Court .
        :p a r:Participation ; r:participant :o ; r:participationRole rc:role-responsible ; r:basis rc:basis-stated , rc:basis-default .""")
    found = [view(order, [], []).edges["urn:x:m", "urn:x:o", "responsibleOrganization"]["basis"] for order in (said, said[::-1])]
    assert found == ["default", "default"]


def test_numbers_that_are_none_stay_as_written() -> None:
    graph = view(triples(':i a r:Issue ; r:number "x"^^xsd:integer .'), [], [])
    assert graph.nodes["urn:x:i"]["number"] == "x"


def test_a_thing_of_unknown_class_is_kept() -> None:
    graph = view(triples(":i a r:Issue ; r:hasMeasure :m ."), [], [])
    assert graph.nodes["urn:x:m"] == {"type": "Resource", "label": "urn:x:m"}


def test_nothing_gives_an_empty_graph() -> None:
    assert view([], [], []).number_of_nodes() == 0


def test_names_in_the_code_are_names_of_the_ontology() -> None:
    terms = (*schema.CLASSES, *schema.FOLDED, *schema.CONCEPT_NODES, *schema.COMPOSITION, *schema.CLOSURE, *schema.KEPT,
             *(relation for rules in RULES.values() for relation in rules))
    assert [name for name in terms if name not in R] == []
    assert [name for name in schema.court_levels() if name not in C] == []


def test_dependencies_are_those_of_the_ontology() -> None:
    dependencies = sorted(name for name in R.names() if schema.depends(name))
    assert dependencies == [
        "awaits", "basedOn", "citesBasis", "draftsDocument", "givesEffectTo", "hasAction", "hasAspect", "hasComponent",
        "hasIssue", "hasMeasure", "hasRecommendation", "hasSubIssue", "implementsDocument", "includesDocument",
        "issuesDocument", "revisesDocument", "usesForm"]
