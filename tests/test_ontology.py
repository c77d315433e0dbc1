"""The ontology file itself, and that the graph and the ontology have the same terms."""
from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kg.model import Claim, Document, DocumentLink, Header, Issue, Notice, Organization, Span
from kg.rdf import notice_graph
from kg.rdf.measures import RELATIONS, ROLES, STATUSES
from kg.reconcile import reconcile
from kg.store import questions
from kg.vocab import C, CONCEPTS, NAMESPACE, ONTOLOGY_FILE, R, concepts, ontology_quads
from small_notice import PUBLISHER, notice_of, small_notice, source
from test_vocab import STATUSES as ITEM_STATUSES
from test_vocab import TITLES

RDF, RDFS, OWL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2002/07/owl#"
SKOS, XSD = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2001/XMLSchema#"
DCAM_DOMAIN = "http://purl.org/dc/dcam/domainIncludes"
TERMS = [*R.nodes(), *C.nodes()]
ROLE_NAMES = ("responsible", "lead", "joint", "approves", "records", "cooperating", "target", "other")
FIGURE_KINDS = ("count", "percent", "frequency", "threshold", "ranking")
BODY_KINDS = ("court", "court_group", "department", "party", "government", "discipline", "working_group", "research", "other")


def values(subject: ox.NamedNode, predicate: str) -> list[ox.Literal | ox.NamedNode]:
    return [q.object for q in ontology_quads() if q.subject == subject and q.predicate.value == predicate]  # type: ignore[misc]


def kinds(term: ox.NamedNode) -> set[str]:
    return {v.value for v in values(term, RDF + "type")}


