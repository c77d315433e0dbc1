"""The records of a notice → its graph, by `ontology/rectify.ttl`.

Facts say what the notice says. Evidence ties them to the words: each node has the stretch of text
it rests on, the rule that found it and the basis on which it holds; a fact for which no node stands (a
link between two documents, a court level, an issuer, a status, a date of the header, …) has an
`ExtractedStatement`. `kg.check.grounding` lists the ways. What follows from the facts by the ontology
is inferred.
"""
from __future__ import annotations

import hashlib
import os.path
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.extract.publisher import read_publisher
from kg.inference import infer
from kg.model import CORRECTED, Aspect, Issue, Notice, Recommendation, Span
from kg.rdf.claims import write_claims
from kg.rdf.documents import Documents, Identity, status_of
from kg.rdf.measures import write_actions, write_measure, write_participations
from kg.rdf.organizations import Organizations
from kg.rdf.writer import ALT_LABEL, ISSUED, TITLE, TYPE, Value, Writer, chinese, clipped, date_literal
from kg.reconcile import Reconciliation
from kg.vocab import INFERRED_MARK, PREFIXES, C, R, document_type, iri, item_status, key, notice_key

INSPECTIONS = ("xunshi", "xuncha", "audit", "environment")
INSPECTION_FIELDS = ("inspector", "inspection_start", "inspection_end", "feedback_date", "kind")
TITLE_FIELDS = frozenset(("title", "alias_of", "added"))  # of a document that a user put right
NUMBER_WITHIN = 30  # characters behind a title in which its number stands
CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class NoticeGraph:
    """The graph of one notice in its three parts, each in document order. `id` is its key and its folder name."""

    id: str
    facts: tuple[ox.Triple, ...]
    evidence: tuple[ox.Triple, ...]
    inferred: tuple[ox.Triple, ...]


def notice_graph(notice: Notice, reconciliations: Sequence[Reconciliation] = ()) -> NoticeGraph:
    """Return the graph of a notice.

    Args:
        notice: its records, names of bodies resolved.
        reconciliations: the checks of its claims, from `kg.reconcile`.
    """
    header = notice.header
    name = notice_key(header.publisher or header.title, header.signed or header.published, notice.source.sha256)
    out = Writer(name, notice.text, notice.source)
    node = iri("notice", name)
    documents, bodies = Documents(notice, name), Organizations(read_publisher(header.publisher))
    _write_notice(out, node, notice, bodies)
    _write_source(out, node)
    _write_structure(out, node, notice, documents, bodies)
    for record in notice.documents:
        out.add(node, R.mentionsDocument, documents.of(record).iri)
    for identity in documents.all():
        _write_document(out, identity, bodies)
    write_claims(out, node, notice, reconciliations)
    bodies.write(out)
    facts = _ordered((*out.facts, *out.vocabulary))
    return NoticeGraph(name, facts, _ordered(out.evidence), _ordered(infer(facts)))


# ---------------------------------------------------------------- the notice and its parts


def _write_notice(out: Writer, node: ox.NamedNode, notice: Notice, bodies: Organizations) -> None:
    header = notice.header
    title = header.title or "整改进展情况通报"
    out.node(node, R.Notice, title)
    out.add(node, TITLE, chinese(title))
    out.concept(node, R.documentType, document_type(title) if header.title else None)
    spans = dict(header.spans)
    out.found(node, *(span for field, span in header.spans if field not in INSPECTION_FIELDS), out.first(spans.get("title")),
              rule="header_title", basis="stated" if header.title else "default")
    date = "published" if date_literal(header.published) else "signed"
    _tell_header(out, node, ISSUED, date_literal(header.published) or date_literal(header.signed), date, spans)
    _tell_header(out, node, R.cutoffDate, date_literal(header.status_as_of), "status_as_of", spans)
    if header.publisher:
        _tell_header(out, node, R.issuedBy, bodies.iri(header.publisher, span=spans.get("publisher")), "publisher", spans)
    if header.inspector or header.inspection_start or header.feedback_date or header.kind in INSPECTIONS:
        _write_inspection(out, node, notice, bodies)


