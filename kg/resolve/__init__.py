"""Mentions → full names: short forms by who publishes the notice, and who issues each document.

局党组, 市高法院, 全市法院, 派驻纪检监察组 mean a body only together with the publisher. The rules
for the endings of names are in `kg/lexicon/resolution.toml`.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.publisher import read_publisher
from kg.model import Issue, Measure, Notice, Organization
from kg.resolve.issuers import SUBJECT_ROLES, with_issuer
from kg.resolve.names import FullNames
from kg.resolve.titles import with_full_titles

__all__ = ["FullNames", "resolve"]

CLAUSE_BREAK = re.compile(r"[,。;!?\n]")


def resolve(notice: Notice) -> Notice:
    """Return `notice` with every body by its full name, the left-out subject put in, and issuers.

    A measure whose first sentence names no subject gets the publisher's body as responsible, with
    `mention` None and `stated` False.
    """
    publisher = read_publisher(notice.header.publisher)
    if publisher is None:
        return notice
    names = FullNames(notice, publisher)
    issues = tuple(_issue(issue, names) for issue in notice.issues)
    documents = tuple(with_issuer(d, (), names.folded, names.own_body, names.own_names) for d in notice.documents)
    return with_full_titles(replace(notice, issues=issues, documents=documents), names.folded)


def _issue(issue: Issue, names: FullNames) -> Issue:
    return replace(
        issue, organizations=tuple(names.resolved(issue.organizations)),
        documents=tuple(with_issuer(d, (), names.folded, names.own_body, names.own_names) for d in issue.documents),
        measures=tuple(_measure(m, names) for m in issue.measures))


def _measure(measure: Measure, names: FullNames) -> Measure:
    stated = names.resolved(measure.organizations)
    organizations = stated if _names_subject(measure, stated, names) else [_left_out(measure, names), *stated]
    documents = tuple(with_issuer(d, stated, names.folded, names.own_body, names.own_names) for d in measure.documents)
    return replace(measure, organizations=tuple(organizations), documents=documents)


def _names_subject(measure: Measure, stated: Sequence[Organization], names: FullNames) -> bool:
    """Whether the first clause after the heading names who acts."""
    start = measure.span.start + len(measure.marker)
    if measure.heading:
        start = measure.span.start + measure.text.index(measure.heading) + len(measure.heading) + 1
    stop = CLAUSE_BREAK.search(names.folded, start, measure.span.end)
    clause = stop.start() if stop else measure.span.end
    return any(o.role in SUBJECT_ROLES and (start <= o.span.start < clause or o.canonical == names.publisher.body)
               for o in stated)


def _left_out(measure: Measure, names: FullNames) -> Organization:
    publisher = names.publisher
    kind = "court" if publisher.kind == "court" else "party" if publisher.kind == "committee" else "government"
    return Organization(None, names.own_body, kind, "responsible", False, measure.span, "subject_left_out")
