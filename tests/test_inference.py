"""What follows from facts, by the ontology's axioms: by hand, and against another reasoner."""
from __future__ import annotations

import gc

import pyoxigraph as ox
import pytest

from kg.inference import Known, closure_across, infer, own_schema, read_schema
from kg.rdf import notice_graph, turtle
from kg.reconcile import reconcile
from kg.vocab import C, NAMESPACE, ONTOLOGY_FILE, R
from small_notice import COURT, DOC, NOTICE, small_notice

E = "https://example.org/"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def n(name: str) -> ox.NamedNode:
    return ox.NamedNode(E + name)


def facts(*lines: tuple[str, str, str]) -> list[ox.Triple]:
    """Triples from (subject, property, object); an object written ^name is a concept, a class where the property is a."""
    def node(name: str) -> ox.NamedNode:
        return C[name[1:]] if name.startswith("^") else n(name)
    return [ox.Triple(n(s), TYPE, R[o]) if p == "a" else ox.Triple(n(s), R[p], node(o)) for s, p, o in lines]


def inferred(*lines: tuple[str, str, str]) -> set[tuple[str, str, str]]:
    return {(t.subject.value.removeprefix(E), t.predicate.value.rpartition("#")[2].replace("type", "a"),
             t.object.value.rpartition("#")[2].rpartition("/")[2]) for t in infer(facts(*lines))}


def test_an_issue_has_what_its_measures_and_actions_have() -> None:
    graph = notice_graph(small_notice(), reconcile(small_notice()))
    issue = {(t.predicate.value.removeprefix(NAMESPACE), t.object.value) for t in graph.inferred
             if t.subject.value == f"{NOTICE}/issue/1" and not t.predicate.value.endswith(("#type", "ependsOn", "hasComponent"))}
    org, level = "https://w3id.org/rectify/id/org/", "https://w3id.org/rectify/concept/court-level-"
    assert issue == {
        ("yieldsDocument", f"{DOC}{COURT}/学习规则"), ("yieldsDocument", f"{DOC}{COURT}/考核办法-试行"),
        ("responsibleOrganization", org + COURT), ("responsibleOrganization", f"{org}{COURT}审判管理办公室"),
        ("appliesToCourtLevel", level + "basic"), ("appliesToCourtLevel", level + "high"), ("appliesToCourtLevel", level + "intermediate"),
        ("involvesOrganization", org + COURT), ("involvesOrganization", f"{org}{COURT}审判管理办公室"), ("involvesOrganization", org + "云川省高级人民法院"),
        ("involvesOrganization", org + "澜江市人民检察院"), ("involvesOrganization", org + "澜江市基层人民法院")}


def test_everything_above_a_document_depends_on_it() -> None:
    found = inferred(("aspect", "hasIssue", "issue"), ("issue", "hasMeasure", "measure"), ("measure", "hasAction", "action"),
                     ("action", "issuesDocument", "办法"), ("办法", "awaits", "规定"))
    assert {s for s, p, o in found if p == "dependsOn" and o == "规定"} == {"aspect", "issue", "measure", "action", "办法"}
    assert {s for s, p, o in found if p == "directlyDependsOn" and o == "规定"} == {"办法"}
    assert ("measure", "issuesDocument", "办法") in found and ("issue", "yieldsDocument", "办法") in found
    assert not {(s, p) for s, p, o in found if o == "办法" and s == "issue"} & {("issue", "issuesDocument"), ("issue", "concernsDocument")}


def test_a_group_of_courts_reaches_each_of_its_levels() -> None:
    group = [ox.Triple(C["court-levels-two"], ox.NamedNode("http://www.w3.org/2004/02/skos/core#member"), C[f"court-level-{level}"])
             for level in ("intermediate", "basic")]
    found = {(t.subject.value.removeprefix(E), t.predicate.value.rpartition("#")[2], t.object.value.rpartition("/")[2]) for t in infer(
        [*facts(("issue", "hasMeasure", "m"), ("m", "targetOrganization", "courts"), ("courts", "coversCourtLevelGroup", "^court-levels-two")), *group])}
    assert {o for s, p, o in found if (s, p) == ("issue", "appliesToCourtLevel")} == {"court-level-intermediate", "court-level-basic"}


def test_inverse_symmetric_and_types() -> None:
    found = inferred(("办法", "compiledInto", "汇编"), ("甲", "interfacesWith", "乙"), ("court", "a", "Court"), ("办法", "a", "IssuedDocument"))
    assert {("汇编", "includesDocument", "办法"), ("汇编", "dependsOn", "办法"), ("乙", "interfacesWith", "甲"), ("court", "a", "Organization"),
            ("办法", "a", "Document"), ("汇编", "a", "Document")} <= found
    assert not {t for t in found if t[1] == "a" and t[2] in ("Entity", "FormalOrganization")}, "only own terms are concluded"


