"""The shapes of the graph: good graphs keep to them, and every way of breaking one is caught by the shape meant for it."""
from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kg.check.builds import check_builds
from kg.check.shapes import SHAPES, SHAPES_FILE, Breach, check_shapes
from kg.errors import GraphError
from kg.pipeline import read
from kg.rdf import notice_graph, turtle
from kg.reconcile import reconcile
from kg.vocab import C, R, source_iri
from small_notice import COURT, DOC, KEY, NOTICE, PUBLISHER, TEXT, at, small_notice, source

ORG = "https://w3id.org/rectify/id/org/"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TITLE, ISSUED = ox.NamedNode("http://purl.org/dc/terms/title"), ox.NamedNode("http://purl.org/dc/terms/issued")
SOURCE = source_iri(source(TEXT).sha256)

Node = ox.NamedNode
Value = ox.NamedNode | ox.Literal
Triples = list[ox.Triple]


def whole(path: Path | None = None) -> Triples:
    notice = read(path) if path else small_notice()
    graph = notice_graph(notice, reconcile(notice))
    return [*graph.facts, *graph.evidence, *graph.inferred]


def n(path: str) -> Node:
    return Node(f"{NOTICE}/{path}" if path else NOTICE)


def doc(title: str, scope: str = COURT) -> Node:
    return Node(f"{DOC}{scope}/{title}")


def org(name: str) -> Node:
    return Node(ORG + name)


def span(words: str, after: str = "") -> Node:
    place = at(words, after=after)
    return Node(f"{SOURCE.value}#char={place.start},{place.end}")


# ---------------------------------------------------------------- ways of breaking a graph


def without(subject: Node, *predicates: Node) -> Callable[[Triples], Triples]:
    def change(triples: Triples) -> Triples:
        kept = [t for t in triples if t.subject != subject or t.predicate not in predicates]
        assert len(kept) < len(triples), (subject, predicates)
        return kept
    return change


def adding(*facts: tuple[Node, Node, Value]) -> Callable[[Triples], Triples]:
    def change(triples: Triples) -> Triples:
        added = [ox.Triple(*fact) for fact in facts]
        assert not set(added) & set(triples)
        return triples + added
    return change


def instead(subject: Node, predicate: Node, value: Value) -> Callable[[Triples], Triples]:
    return lambda triples: adding((subject, predicate, value))(without(subject, predicate)(triples))


def unsaid(subject: Node, predicate: Node) -> Callable[[Triples], Triples]:
    """Without a fact and without the statement that tells where it comes from."""
    def change(triples: Triples) -> Triples:
        said = {t.subject for t in triples if t.predicate == R.statementSubject and t.object == subject}
        said &= {t.subject for t in triples if t.predicate == R.statementPredicate and t.object == predicate}
        assert said
        return without(subject, predicate)([t for t in triples if t.subject not in said])
    return change


def statement(subject: Node, predicate: Node) -> Node:
    return next(t.subject for t in whole() if t.predicate == R.statementSubject and t.object == subject
                and ox.Triple(t.subject, R.statementPredicate, predicate) in whole())  # type: ignore[return-value]


def day(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=Node("http://www.w3.org/2001/XMLSchema#date"))


def number(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=Node("http://www.w3.org/2001/XMLSchema#decimal"))


def zh(text: str) -> ox.Literal:
    return ox.Literal(text, language="zh")


FIRST, SECOND, THIRD, MONTHLY = (n(f"issue/{i}/measure/{m}") for i, m in ((1, 1), (1, 2), (2, 1), (3, 1)))
AWAITED, OFFICE = doc("案件评查规定", "云川省高级人民法院"), org(COURT + "督察室")
NEW, ISSUED_NEW, BEYOND = doc("新办法"), doc("新规定"), Node(f"{SOURCE.value}#char=9000,9001")
NUMBER_OF_CHECKS = n("claim/issues-total/check/1")

