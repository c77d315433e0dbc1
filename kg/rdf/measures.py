"""Measures and what they hold: actions on documents, bodies and their roles, court levels, figures, dates."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import pyoxigraph as ox

from kg.model import CORRECTED, Document, Measure, Organization
from kg.rdf.documents import Documents
from kg.rdf.organizations import Organizations
from kg.rdf.writer import Writer, clipped, date_literal, decimal
from kg.vocab import C, R, concepts, iri

# relation of the record: property, action type
RELATIONS = {
    "issues": ("issuesDocument", "issue"), "revises": ("revisesDocument", "revise"), "drafts": ("draftsDocument", "draft"),
    "implements": ("implementsDocument", "implement"), "studies": ("studiesDocument", "study"),
    "includes": ("compilesDocument", "compile"), "reported_in": ("reportedIn", "report"), "uses": ("usesForm", "use"),
    "hears": ("reviewsDocument", "review"), "other": ("concernsDocument", "other"),
}
# 根据《…》: the document is what the work rests on, not what it carries out.
BASIS = re.compile(r"\s*(?:严格|认真|参考)?(?:根据|依据|按照|依照|遵照|参照|对照|比照)")
STATUSES = {"done": "completed", "ongoing": "in-progress", "planned": "planned", "recurring": "continuous"}
ROLES = {"approves": "approving", "records": "recording", "other": "mentioned"}
LINKS = {"based_on": "basedOn", "revises": "revisionOf", "compiled_into": "compiledInto",
         "implements": "givesEffectTo", "interfaces_with": "interfacesWith"}
CARRIES_OUT = ("based_on", "implements")  # links by which a document rests on one that may be still to come


def write_measure(out: Writer, node: ox.NamedNode, measure: Measure, number: int, documents: Documents, bodies: Organizations) -> None:
    """Write one measure with all it holds, at the IRI `node`."""
    out.node(node, R.Measure, clipped(measure.heading or measure.text.removeprefix(measure.marker).lstrip(" ,，:：、.．")))
    out.add(node, R.number, ox.Literal(number))
    out.add(node, R.marker, ox.Literal(measure.marker) if measure.marker else None)
    out.add(node, R.isImplicit, None if measure.marker else ox.Literal(True))
    corrected = "span" in measure.corrected
    out.found(node, measure.span, rule=CORRECTED if corrected else "outline_measure", basis=CORRECTED if corrected else "stated")
    _write_status(out, node, measure)
    write_actions(out, node, measure.documents, documents)
    _write_links(out, measure, documents)
    write_participations(out, node, measure.organizations, bodies)
    _write_levels(out, node, measure)
    _write_figures(out, node, measure)
    _write_periods(out, node, measure)


def _write_status(out: Writer, node: ox.NamedNode, measure: Measure) -> None:
    if measure.status not in STATUSES:
        return
    status = C["status-" + STATUSES[measure.status]]
    out.concept(node, R.status, status)
    corrected = "status" in measure.corrected
    basis = CORRECTED if corrected else "stated" if measure.status_span is not None else "default"
    out.state(node, R.status, status, basis=basis, rule=CORRECTED if corrected else f"status_{measure.status}",
              spans=[measure.status_span or measure.span])


# ---------------------------------------------------------------- documents


def write_actions(out: Writer, node: ox.NamedNode, records: Sequence[Document], documents: Documents) -> None:
    """Write one action for each group of documents under the same verb, in text order."""
    for number, group in enumerate(_grouped(records), 1):
        first = group[0]
        action = ox.NamedNode(f"{node.value}/action/{number}")
        span = first.action_span
        out.add(node, R.hasAction, action)
        out.node(action, R.Action, clipped(out.text[span.start:span.end]))
        out.add(action, R.number, ox.Literal(number))
        name, kind = RELATIONS.get(first.relation, RELATIONS["other"])
        if name == "implementsDocument" and BASIS.match(out.text, span.start):
            name = "citesBasis"
        out.concept(action, R.actionType, C["action-" + kind])
        out.found(action, span, rule=first.rule or f"document_{first.relation}", basis=CORRECTED if first.rule == CORRECTED else "stated")
        for record in group:
            document = documents.of(record).iri
            out.add(action, R[name], document)
            if not {"relation", "added"}.isdisjoint(record.corrected):
                out.state(action, R[name], document, basis=CORRECTED, rule=CORRECTED, spans=[record.span])


def _grouped(records: Sequence[Document]) -> Iterator[list[Document]]:
    for _, group in groupby(sorted(records, key=lambda d: (d.action_span, d.relation, d.span)), lambda d: (d.action_span, d.relation)):
        yield list(group)


def _write_links(out: Writer, measure: Measure, documents: Documents) -> None:
    for link in measure.document_links:
        ends = documents.ends(link, measure)
        if ends is None or link.type not in LINKS:
            continue
        source, target = ends
        pending = link.type in CARRIES_OUT and any(r.pending for r in target.records)
        predicate = R.awaits if pending else R[LINKS[link.type]]
        out.add(source.iri, predicate, target.iri)
        out.state(source.iri, predicate, target.iri, basis="stated", rule=link.rule or f"link_{link.type}", spans=[link.span])


# ---------------------------------------------------------------- bodies


def write_participations(out: Writer, node: ox.NamedNode, organizations: Sequence[Organization], bodies: Organizations) -> None:
    """Write the direct property of each role, and a participation that tells stated from default and corrected."""
    grouped: dict[tuple[str, str, str], list[Organization]] = {}
    for organization in organizations:
        basis = CORRECTED if organization.corrected else "stated" if organization.stated else "default"
        grouped.setdefault((organization.canonical, organization.role, basis), []).append(organization)
    for number, ((name, role, basis), mentions) in enumerate(grouped.items(), 1):
        body = bodies.iri(name, mentions[0].kind, mentions[0].span)
        concept = role_concept(role)
        out.add(node, concepts()[concept].shortcut or R.involvesOrganization, body)
        participation = ox.NamedNode(f"{node.value}/participation/{number}")
        out.add(node, R.hasParticipation, participation)
        out.node(participation, R.Participation, name)
        out.add(participation, R.participant, body)
        out.concept(participation, R.participationRole, concept)
        out.concept(participation, R.basis, C["basis-" + basis])
        for mention in mentions:
            out.found(participation, mention.span, rule=mention.rule or f"role_{role}", basis=None)


def role_concept(role: str) -> ox.NamedNode:
    """Return the concept of a role of the records; a role without one of its own is a mention."""
    name = "role-" + ROLES.get(role, role)
    return C[name] if name in C else C["role-mentioned"]


def _write_levels(out: Writer, node: ox.NamedNode, measure: Measure) -> None:
    for level in measure.court_levels:
        name = "court-level-" + level.level
        if name not in C:
            continue
        out.concept(node, R.appliesToCourtLevel, C[name])
        out.state(node, R.appliesToCourtLevel, C[name], basis="stated" if level.cue else "default", rule=level.rule or f"level_{level.level}",
                  spans=[level.span if level.cue else measure.span])


# ---------------------------------------------------------------- figures and dates


def _write_figures(out: Writer, node: ox.NamedNode, measure: Measure) -> None:
    for number, figure in enumerate(measure.figures, 1):
        at = ox.NamedNode(f"{node.value}/figure/{number}")
        out.add(node, R.hasFigure, at)
        approximate = "约" if figure.approximate else ""
        out.node(at, R.Figure, f"{figure.what} {approximate}{decimal(figure.value).value}{figure.unit}".strip())
        out.add(at, R.value, decimal(figure.value))
        out.add(at, R.unit, ox.Literal(figure.unit) if figure.unit else None)
        out.add(at, R.indicator, ox.Literal(figure.what) if figure.what else None)
        out.add(at, R.isApproximate, ox.Literal(True) if figure.approximate else None)
        kind = "figure-" + figure.kind
        out.concept(at, R.figureKind, C[kind] if kind in C else None)
        out.found(at, figure.span, rule=f"figure_{figure.kind}")


def _write_periods(out: Writer, node: ox.NamedNode, measure: Measure) -> None:
    for number, period in enumerate(measure.dates, 1):
        start, end = date_literal(period.start), date_literal(period.end)
        if start is None:
            continue
        at = ox.NamedNode(f"{node.value}/period/{number}")
        out.add(node, R.hasPeriod, at)
        out.node(at, R.Period, clipped(out.text[period.span.start:period.span.end]))
        out.add(at, R.startDate, start)
        out.add(at, R.endDate, end)
        out.found(at, period.span, rule="date")
