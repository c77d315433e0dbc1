"""Who issues a document: the body that its sentence names, else the publisher's own."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.model import Document, Organization

MADE = ("issues", "revises", "drafts")
SUBJECT_ROLES = ("responsible", "lead")
ISSUING_RULES = ("role_approves_prompt", "role_cooperating_help")
ISSUED_BY = re.compile(r"(?:即将|拟|新|联合|近期|日前|已)?(?:印发|出台|制定|发布|下发|颁布|修订)的(?:《[^《》]*》[、和及与]{0,2})*$")
SENTENCE_MAX = 400  # characters before a title in which its sentence begins
BODIES_MAX = 40  # bodies before a title that are looked at for its issuer


def with_issuer(document: Document, stated: Sequence[Organization], text: str, own: str) -> Document:
    """Return a document with its issuer: the body named as subject or prompted, else the publisher's own.

    Args:
        document: a mention of a document.
        stated: the bodies of its measure, in text order.
        text: the text in one width.
        own: the full name of the publisher's body.
    """
    before = _same_sentence(text, document, stated)
    if document.relation not in MADE:
        return _named_issuer(document, before, text)
    for organization in reversed(before):
        if organization.role in SUBJECT_ROLES or organization.rule in ISSUING_RULES or _stands_before(organization, document):
            return document.issued_by(organization.canonical, True)
    return document.issued_by(own, False)


def _same_sentence(text: str, document: Document, organizations: Sequence[Organization]) -> Sequence[Organization]:
    """The bodies named before a document in its sentence."""
    at = document.action_span.start
    start = max(text.rfind(c, max(0, at - SENTENCE_MAX), at) for c in "。\n") + 1
    first, last = (bisect_left(organizations, place, key=_start) for place in (start, document.span.start))
    return organizations[max(first, last - BODIES_MAX):last]


def _start(organization: Organization) -> int:
    return organization.span.start


def _named_issuer(document: Document, before: Sequence[Organization], text: str) -> Document:
    """落实省委印发的《…》, 根据省高级人民法院即将出台的《…》: the rule's issuer stands before it."""
    for organization in reversed(before):
        if ISSUED_BY.match(text, organization.span.end, document.span.start):
            return document.issued_by(organization.canonical, True)
    return document


def _stands_before(organization: Organization, document: Document) -> bool:
    """制定市高法院《…》: the body stands between the verb and the title."""
    return organization.span.end == document.span.start and organization.span.start >= document.action_span.start
