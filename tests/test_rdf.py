"""Records → triples: what is written, what is not, and which mentions are one document."""
from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Aspect, Document, DocumentLink, Header, Issue, Measure, Notice, Span
from kg.rdf import NoticeGraph, graph_turtle, notice_graph, turtle
from kg.rdf.writer import date_literal
from kg.reconcile import reconcile
from kg.vocab import INFERRED_MARK
from small_notice import COURT, DOC, KEY, NOTICE, PUBLISHER, TEXT, at, notice_of, small_notice, source

FirstIssue = f"{NOTICE}/issue/1"  # numbers restart, so issues are told by their order
OWN = f"{DOC}{COURT}/"
NOWHERE = f"{DOC}_{KEY}/"


@pytest.fixture(scope="module")
def graph() -> NoticeGraph:
    notice = small_notice()
    return notice_graph(notice, reconcile(notice))


def name(term: object) -> str:
    """The local name of a term of the ontology, the rest of an IRI of the notice, or a literal's text."""
    value = str(getattr(term, "value", term))
    for prefix in (f"{NOTICE}/", "https://w3id.org/rectify/id/", "https://w3id.org/rectify#", "https://w3id.org/rectify/concept/"):
        value = value.removeprefix(prefix)
    return value


def said(triples: tuple[ox.Triple, ...], subject: str) -> set[tuple[str, str]]:
    """What is said of one subject: (property, value), labels and types of others left out."""
    return {(name(t.predicate).rpartition("/")[2], name(t.object)) for t in triples if getattr(t.subject, "value", "") == subject}


def documents(notice: Notice) -> dict[str, set[str]]:
    """Which documents each measure concerns, by the place of the measure."""
    found: dict[str, set[str]] = {}
    for t in notice_graph(notice).facts:
        if "/action/" in t.subject.value and "/doc/" in getattr(t.object, "value", ""):
            measure = t.subject.value.partition("/measure/")[2].partition("/")[0]
            found.setdefault(measure, set()).add(t.object.value.removeprefix(DOC))
    return found


# ---------------------------------------------------------------- what is written


def test_the_parts_of_a_notice(graph: NoticeGraph) -> None:
    assert graph.id == KEY
    assert said(graph.facts, NOTICE) == {
        ("22-rdf-syntax-ns#type", "Notice"), ("rdf-schema#label", "中共澜江市中级人民法院党组关于巡察整改进展情况的通报"),
        ("title", "中共澜江市中级人民法院党组关于巡察整改进展情况的通报"), ("issued", "2023-07-18"), ("cutoffDate", "2023-06"),
        ("documentType", "doctype-bulletin"), ("issuedBy", f"org/{PUBLISHER}"),
        ("reportsOn", f"inspection/中共澜江市委第二巡察组-{PUBLISHER}-2023-03-01"),
        ("hasAspect", "aspect/1"), ("hasAspect", "aspect/2"), ("hasRecommendation", "recommendation/1"),
        ("mentionsDocument", f"doc/{COURT}/巡察整改方案"),
        ("makesClaim", "claim/aspects"), ("makesClaim", "claim/issues-total"), ("makesClaim", "claim/issues-done"), ("makesClaim", "claim/issues-ongoing")}
    assert said(graph.facts, f"https://w3id.org/rectify/id/inspection/中共澜江市委第二巡察组-{PUBLISHER}-2023-03-01") == {
        ("22-rdf-syntax-ns#type", "Inspection"), ("rdf-schema#label", f"中共澜江市委第二巡察组对{PUBLISHER}的检查"),
        ("conductedBy", "org/中共澜江市委第二巡察组"), ("inspectedOrganization", f"org/{PUBLISHER}"), ("inspectionType", "inspection-xuncha"),
        ("startDate", "2023-03-01"), ("endDate", "2023-04-10"), ("feedbackDate", "2023-04-20")}


def test_numbers_that_restart_give_way_to_the_order(graph: NoticeGraph) -> None:
    assert {name(t.object) for t in graph.facts if name(t.predicate) == "hasIssue"} == {"issue/1", "issue/2", "issue/3"}
    assert said(graph.facts, f"{NOTICE}/aspect/2") == {
        ("22-rdf-syntax-ns#type", "Aspect"), ("rdf-schema#label", "纪律方面"), ("number", "2"), ("marker", "二"),
        ("hasIssue", "issue/2"), ("hasIssue", "issue/3")}
    assert ("number", "1") in said(graph.facts, f"{NOTICE}/issue/2") and ("number", "2") in said(graph.facts, f"{NOTICE}/issue/3")