# shape: (the node that breaks it, severity, how)
MUTANTS: dict[str, tuple[Node, str, Callable[[Triples], Triples]]] = {
    "Label": (n("recommendation/1"), "violation", without(n("recommendation/1"), LABEL)),
    "Number": (SECOND, "violation", adding((SECOND, R.number, ox.Literal(7)))),
    "Words": (n("issue/1/measure/1/figure/1"), "violation", without(n("issue/1/measure/1/figure/1"), R.evidencedBy)),
    "Rule": (n("claim/aspects"), "violation", without(n("claim/aspects"), R.extractedBy)),
    "Basis": (n("aspect/1"), "violation", without(n("aspect/1"), R.basis)),
    "NoticeText": (n(""), "violation", without(n(""), R.hasText)),
    "NoticeIssued": (n(""), "violation", adding((n(""), ISSUED, ox.Literal("2023年7月")))),
    "NoticePublisher": (n(""), "warning", unsaid(n(""), R.issuedBy)),
    "Inspector": (Node(f"https://w3id.org/rectify/id/inspection/中共澜江市委第二巡察组-{PUBLISHER}-2023-03-01"), "warning", unsaid(
        Node(f"https://w3id.org/rectify/id/inspection/中共澜江市委第二巡察组-{PUBLISHER}-2023-03-01"), R.conductedBy)),
    "StartBeforeEnd": (n("issue/3/measure/1/period/1"), "violation", adding((n("issue/3/measure/1/period/1"), R.endDate, day("2022-04-30")))),
    "AspectPlace": (n("aspect/2"), "violation", adding((Node(DOC + "别的通报"), R.hasAspect, n("aspect/2")))),
    "IssuePlace": (n("issue/3"), "violation", adding((n("issue/1"), R.hasSubIssue, n("issue/3")))),
    "IssueNumbers": (n("aspect/2"), "warning", instead(n("issue/3"), R.number, ox.Literal(1))),
    "IssueStatus": (n("issue/1"), "violation", adding((n("issue/1"), R.status, C["status-completed"]))),
    "UndertakingStatus": (FIRST, "violation", adding((FIRST, R.status, C["status-doc-issued"]))),
    "MeasurePlace": (MONTHLY, "violation", adding((n("issue/2"), R.hasMeasure, MONTHLY))),
    "MeasureMark": (THIRD, "violation", without(THIRD, R.isImplicit)),
    "MeasureStatus": (MONTHLY, "violation", unsaid(MONTHLY, R.status)),
    "MeasureResponsible": (SECOND, "warning", without(SECOND, R.responsibleOrganization)),
    "ActionPlace": (n("issue/2/measure/1/action/2"), "violation", adding((FIRST, R.hasAction, n("issue/2/measure/1/action/2")))),
    "ActionType": (n("issue/2/measure/1/action/1"), "violation", without(n("issue/2/measure/1/action/1"), R.actionType)),
    "ActionDocument": (n("issue/1/measure/2/action/1"), "violation", without(n("issue/1/measure/2/action/1"), R.concernsDocument)),
    "DocumentTitle": (doc("制度汇编", f"_{KEY}"), "violation", adding((doc("制度汇编", f"_{KEY}"), TITLE, zh("汇编")))),
    "DocumentTitleMarks": (doc("巡察整改方案"), "violation", instead(doc("巡察整改方案"), TITLE, zh("《巡察整改方案》"))),
    "DocumentType": (doc("考核办法-试行"), "violation", adding((doc("考核办法-试行"), R.documentType, C["doctype-rules"]))),
    "DocumentStatus": (doc("案件评查办法"), "violation", adding((doc("案件评查办法"), R.status, C["status-item-rectified"]))),
    "DocumentIssuer": (doc("学习规则"), "violation", adding((doc("学习规则"), R.issuedBy, OFFICE))),
    "DocumentMentioned": (NEW, "violation", adding(
        (FIRST, R.concernsDocument, NEW), (NEW, TYPE, R.Document), (NEW, LABEL, zh("《新办法》")), (NEW, TITLE, zh("新办法")))),
    "IssuedBySomething": (ISSUED_NEW, "violation", adding(
        (ISSUED_NEW, TYPE, R.IssuedDocument), (ISSUED_NEW, LABEL, zh("《新规定》")), (ISSUED_NEW, TITLE, zh("新规定")))),
    "AwaitedStatus": (AWAITED, "warning", unsaid(AWAITED, R.status)),
    "NoCircle": (AWAITED, "warning", adding((AWAITED, R.dependsOn, AWAITED))),
    "OrganizationKind": (org("澜江市人民检察院"), "violation", adding((org("澜江市人民检察院"), R.organizationKind, C["doctype-law"]))),
    "BelongsToOne": (OFFICE, "violation", adding((OFFICE, R.belongsTo, org("澜江市人民检察院")))),
    "CourtLevelKnown": (C["organization-court"], "violation", adding((FIRST, R.appliesToCourtLevel, C["organization-court"]))),
    "Participant": (n("issue/1/measure/1/participation/1"), "violation", adding(
        (n("issue/1/measure/1/participation/1"), R.participant, org("澜江市基层人民法院")))),
    "ParticipationRole": (n("issue/1/measure/2/participation/3"), "violation", without(n("issue/1/measure/2/participation/3"), R.participationRole)),
    "ParticipationPlace": (n("issue/2/measure/1/participation/1"), "violation", adding(
        (MONTHLY, R.hasParticipation, n("issue/2/measure/1/participation/1")))),
    "Shortcut": (n("issue/3"), "violation", without(n("issue/3"), R.involvesOrganization)),
    "ClaimedValue": (n("claim/issues-ongoing"), "violation", without(n("claim/issues-ongoing"), R.claimedValue)),
    "ClaimTopic": (n("claim/issues-done"), "violation", without(n("claim/issues-done"), R.claimTopic)),
    "ClaimChecked": (n("claim/issues-ongoing"), "violation", without(n("claim/issues-ongoing"), R.hasReconciliation)),
    "Outcome": (n("claim/issues-done/check/1"), "violation", without(n("claim/issues-done/check/1"), R.outcome)),
    "Method": (n("claim/issues-total/check/2"), "violation", without(n("claim/issues-total/check/2"), R.reconciliationMethod)),
    "Explanation": (NUMBER_OF_CHECKS, "violation", instead(NUMBER_OF_CHECKS, R.explanation, zh("只有中文"))),
    "OutcomeAgrees": (n("claim/aspects"), "violation", instead(n("claim/aspects/check/1"), R.observedValue, number("3"))),
    "FigureValue": (n("issue/1/measure/2/figure/1"), "violation", without(n("issue/1/measure/2/figure/1"), R.value)),
    "FigureKind": (n("issue/1/measure/2/figure/1"), "violation", adding((n("issue/1/measure/2/figure/1"), R.figureKind, C["figure-percent"]))),
    "PeriodStarts": (n("period"), "violation", adding(
        (n("period"), TYPE, R.Period), (n("period"), LABEL, zh("期间")), (n("period"), R.evidencedBy, span("建议:加强监督。")),
        (n("period"), R.extractedBy, Node("https://w3id.org/rectify/id/rule/date")), (n("period"), R.basis, C["basis-stated"]))),
    "FileHash": (SOURCE, "violation", instead(SOURCE, R.sha256, ox.Literal("abc"))),
    "QuoteLength": (SOURCE, "violation", instead(span("2022年5月起"), R.exactQuote, ox.Literal("2022年5月"))),
    "OffsetsInText": (SOURCE, "violation", adding(
        (BEYOND, TYPE, R.TextEvidence), (BEYOND, R.inText, SOURCE), (BEYOND, R.startOffset, ox.Literal(9000)), (BEYOND, R.endOffset, ox.Literal(9001)),
        (BEYOND, R.exactQuote, ox.Literal("字")), (BEYOND, R.lineNumber, ox.Literal(1)))),
    "LineNumber": (span("4月20日"), "violation", without(span("4月20日"), R.lineNumber)),
    "InText": (span("市委第二巡察组"), "violation", without(span("市委第二巡察组"), R.inText)),
    "Denotes": (span("《制度汇编》"), "violation", adding((span("《制度汇编》"), R.denotes, doc("学习规则")))),
    "StatementObject": (statement(doc("案件评查办法"), R.awaits), "violation", without(statement(doc("案件评查办法"), R.awaits), R.statementObject)),
    "StatementHolds": (org("云川省高级人民法院"), "violation", without(org("云川省高级人民法院"), R.courtLevel)),
}


