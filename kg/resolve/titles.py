"""Short titles that a notice gives its documents: 《…实施方案》(以下简称《方案》)."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.lexicon import load
from kg.model import Document, Notice


def with_full_titles(notice: Notice, folded: str) -> Notice:
    """Return a notice whose documents, where it names them by a short title, tell the full one.

    Args:
        notice: with its documents and their issuers.
        folded: its text in one width.
    """
    full = _full(notice, folded)
    if not full:
        return notice

    def told(documents: tuple[Document, ...]) -> tuple[Document, ...]:
        return tuple(_told(document, full) for document in documents)

    issues = tuple(replace(issue, documents=told(issue.documents), measures=tuple(replace(m, documents=told(m.documents)) for m in issue.measures))
                   for issue in notice.issues)
    return replace(notice, issues=issues, documents=told(notice.documents))


def _full(notice: Notice, folded: str) -> dict[str, Document]:
    """The document that each short title stands for."""
    by_end = {document.span.end: document for document in _documents(notice)}
    full: dict[str, Document] = {}
    for match in load("documents").regex("short_title").finditer(folded):
        document = by_end.get(match.start() + 1)
        span = match.span("title") if match["title"] else match.span("words")
        if document:
            full.setdefault(notice.text[slice(*span)], document)
    return full


def _told(document: Document, full: dict[str, Document]) -> Document:
    long = full.get(document.title)
    if long is None or document.span.start < long.span.end:
        return document
    return replace(document, alias_of=long.title, issuer=document.issuer or long.issuer,
                   issuer_stated=long.issuer_stated if document.issuer is None else document.issuer_stated)


def _documents(notice: Notice) -> Iterator[Document]:
    """All documents of a notice."""
    yield from notice.documents
    for issue in notice.issues:
        yield from issue.documents
        for measure in issue.measures:
            yield from measure.documents