def test_an_issue_and_its_first_measure(graph: NoticeGraph) -> None:
    assert said(graph.facts, FirstIssue) == {
        ("22-rdf-syntax-ns#type", "Issue"), ("rdf-schema#label", "学习不够深入"), ("number", "1"), ("marker", "1"),
        ("status", "status-item-rectified"), ("statusText", "已完成整改"), ("hasMeasure", "issue/1/measure/1"), ("hasMeasure", "issue/1/measure/2")}
    assert said(graph.facts, f"{FirstIssue}/measure/1") == {
        ("22-rdf-syntax-ns#type", "Measure"), ("rdf-schema#label", "健全制度"), ("number", "1"), ("marker", "一是"), ("status", "status-completed"),
        ("hasAction", "issue/1/measure/1/action/1"), ("responsibleOrganization", f"org/{COURT}"), ("targetOrganization", "org/澜江市基层人民法院"),
        ("hasParticipation", "issue/1/measure/1/participation/1"), ("hasParticipation", "issue/1/measure/1/participation/2"),
        ("appliesToCourtLevel", "court-level-basic"), ("hasFigure", "issue/1/measure/1/figure/1")}
    assert said(graph.facts, f"{FirstIssue}/measure/1/participation/1") == {
        ("22-rdf-syntax-ns#type", "Participation"), ("rdf-schema#label", COURT), ("participant", f"org/{COURT}"),
        ("participationRole", "role-responsible"), ("basis", "basis-default")}
    assert said(graph.facts, f"{FirstIssue}/measure/1/figure/1") == {
        ("22-rdf-syntax-ns#type", "Figure"), ("rdf-schema#label", "全年学习 12次"), ("value", "12"), ("unit", "次"), ("indicator", "全年学习"),
        ("figureKind", "figure-count")}


def test_documents_under_one_verb_are_one_action(graph: NoticeGraph) -> None:
    assert said(graph.facts, f"{FirstIssue}/measure/1/action/1") == {
        ("22-rdf-syntax-ns#type", "Action"), ("rdf-schema#label", "制定《学习规则》和《考核办法(试行)》"), ("number", "1"), ("actionType", "action-issue"),
        ("issuesDocument", f"doc/{COURT}/学习规则"), ("issuesDocument", f"doc/{COURT}/考核办法-试行")}


def test_a_basis_that_is_not_out_is_awaited(graph: NoticeGraph) -> None:
    assert said(graph.facts, f"{FirstIssue}/measure/2/action/1") == {
        ("22-rdf-syntax-ns#type", "Action"), ("rdf-schema#label", "根据省高级人民法院即将出台的《案件评查规定》"), ("number", "1"),
        ("actionType", "action-implement"), ("citesBasis", "doc/云川省高级人民法院/案件评查规定")}
    assert said(graph.facts, f"{OWN}案件评查办法") == {
        ("22-rdf-syntax-ns#type", "Document"), ("rdf-schema#label", "《案件评查办法》"), ("title", "案件评查办法"), ("documentType", "doctype-measures"),
        ("issuedBy", f"org/{COURT}"), ("status", "status-doc-drafting"), ("awaits", "doc/云川省高级人民法院/案件评查规定")}
    assert said(graph.facts, f"{DOC}云川省高级人民法院/案件评查规定") == {
        ("22-rdf-syntax-ns#type", "Document"), ("rdf-schema#label", "《案件评查规定》"), ("title", "案件评查规定"), ("documentType", "doctype-provisions"),
        ("issuedBy", "org/云川省高级人民法院"), ("status", "status-doc-forthcoming")}


def test_what_is_issued_here_and_carried_out_there_is_one_document(graph: NoticeGraph) -> None:
    second = f"{NOTICE}/issue/2/measure/1"
    assert ("implementsDocument", f"doc/{COURT}/学习规则") in said(graph.facts, f"{second}/action/1")
    assert said(graph.facts, f"{second}/action/2") >= {("compilesDocument", f"doc/{COURT}/考核办法-试行"), ("compilesDocument", f"doc/_{KEY}/制度汇编")}
    assert said(graph.facts, f"{OWN}考核办法-试行") >= {("compiledInto", f"doc/_{KEY}/制度汇编"), ("isTrial", "true"), ("status", "status-doc-issued")}
    assert ("22-rdf-syntax-ns#type", "IssuedDocument") in said(graph.facts, f"{OWN}学习规则")
    assert said(graph.facts, f"{NOWHERE}制度汇编") == {
        ("22-rdf-syntax-ns#type", "Document"), ("rdf-schema#label", "《制度汇编》"), ("title", "制度汇编"), ("documentType", "doctype-compendium")}