def pairs(breaches: Iterable[Breach]) -> set[tuple[str, str, str]]:
    return {(breach.shape, breach.node, breach.severity) for breach in breaches}


@pytest.fixture(scope="module")
def caught() -> tuple[Breach, ...]:
    """What is found in a graph that is broken in every way at once, each in another place: one run, a second."""
    triples = whole()
    for _, _, change in MUTANTS.values():
        triples = change(triples)
    return check_shapes(triples)


@pytest.mark.parametrize("shape", MUTANTS)
def test_a_mutant_is_caught_by_the_shape_meant_for_it(shape: str, caught: tuple[Breach, ...]) -> None:
    node, severity, _ = MUTANTS[shape]
    assert (shape, node.value, severity) in pairs(caught)


def test_a_mutant_is_caught_by_no_other_shape(caught: tuple[Breach, ...]) -> None:
    assert pairs(caught) - {(shape, node.value, severity) for shape, (node, severity, _) in MUTANTS.items()} == set()
    assert [breach.severity for breach in caught] == sorted((breach.severity for breach in caught), key=["violation", "warning"].index)


@pytest.mark.parametrize("shape", ["OutcomeAgrees"])
def test_a_mutant_alone_gives_one_breach(shape: str) -> None:
    node, severity, change = MUTANTS[shape]
    assert pairs(check_shapes(change(whole()))) == {(shape, node.value, severity)}