def _write_inspection(out: Writer, node: ox.NamedNode, notice: Notice, bodies: Organizations) -> None:
    header = notice.header
    parts = (header.inspector, header.publisher, header.inspection_start)
    inspection = iri("inspection", "-".join(key(part) for part in parts if part) or out.notice)
    out.add(node, R.reportsOn, inspection)
    out.node(inspection, R.Inspection, f"{header.inspector or ''}对{header.publisher}的检查" if header.publisher else header.inspector or "检查")
    spans = dict(header.spans)
    own = [spans[field] for field in INSPECTION_FIELDS if field in spans]
    out.found(inspection, *(own or (out.first(spans.get("title")),)), rule="header_inspection", basis="stated" if own else "inferred")
    if header.inspector:
        _tell_header(out, inspection, R.conductedBy, bodies.team(header.inspector, spans.get("inspector")), "inspector", spans)
    if header.publisher:  # who reports was inspected
        _tell_header(out, inspection, R.inspectedOrganization, bodies.iri(header.publisher), "publisher", spans, basis="inferred")
    out.concept(inspection, R.inspectionType, C["inspection-" + header.kind] if header.kind in INSPECTIONS else None)
    for predicate, field in ((R.startDate, "inspection_start"), (R.endDate, "inspection_end"), (R.feedbackDate, "feedback_date")):
        _tell_header(out, inspection, predicate, date_literal(getattr(header, field)), field, spans)


def _tell_header(
    out: Writer, node: ox.NamedNode, predicate: ox.NamedNode, value: Value | None, field: str, spans: Mapping[str, Span], basis: str = "stated",
) -> None:
    """Write what a field of the header says; one without words of its own rests on the title."""
    out.tell(node, predicate, value, basis=basis if field in spans else "inferred", rule=f"header_{field}",
             span=out.first(spans.get(field), spans.get("title")))


def _write_source(out: Writer, node: ox.NamedNode) -> None:
    out.prove(node, R.hasText, out.source)
    out.prove(out.source, TYPE, R.SourceText)
    out.prove(out.source, R.sha256, ox.Literal(out.origin.sha256))
    out.prove(out.source, R.textSha256, ox.Literal(hashlib.sha256(out.text.encode("utf-8")).hexdigest()))
    out.prove(out.source, R.characterCount, ox.Literal(len(out.text)))
    out.prove(out.source, R.fileName, ox.Literal(os.path.basename(out.origin.file)))


def _write_structure(out: Writer, node: ox.NamedNode, notice: Notice, documents: Documents, bodies: Organizations) -> None:
    for number, aspect in enumerate(notice.aspects, 1):
        _write_aspect(out, node, _below(node, "aspect", str(number)), aspect, number)
    issues = _issue_nodes(node, notice.issues)
    for number, (issue, at) in enumerate(zip(notice.issues, issues), 1):
        above, relation = _above(node, notice, issues, number - 1)
        out.add(above, relation, at)
        if "aspect" in issue.corrected:
            out.state(above, relation, at, basis=CORRECTED, rule=CORRECTED, spans=[issue.title_span])
        _write_issue(out, at, issue, number, documents, bodies)
    for number, recommendation in enumerate(notice.recommendations, 1):
        _write_recommendation(out, node, _below(node, "recommendation", str(number)), recommendation, number)


def _write_aspect(out: Writer, node: ox.NamedNode, at: ox.NamedNode, aspect: Aspect, number: int) -> None:
    out.add(node, R.hasAspect, at)
    out.node(at, R.Aspect, aspect.title or f"方面{number}")
    _write_number(out, at, aspect.number, number)
    out.found(at, _heading(out.text, aspect.title, aspect.span), rule="outline_aspect")