def test_bodies(graph: NoticeGraph) -> None:
    def body(full: str) -> set[tuple[str, str]]:
        return said(graph.facts, f"https://w3id.org/rectify/id/org/{full}") - {("rdf-schema#label", full)}
    assert body(COURT) == {("22-rdf-syntax-ns#type", "Court"), ("organizationKind", "organization-court"), ("courtLevel", "court-level-intermediate")}
    assert body("云川省高级人民法院") >= {("courtLevel", "court-level-high")}
    assert body(PUBLISHER) == {("22-rdf-syntax-ns#type", "PartyOrganization"), ("organizationKind", "organization-party"), ("belongsTo", f"org/{COURT}")}
    assert body(COURT + "督察室") == {("22-rdf-syntax-ns#type", "Department"), ("organizationKind", "organization-department"), ("belongsTo", f"org/{COURT}")}
    assert body("中共澜江市委第二巡察组") == {("22-rdf-syntax-ns#type", "InspectionTeam")}
    assert body("澜江市基层人民法院") == {("22-rdf-syntax-ns#type", "OrganizationGroup"), ("organizationKind", "organization-court-group")}


def test_bodies_of_label_lines_stand_at_the_issue(graph: NoticeGraph) -> None:
    assert said(graph.facts, f"{NOTICE}/issue/3") >= {
        ("leadOrganization", f"org/{COURT}督察室"), ("hasParticipation", "issue/3/participation/1"), ("deadline", "2023年12月底前")}


def test_days_of_a_measure(graph: NoticeGraph) -> None:
    assert said(graph.facts, f"{NOTICE}/issue/3/measure/1/period/1") == {
        ("22-rdf-syntax-ns#type", "Period"), ("rdf-schema#label", "2022年5月起"), ("startDate", "2022-05")}


# ---------------------------------------------------------------- evidence


def test_every_quote_is_the_text_at_its_offsets(graph: NoticeGraph) -> None:
    spans: dict[str, dict[str, str]] = {}
    for t in graph.evidence:
        spans.setdefault(t.subject.value, {})[name(t.predicate)] = getattr(t.object, "value", "")
    quoted = [values for values in spans.values() if "exactQuote" in values]
    assert len(quoted) == 42
    for values in quoted:
        start, end = int(values["startOffset"]), int(values["endOffset"])
        assert TEXT[start:end] == values["exactQuote"] and values["inText"].endswith(source(TEXT).sha256[:16])
        assert int(values["lineNumber"]) == TEXT[:start].count("\n") + 1


def test_every_node_that_tells_something_has_its_words(graph: NoticeGraph) -> None:
    kinds = {"Notice", "Inspection", "Aspect", "Issue", "Recommendation", "Measure", "Action", "Participation", "Claim", "Figure", "Period"}
    told = {t.subject.value for t in graph.facts if name(t.predicate).endswith("#type") and name(t.object) in kinds}
    proved = {t.subject.value for t in graph.evidence if name(t.predicate) == "evidencedBy"}
    assert len(told) == 32 and told <= proved


