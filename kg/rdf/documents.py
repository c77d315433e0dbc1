"""Which mentions of titles are the same document, and who answers for it.

A title alone is no identity: every court has a 《财务管理办法》. A document is told by its title
and its scope, tried in this order:

1. the body that the text names as its issuer;
2. the issuer that the title itself names (《最高人民法院关于…》), or the state or the Party for a
   title that says so (《中华人民共和国…》);
3. the notice's own body, where the notice says that it made, revised or drafts the document;
4. none: `_` and the key of the notice, so that nothing is merged by guess.

A mention that says nothing of the issuer joins the document of the same title that the notice
itself says was made. One that the text gives to another body stays apart from it.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from kg.extract.publisher import Publisher, read_publisher
from kg.lexicon import load
from kg.model import CORRECTED, MADE, Document, DocumentLink, Measure, Notice, Organization, Span
from kg.rdf.organizations import is_inside
from kg.resolve import FullNames
from kg.vocab import C, document_iri, document_type, key

RESTED_ON = ("implements", "studies", "uses", "hears", "reported_in", "other")
STATE, PARTY = "中华人民共和国", "中国共产党"
# 最高法院即将出台的《…》《…》, 省高级人民法院《…》: the words between a body and the titles it issued.
ATTRIBUTED = re.compile(
    r"^(?:[^,，。;；:：、《》]{0,6}?(?:出台|印发|下发|制定|制发|发布|颁布|公布|修订|联合印发)(?:实施|施行)?的)?"
    r"(?:《[^》]*》[^,，。;；:：《》]{0,2})*$")
SAID_WITHIN = 120  # characters before a title in which its issuer may stand: a list of three titles
# 最高人民法院关于…: a title that begins with the body whose document it is.
TITLE_BODY = re.compile(
    r"^(?P<body>[^关于、,，和]{1,30}?(?:法院|检察院|国务院|政府|委员会|办公厅|中共中央|[省市区县]委|党组|党委|[厅局部委]))"
    r"(?:、[^关于]{2,30}?)?(?:印发)?关于")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a title stands. `said_by` is the issuer that the text names there."""

    title: str
    span: Span
    record: Document | None
    said_by: str | None = None

    @property
    def is_made(self) -> bool:
        return self.record is not None and self.record.relation in MADE


@dataclass(frozen=True, slots=True)
class Identity:
    """One document of a notice. `issuer` is None where nothing tells it; `issuer_basis` is stated,
    inferred (from its title), default (the notice's own body) or corrected (by a user)."""

    iri: ox.NamedNode
    title: str
    issuer: str | None
    issuer_basis: str | None
    issuer_span: Span | None
    mentions: tuple[Mention, ...]

    @property
    def records(self) -> tuple[Document, ...]:
        return tuple(m.record for m in self.mentions if m.record)