def _write_recommendation(out: Writer, node: ox.NamedNode, at: ox.NamedNode, recommendation: Recommendation, number: int) -> None:
    out.add(node, R.hasRecommendation, at)
    out.node(at, R.Recommendation, recommendation.title or f"意见建议{number}")
    _write_number(out, at, recommendation.number, number)
    out.found(at, recommendation.span, rule="outline_recommendation")


def _write_issue(out: Writer, at: ox.NamedNode, issue: Issue, number: int, documents: Documents, bodies: Organizations) -> None:
    out.node(at, R.Issue, issue.title or clipped(out.text[issue.span.start:issue.span.end]) or f"问题{number}")
    _write_number(out, at, issue.number, number)
    heading = out.first(issue.title_span, issue.span)
    by_hand = "title" in issue.corrected
    out.found(at, heading, rule=CORRECTED if by_hand else "outline_issue", basis=CORRECTED if by_hand else "stated")
    if issue.status:
        status = out.words(issue.status, issue.span, heading)
        _tell_printed(out, at, R.statusText, ox.Literal(issue.status), issue, "status", status)
        _tell_printed(out, at, R.status, item_status(issue.status), issue, "status", status)
    if issue.deadline:
        _tell_printed(out, at, R.deadline, ox.Literal(issue.deadline), issue, "deadline", out.words(issue.deadline, issue.span, heading))
    write_actions(out, at, issue.documents, documents)
    write_participations(out, at, issue.organizations, bodies)
    for place, measure in enumerate(issue.measures, 1):
        below = _below(at, "measure", str(place))
        out.add(at, R.hasMeasure, below)
        write_measure(out, below, measure, place, documents, bodies)


def _tell_printed(out: Writer, at: ox.NamedNode, predicate: ox.NamedNode, value: Value | None, issue: Issue, field: str, span: Span | None) -> None:
    """Write what an issue's own line of status or deadline says."""
    by_hand = field in issue.corrected
    out.tell(at, predicate, value, basis=CORRECTED if by_hand else "stated", rule=CORRECTED if by_hand else f"printed_{field}", span=span)


def _write_number(out: Writer, at: ox.NamedNode, printed: str, order: int) -> None:
    out.add(at, R.number, ox.Literal(_ordinal(printed) or order))
    out.add(at, R.marker, ox.Literal(printed) if printed else None)


def _write_document(out: Writer, identity: Identity, bodies: Organizations) -> None:
    node, records = identity.iri, identity.records
    made = any(r.relation == "issues" for r in records)
    out.node(node, R.IssuedDocument if made else R.Document, f"《{identity.title}》")
    out.add(node, TITLE, chinese(identity.title))
    for alias in dict.fromkeys(r.title for r in records if r.title != identity.title and r.alias_of):
        out.add(node, ALT_LABEL, chinese(alias))
    out.concept(node, R.documentType, document_type(identity.title))
    out.add(node, R.isTrial, ox.Literal(True) if any(r.trial for r in records) else None)
    if numbered := next((r for r in records if r.number), None):
        near = Span(numbered.span.start, numbered.span.end + len(numbered.number or "") + NUMBER_WITHIN)
        out.tell(node, R.documentNumber, ox.Literal(numbered.number or ""), rule="document_number",
                 span=out.words(numbered.number or "", near, numbered.span))
    _write_issuer(out, identity, bodies)
    if status := status_of(records):
        name, record = status
        out.concept(node, R.status, C["status-doc-" + name])
        out.state(node, R.status, C["status-doc-" + name], basis="inferred" if name == "existing" else "stated",
                  rule=record.rule or f"document_{record.relation}", spans=[Span(min(record.action_span.start, record.span.start), record.span.end)])
    for mention in identity.mentions:
        at = out.span(mention.span)
        out.prove(at, TYPE, R.DocumentMention)
        out.prove(at, R.denotes, node)
        by_hand = mention.record is not None and not TITLE_FIELDS.isdisjoint(mention.record.corrected)
        out.found(at, rule=CORRECTED if by_hand else "document_title", basis=CORRECTED if by_hand else "stated")