def test_what_no_node_stands_for_has_a_statement_of_a_triple_that_is_there(graph: NoticeGraph) -> None:
    facts = {(t.subject.value, t.predicate.value, getattr(t.object, "value", "")) for t in graph.facts}
    statements: dict[str, dict[str, str]] = {}
    for t in graph.evidence:
        if "/statement/" in t.subject.value:
            statements.setdefault(t.subject.value, {})[name(t.predicate)] = t.object.value
    described = [(s["statementSubject"], s["statementPredicate"], s.get("statementObject") or s["statementLiteral"]) for s in statements.values()]
    assert set(described) <= facts and all("evidencedBy" in s and "extractedBy" in s for s in statements.values())
    by_property = [name(p).rpartition("/")[2] for _, p, _ in described]
    assert {p: by_property.count(p) for p in set(by_property)} == {
        "status": 4 + 5 + 1, "statusText": 1, "deadline": 1, "issuedBy": 5 + 1, "appliesToCourtLevel": 3, "awaits": 1, "compiledInto": 1,
        "issued": 1, "cutoffDate": 1, "conductedBy": 1, "inspectedOrganization": 1, "startDate": 1, "endDate": 1, "feedbackDate": 1,
        "courtLevel": 2, "belongsTo": 3}
    bases = {(name(s["statementSubject"]), name(s["statementPredicate"])): name(s["basis"]) for s in statements.values()}
    assert bases[f"doc/{COURT}/学习规则", "issuedBy"] == "basis-default"
    assert bases["doc/云川省高级人民法院/案件评查规定", "issuedBy"] == "basis-stated"
    assert bases["issue/1/measure/1", "status"] == "basis-default" and bases["issue/1/measure/2", "status"] == "basis-stated"
    assert bases[f"org/{COURT}", "courtLevel"] == bases[f"org/{COURT}督察室", "belongsTo"] == "basis-inferred"


def test_a_printed_status_rests_on_its_own_words() -> None:
    text = "1.问题。整改时限:2024年5月。整改状态:已完成。一是改。"
    issue = Issue("1", "问题", Span(2, 4), Span(0, len(text)), status="已完成", deadline="2024年5月")
    graph = notice_graph(Notice(source(text), Header(publisher=PUBLISHER, signed="2023-07-17"), text, issues=(issue,)))
    words: dict[str, set[str]] = {}
    for t in graph.evidence:
        if name(t.predicate) in ("statementPredicate", "evidencedBy"):
            words.setdefault(t.subject.value, set()).add(name(t.object))
    spans = {frozenset(told) for told in words.values()}
    fragment = f"source/sha256-{source(text).sha256[:16]}#char="
    assert {frozenset(("deadline", fragment + "10,17")), frozenset(("status", fragment + "23,26")), frozenset(("statusText", fragment + "23,26"))} <= spans


def test_the_words_of_a_check_are_those_of_every_number_in_it(graph: NoticeGraph) -> None:
    words = {name(t.object).rpartition("=")[2] for t in graph.evidence
             if name(t.subject) == "claim/issues-total/check/2" and name(t.predicate) == "evidencedBy"}
    assert words == {f"{span.start},{span.end}" for span in (at("3个问题"), at("已整改完成2个"), at("其余1个正在推进"))}


@pytest.mark.parametrize(("number", "expected"), [("澜法〔2023〕5号", "7,17"), ("澜办〔2023〕5号", "2,6")])
def test_the_number_of_a_document_rests_on_the_words_behind_its_title(number: str, expected: str) -> None:
    text = "印发《甲规》(澜法〔2023〕5号)。"
    document = Document("甲规", "issues", Span(2, 6), Span(0, 6), COURT, False, number=number)
    issue = Issue("1", "印发", Span(0, 2), Span(0, len(text)), documents=(document,))
    graph = notice_graph(Notice(source(text), Header(publisher=PUBLISHER, signed="2023-07-17"), text, issues=(issue,)))
    statement = next(t.subject for t in graph.evidence if name(t.predicate) == "statementLiteral" and name(t.object) == number)
    assert {name(t.object).rpartition("=")[2] for t in graph.evidence if t.subject == statement and name(t.predicate) == "evidencedBy"} == {expected}


def test_every_mention_of_a_document_is_kept(graph: NoticeGraph) -> None:
    mentions = [name(t.object) for t in graph.evidence if name(t.predicate) == "denotes"]
    assert {m: mentions.count(m) for m in set(mentions)} == {
        f"doc/{COURT}/巡察整改方案": 1, f"doc/{COURT}/学习规则": 2, f"doc/{COURT}/考核办法-试行": 2, f"doc/{COURT}/案件评查办法": 1,
        "doc/云川省高级人民法院/案件评查规定": 1, f"doc/_{KEY}/制度汇编": 1}


# ---------------------------------------------------------------- which mentions are one document