def test_both_engines_read_the_same() -> None:
    import rdflib
    graph = rdflib.Graph().parse(ONTOLOGY_FILE, format="turtle")
    assert len(graph) == len(set(ontology_quads())) > 2000


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t.value.rpartition("/")[2])
def test_every_term_is_named_and_defined_in_both_languages(term: ox.NamedNode) -> None:
    label = SKOS + "prefLabel" if term.value.startswith(CONCEPTS) else RDFS + "label"
    for predicate, ends in ((label, None), (SKOS + "definition", {"zh": "。", "en": "."})):
        found = {v.language: v.value for v in values(term, predicate) if isinstance(v, ox.Literal)}
        assert set(found) == {"zh", "en"} and len(values(term, predicate)) == 2, predicate
        assert all(text.strip() == text and text for text in found.values())
        assert not ends or all(found[language].endswith(end) for language, end in ends.items())
    assert [v.value for v in values(term, RDFS + "isDefinedBy")] == ["https://w3id.org/rectify"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_terms_share_a_label(language: str) -> None:
    labels = Counter(q.object.value.lower() for q in ontology_quads() if q.predicate.value in (RDFS + "label", SKOS + "prefLabel")
                     and isinstance(q.object, ox.Literal) and q.object.language == language)
    assert len(labels) == len(TERMS) and not [label for label, times in labels.items() if times > 1]


def test_names_tell_classes_properties_and_concepts_apart() -> None:
    for term in R.nodes():
        name = term.value.removeprefix(NAMESPACE)
        assert re.fullmatch("[A-Z][A-Za-z]+" if OWL + "Class" in kinds(term) else "[a-z][A-Za-z0-9]+", name), name
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", term.value.removeprefix(CONCEPTS)) for term in C.nodes())


def test_every_concept_is_in_a_scheme_that_is_there() -> None:
    for concept in concepts().values():
        if C[concept.iri.value.removeprefix(CONCEPTS)] and SKOS + "Concept" in kinds(concept.iri):
            assert concept.scheme is not None and SKOS + "ConceptScheme" in kinds(concept.scheme), concept.iri
    roles = [c for c in concepts().values() if c.scheme == C["participation-roles"]]
    assert len(roles) == 8 and {c.shortcut for c in roles} <= set(R.nodes()) and None not in {c.shortcut for c in roles}


def test_everything_the_file_speaks_of_is_declared_in_it() -> None:
    declared = {q.subject.value for q in ontology_quads() if q.predicate.value == RDF + "type" and isinstance(q.subject, ox.NamedNode)}
    told = {node.value for q in ontology_quads() for node in (q.predicate, q.object) if isinstance(node, ox.NamedNode)}
    free = (RDF, RDFS, OWL, XSD, "https://creativecommons.org/", "http://purl.org/dc/terms/license")
    of_the_file = {f"https://w3id.org/rectify/{name}" for name in ("0.1.0", "0.2.0", "shapes", "alignments", "style")}
    assert {iri for iri in told - declared if not iri.startswith(free)} == of_the_file


def test_aligned_with_prov_and_org() -> None:
    above = {(q.subject.value.removeprefix(NAMESPACE), q.object.value.rpartition("#")[2]) for q in ontology_quads()
             if q.predicate.value in (RDFS + "subClassOf", RDFS + "subPropertyOf") and isinstance(q.object, ox.NamedNode)
             and q.object.value.startswith(("http://www.w3.org/ns/prov#", "http://www.w3.org/ns/org#"))}
    assert above == {
        ("Inspection", "Activity"), ("Document", "Entity"), ("SourceText", "Entity"), ("TextEvidence", "Entity"), ("ExtractedStatement", "Entity"),
        ("ExtractionRule", "Plan"), ("Organization", "Organization"), ("Court", "FormalOrganization"), ("Department", "OrganizationalUnit"),
        ("conductedBy", "wasAssociatedWith"), ("revisionOf", "wasRevisionOf"), ("courtLevel", "classification")}


# ---------------------------------------------------------------- the graph uses what the ontology has, and all of it


def rich_notice() -> Notice:
    """Every relation, role, kind, status and link of the records once."""
    base = notice_of(*((f"{i}号文", relation, {"number": f"澜法〔2023〕{i}号"}) for i, relation in enumerate(RELATIONS)))
    first, *rest = base.issues[0].measures
    names = [f"澜江市{kind}" for kind in BODY_KINDS]
    bodies = tuple(Organization(name, name, kind, role, True, Span(3, 5), "rule")
                   for name, kind, role in zip(names, BODY_KINDS, (*ROLE_NAMES, "target")))
    groups = tuple(Organization(name, name, "court_group", "target", True, Span(3, 5)) for name in ("四级法院", "全市三级法院", "澜江市两级法院"))
    links = tuple(DocumentLink("0号文", f"{i}号文", kind, Span(0, 9)) for i, kind in enumerate(
        ("based_on", "implements", "revises", "compiled_into", "interfaces_with"), 1))
    statuses = [replace(measure, status=status) for measure, status in zip(rest, STATUSES)]
    put_right = Organization("澜江市文联", "澜江市文联", "other", "target", True, Span(3, 5), "corrected", ("role",))
    measure = replace(first, organizations=(*bodies, *groups, put_right), document_links=links)
    issues = (replace(base.issues[0], measures=(measure, *statuses, *rest[len(statuses):])), Issue("1.1", "子", Span(0, 1), Span(0, 1), parent="1"))
    return replace(base, issues=issues, documents=(Document("最高人民法院关于立案的规定", "studies", Span(1, 2), Span(1, 2), alias_of=None),))


def graph_terms() -> set[str]:
    """Every own term in the graphs of the small and the rich notice."""
    found: set[str] = set()
    for notice in (small_notice(), rich_notice()):
        graph = notice_graph(notice, reconcile(notice))
        for t in (*graph.facts, *graph.evidence, *graph.inferred):
            found.update(node.value for node in (t.predicate, t.object) if isinstance(node, ox.NamedNode))
    return found


def test_every_class_and_property_is_used() -> None:
    """What a graph can never hold is no term: two superclasses appear by inference only, and so are counted."""
    unused = {term.value.removeprefix(NAMESPACE) for term in R.nodes()} - {t.removeprefix(NAMESPACE) for t in graph_terms()}
    assert unused == {"shortcutProperty"}, "the ontology alone speaks of the property of a role"


def test_every_concept_is_used() -> None:
    made = {term.removeprefix(CONCEPTS) for term in graph_terms() if term.startswith(CONCEPTS)}
    by_words = {f"doctype-{name}" for name in TITLES} | {f"status-item-{name}" for name in ITEM_STATUSES}
    claims = Notice(source("数"), Header(publisher=PUBLISHER), "数", claims=tuple(
        Claim(c.iri.value.rpartition("topic-")[2].replace("-", "_"), 1.0, "个", False, "数", Span(0, 1))
        for c in concepts().values() if c.scheme == C["claim-topics"]))
    topics = {getattr(t.object, "value", "").removeprefix(CONCEPTS) for t in notice_graph(claims).facts if t.predicate == R.claimTopic}
    by_record = {f"figure-{kind}" for kind in FIGURE_KINDS} | {f"inspection-{kind}" for kind in ("xunshi", "xuncha", "audit", "environment")}
    outcomes = {"outcome-matches", "outcome-differs", "outcome-cannot-tell", "method-content-count", "method-arithmetic"}
    schemes = {c.scheme.value.removeprefix(CONCEPTS) for c in concepts().values() if c.scheme}
    assert set(C.names()) == made | by_words | topics | by_record | outcomes | schemes | {"court-level-supreme"}


@pytest.mark.parametrize("kind", FIGURE_KINDS)
def test_every_kind_of_figure_of_the_records_is_a_concept(kind: str) -> None:
    assert f"figure-{kind}" in C


@pytest.mark.parametrize("kind", ["xunshi", "xuncha", "audit", "environment"])
def test_every_kind_of_inspection_of_the_records_is_written(kind: str) -> None:
    graph = notice_graph(Notice(source("。"), Header(kind=kind), "。"))
    assert [t.object for t in graph.facts if t.predicate == R.inspectionType] == [C[f"inspection-{kind}"]]


def test_code_and_queries_name_only_terms_that_are_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "kg").rglob("*.py"))
    queries = "".join(question.sparql for question in questions())
    names = set(re.findall(r"(?<![\w.])R\.([A-Za-z0-9]+)", code)) - {"nodes", "names"} | set(re.findall(r"\brectify:(\w+)", queries))
    assert len(names) > 60 and not {name for name in names if name not in R}
    assert not {name for name in re.findall(r"\brc:([\w-]+)", queries) if name not in C}
    assert {ROLES.get(role, role) for role in ROLE_NAMES} == {c.iri.value.rpartition("role-")[2] for c in concepts().values()
                                                              if c.scheme == C["participation-roles"]}


def test_the_file_is_found_from_anywhere() -> None:
    code = "from kg.vocab import R; print(R.hasIssue.value)"
    run = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "https://w3id.org/rectify#hasIssue"
