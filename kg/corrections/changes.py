"""What a correction does to a body or a document, and whether it still fits."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from kg.corrections.file import Entry
from kg.corrections.scope import Unfit, change_bodies, change_documents, change_issues, holds_quote, issues_meant, plain
from kg.extract.publisher import read_publisher
from kg.model import CORRECTED, MADE, Document, Issue, Measure, Notice, Organization, Span
from kg.reading.width import fold
from kg.resolve import FullNames

Holder = TypeVar("Holder", Issue, Measure)
Maker: TypeAlias = Callable[[Notice, Entry, Span], Document | Organization]

# The record field that each key of a correction sets.
BODY_FIELDS = {"full": "canonical", "kind": "kind", "role": "role"}
DOCUMENT_FIELDS = {"relation": "relation", "issuer": "issuer", "new_title": "title", "full_title": "alias_of"}


@dataclass
class Tally:
    """What an entry met: how many records it means, the values it did not expect, how many it changed."""

    entry: Entry
    met: int = 0
    changed: int = 0
    others: list[str] = field(default_factory=list)

    def fits(self, values: Mapping[str, str], record: Organization | Document | Measure | Issue) -> bool:
        """Count a record, and tell whether `values` (by field) change it: its old value must be the one expected."""
        self.met += 1
        was = self.entry.get("was")
        old = [getattr(record, name) for name in values]
        if was is not None and any(plain(value) != plain(was) for value in old):
            self.others.append(str(old[0]))
            return False
        if all(plain(value) == plain(new) for value, new in zip(old, values.values(), strict=True)):
            return False
        self.changed += 1
        return True

    def check(self, what: str) -> None:
        """Raise `Unfit` where nothing was changed, with the reason."""
        if self.changed:
            return
        if not self.met:
            raise Unfit(f"there is no {what}")
        raise Unfit(f"it is {self.others[0]}, not {self.entry.get('was')}" if self.others else "it is read so already")


def _values(entry: Entry, fields: dict[str, str]) -> dict[str, Any]:
    return {name: entry.values[key].strip("《》") for key, name in fields.items() if key in entry.values}


# ---------------------------------------------------------------- bodies


def correct_body(notice: Notice, entry: Entry) -> Notice:
    """Return `notice` with one body added, dropped, or called and placed otherwise."""
    if entry.get("add"):
        return _add(notice, entry, entry.values["name"], _new_body)
    tally, values = Tally(entry), _values(entry, BODY_FIELDS)
    renamed: dict[str, str] = {}

    def change(body: Organization) -> Organization | None:
        if plain(entry.values["name"]) not in (plain(body.mention), plain(body.canonical)):
            return body
        if entry.get("drop"):
            tally.changed += 1
            return None
        if not tally.fits(values, body):
            return body
        if "canonical" in values:
            renamed[body.canonical] = values["canonical"]
        return replace(body, **values, rule=CORRECTED, corrected=(*body.corrected, *values))
    corrected = change_bodies(notice, entry, change)
    tally.check(f"body {entry.values['name']}")
    return change_documents(corrected, entry, lambda document: _issued_by(document, renamed))


def _issued_by(document: Document, renamed: dict[str, str]) -> Document:
    """A document that a renamed body issues."""
    if document.issuer not in renamed:
        return document
    return replace(document, issuer=renamed[document.issuer], corrected=(*document.corrected, "issuer"))


def _new_body(notice: Notice, entry: Entry, span: Span) -> Organization:
    mention = notice.text[span.start:span.end]
    return Organization(mention, entry.get("full") or mention, entry.get("kind") or "other", entry.get("role") or "responsible",
                        True, span, CORRECTED, ("added",))


# ---------------------------------------------------------------- documents


def correct_document(notice: Notice, entry: Entry) -> Notice:
    """Return `notice` with one document added, dropped, or related, issued and titled otherwise."""
    if entry.get("add"):
        return _add(notice, entry, entry.values["title"], _new_document)
    tally, values = Tally(entry), _values(entry, DOCUMENT_FIELDS)

    def change(document: Document) -> Document | None:
        if plain(entry.values["title"]) not in (plain(document.title), plain(document.alias_of)):
            return document
        if entry.get("drop"):
            tally.changed += 1
            return None
        if not tally.fits(values, document):
            return document
        changed = replace(document, **values, rule=CORRECTED, corrected=(*document.corrected, *values))
        return _with_issuer(notice, changed, "issuer" in values)
    corrected = change_documents(notice, entry, change)
    tally.check(f"document 《{entry.values['title'].strip('《》')}》")
    return _relinked(corrected, entry)


def _with_issuer(notice: Notice, document: Document, given: bool) -> Document:
    """The issuer that goes with a relation: the one given, else the own body for what was made here, else none."""
    if given:
        return replace(document, issuer_stated=True)
    if document.relation in MADE and document.issuer is None:
        publisher = read_publisher(notice.header.publisher)
        return document.issued_by(FullNames(notice, publisher).own_body, False) if publisher else document
    if document.relation not in MADE and document.issuer_stated is False:
        return replace(document, issuer=None, issuer_stated=None)
    return document


def _relinked(notice: Notice, entry: Entry) -> Notice:
    """Links follow a new title; those of a document that was dropped go with it."""
    old, new = plain(entry.values["title"]), (entry.get("new_title") or "").strip("《》")
    if not new and not entry.get("drop"):
        return notice

    def in_measure(measure: Measure) -> Measure:
        if not holds_quote(measure, entry):
            return measure
        links = [replace(link, source=new if new and plain(link.source) == old else link.source,
                         target=new if new and plain(link.target) == old else link.target) for link in measure.document_links]
        left = {plain(title) for document in measure.documents for title in (document.title, document.alias_of)}
        kept = [link for link in links if new or old in left or old not in (plain(link.source), plain(link.target))]
        return replace(measure, document_links=tuple(kept))
    return change_issues(notice, issues_meant(notice, entry),
                         lambda issue: replace(issue, measures=tuple(map(in_measure, issue.measures))))


def _new_document(notice: Notice, entry: Entry, span: Span) -> Document:
    text, (start, end) = notice.text, span
    if text[start - 1:start] == "《" and text[end:end + 1] == "》":
        start, end = start - 1, end + 1
    span = Span(start, end)
    document = Document(entry.values["title"].strip("《》"), entry.get("relation") or "other", span, span, entry.get("issuer"),
                        alias_of=entry.get("full_title"), rule=CORRECTED, corrected=("added",))
    return _with_issuer(notice, document, document.issuer is not None)


# ---------------------------------------------------------------- adding


def _add(notice: Notice, entry: Entry, name: str, new: Maker) -> Notice:
    """Add a record where its words stand: in a measure of the issue meant, else between its title and the measures."""
    meant = issues_meant(notice, entry)
    for issue in meant:
        for at, measure in enumerate(issue.measures):
            if holds_quote(measure, entry) and (span := _find(notice, name, measure.span)):
                changed = _with_new(measure, new(notice, entry, span))
                measures = (*issue.measures[:at], changed, *issue.measures[at + 1:])
                return change_issues(notice, [issue], lambda one: replace(one, measures=measures))
        if entry.get("quote") is None and (span := _find(notice, name, issue.span)):
            return change_issues(notice, [issue], lambda one: _with_new(one, new(notice, entry, span)))
    raise Unfit(f"the words {name} are not in issue {entry.get('issue')}" + (f", beside {entry.get('quote')}" if entry.get("quote") else ""))


def _find(notice: Notice, words: str, span: Span) -> Span | None:
    words = fold(words).strip("《》")
    at = fold(notice.text[span.start:span.end]).find(words)
    return Span(span.start + at, span.start + at + len(words)) if at >= 0 else None


def _with_new(holder: Holder, record: Document | Organization) -> Holder:
    if isinstance(record, Document):
        if any(record.span == document.span for document in holder.documents):
            raise Unfit("it is read so already")
        return replace(holder, documents=tuple(sorted((*holder.documents, record), key=lambda document: document.span)))
    if any((record.span, record.canonical) == (body.span, body.canonical) for body in holder.organizations):
        raise Unfit("it is read so already")
    return replace(holder, organizations=tuple(sorted((*holder.organizations, record), key=lambda body: body.span)))