@pytest.mark.parametrize(("why", "notice", "expected"), [
    ("made here, carried out there", notice_of(("细则", "issues", {}), ("细则", "implements", {})), {"1": {f"{COURT}/细则"}, "2": {f"{COURT}/细则"}}),
    ("carried out before it is made", notice_of(("细则", "implements", {}), ("细则", "revises", {})), {"1": {f"{COURT}/细则"}, "2": {f"{COURT}/细则"}}),
    ("only carried out: nothing tells whose", notice_of(("细则", "implements", {})), {"1": {f"_{KEY}/细则"}}),
    ("another body's, though of the same title",
     notice_of(("章程", "implements", {"body": ("省法院", "云川省高级人民法院"), "pending": True}), ("章程", "drafts", {})),
     {"1": {"云川省高级人民法院/章程"}, "2": {f"{COURT}/章程"}}),
    ("the other body's is named once", notice_of(("规定", "implements", {"body": ("省法院", "云川省高级人民法院")}), ("规定", "studies", {})),
     {"1": {"云川省高级人民法院/规定"}, "2": {"云川省高级人民法院/规定"}}),
    ("two other bodies: no guess", notice_of(("规定", "implements", {"body": ("省法院", "云川省高级人民法院")}),
                                           ("规定", "implements", {"body": ("省检察院", "云川省人民检察院")}), ("规定", "studies", {})),
     {"1": {"云川省高级人民法院/规定"}, "2": {"云川省人民检察院/规定"}, "3": {f"_{KEY}/规定"}}),
    ("the stated issuer", notice_of(("意见", "issues", {"issuer": "中共澜江市委", "issuer_stated": True})), {"1": {"中共澜江市委/意见"}}),
    ("a part of the own body, then the own body by default",
     notice_of(("细则", "issues", {"issuer": COURT + "政治部", "issuer_stated": True}), ("细则", "revises", {"issuer": COURT, "issuer_stated": False})),
     {"1": {f"{COURT}政治部/细则"}, "2": {f"{COURT}政治部/细则"}}),
    ("a committee of a place: what another body of the place made stays its own",
     replace(notice_of(("细则", "issues", {"issuer": "澜江市财政局", "issuer_stated": True}), ("细则", "revises", {"issuer": "中共澜江市委员会"})),
             header=Header(publisher="中共澜江市委员会", signed="2023-07-17")), {"1": {"澜江市财政局/细则"}, "2": {"中共澜江市委员会/细则"}}),
    ("the title says whose", notice_of(("最高人民法院关于适用法律的规定", "studies", {})), {"1": {"最高人民法院/最高人民法院关于适用法律的规定"}}),
    ("a law of the state, by its long and short title", notice_of(("中华人民共和国刑事诉讼法", "studies", {}), ("刑事诉讼法", "implements", {})),
     {"1": {"中华人民共和国/刑事诉讼法"}, "2": {"中华人民共和国/刑事诉讼法"}}),
    ("rules of the Party", notice_of(("中国共产党纪律处分条例", "studies", {})), {"1": {"中国共产党/中国共产党纪律处分条例"}}),
    ("a short title stands for the long one", notice_of(("巡察整改工作方案", "issues", {}), ("方案", "implements", {"alias_of": "巡察整改工作方案"})),
     {"1": {f"{COURT}/巡察整改工作方案"}, "2": {f"{COURT}/巡察整改工作方案"}}),
    ("width, quotes and brackets", notice_of(("“三会一课”办法（试行）", "issues", {}), ("\"三会一课\"办法(试行)", "implements", {})),
     {"1": {f"{COURT}/三会一课办法-试行"}, "2": {f"{COURT}/三会一课办法-试行"}}),
    ("nobody known to report", notice_of(("细则", "issues", {}), publisher=None), {"1": {"_通报-20230717/细则"}}),
], ids=lambda v: v if isinstance(v, str) else "")
def test_identity(why: str, notice: Notice, expected: dict[str, set[str]]) -> None:
    if notice.header.publisher is None:
        notice = replace(notice, header=replace(notice.header, title="通报"))
    assert documents(notice) == expected, why


@pytest.mark.parametrize(("between", "is_attributed"), [
    ("", True), ("即将出台的", True), ("印发的", True), ("《甲》和", True), ("即将出台的《甲》《乙》和", True),
    ("严格执行", False), ("开展检查,落实", False), ("认真落实", False), ("要求按照", False),
])
def test_the_body_right_before_a_title_issued_it(between: str, is_attributed: bool) -> None:
    notice = notice_of(("规定", "implements", {"body": ("省法院", "云川省高级人民法院")}), before=between)
    assert documents(notice) == {"1": {"云川省高级人民法院/规定" if is_attributed else f"_{KEY}/规定"}}