def _write_issuer(out: Writer, identity: Identity, bodies: Organizations) -> None:
    if identity.issuer is None or identity.issuer_basis is None:
        return
    body = bodies.iri(identity.issuer)
    out.add(identity.iri, R.issuedBy, body)
    out.state(identity.iri, R.issuedBy, body, basis=identity.issuer_basis, rule=f"issuer_{identity.issuer_basis}",
              spans=[identity.issuer_span or identity.mentions[0].span])


# ---------------------------------------------------------------- places of the parts


def _below(node: ox.NamedNode, *parts: str) -> ox.NamedNode:
    return ox.NamedNode("/".join((node.value, *parts)))


def _issue_nodes(node: ox.NamedNode, issues: Sequence[Issue]) -> list[ox.NamedNode]:
    """The IRI of each issue: by printed number where those are unique in the notice, else by order."""
    printed = [".".join(str(_ordinal(part)) for part in issue.number.split(".")) for issue in issues]
    unique = len(set(printed)) == len(printed) and not any("None" in number for number in printed)
    return [_below(node, "issue", printed[i] if unique else str(i + 1)) for i in range(len(issues))]


def _above(node: ox.NamedNode, notice: Notice, nodes: Sequence[ox.NamedNode], i: int) -> tuple[ox.NamedNode, ox.NamedNode]:
    """What lists an issue: the issue it is a part of, its aspect, or the notice itself."""
    issue = notice.issues[i]
    if issue.parent is not None:
        for j in range(i - 1, -1, -1):
            if notice.issues[j].number == issue.parent:
                return nodes[j], R.hasSubIssue
    named = [(aspect.span.start <= issue.span.start, aspect.span.start, number)
             for number, aspect in enumerate(notice.aspects, 1) if aspect.title == issue.aspect]
    if named:
        return _below(node, "aspect", str(max(named)[2])), R.hasIssue
    return node, R.hasIssue


def _heading(text: str, title: str, span: Span) -> Span:
    """The words of a heading in the stretch it opens: its title, else its first line."""
    at = text.find(title, span.start, span.end) if title else -1
    if at >= 0:
        return Span(at, at + len(title))
    line_end = text.find("\n", span.start, span.end)
    return Span(span.start, line_end if line_end >= 0 else span.end)


def _ordinal(printed: str) -> int | None:
    """Return the number that a mark means, of a dotted one its last part; None if it means none.

    >>> _ordinal("13"), _ordinal("1.2"), _ordinal("二十一"), _ordinal("十"), _ordinal("A")
    (13, 2, 21, 10, None)
    """
    last = printed.strip().rpartition(".")[2]
    if last.isdecimal():
        return int(last)
    match = re.fullmatch(r"(?:([一二两三四五六七八九])?(十))?([零〇一二两三四五六七八九])?", last)
    if not last or not match:
        return None
    tens = CHINESE_DIGITS[match[1]] if match[1] else 1
    return (tens * 10 if match[2] else 0) + (CHINESE_DIGITS[match[3]] if match[3] else 0)


# ---------------------------------------------------------------- order and Turtle


def graph_turtle(graph: NoticeGraph) -> bytes:
    """Return facts and inferred triples as one Turtle file; a mark between them keeps them apart."""
    return turtle(graph.facts) + b"\n" + INFERRED_MARK + turtle(graph.inferred)


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as Turtle, in the order given."""
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None  # only with an output of its own it returns nothing
    return written


def _ordered(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """Each triple once, those of one subject together, subjects in the order in which they first appear."""
    groups: dict[ox.NamedNode | ox.BlankNode | ox.Triple, dict[ox.Triple, None]] = {}
    for triple in triples:
        groups.setdefault(triple.subject, {})[triple] = None
    return tuple(triple for group in groups.values() for triple in group)