@dataclass
class Documents:
    """The documents of one notice, by what is said of each title in all of it."""

    notice: Notice
    notice_key: str
    _by_span: dict[Span, Identity] = field(default_factory=dict)
    _by_title: dict[str, list[Identity]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        groups: dict[str, list[Mention]] = {}
        for mention in self._mentions():
            groups.setdefault(title_key(mention.title), []).append(mention)
        for title, mentions in groups.items():
            self._by_title[title] = self._identities(mentions)
            self._by_span.update((m.span, i) for i in self._by_title[title] for m in i.mentions)
        for identity in self.all():
            for record in identity.records:
                self._by_title.setdefault(title_key(record.title), [identity])

    def all(self) -> Iterator[Identity]:
        """Every document, in order of its first mention."""
        found = {identity.iri: identity for identities in self._by_title.values() for identity in identities}
        return iter(sorted(found.values(), key=lambda i: i.mentions[0].span))

    def of(self, record: Document) -> Identity:
        """The document that a record mentions."""
        return self._by_span[record.span]

    def ends(self, link: DocumentLink, measure: Measure) -> tuple[Identity, Identity] | None:
        """The two documents of a link: those of its measure first; None where both are one."""
        source = self._linked(link.source, measure, MADE)
        target = self._linked(link.target, measure, RESTED_ON if link.type in ("based_on", "implements") else ())
        return (source, target) if source.iri != target.iri else None

    def _linked(self, title: str, measure: Measure, relations: Sequence[str]) -> Identity:
        same = [d for d in measure.documents if title_key(full_title(d)) == title_key(title) or title_key(d.title) == title_key(title)]
        preferred = [d for d in same if d.relation in relations]
        if preferred or same:
            return self.of((preferred or same)[0])
        return self._by_title[title_key(title)][0]

    # ---------------------------------------------------------------- mentions

    def _mentions(self) -> list[Mention]:
        found = [self._mention(d, ()) for d in self.notice.documents]
        for issue in self.notice.issues:
            found += [self._mention(d, issue.organizations) for d in issue.documents]
            for measure in issue.measures:
                found += [self._mention(d, measure.organizations) for d in measure.documents]
        found += self._nested(found)
        return sorted(found, key=lambda m: m.span)

    def _mention(self, record: Document, organizations: Sequence[Organization]) -> Mention:
        said = record.issuer if record.issuer_stated else None
        return Mention(full_title(record), record.span, record, said or self._attributed(record, organizations))

    def _attributed(self, record: Document, organizations: Sequence[Organization]) -> str | None:
        """The body that stands right before a title or the list of titles it is in."""
        before = [o for o in organizations if o.mention and o.kind != "court_group"
                  and record.span.start - SAID_WITHIN <= o.span.start and o.span.end <= record.span.start]
        nearest = max(before, key=lambda o: o.span, default=None)
        if nearest and ATTRIBUTED.match(self.notice.text[nearest.span.end:record.span.start]):
            return nearest.canonical
        return None

    def _nested(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """Titles that only a link names, such as those inside another title."""
        known = {title_key(m.title) for m in found} | {title_key(m.record.title) for m in found if m.record}
        for issue in self.notice.issues:
            for measure in issue.measures:
                for link in measure.document_links:
                    for title in (link.source, link.target):
                        if title_key(title) not in known:
                            known.add(title_key(title))
                            at = self.notice.text.find(title, link.span.start, link.span.end)
                            yield Mention(title, Span(at, at + len(title)) if at >= 0 else link.span, None)

    # ---------------------------------------------------------------- identities

    @cached_property
    def _publisher(self) -> Publisher | None:
        return read_publisher(self.notice.header.publisher)

    @cached_property
    def _names(self) -> FullNames | None:
        return FullNames(self.notice, self._publisher) if self._publisher else None

    def _identities(self, mentions: Sequence[Mention]) -> list[Identity]:
        """The documents that share one title: by who issued each."""
        issuers = [self._issuer(m) for m in mentions]
        own = self._own_issuer(issuers)
        settled = [own if own and i and is_inside(i[0], self._publisher) else i for i in issuers]
        fallback = self._fallback(mentions, settled)
        groups: dict[str | None, list[int]] = {}
        for i, issuer in enumerate(settled):
            groups.setdefault((issuer or fallback or (None,))[0], []).append(i)
        return [self._identity(issuer, [mentions[i] for i in at], next((settled[i] for i in at if settled[i]), fallback))
                for issuer, at in groups.items()]

    def _issuer(self, mention: Mention) -> tuple[str, str, Span] | None:
        """Who issues the document of one mention, on what basis, and the words that tell."""
        span = mention.record.action_span if mention.record else mention.span
        if mention.record and mention.record.issuer and "issuer" in mention.record.corrected:
            return mention.record.issuer, CORRECTED, mention.span
        if mention.said_by:
            return mention.said_by, "stated", Span(min(span.start, mention.span.start), mention.span.end)
        if titled := self._titled(mention.title):
            return titled, "inferred", mention.span
        default = mention.record.issuer if mention.record and mention.record.issuer else self._default
        return (default, "default", span) if mention.is_made and default else None

    @property
    def _default(self) -> str | None:
        return self._names.own_body if self._names else self.notice.header.publisher

    def _titled(self, title: str) -> str | None:
        match = TITLE_BODY.match(title)
        if not match or not self._names:
            return load("organizations").maps["national"].get(match["body"], None) if match else None
        words = Organization(match["body"], match["body"], "government", "other", True, Span(0, 0))
        return self._names.full_name(words)

    def _own_issuer(self, issuers: Sequence[tuple[str, str, Span] | None]) -> tuple[str, str, Span] | None:
        """Of several names of the own body for one title, the one put right, else the first that the text states."""
        own = [i for i in issuers if i and is_inside(i[0], self._publisher)]
        return next((i for basis in (CORRECTED, "stated") for i in own if i[1] == basis), own[0] if own else None)

    def _fallback(
        self, mentions: Sequence[Mention], issuers: Sequence[tuple[str, str, Span] | None],
    ) -> tuple[str, str, Span] | None:
        """Where mentions without an issuer belong: to what was made here, else to the only issuer named."""
        made = [i for m, i in zip(mentions, issuers) if m.is_made and i]
        if made:
            return next((i for i in made if is_inside(i[0], self._publisher)), made[0])
        named = {i[0]: i for i in reversed(issuers) if i}
        return next(iter(named.values())) if len(named) == 1 else None

    def _identity(
        self, issuer: str | None, mentions: Sequence[Mention], how: tuple[str, str, Span] | None,
    ) -> Identity:
        title = mentions[0].title
        scope = key(issuer) if issuer else central_scope(title) or f"_{self.notice_key}"
        name = title.removeprefix(STATE) if scope == STATE else title
        return Identity(document_iri(scope, name), title, issuer, how[1] if how else None, how[2] if how else None, tuple(mentions))


def full_title(record: Document) -> str:
    """Return the title that a mention stands for: the full one of a short form."""
    return record.alias_of or record.title


def title_key(title: str) -> str:
    """Return the key by which titles are compared: 《中华人民共和国民法典》 is 《民法典》."""
    return key(title.removeprefix(STATE))


def central_scope(title: str) -> str | None:
    """Return whose document a title of central rank is, though it names no issuer.

    >>> central_scope("中华人民共和国刑事诉讼法"), central_scope("民法典"), central_scope("财务管理办法")
    ('中华人民共和国', '中华人民共和国', None)
    """
    if title.startswith(PARTY):
        return PARTY
    if title.startswith(STATE) or document_type(title) == C["doctype-law"]:
        return STATE
    return None


def status_of(records: Iterable[Document]) -> tuple[str, Document] | None:
    """Return the stage that a document has reached, and the record that says so; None if none does.

    What the notice says it made counts before what it only rests on.
    """
    records = tuple(records)
    by_relation: Mapping[str, Document] = {r.relation: r for r in reversed(records)}
    pending = next((r for r in records if r.pending), None)
    for relation, status in (("revises", "revised"), ("issues", "issued"), ("drafts", "drafting")):
        if relation in by_relation:
            return status, by_relation[relation]
    if pending:
        return "forthcoming", pending
    return next((("existing", by_relation[r]) for r in ("implements", "studies", "uses") if r in by_relation), None)