def test_a_title_inside_another_is_a_document_of_its_own() -> None:
    notice = notice_of(("贯彻落实<综合治理意见>的方案", "issues", {}))
    measure = notice.issues[0].measures[0]
    inside = notice.text.index("<")
    link = DocumentLink("贯彻落实<综合治理意见>的方案", "综合治理意见", "implements", Span(inside - 4, inside + 8))
    linked = replace(notice, issues=(replace(notice.issues[0], measures=(replace(measure, document_links=(link,)),)),))
    graph = notice_graph(linked)
    assert ("givesEffectTo", f"doc/_{KEY}/综合治理意见") in said(graph.facts, f"{OWN}贯彻落实综合治理意见的方案")
    assert said(graph.facts, f"{NOWHERE}综合治理意见") >= {("title", "综合治理意见"), ("documentType", "doctype-opinion")}
    mention = next(t.subject.value for t in graph.evidence if name(t.predicate) == "denotes" and name(t.object).endswith("综合治理意见"))
    assert mention.endswith(f"#char={inside + 1},{inside + 7}")


@pytest.mark.parametrize(("kind", "expected"), [
    ("based_on", "basedOn"), ("implements", "givesEffectTo"), ("revises", "revisionOf"), ("compiled_into", "compiledInto"), ("interfaces_with", "interfacesWith"),
])
@pytest.mark.parametrize("pending", [False, True])
def test_links_between_documents(kind: str, expected: str, pending: bool) -> None:
    text = "制定《甲办法》,依据《乙规定》。"
    one = Document("甲办法", "issues", Span(2, 7), Span(0, 7), COURT, False)
    two = Document("乙规定", "implements", Span(10, 15), Span(8, 15), pending=pending)
    measure = Measure("", None, text, Span(0, len(text)), documents=(one, two), document_links=(DocumentLink("甲办法", "乙规定", kind, Span(0, 15)),))
    notice = Notice(source(text), Header(publisher=PUBLISHER, signed="2023-07-17"), text, issues=(
        Issue("1", "制定", Span(0, 2), Span(0, len(text)), measures=(measure,)),))
    links = said(notice_graph(notice).facts, f"{OWN}甲办法") & {(p, f"doc/_{KEY}/乙规定") for p in (
        "basedOn", "givesEffectTo", "revisionOf", "compiledInto", "interfacesWith", "awaits")}
    rests = pending and kind in ("based_on", "implements")
    assert links == {("awaits" if rests else expected, f"doc/_{KEY}/乙规定")}


@pytest.mark.parametrize(("verb", "expected"), [("落实", "implementsDocument"), ("根据", "citesBasis"), ("严格按照", "citesBasis"), ("依据", "citesBasis")])
def test_what_work_follows_is_told_from_what_it_carries_out(verb: str, expected: str) -> None:
    text = f"{verb}《甲办法》。"
    document = Document("甲办法", "implements", Span(len(verb), len(verb) + 5), Span(0, len(verb) + 5))
    notice = Notice(source(text), Header(), text, issues=(Issue("1", text, Span(0, 2), Span(0, len(text)), measures=(
        Measure("", None, text, Span(0, len(text)), documents=(document,)),)),))
    actions = {name(t.predicate) for t in notice_graph(notice).facts if "/action/" in t.subject.value and "/doc/" in getattr(t.object, "value", "")}
    assert actions == {expected}


# ---------------------------------------------------------------- places


def test_a_notice_without_aspects_lists_its_issues_itself() -> None:
    text = "一、甲\n二、乙\n"
    notice = Notice(source(text), Header(publisher=PUBLISHER, signed="2023-07-17"), text, issues=(
        Issue("一", "甲", Span(2, 3), Span(0, 3)), Issue("二", "乙", Span(6, 7), Span(4, 7))))
    facts = notice_graph(notice).facts
    assert {(p, o) for p, o in said(facts, NOTICE) if p.startswith("has")} == {("hasIssue", "issue/1"), ("hasIssue", "issue/2")}
    assert said(facts, f"{NOTICE}/issue/2") >= {("number", "2"), ("marker", "二")}


