"""The records that reading one notice gives: frozen, each tied to its span of the source text.

Offsets are Unicode code points counted from 0, end exclusive, into the text as read. The text
of a record is always `text[span.start:span.end]`. Where a notice is silent a field is `None` or
an empty tuple. Dates are ISO 8601 (`YYYY-MM-DD`, or `YYYY-MM` where only a month is given).
"""
from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple


CORRECTED = "corrected"  # the rule of a record that a user put right


class Span(NamedTuple):
    """A stretch of the source text: code points, from 0, end exclusive."""

    start: int
    end: int

    def within(self, other: "Span") -> bool:
        """Whether this span lies inside `other`."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text came from. `sha256` and `encoding` are of the bytes of the file; of DOCX and
    PDF the encoding is utf-8. `format`: text, html, docx, pdf or markdown."""

    file: str
    sha256: str
    characters: int
    encoding: str
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Header:
    """What the notice says of itself and of the inspection.

    `kind` is xunshi, xuncha, audit, environment or other. `spans` gives, for each field that the
    text states, the words that state it.
    """

    title: str | None = None
    publisher: str | None = None
    source_site: str | None = None
    published: str | None = None
    signed: str | None = None
    kind: str = "other"
    inspector: str | None = None
    inspection_start: str | None = None
    inspection_end: str | None = None
    feedback_date: str | None = None
    status_as_of: str | None = None
    region: str | None = None
    spans: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A count that the notice states about its own rectification; 万 and 亿 are scaled away."""

    what: str
    value: float
    unit: str
    approximate: bool
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Aspect:
    """A heading that groups issues. `number` as printed, without the mark."""

    number: str
    title: str
    span: Span


MADE = ("issues", "revises", "drafts")  # the relations in which a document has been made here and has an issuer


@dataclass(frozen=True, slots=True)
class Document:
    """One mention of a titled document 《…》.

    `relation`: issues, revises, drafts, implements, studies, includes, reported_in, uses, hears,
    other. `span` covers the title marks, `action_span` the verb and the titles under it.
    `alias_of` is the full title that a short one stands for. `rule` names the pattern that
    decided the relation. `corrected` names the fields that a user put right ("added" for all of it).
    """

    title: str
    relation: str
    span: Span
    action_span: Span
    issuer: str | None = None
    issuer_stated: bool | None = None
    number: str | None = None
    year: int | None = None
    trial: bool = False
    pending: bool = False
    alias_of: str | None = None
    rule: str = ""
    corrected: tuple[str, ...] = ()

    # `dataclasses.replace` takes ten times as long; half the records of a notice pass here.
    def issued_by(self, issuer: str, stated: bool) -> "Document":
        """Return this record with its issuer."""
        return Document(self.title, self.relation, self.span, self.action_span, issuer, stated, self.number, self.year,
                        self.trial, self.pending, self.alias_of, self.rule, self.corrected)


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link that the text itself makes between two documents.

    `type`: based_on, revises, compiled_into, implements, interfaces_with.
    """

    source: str
    target: str
    type: str
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """One mention of a body. `mention` is None where the sentence leaves its subject out.

    `kind`: court, court_group, department, party, government, discipline, working_group,
    research, other. `role`: responsible, joint, approves, target, cooperating, other; of a
    responsible one `rule` label_lead says that it leads, of a target role_records that a file goes
    to it for the record. `stated` is False for the default (the publisher, where no subject is named). `corrected` as in `Document`.
    """

    mention: str | None
    canonical: str
    kind: str
    role: str
    stated: bool
    span: Span
    rule: str = ""
    corrected: tuple[str, ...] = ()

    def renamed(self, canonical: str) -> "Organization":
        """Return this record with the full name of its body."""
        return Organization(self.mention, canonical, self.kind, self.role, self.stated, self.span, self.rule, self.corrected)


@dataclass(frozen=True, slots=True)
class CourtLevel:
    """A level of court that a measure reaches: supreme, high, intermediate, basic.

    `cue` is None where the level follows from a left-out subject.
    """

    level: str
    cue: str | None
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number given as a result or a standard. `kind`: count, percent, frequency, threshold, ranking."""

    value: float
    unit: str
    what: str
    kind: str
    approximate: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Date:
    """A day, or a period from `start` to `end`; `end` is None for one day or an open period."""

    start: str
    end: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """One 一是 / ① / （1） item, or all the text of an issue without such marks.

    `status`: done, ongoing, planned, recurring; `status_span` covers the words that say so, None
    where it is taken by default. `corrected` names what a user put right: status, span.
    """

    marker: str
    heading: str | None
    text: str
    span: Span
    status: str = "done"
    status_span: Span | None = None
    documents: tuple[Document, ...] = ()
    document_links: tuple[DocumentLink, ...] = ()
    organizations: tuple[Organization, ...] = ()
    court_levels: tuple[CourtLevel, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue. `number` as printed without the mark, `1.2` for a sub-issue; numbers may restart
    under each aspect, so the place in `Notice.issues` is what identifies an issue. `span` is its
    heading and body; `title_span` the words of the title. `organizations` come from label lines,
    `documents` from the text between the title and the first numbered measure. `corrected` names the
    fields that a user put right."""

    number: str
    title: str
    title_span: Span
    span: Span
    aspect: str | None = None
    parent: str | None = None
    status: str | None = None
    deadline: str | None = None
    leader: str | None = None
    organizations: tuple[Organization, ...] = ()
    documents: tuple[Document, ...] = ()
    measures: tuple[Measure, ...] = ()
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation of the inspectors that the notice answers, usually in its last part."""

    number: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Furniture:
    """Page text around the notice, kept apart: breadcrumb, source_line, footer, contact, signature."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Warning:
    """Something the reader of a notice should know: what was not understood, and where."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """All that reading one notice gives. `documents` are those named outside the issues."""

    source: Source
    header: Header
    text: str
    claims: tuple[Claim, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    issues: tuple[Issue, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    documents: tuple[Document, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    warnings: tuple[Warning, ...] = ()


# Record fields whose name in JSON differs from the one in Python.
JSON_NAMES = {"header": "notice", "source": "from", "target": "to"}


def to_json(record: Any) -> Any:
    """Return a record as plain dicts and lists, in the form that `rectify parse --json` prints.

    Whole numbers are written without a decimal point; the text of the notice is left out, and so is
    `corrected` where nothing was.
    """
    if isinstance(record, Span):
        return [record.start, record.end]
    if is_dataclass(record):
        return {_json_name(record, f.name): _field_json(record, f.name)
                for f in fields(record) if not (isinstance(record, Notice) and f.name == "text")
                and (f.name != "corrected" or getattr(record, f.name))}
    if isinstance(record, tuple):
        return [to_json(item) for item in record]
    if isinstance(record, float) and record.is_integer():
        return int(record)
    return record


def _json_name(record: Any, name: str) -> str:
    if isinstance(record, (Notice, DocumentLink)) and not (isinstance(record, Notice) and name == "source"):
        return JSON_NAMES.get(name, name)
    return name


def _field_json(record: Any, name: str) -> Any:
    value = getattr(record, name)
    if isinstance(record, Header) and name == "spans":
        return {field: to_json(span) for field, span in value}
    return to_json(value)