def test_every_constraint_is_told_in_both_languages_and_broken_once() -> None:
    """Constraints are the shapes with a message; a few hold of every graph that can be written, and are named here."""
    import rdflib
    shapes = rdflib.Graph().parse(SHAPES_FILE)
    message = rdflib.URIRef("http://www.w3.org/ns/shacl#message")
    owners = {s: {m.language: str(m) for m in shapes.objects(s, message)} for s in shapes.subjects(message)}  # type: ignore[union-attr]
    assert len(owners) > 70
    assert all(set(told) == {"zh", "en"} and told["en"].isascii() and len(list(shapes.objects(s, message))) == 2 for s, told in owners.items())
    messages = [told["en"] for told in owners.values()]
    assert len(messages) == len(set(messages))
    named = {str(s).removeprefix(SHAPES) for s in owners if isinstance(s, rdflib.URIRef)}
    untried = named - set(MUTANTS)
    alike = {"StartDate", "EndDate", "FeedbackDate", "NoticeCutoff", "NoticeInspection", "NoticeIssues", "Inspected", "AspectIssues", "IssueMeasures",
             "ObservedValue", "FigurePlace", "TextHash", "CharacterCount", "FileName", "StartOffset", "EndOffset", "ExactQuote",
             "StatementSubject", "StatementPredicate"}
    assert untried == alike, "each is of the form of one that is tried"


# ---------------------------------------------------------------- good graphs


def test_the_small_notice_keeps_to_the_shapes() -> None:
    assert check_shapes(whole()) == ()


def test_a_bundled_example_keeps_to_the_shapes() -> None:
    assert check_shapes(whole(ROOT / "examples" / "court_intermediate.txt")) == ()


@pytest.mark.skipif("RECTIFY_ALL" not in os.environ, reason="a minute: set RECTIFY_ALL=1 to check the shapes of every notice")
@pytest.mark.parametrize("path", sorted((*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "gold").glob("*.txt"))), ids=lambda path: path.stem)
def test_every_notice_keeps_to_the_shapes(path: Path) -> None:
    assert [breach for breach in check_shapes(whole(path)) if breach.severity == "violation"] == []


# ---------------------------------------------------------------- builds and files


def test_a_file_alone_can_be_checked_for_shapes_only(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(turtle(MUTANTS["MeasureResponsible"][2](MUTANTS["MeasureMark"][2](whole()))))
    (checked,) = check_builds(path, ["shapes"])
    assert [(f.kind, f.is_fault, f.what.partition(":")[0]) for f in checked.findings] == [
        ("violation", True, "MeasureMark"), ("warning", False, "MeasureResponsible")]
    assert checked.grounded is None and "没有责任单位 nobody is responsible" in checked.findings[1].what
    with pytest.raises(GraphError, match="only its shapes can be checked"):
        list(check_builds(path))


def test_without_pyshacl_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(GraphError, match=r"pip install 'rectify\[shapes\]'"):
        check_shapes(whole())
