"""Who issues a document: the body that its sentence names, else the publisher's own."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.lexicon import load
from kg.lexicon.overlay import per_lexicon
from kg.model import MADE, Document, Organization

SUBJECT_ROLES = ("responsible", "lead")
ISSUING_RULES = ("role_approves_prompt", "role_cooperating_help")
AND_OTHERS = re.compile(r"(?:等[一二三四五六七八九十\d]{1,3}个?(?:部门|部委|单位|家单位)?)?$")  # 教育部等八部门《…》
LISTED = re.compile(r" ?(?:、|和|及|与|会同)$")
ACT_MAX = 10  # characters before a title that say so
SENTENCE_MAX = 400  # characters before a title in which its sentence begins
BODIES_MAX = 40  # bodies before a title that are looked at for its issuer


def with_issuer(document: Document, stated: Sequence[Organization], text: str, own: str, own_names: Sequence[str] = ()) -> Document:
    """Return a document with its issuer: the body named as subject or prompted, else the publisher's own.

    Args:
        document: a mention of a document.
        stated: the bodies of its measure, in text order.
        text: the text in one width.
        own: the full name of the publisher's body.
        own_names: that body by its full name and by those that the text gives it.
    """
    before = _same_sentence(text, document, stated)
    if behind := _issued_behind(document, stated, text):
        return document.issued_by(behind.canonical, True)
    act = text[max(0, document.span.start - ACT_MAX):document.span.start]
    if document.relation not in MADE and not load("documents").regex("made_by_act").search(act):
        return _named_issuer(document, before, text, own, own_names)
    for at in range(len(before) - 1, -1, -1):
        organization = before[at]
        if organization.role in SUBJECT_ROLES or organization.rule in ISSUING_RULES or _stands_before(organization, document):
            issuer = _first_of_list(before, at, text)
            if issuer.kind == "department" and issuer.canonical.startswith(own) and load("documents").regex("of_own_organ").match(document.title):
                return document.issued_by(own, False)
            return document.issued_by(issuer.canonical, True)
    return document.issued_by(own, False)


def _same_sentence(text: str, document: Document, organizations: Sequence[Organization]) -> Sequence[Organization]:
    """The bodies named before a document in its sentence."""
    at = document.action_span.start
    start = max(text.rfind(c, max(0, at - SENTENCE_MAX), at) for c in "。\n") + 1
    first, last = (bisect_left(organizations, place, key=_start) for place in (start, document.span.start))
    return organizations[max(first, last - BODIES_MAX):last]


def _start(organization: Organization) -> int:
    return organization.span.start


def _issued_behind(document: Document, stated: Sequence[Organization], text: str) -> Organization | None:
    """《…》经审议后已由县人民政府办公室印发: the issuer stands behind the title in its clauses."""
    start = document.span.end
    end = min((at for at in (text.find(sign, start, start + SENTENCE_MAX) for sign in "。;《\n") if at >= 0), default=start + SENTENCE_MAX)
    issued = load("documents").regex("issued_behind")
    first = bisect_left(stated, start, key=_start)
    return next((o for o in stated[first:first + BODIES_MAX] if o.span.end < end and text.startswith("由", o.span.start - 1)
                 and issued.match(text[o.span.end:end])), None)


def _named_issuer(document: Document, before: Sequence[Organization], text: str, own: str, own_names: Sequence[str]) -> Document:
    """对照审计署《…》, 落实省委印发的《…》, 《最高人民法院关于…》: the rule's issuer stands before it, or begins its title."""
    issued_by = load("documents").regex("issued_by")
    for at in range(len(before) - 1, -1, -1):
        end, start = before[at].span.end, document.span.start
        if issued_by.match(text, end, start) or AND_OTHERS.match(text, end, start):
            return document.issued_by(_first_of_list(before, at, text).canonical, True)
    named = next((full for full in _national() if document.title.startswith(full + "关于")), None)
    if named is None and document.title.startswith(tuple(own_names)):
        named = own
    return document.issued_by(named, True) if named else document


def _first_of_list(bodies: Sequence[Organization], at: int, text: str) -> Organization:
    """The body that a list begins with: 市农业农村局、市委组织部《…》."""
    while at and LISTED.match(text, bodies[at - 1].span.end, bodies[at].span.start):
        at -= 1
    return bodies[at]


@per_lexicon
def _national() -> tuple[str, ...]:
    """The full names of bodies of the whole country, the longest first."""
    return tuple(sorted(set(load("organizations").maps["national"].values()), key=lambda name: (-len(name), name)))


def _stands_before(organization: Organization, document: Document) -> bool:
    """制定市高法院《…》: the body stands between the verb and the title."""
    return organization.span.end == document.span.start and organization.span.start >= document.action_span.start