def test_a_circle_ends_and_each_in_it_depends_on_itself() -> None:
    found = inferred(("甲", "basedOn", "乙"), ("乙", "basedOn", "丙"), ("丙", "basedOn", "甲"))
    assert {(s, o) for s, p, o in found if p == "dependsOn"} == {(s, o) for s in "甲乙丙" for o in "甲乙丙"}


def test_what_is_given_is_not_concluded_again() -> None:
    given = facts(("甲", "basedOn", "乙"), ("甲", "dependsOn", "乙"))
    assert not set(infer(given)) & set(given) and len(infer(given)) == len(set(infer(given)))


@pytest.mark.parametrize("length", [50, 200])
def test_what_is_concluded_grows_with_the_graph(length: int) -> None:
    """For each measure with an action on a document 24 triples; that the issue is an item, once."""
    lines = [("issue", "hasMeasure", f"m{i}") for i in range(length)] + [(f"m{i}", "hasAction", f"a{i}") for i in range(length)] \
        + [(f"a{i}", "issuesDocument", f"d{i}") for i in range(length)]
    assert len(infer(facts(*lines))) == 24 * length + 1


def test_ten_notices_take_ten_times_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: every fact that a rule brings up. The notices share their bodies and most of their documents."""
    taken = 0
    add = Known.add

    def counted(known: Known, subject: int, predicate: int, target: int) -> None:
        nonlocal taken
        taken += 1
        add(known, subject, predicate, target)
    monkeypatch.setattr(Known, "add", counted)
    one = notice_graph(small_notice(), reconcile(small_notice())).facts
    steps = []
    for copies in (1, 10):
        taken = 0
        infer([ox.Triple(renamed(t.subject, i), t.predicate, renamed(t.object, i)) for i in range(copies) for t in one])  # type: ignore[arg-type]
        steps.append(taken)
    assert steps[0] > len(one) and 9 * steps[0] < steps[1] <= 10 * steps[0]


def renamed(term: object, copy: int) -> object:
    """A term in another notice of the same body."""
    return ox.NamedNode(term.value.replace("notice/", f"notice/{copy}-")) if isinstance(term, ox.NamedNode) else term


def test_dependencies_run_on_from_one_notice_to_another() -> None:
    first, second = facts(("甲", "basedOn", "乙")), facts(("乙", "basedOn", "丙"), ("丁", "basedOn", "戊"))
    both = [t for part in (first, second) for t in (*part, *infer(part))]
    assert [(t.subject.value.removeprefix(E), t.object.value.removeprefix(E)) for t in closure_across(both)] == [("甲", "丙")]


def test_an_axiom_that_is_not_followed_is_refused() -> None:
    chain = """@prefix r: <https://w3id.org/rectify#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        r:dependsOn a owl:TransitiveProperty . r:x owl:propertyChainAxiom ( r:dependsOn r:y ) ."""
    with pytest.raises(ValueError):
        read_schema(ox.parse(chain, format=ox.RdfFormat.TURTLE))
    assert own_schema().transitive == (R.dependsOn,)


def test_equal_to_a_full_reasoner() -> None:
    """OWL 2 RL by owlrl on the ontology and the facts of the small notice: some seconds."""
    import owlrl
    import rdflib
    notice = small_notice()
    graph = notice_graph(notice, reconcile(notice))
    whole = rdflib.Graph().parse(ONTOLOGY_FILE, format="turtle")
    given = rdflib.Graph().parse(data=turtle(graph.facts), format="turtle")
    whole += given
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    data, own = "https://w3id.org/rectify/id/", rdflib.RDF.type
    expected = {t for t in whole if t not in given and str(t[0]).startswith(data)
                and (str(t[1]).startswith(NAMESPACE) or t[1] == own and str(t[2]).startswith(NAMESPACE))}
    assert len(expected) > 200
    assert set(rdflib.Graph().parse(data=turtle(graph.inferred), format="turtle")) == expected


def test_the_search_for_garbage_goes_on_afterwards_also_when_a_fact_is_none() -> None:
    assert gc.isenabled()
    infer([])
    assert gc.isenabled()
    with pytest.raises(AttributeError):
        infer(["no triple"])  # type: ignore[list-item]
    assert gc.isenabled()
    gc.disable()
    try:
        infer([])
        assert not gc.isenabled()
    finally:
        gc.enable()