def test_sub_issues_stand_below_the_issue_before_them() -> None:
    text = "0123456789"
    issues = tuple(Issue(n, f"题{n}", Span(i, i + 1), Span(i, i + 1), aspect="方面", parent=p)
                   for i, (n, p) in enumerate([("5", None), ("5.1", "5"), ("5.2", "5"), ("6", None)]))
    notice = Notice(source(text), Header(publisher=PUBLISHER, signed="2023-07-17"), text, aspects=(Aspect("1", "方面", Span(0, 10)),), issues=issues)
    facts = notice_graph(notice).facts
    assert {o for p, o in said(facts, f"{NOTICE}/aspect/1") if p == "hasIssue"} == {"issue/5", "issue/6"}
    assert {o for p, o in said(facts, f"{NOTICE}/issue/5") if p == "hasSubIssue"} == {"issue/5.1", "issue/5.2"}
    assert said(facts, f"{NOTICE}/issue/5.2") >= {("number", "2"), ("marker", "5.2")}


def test_documents_between_heading_and_measures_belong_to_the_issue() -> None:
    text = "问题。修订《甲办法》。一是改。"
    issue = Issue("1", "问题", Span(0, 2), Span(0, len(text)), measures=(Measure("一是", None, "一是改。", Span(11, 15)),),
                  documents=(Document("甲办法", "revises", Span(5, 10), Span(3, 10), COURT, False),))
    graph = notice_graph(Notice(source(text), Header(publisher=PUBLISHER, signed="2023-07-17"), text, issues=(issue,)))
    assert ("hasAction", "issue/1/action/1") in said(graph.facts, FirstIssue)
    assert ("yieldsDocument", f"doc/{COURT}/甲办法") in said(graph.inferred, FirstIssue)
    assert ("22-rdf-syntax-ns#type", "Undertaking") not in said(graph.inferred, FirstIssue)


# ---------------------------------------------------------------- what is not written, and what cannot break it


def test_a_silent_notice_says_nothing() -> None:
    text = "。"
    graph = notice_graph(Notice(source(text), Header(), text, issues=(Issue("", "", Span(0, 0), Span(0, 0)),)))
    assert not {str(t) for t in (*graph.facts, *graph.evidence) if "None" in str(t) or '""' in str(t)}
    assert {name(t.predicate).rpartition("#")[2].rpartition("/")[2] for t in graph.facts} == {"type", "label", "title", "hasIssue", "number"}


@pytest.mark.parametrize(("text", "datatype"), [
    ("2023-07-17", "date"), ("2023-07", "gYearMonth"), ("2023", "gYear"), ("2023-02-30", None), ("2023-13", None), ("今年", None), (None, None),
])
def test_only_a_date_becomes_one(text: str | None, datatype: str | None) -> None:
    literal = date_literal(text)
    assert (literal.datatype.value.rpartition("#")[2] if literal else None) == datatype


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_texts_stay_literals(title: str, body: str, heading: str) -> None:
    page = f"制定《{title}》。"
    span = Span(2, len(page) - 1)
    document = Document(title, "issues", span, Span(0, span.end), body, True)
    measure = Measure(heading, heading, page, Span(0, len(page)), documents=(document,))
    notice = Notice(source(page), Header(title=title, publisher=body, signed=heading), page,
                    issues=(Issue(heading, heading, Span(0, 2), Span(0, len(page)), measures=(measure,)),))
    graph = notice_graph(notice)
    assert "/" not in graph.id and graph.id not in ("", ".", "..")
    triples = (*graph.facts, *graph.evidence, *graph.inferred)
    read = [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(turtle(triples), format=ox.RdfFormat.TURTLE)]
    assert read == list(triples)
    assert title in {t.object.value for t in triples if isinstance(t.object, ox.Literal)}


def test_the_files_are_the_same_to_rdflib(graph: NoticeGraph) -> None:
    import rdflib
    whole = graph_turtle(graph)
    read = rdflib.Graph().parse(data=whole, format="turtle")
    assert len(read) == len(graph.facts) + len(graph.inferred)
    lines = ox.serialize((*graph.facts, *graph.inferred), format=ox.RdfFormat.N_TRIPLES)
    assert set(read) == set(rdflib.Graph().parse(data=lines, format="nt"))
    assert whole.count(INFERRED_MARK) == 1


def test_two_builds_are_the_same(graph: NoticeGraph) -> None:
    notice = small_notice()
    assert notice_graph(notice, reconcile(notice)) == graph
    assert len(set(graph.facts)) == len(graph.facts) and not set(graph.facts) & set(graph.inferred)
